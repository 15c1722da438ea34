"""What was so on a day: who held an office, and who chaired."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.site.asking import bound, rows
from tests.unit.site.small_graphs import said, times

if TYPE_CHECKING:
    import pyoxigraph as ox

    from reti_graph.config import Settings
    from tests.unit.site.small_graphs import Answers


@pytest.fixture(scope="module")
def ask(small: Answers) -> Answers:
    """Ask made-up sources, not the site."""
    return small


def term(person: str, when: str, source: str = "a") -> str:
    """Return a term of office of the Mayor of Milan, with its times."""
    return f"""person:{person} a foaf:Person .
        term-of-office:{source}--{person} a reti:TermOfOffice ; reti:holder person:{person} ;
            reti:heldOffice office:mayor-of-milan {times(when)} . """


@pytest.mark.parametrize(
    ("when", "dated", "date", "certain"),
    [
        ("since 2011-06-01, until 2016-06-21", "dcterms:issued 2025", "2011-05-31", None),
        ("since 2011-06-01, until 2016-06-21", "dcterms:issued 2025", "2016-06-21", "true"),
        ("since 2011-06-01, until 2016-06-21", "dcterms:issued 2025", "2016-06-22", None),
        ("since 2006-05, until 2011", "reti:notAfter 2026-11-22", "2006-05-30", "false"),
        ("since 2006-05, until 2011", "reti:notAfter 2026-11-22", "2006-05-31", "true"),
        ("since 2006-05, until 2011", "reti:notAfter 2026-11-22", "2011-01-02", "false"),
        ("since 2016, until 2021", "dcterms:issued 2025", "2021-06-01", "false"),
        ("since 2016-06-20", "dcterms:issued 2018", "2018-01-01", "true"),
        ("since 2016-06-20", "dcterms:issued 2018", "2018-01-02", "false"),
        ("since 2016-06-20", "reti:notAfter 2026-11-22", "2016-06-21", "false"),
        ("attestedOn 2015-10-16", "dcterms:issued 2025", "2015-10-16", "true"),
        ("attestedOn 2015-10-16", "dcterms:issued 2025", "2015-10-17", None),
        ("attestedOn 2019-07", "dcterms:issued 2025", "2019-07-15", "false"),
        ("since 2018, attestedOn 2020-04-16", "reti:notAfter 2026-11-22", "2020-04-16", "true"),
        ("since 2018, attestedOn 2020-04-16", "reti:notAfter 2026-11-22", "2020-04-17", "false"),
    ],
)
def test_a_term_covers_a_day_certainly_possibly_or_not(
    when: str, dated: str, date: str, certain: str | None, ask: Answers
) -> None:
    """A term is certain between what is surely begun and surely not over, else as words allow."""
    found = ask(said("a", term("x", when), dated), "who-held", date=date)
    assert [row["certain"] for row in found] == ([] if certain is None else [certain])


def test_a_later_source_makes_a_term_certain_and_is_named(ask: Answers) -> None:
    """An undated source says since when, another attests the person later: both are shown."""
    trig = said("a", term("x", "since 2016"), "reti:notAfter 2026-11-22")
    trig += said("b", term("x", "attestedOn 2021-10", "b"))
    (row,) = ask(trig, "who-held", date="2020-01-01")
    assert (row["certain"], row["passage"], row["quote"]) == ("true", "source/a/p", "a")
    assert (row["secondPassage"], row["secondQuote"]) == ("source/b/p", "b")
    assert row["asOf"] == "/2026-11-22"


def test_a_term_that_is_certain_by_itself_needs_no_second_passage(ask: Answers) -> None:
    """Only what the answer rests on is named."""
    trig = said("a", term("x", "since 2016"), "dcterms:issued 2018")
    trig += said("b", term("x", "attestedOn 2021-10", "b"))
    (row,) = ask(trig, "who-held", date="2017-06-30")
    assert row["certain"] == "true"
    assert "secondPassage" not in row


def test_an_end_in_another_passage_of_the_term_is_heard(ask: Answers) -> None:
    """A passage with the beginning only does not attest what its source ends elsewhere."""
    trig = said("a", term("x", "since 2006"), "dcterms:issued 2012")
    trig += said("b", term("x", "until 2011"), "dcterms:issued 2012")
    found = ask(trig, "who-held", date="2011-06-01")
    assert [row["certain"] for row in found] == ["false", "false"]


def test_an_end_that_any_source_says_leaves_a_later_attestation_alone(ask: Answers) -> None:
    """Who left may have come back: the time between is possible, not certain."""
    trig = said("a", term("x", "since 2016"), "reti:notAfter 2026-11-22")
    trig += said("b", term("x", "attestedOn 2024", "b"))
    trig += said("c", term("x", "until 2023", "c"))
    assert [r["certain"] for r in ask(trig, "who-held", date="2020-01-01")] == ["false"]


CHAIR = """office:mayor-of-milan a org:Post .
    membership:{0}--t a org:Membership ; org:member {1} ; org:organization body:t ;
        org:role role:chair {2} . """


def chair(member: str = "office:mayor-of-milan", when: str = "") -> str:
    """Return the chair of a body, with its times."""
    return CHAIR.format(member.replace(":", "-"), member, times(when))


def test_a_chair_of_an_office_is_joined_to_its_holder_with_both_passages(ask: Answers) -> None:
    """Two sources make the answer: it is inferred, and both speak."""
    trig = said("role", chair(when="during 2020"))
    trig += said("term", term("x", "since 2016-06-21"), "dcterms:issued 2021")
    (row,) = ask(trig, "chairs-with-holders")
    assert (row["person"], row["inferred"], row["certain"]) == ("id/person/x", "true", "true")
    assert (row["passage"], row["termPassage"]) == ("source/role/p", "source/term/p")
    assert (row["quote"], row["termQuote"]) == ("role", "term")


def test_two_holders_within_the_time_of_a_role_are_both_possible(ask: Answers) -> None:
    """Chaired at some time in 2016, in which the office changed hands."""
    trig = said("role", chair(when="during 2016")) + said("a", term("x", "since 2016-06-21"))
    trig += said("b", term("y", "since 2011-06-01, until 2016-06-21", "b"))
    trig += said("c", term("z", "since 2006, until 2011", "c"))
    found = {row["person"]: row["certain"] for row in ask(trig, "chairs-with-holders")}
    assert found == {"id/person/x": "false", "id/person/y": "false"}


def test_a_role_without_time_is_of_the_day_of_its_source(ask: Answers) -> None:
    """“Sits in the committee”, seen on a day, is true of whoever held the office that day."""
    trig = said("role", chair(), "reti:seenOn 2015-01-01")
    trig += said("a", term("x", "since 2016-06-21"))
    trig += said("b", term("y", "since 2011-06-01, until 2016-06-21", "b"))
    assert [row["person"] for row in ask(trig, "chairs-with-holders")] == ["id/person/y"]


def test_a_chair_that_a_source_says_of_the_person_is_not_inferred(ask: Answers) -> None:
    """The source's own word takes the place of what would be computed."""
    trig = said("role", chair(when="during 2020")) + said("a", term("x", "since 2016-06-21"))
    trig += said("own", chair("person:x"))
    (row,) = ask(trig, "chairs-with-holders")
    assert (row["inferred"], row["passage"], row["office"]) == (
        "false",
        "source/own/p",
        "id/office/mayor-of-milan",
    )
    assert "termPassage" not in row


@pytest.mark.parametrize(
    ("date", "holders"),
    [
        ("2015-10-15", {"giuliano-pisapia"}),
        ("2020-06-30", {"giuseppe-sala"}),
        ("2016-06-20", {"giuliano-pisapia", "giuseppe-sala"}),
    ],
)
def test_the_mayors_of_milan_are_those_of_the_sources(
    date: str, holders: set[str], site_store: ox.Store, settings: Settings
) -> None:
    """Who signed the Pact in 2015, who was mayor in 2020, and a day on which sources disagree."""
    found = rows(site_store, bound("who-held", settings, "default", date=date))
    assert {row["person"].rpartition("/")[2] for row in found} == holders
