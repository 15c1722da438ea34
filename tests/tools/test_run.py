from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import CallError
from tests.tools.example_tables import SEAT_RECORDS, SEAT_SOURCES
from tests.tools.facts import CITIES, city, member, seat
from tests.tools.planning import PREFIXES
from tools.import_facts.run import REPORT, plan

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tools.planning import Plan


def test_bad_rows_are_problems_and_the_report_lists_them(planned: Plan) -> None:
    """In the order of files and lines; what is good is taken."""
    found = planned(
        member("Alpha", "Milan", confidence="?"),
        member("Alpha", "Nowhere", ""),
        member("Alpha", "Turin", "2"),
        places=[city("x", "Bad"), *CITIES],
    )
    places = [str(problem.location) for problem in found.problems]
    assert places == ["cities.csv:2", "members.csv:2", "members.csv:3"]
    assert "## Rows that are wrong: 3" in found.files[REPORT]
    assert "`members.csv:3`: " in found.files[REPORT]
    assert "city:turin" in found.files["data/alpha-page/members.trig"]


def test_no_good_rows_give_nothing_but_the_report(planned: Plan) -> None:
    """There is no source without a passage, and no passage that says nothing."""
    assert list(planned().files) == [REPORT]


def test_the_same_rows_give_the_same_bytes(planned: Plan) -> None:
    """Twice in a row."""
    rows = [member("Alpha", "Milan"), member("Beta", "Torino", "2"), member("Delta", "Turin", "2")]
    assert planned(*rows) == planned(*rows)


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        ("3", "city:koln", None),
        ("1", "city:milano", "1 is called city:milan, not city:milano"),
        ("77", "city:atlantis", "No good row of cities.csv describes city:atlantis (77)"),
    ],
)
def test_records_and_rows_call_a_city_the_same(
    planned: Plan, number: str, name: str, words: str | None
) -> None:
    """A city only a record speaks of is described; another name, or no row, is a problem."""
    found = planned(
        member("Alpha", "Milan"),
        records=[seat(number)],
        tables={
            "records.toml": SEAT_RECORDS.replace("{}", f'{{ {number} = "{name}" }}', 1),
            "record-sources.toml": SEAT_SOURCES,
        },
    )
    assert [problem.messages["en"].partition(";")[0].strip(".") for problem in found.problems] == (
        [words] if words else []
    )
    assert f"reti:seat {name}" in found.files["data/a-page/records.trig"]
    assert (name in found.files["data/geonames/places.trig"]) == (words is None)


def test_a_source_of_both_tables_is_the_lists(planned: Plan) -> None:
    """It is written once, with passages of both."""
    found = planned(
        member("Alpha", "Milan"),
        records=[seat("3")],
        tables={
            "records.toml": SEAT_RECORDS.replace("{}", '{ 3 = "city:koln" }', 1),
            "record-sources.toml": SEAT_SOURCES.replace("a-page", "alpha-page"),
        },
    )
    assert found.problems == ()
    assert 'dcterms:title "Alfa"@it' in found.files["data/alpha-page/source.trig"]
    assert {"data/alpha-page/members.trig", "data/alpha-page/records.trig"} <= set(found.files)


def test_a_missing_file_ends_the_import(planned: Plan, tmp_path: Path) -> None:
    """Nothing is planned from two files of three."""
    planned()
    (tmp_path / "cities.csv").unlink()
    with pytest.raises(FileNotFoundError):
        plan(tmp_path, tmp_path, PREFIXES)


def test_another_header_ends_the_import(planned: Plan, tmp_path: Path) -> None:
    """The message names the file and the columns."""
    planned()
    (tmp_path / "members.csv").write_text("network;city\n")
    with pytest.raises(CallError, match=r"members.csv:1: The columns should be network, city, "):
        plan(tmp_path, tmp_path, PREFIXES)
