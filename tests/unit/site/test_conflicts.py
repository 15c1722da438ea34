"""What is a disagreement of sources and what is none, on made-up sources, kind by kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.unit.site.small_graphs import said, time, times

if TYPE_CHECKING:
    from tests.unit.site.small_graphs import Answers

Told = tuple[str, str, str]
Disagreements = Callable[..., set[Told]]
CITIES = "city:x a reti:City . city:y a reti:City . "
PARTS = "city:x reti:administeredBy municipality:x . office:x reti:officeOf city:x . "
ROLE = """role:member org:roleProperty reti:memberOf . role:chair org:roleProperty reti:chairs .
    organization:x a org:Organization . """


@pytest.fixture(scope="module")
def ask(small: Answers) -> Answers:
    """Ask made-up sources, not the site."""
    return small


@pytest.fixture(scope="module")
def conflicts(ask: Answers) -> Disagreements:
    """Return a function from TriG to the disagreements: what of, which value, which source."""

    def told(*trig: str, **given: str) -> set[Told]:
        found = ask("".join(trig), "conflicts", **given)
        rows = {(r["on"].split("/")[-1], r["value"], r["source"].split("/")[-1]) for r in found}
        assert len(rows) == len(found)
        return rows

    return told


def figure(source: str, value: str, bound: str = "exact", since: str = "") -> str:
    """Return a source that tells how many members a network has."""
    words = f"""figure:{source} reti:figureOf network:n ; reti:measure measure:countries ;
        rdf:value {value} ; reti:bound bound:{bound} {times(since)} . """
    return said(source, words)


def founding(source: str, date: str, words: str = "") -> str:
    """Return a source that tells when a network began, "1990/1999" for between two years."""
    start, _, end = date.partition("/")
    when = f"; reti:notBefore {time(start)} ; reti:notAfter {time(end)}" if end else ""
    when = when or (f"; reti:date {time(date)}" if date else "")
    node = f"founding:{source} a reti:Founding ; org:resultingOrganization network:n"
    return said(source, f"{node} {when} {words} . ")


def term(source: str, when: str, dated: str = "dcterms:issued 2025") -> str:
    """Return a source that tells when somebody was in office."""
    words = f"term-of-office:{source} a reti:TermOfOffice ; reti:holder person:p"
    return said(source, f"{words} ; reti:heldOffice office:o {times(when)} . ", dated)


def member(source: str, who: str = "city:x", when: str = "", **how: str) -> str:
    """Return a source that has somebody as a member of a network."""
    words = f"""membership:{who.replace(":", "-")} a org:Membership ; org:member {who} ;
        org:organization network:n ; org:role role:member {times(when)} . network:n a reti:Network .
        {CITIES} """
    return said(source, words, **how)


def test_two_values_of_one_measure_are_told_apart_with_their_bounds(ask: Answers) -> None:
    """Each value has a row, with source, date and words; the rows stand together."""
    found = ask(figure("a", "190", "more-than") + figure("b", "200"), "conflicts")
    assert [(row["value"], row["bound"].split("/")[-1], row["source"]) for row in found] == [
        ("190", "more-than", "source/a"),
        ("200", "exact", "source/b"),
    ]
    assert {(row["about"], row["asOf"]) for row in found} == {("id/network/n", "2025")}
    assert [(row["quote"], row["passage"]) for row in found] == [
        ("a", "source/a/p"),
        ("b", "source/b/p"),
    ]


def test_who_agrees_with_one_of_two_values_is_shown_with_it(conflicts: Disagreements) -> None:
    """Three sources, two values: three rows; a number since some year is held to its like."""
    since = {"since": "since 2015"}
    found = conflicts(
        figure("a", "97", **since), figure("b", "97.0", **since), figure("c", "98", **since)
    )
    assert {source for _, _, source in found} == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure("a", "130", "more-than"), figure("b", "130")),
        (figure("a", "130"), figure("b", "130.0")),
        (figure("a", "20", since="since 2015"), figure("b", "30", since="since 2020")),
        (figure("a", "20"), figure("b", "30").replace("measure:countries", "measure:citizens")),
        (figure("a", "20"), figure("b", "30").replace("network:n", "network:m")),
        (figure("a", "20"), figure("b", "30").replace("source/b/p", "source/a/p2")),
        (founding("a", "2005"), founding("b", "2005-10")),
        (founding("a", "1990/1999"), founding("b", "1999")),
        (founding("a", "2005"), founding("b", "2006").replace("network:n", "network:m")),
        (founding("a", "2005"), founding("b", "")),
        (term("a", "since 2016-06"), term("b", "since 2016-06-21")),
        (term("a", "since 2011, until 2016"), term("b", "since 2021, until 2026")),
        (term("a", "since 2011", "dcterms:issued 2012"), term("b", "since 2021, until 2026")),
        (term("a", "since 2011"), term("b", "attestedOn 2012")),
        (member("a", when="since 2009"), member("b", when="since 2009-09")),
        (member("a", when="since 2009"), member("b")),
    ],
)
def test_what_can_be_so_together_is_no_disagreement(
    one: str, other: str, conflicts: Disagreements
) -> None:
    """A month lies in its year, another thing or measure has another value, a term follows one."""
    same = other.replace("prov:wasQuotedFrom source:b", "prov:wasQuotedFrom source:a")
    assert conflicts(one, same if "source/a/p2" in other else other) == set()


def test_foundings_at_different_times_disagree(conflicts: Disagreements) -> None:
    """The date is as the source has it, a year, a month or an interval."""
    found = conflicts(founding("a", "2019-07"), founding("b", "2020"), founding("c", "1990/1999"))
    assert found == {
        ("ontology#date", "2019-07", "a"),
        ("ontology#date", "2020", "b"),
        ("ontology#date", "1990/1999", "c"),
    }


def test_two_cities_of_one_founding_disagree(conflicts: Disagreements) -> None:
    """A palace and its city do not: one place may lie in the other."""
    one, other = (founding(s, "", f"; reti:place city:{c}") for s, c in (("a", "x"), ("b", "y")))
    assert {source for _, _, source in conflicts(one, other, said("c", CITIES))} == {"a", "b"}
    both = founding("b", "", "; reti:place city:x, city:y")
    assert conflicts(one, both, said("c", CITIES)) == set()
    palace = founding("b", "", "; reti:place place:palace")
    assert conflicts(one, palace, said("c", CITIES)) == set()


def test_seats_disagree_if_neither_source_has_the_others(conflicts: Disagreements) -> None:
    """Who names two seats, one of them the other's, does not contradict it."""
    one, other = (said(s, f"network:n reti:seat city:{c} . ") for s, c in (("a", "x"), ("b", "y")))
    assert {source for _, _, source in conflicts(one, other)} == {"a", "b"}
    assert conflicts(one, said("b", "network:n reti:seat city:x, city:y . ")) == set()
    assert conflicts(one, said("b", "network:n reti:possibleSeat city:y . ")) == set()


def test_terms_that_begin_or_end_on_other_days_disagree(conflicts: Disagreements) -> None:
    """Beginnings and ends are held against one another each for itself."""
    one = term("a", "since 2016-06-20, until 2021")
    found = conflicts(one, term("b", "since 2016-06-21, until 2021-10"))
    assert found == {("ontology#since", "2016-06-20", "a"), ("ontology#since", "2016-06-21", "b")}
    assert conflicts(one, term("b", "until 2022")) == {
        ("ontology#until", "2021", "a"),
        ("ontology#until", "2022", "b"),
    }


def test_two_beginnings_of_one_membership_disagree(conflicts: Disagreements) -> None:
    """The node is the same, each source gives its own time."""
    found = conflicts(member("a", when="since 2009-09"), member("b", when="since 2011"))
    assert found == {("ontology#since", "2009-09", "a"), ("ontology#since", "2011", "b")}


LIST = {"dated": "dcterms:issued 2021", "extent": "complete"}
A = "network:n a reti:Network ."


def test_a_complete_list_without_a_member_disagrees_with_who_names_it(
    conflicts: Disagreements,
) -> None:
    """Who says it is one has true, the list that does not have it has false."""
    trig = (member("a"), member("b", "city:y", **LIST), said("c", ROLE))
    found = {("ontology#memberOf", "true", "a"), ("ontology#memberOf", "false", "b")}
    assert conflicts(*trig) == found
    assert conflicts(*trig, about="network:n") == conflicts(*trig, about="city:x") == found
    assert conflicts(*trig, about="city:y") == set()


def test_a_municipality_missing_on_a_list_is_found_under_its_city(
    conflicts: Disagreements,
) -> None:
    """Asked for the city, what sources say of its municipality and offices answers."""
    trig = (member("a", "municipality:x"), member("b", "city:y", **LIST), said("c", PARTS + ROLE))
    assert len(conflicts(*trig, about="city:x")) == 2


@pytest.mark.parametrize(
    ("one", "listed"),
    [
        (member("a"), member("b", "city:y", extent="partial")),
        (member("a"), member("b", "city:y", extent="unstated")),
        (member("a"), member("b", "city:y")),
        (member("a", when="until 2020"), member("b", "city:y", **LIST)),
        (member("a", when="since 2022"), member("b", "city:y", **LIST)),
        (member("a", "municipality:x"), member("b", **LIST)),
        (member("a"), member("b", "municipality:x", **LIST)),
        (member("a", "office:x"), member("b", "municipality:x", **LIST)),
        (member("a", "organization:x"), member("b", "city:y", **LIST)),
        (member("a").replace("role:member", "role:chair"), member("b", "city:y", **LIST)),
        (member("a").replace(A, ""), member("b", "city:y", **LIST).replace(A, "")),
        (member("a"), member("b", "city:y", **LIST).replace("network:n", "network:m")),
    ],
)
def test_a_list_that_need_not_name_a_member_does_not_disagree(
    one: str, listed: str, conflicts: Disagreements
) -> None:
    """It is incomplete, of another time, of a body, without chairs; a city's parts stand for it."""
    assert conflicts(one, listed, said("c", PARTS + ROLE)) == set()


def test_a_complete_list_of_founders_disagrees_with_another_founder(
    conflicts: Disagreements,
) -> None:
    """An open list of founders does not, nor does a mayor who stands for the city."""
    one = founding("a", "", "; reti:founder city:x ; reti:foundersComplete true")
    other = founding("b", "", "; reti:founder city:y ; reti:foundersComplete false")
    assert conflicts(one, other) == {
        ("ontology#founded", "true", "b"),
        ("ontology#founded", "false", "a"),
    }
    mayor = founding("b", "", "; reti:founder office:x ; reti:foundersComplete true")
    assert conflicts(one, mayor, said("c", PARTS)) == set()
    assert conflicts(one.replace("true", "false"), other) == set()
