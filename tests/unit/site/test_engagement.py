"""What Milan took part in on a day, as far as sources tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.site.small_graphs import said, times

if TYPE_CHECKING:
    from tests.unit.site.small_graphs import Answers


@pytest.fixture(scope="module")
def ask(small: Answers) -> Answers:
    """Ask made-up sources, not the site."""
    return small


def membership(when: str = "", member: str = "city:milan") -> str:
    """Return a membership of a network, with its times."""
    return f"""membership:{member.replace(":", "-")}--n a org:Membership ; org:member {member} ;
        org:organization network:n ; org:role role:member {times(when)} . """


MILAN = "city:milan reti:administeredBy municipality:milan . "
OTHERS = membership(member="city:lyon")


def engagement(ask: Answers, trig: str, date: str) -> tuple[str, ...]:
    """Return the answer for the one role of Milan, and the sources it rests on."""
    (row,) = ask(trig, "engagement-as-of", date=date)
    passages = (row[name] for name in ("passage", "secondPassage") if name in row)
    return row["answer"], *(passage.split("/")[1] for passage in passages)


@pytest.mark.parametrize(
    ("when", "dated", "date", "answer"),
    [
        ("since 2009-09", "dcterms:issued 2025", "2009-08-31", "no"),
        ("since 2009-09", "dcterms:issued 2025", "2009-09-15", "unknown"),
        ("since 2009-09", "dcterms:issued 2025", "2009-09-30", "yes"),
        ("since 2009-09", "dcterms:issued 2025", "2025-01-01", "yes"),
        ("since 2009-09", "dcterms:issued 2025", "2025-01-02", "unknown"),
        ("since 2009-09", "reti:notAfter 2026-11-22", "2015-01-01", "unknown"),
        ("since 2009-09", "reti:notBefore 2020", "2015-01-01", "yes"),
        ("since 2010, until 2013", "dcterms:issued 2025", "2013-01-01", "yes"),
        ("since 2010, until 2013", "dcterms:issued 2025", "2013-06-30", "unknown"),
        ("since 2010, until 2013", "dcterms:issued 2025", "2014-01-01", "no"),
        ("until 2013", "dcterms:issued 2025", "2012-01-01", "unknown"),
        ("during 2020", "dcterms:issued 2025", "2019-12-31", "no"),
        ("during 2020", "dcterms:issued 2025", "2020-06-30", "unknown"),
        ("during 2020", "dcterms:issued 2020-06-30", "2020-06-30", "unknown"),
        ("during 2020", "dcterms:issued 2025", "2021-01-01", "no"),
        ("during 2020-06-30", "dcterms:issued 2025", "2020-06-30", "yes"),
        ("since 2020-05-01", "dcterms:issued 2020-04-15", "2020-04-15", "no"),
        ("", "reti:seenOn 2019-03-28", "2019-03-28", "yes"),
        ("", "reti:seenOn 2019-03-28", "2019-03-27", "unknown"),
        ("", "dcterms:issued 2019-03", "2019-03-28", "unknown"),
    ],
)
def test_one_passage_tells_whether_milan_took_part(
    when: str, dated: str, date: str, answer: str, ask: Answers
) -> None:
    """Its words give a beginning and an end, its source's date a day on which it still held."""
    assert engagement(ask, said("a", MILAN + membership(when), dated), date) == (answer, "a")


def test_a_beginning_and_a_later_source_make_a_yes_of_two_passages(ask: Answers) -> None:
    """One source says since when, another of a later day still names Milan: both are shown."""
    trig = said("a", MILAN + membership("since 2009"), "dcterms:issued 2010")
    trig += said("b", membership(), "dcterms:issued 2020-05-01")
    assert engagement(ask, trig, "2015-01-01") == ("yes", "a", "b")
    assert engagement(ask, trig, "2020-05-02") == ("unknown", "a")


def test_a_later_source_with_a_later_beginning_tells_nothing_of_before(ask: Answers) -> None:
    """Milan may have left and come back: the second source does not say it still held."""
    trig = said("a", MILAN + membership("since 2009"), "dcterms:issued 2010")
    trig += said("b", membership("since 2018"), "dcterms:issued 2020")
    assert engagement(ask, trig, "2015-01-01") == ("unknown", "a")


@pytest.mark.parametrize(
    ("extent", "names", "date", "found"),
    [
        ("complete", OTHERS, "2021-10-07", ("no", "list")),
        ("complete", OTHERS, "2021-10-08", ("unknown", "page")),
        ("partial", OTHERS, "2021-10-07", ("unknown", "page")),
        (
            "complete",
            OTHERS + membership(member="municipality:milan"),
            "2021-10-07",
            ("yes", "list"),
        ),
    ],
)
def test_only_a_complete_list_of_the_day_without_milan_says_no(
    extent: str, names: str, date: str, found: tuple[str, ...], ask: Answers
) -> None:
    """A list of another day and a partial one say nothing, one that names a part of Milan yes."""
    trig = said("page", MILAN + membership(), "reti:seenOn 2026-11-22")
    trig += said("list", names, "dcterms:issued 2021-10-07", extent)
    assert engagement(ask, trig, date) == found


def test_a_complete_list_of_some_day_of_a_month_says_no_of_none_of_its_days(ask: Answers) -> None:
    """Which day of the month the list is of, its date does not tell."""
    trig = said("page", MILAN + membership(), "reti:seenOn 2026-11-22")
    trig += said("list", OTHERS, "dcterms:issued 2021-10", "complete")
    assert engagement(ask, trig, "2021-10-01") == ("unknown", "page")
    assert engagement(ask, trig, "2021-10-31") == ("unknown", "page")


def test_a_yes_and_a_no_are_unknown_with_both_passages(ask: Answers) -> None:
    """Where sources contradict each other no side is taken."""
    trig = said("page", MILAN + membership("since 2016"))
    trig += said("list", OTHERS, "dcterms:issued 2021-10-07", "complete")
    assert engagement(ask, trig, "2021-10-07") == ("unknown", "page", "list")


@pytest.mark.parametrize(
    ("when", "other", "date"),
    [
        ("since 2019", "2018-11-10", "2018-06-01"),
        ("until 2015", "2020", "2018-01-01"),
        ("since 2010, until 2015", "2020", "2018-01-01"),
    ],
)
def test_what_another_source_attests_beyond_a_limit_is_no_no(
    when: str, other: str, date: str, ask: Answers
) -> None:
    """A source older than the beginning, or newer than the end, still names Milan."""
    trig = said("a", MILAN + membership(when)) + said("b", membership(), f"dcterms:issued {other}")
    assert engagement(ask, trig, date) == ("unknown", "a")
    assert engagement(ask, said("a", MILAN + membership(when)), date) == ("no", "a")


def founding(founders: str, when: str = '"1986"^^xsd:gYear') -> str:
    """Return the founding of the network."""
    return f"""founding:n a reti:Founding ; org:resultingOrganization network:n ;
        reti:founder {founders} ; reti:date {when} . """


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("1985-12-31", ("no", "born")),
        ("1986-06-01", ("unknown", "list")),
        ("2000-01-01", ("yes", "born", "list")),
        ("2025-05-19", ("unknown", "list")),
    ],
)
def test_a_founder_takes_part_from_the_founding_on(
    date: str, found: tuple[str, ...], ask: Answers
) -> None:
    """The founding says since when, the list that names Milan that it still holds."""
    trig = said("born", MILAN + founding("city:lyon, municipality:milan"))
    trig += said("list", membership(), "dcterms:issued 2025-05-18")
    assert engagement(ask, trig, date) == found


def test_nobody_takes_part_in_what_is_not_there_yet(ask: Answers) -> None:
    """Before the founding the answer is no, whoever founded; after it, nothing more is known."""
    trig = said("born", MILAN + founding("city:lyon"))
    trig += said("list", membership(), "dcterms:issued 2025-05-18")
    assert engagement(ask, trig, "1985-12-31") == ("no", "born")
    assert engagement(ask, trig, "2000-01-01") == ("unknown", "list")
    trig += said("since", membership("since 2009"), "dcterms:issued 2010")
    assert engagement(ask, trig, "2000-01-01") == ("no", "since")


def test_the_city_its_municipality_and_its_mayor_are_one(ask: Answers) -> None:
    """The city joined, and the Municipality is named later: Milan took part in between."""
    trig = said("a", MILAN + membership("since 2009"), "dcterms:issued 2010")
    trig += said("b", membership(member="municipality:milan"), "dcterms:issued 2020-05-01")
    assert engagement(ask, trig, "2015-01-01") == ("yes", "a", "b")


def test_outside_the_period_a_source_names_the_answer_is_no_whoever_came_after(
    ask: Answers,
) -> None:
    """“During 2020” says when it lies; a source of 2022 says nothing of the time between."""
    trig = said("a", MILAN + membership("during 2020"))
    trig += said("b", membership(), "dcterms:issued 2022")
    assert engagement(ask, trig, "2021-06-30") == ("no", "a")
