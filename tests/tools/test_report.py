from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tools.facts import CITIES, city, member
from tools.import_facts.run import REPORT

if TYPE_CHECKING:
    from tests.tools.planning import Plan


def test_places_no_list_has_are_left_out(planned: Plan) -> None:
    """The report counts them, and those of lists that may not be published apart."""
    places = [*CITIES, city("5", "Bra", networks="EFUS|MUFPP")]
    found = planned(member("Alpha", "Milan"), places=places)
    assert found.files["data/geonames/places.trig"].count("a reti:City") == 1
    assert "Bra" not in "".join(found.files.values())
    report = found.files[REPORT]
    assert "1 are taken, 4 are left out" in report
    assert "- 1 stand only on lists of the Milan Pact and of EFUS" in report
    assert "- 3 are on no list and in no record that is kept: lines 3–5" in report


def test_members_are_counted_by_network_and_by_list(planned: Plan) -> None:
    """Cities and other bodies apart; the lines of a list are those of its rows."""
    report = planned(
        member("Alpha", "Milan"),
        member("Beta", "Milano"),
        member("Alpha", "Turin", "2"),
        member("Alpha", "Brussels Region", "", country="BE"),
        member("Alpha", "Cologne", "3", country="DE", confidence="low"),
    ).files[REPORT]
    assert "| `network:alpha` | 3 | 2 | 1 |" in report
    assert "| `network:beta` | 1 | 1 | 0 |" in report
    assert "## Lists: 5 rows of `members.csv`" in report
    assert "| `alpha-page/members` | 4 | 3 | 3 | 1 | complete | 2, 4–5 |" in report
    assert "| 6 | Cologne | the collectors are not sure enough of it (confidence low) |" in report


def test_what_a_row_does_not_add_is_told(planned: Plan) -> None:
    """With its line and the reason."""
    report = planned(member("Alpha", "Milan", since="by 2019")).files[REPORT]
    assert "| 2 | Milan | “by 2019” adds nothing to the date of the list |" in report


def test_rows_that_are_one_are_told(planned: Plan) -> None:
    """Both spellings, with their lines; they are one member."""
    report = planned(
        member("Alpha", "Kadikoy", "", country="TR"),
        member("Alpha", "Kadıköy", "", country="TR"),
    ).files[REPORT]
    assert (
        "- Kadikoy (line 2) and Kadıköy (line 3) are one place on `alpha-page/members`." in report
    )
    assert "| `network:alpha` | 1 | 1 | 0 |" in report
    assert "| `alpha-page/members` | 2 | 2 | 1 | 0 | complete | 2–3 |" in report


def test_wikidata_is_counted_by_confidence(planned: Plan) -> None:
    """Of the places taken only."""
    sure = {"wikidata_qid": "Q1", "wikidata_source": "a store more.csv"}
    report = planned(
        member("Alpha", "Milan"),
        member("Alpha", "Turin", "2"),
        places=[
            city("1", "Milan", **sure, wikidata_confidence="high"),
            city("2", "Turin"),
            city("3", "Rome", **sure, wikidata_confidence="low"),
        ],
    ).files[REPORT]
    assert "| in Wikidata, confidence high: the same thing | 1 |" in report
    assert "| in Wikidata, confidence low: left out | 0 |" in report
    assert "| not found in Wikidata | 1 |" in report


def test_a_bar_in_a_name_does_not_break_a_table(planned: Plan) -> None:
    """Markdown would take it for a new cell."""
    report = planned(member("Alpha", "Mil|an", since="by 2019")).files[REPORT]
    assert "| 2 | Mil\\|an | " in report
