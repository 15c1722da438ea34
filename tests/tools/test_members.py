from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.facts import member, read

if TYPE_CHECKING:
    from pathlib import Path


def test_a_good_row_is_read_whole(tmp_path: Path) -> None:
    """Everything the row says is there, and the line it stands on."""
    (found,), _, problems = read(tmp_path, [member("Delta", "Milan", since="2019 (chair)")])
    assert problems == []
    assert (found.number, found.city, found.geonames_id) == (2, "Milan", "1")
    assert found.since is not None
    assert (found.since.date, found.since.note, found.seed) == ("2019", "chair", False)


def test_a_date_from_the_seed_page_is_told_apart(tmp_path: Path) -> None:
    """The page says it itself."""
    row = member("Alpha", "Milan", since="2009-09", since_source="SEED PAGE ONLY (page)")
    (found,), _, _ = read(tmp_path, [row])
    assert found.seed


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"network": ""}, "no network"),
        ({"city": ""}, "no city"),
        ({"source_title": ""}, "no source_title"),
        ({"source_url": ""}, "no source_url"),
        ({"source_date": ""}, "no source_date"),
        ({"country": "XX"}, '"XX" is no country'),
        ({"country": "it"}, '"it" is no country'),
        ({"country": ""}, '"" is no country'),
        ({"geonames_id": "Q1"}, '"Q1" is no number'),
        ({"geonames_id": "-1"}, '"-1" is no number'),
        ({"geonames_id": "١"}, "is no number"),
        ({"geonames_id": "77"}, "77 is not in cities.csv"),
        ({"geonames_id": "3"}, "in cities.csv 3 is in DE"),
        ({"confidence": "sure"}, '"sure" is not high, medium or low'),
        ({"since": "long ago", "since_source": "x"}, '"long ago" cannot be read'),
        ({"since": "2019", "since_source": ""}, "no since_source"),
    ],
)
def test_a_bad_row_is_named_and_stops_no_other(
    tmp_path: Path, cells: dict[str, str], words: str
) -> None:
    """The problem has the file, the line and what is wrong; the good row after it is read."""
    rows = [{**member("Alpha", "Milan"), **cells}, member("Alpha", "Turin", "2")]
    found, _, (problem,) = read(tmp_path, rows)
    assert str(problem.location) == "members.csv:2"
    assert words in problem.messages["en"]
    assert problem.messages["it"]
    assert [each.city for each in found] == ["Turin"]


def test_a_row_that_is_there_twice_is_a_problem(tmp_path: Path) -> None:
    """The second is left out, the first is taken."""
    found, _, (problem,) = read(tmp_path, [member("Alpha", "Milan")] * 2)
    assert str(problem.location) == "members.csv:3"
    assert "repeats line 2" in problem.messages["en"]
    assert [each.number for each in found] == [2]
