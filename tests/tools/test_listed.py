from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tools.facts import member, read, tables
from tools.import_facts.listed import Sorted, sort, unused
from tools.import_facts.places import Places

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TWICE = "Alpha: the members, seen twice"


def sorted_rows(folder: Path, *rows: Mapping[str, str]) -> Sorted:
    """Put good rows on the lists of the tables."""
    table = tables(folder)
    members, _, problems = read(folder, rows)
    assert problems == []
    return sort(members, table.lists.lists, Places.of(table.places))


def test_a_row_is_on_every_list_of_its_source(tmp_path: Path) -> None:
    """One title may stand for two lists that agree."""
    found = sorted_rows(tmp_path, member("Alpha", "Milan", source_title=TWICE))
    assert [each.entry.name for each in found.listed] == [
        "alpha-page/members",
        "alpha-table/members",
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"network": "Omega"}, 'has the network "Omega"'),
        ({"source_title": "Alpha: hearsay"}, 'has the source "Alpha: hearsay"'),
        (
            {"source_date": "2021"},
            "date or address of the source is not that of alpha-page/members",
        ),
        ({"source_url": "https://example.org/b"}, "date or address of the source"),
        ({"since": "2019 (guest)", "since_source": "x"}, 'does not say what "(guest)" means'),
        ({"since": "2019", "since_source": "https://example.org/b"}, "is another source"),
        ({"since": "2019 (founder)", "since_source": "https://example.org/b"}, "another source"),
        ({"city": "Atlantis", "geonames_id": ""}, "places.toml does not say what it is"),
        ({"city": "Kadikoy", "geonames_id": ""}, "places.toml does not say what it is"),
    ],
)
def test_a_row_no_table_explains_is_a_problem_and_stops_no_other(
    tmp_path: Path, cells: dict[str, str], words: str
) -> None:
    """It has file and line, and what is to be mended."""
    found = sorted_rows(
        tmp_path, {**member("Alpha", "Milan"), **cells}, member("Alpha", "Turin", "2")
    )
    (problem,) = found.problems
    assert str(problem.location) == "members.csv:2"
    assert words in problem.messages["en"]
    assert [each.member.city for each in found.listed] == ["Turin"]


def test_one_city_under_two_names_is_a_problem(tmp_path: Path) -> None:
    """Unless the tables say so, two rows of a list are two places."""
    found = sorted_rows(tmp_path, member("Alpha", "Milan"), member("Alpha", "Milano"))
    (problem,) = found.problems
    assert str(problem.location) == "members.csv:3"
    assert "the same city as line 2" in problem.messages["en"]
    assert len(found.listed) == 1


def test_two_spellings_the_tables_know_are_one_place(tmp_path: Path) -> None:
    """Both rows are taken, and stand for the same."""
    found = sorted_rows(
        tmp_path,
        member("Alpha", "Kadikoy", "", country="TR"),
        member("Alpha", "Kadıköy", "", country="TR"),
    )
    assert found.problems == ()
    first, second = found.listed
    assert first.key == second.key


def test_a_row_the_collectors_doubt_is_left_out(tmp_path: Path) -> None:
    """It is no problem, and the report can say why."""
    found = sorted_rows(tmp_path, member("Beta", "Milano", confidence="low"))
    assert (found.listed, found.problems) == ((), ())
    (remark,) = found.left_out["beta-page/members"]
    assert (remark.line, remark.name) == (2, "Milano")
    assert "confidence low" in remark.reason


@pytest.mark.parametrize(
    ("network", "since", "date", "role", "founder"),
    [
        ("Alpha", "2019-05", "2019-05", None, False),
        ("Alpha", "2012 (founder)", None, None, True),
        ("Alpha", "2012 (initiator)", None, None, False),
        ("Alpha", "by 2019", None, None, False),
        ("Gamma", "2013-12 (first group)", "2013-12", None, False),
        ("Delta", "2020-04 (chair)", None, ("chair", "2020-04"), False),
    ],
)
def test_since_means_what_the_list_says(
    tmp_path: Path,
    network: str,
    since: str,
    date: str | None,
    role: tuple[str, str] | None,
    founder: bool,  # noqa: FBT001 - a value of the table above
) -> None:
    """A date of joining, a role, a founder, or nothing that is to be said here."""
    (found,) = sorted_rows(tmp_path, member(network, "Milan", since=since)).listed
    assert (found.date, found.role, found.founder) == (date, role, founder)


def test_a_list_can_tell_a_role_by_its_title(tmp_path: Path) -> None:
    """The table says of whom; nobody says since when."""
    (found,) = sorted_rows(tmp_path, member("Delta", "Turin", "2")).listed
    assert found.role == ("vice-chair", None)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"since": "2009-09", "since_source": "SEED PAGE ONLY"}, "Milan page itself"),
        ({"since": "by 2019"}, "adds nothing to the date of the list"),
        ({"since": "2020 (initiator)"}, "about the founding"),
        ({"since": "2012 (founder)"}, "taken as a founder, but not 2012"),
    ],
)
def test_what_since_does_not_add_is_told(tmp_path: Path, cells: dict[str, str], words: str) -> None:
    """Once a row, though it is on two lists."""
    row = member("Alpha", "Milan", source_title=TWICE, **cells)
    found = sorted_rows(tmp_path, row)
    assert len(found.listed) == 2
    (remark,) = unused(found.listed)
    assert words in remark.reason


def test_a_date_that_is_taken_is_no_remark(tmp_path: Path) -> None:
    """Only what is missing is told."""
    rows = [member("Gamma", "Milan", since="2013-12 (first group)"), member("Beta", "Milano")]
    assert list(unused(sorted_rows(tmp_path, *rows).listed)) == []
