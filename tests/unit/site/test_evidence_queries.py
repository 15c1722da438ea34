"""What sources say of one another's statements on the site, how old they are and how complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.unit.site.asking import BASE, LABEL, bound, column, rows
from tests.unit.site.small_graphs import said

if TYPE_CHECKING:
    from reti_graph.config import Settings
    from tests.unit.site.small_graphs import Answers

PAGE = "source/milan-page"
CONFLICTS = {
    ("c40", "measures/citizens"): {"700000000 more-than", "920000000 about"},
    ("c40", "measures/world-economy-share"): {"0.25 exact", "0.23 exact"},
    ("world-cities-culture-forum", "measures/member-cities"): {"43 exact", "45 more-than"},
    ("eurocities", "measures/member-cities"): {"190 more-than", "200 more-than"},
    ("eurocities", "measures/countries"): {"39 more-than", "38 exact"},
    ("pace-in-comune", "measures/member-municipalities"): {"32 exact", "26 exact"},
    ("pace-in-comune", "measures/member-associations"): {"6 exact", "4 exact"},
    ("mayors-dialogue", "ontology#date"): {"2019-07", "2020"},
    ("mayors-dialogue", "measures/member-cities"): {"20 about", "24 exact"},
    ("efus", "measures/countries"): {"16 exact", "15 exact"},
}


@pytest.mark.parametrize(("what", "values"), CONFLICTS.items())
def test_what_sources_and_page_say_differently_is_listed(
    what: tuple[str, str], values: set[str], ask: Answers
) -> None:
    """Each disagreement of the collected facts with the page has its values, with the words."""
    network, on = what
    found = [row for row in ask("conflicts", about=network) if row["on"].endswith(on)]
    told = {f"{row['value']} {row.get('bound', '').split('/')[-1]}".strip() for row in found}
    assert told == values
    assert PAGE in column(found, "source")
    assert all(row["quote"] and row["asOf"] and row["passage"] for row in found)


def test_milan_is_missing_on_the_list_of_the_partnership_it_takes_part_in(ask: Answers) -> None:
    """The page says it takes part, the complete list of 2021 has other cities."""
    network = "network:urban-agenda-inclusion-of-migrants"
    found = ask("conflicts", about=network)
    assert [(row["value"], row["asOf"], row["about"]) for row in found] == [
        ("false", "2021-10-07", "id/municipality/milan"),
        ("true", "2026-11-22", "id/municipality/milan"),
    ]
    assert found == ask("conflicts", about="city:milan")


def test_what_a_year_and_its_month_say_is_no_disagreement(ask: Answers) -> None:
    """C40 began in 2005 or in October 2005, and EUROCITIES has 130 million inhabitants or more."""
    found = {(row["about"], row["on"]) for row in ask("conflicts")}
    assert ("id/network/c40", "ontology#date") not in found
    assert ("id/network/eurocities", "concept/measures/citizens") not in found


def test_the_rows_of_a_disagreement_stand_together(ask: Answers) -> None:
    """Sorted by what is told apart, each disagreement has two sources or more."""
    keys = [(row["about"], row["on"], row.get("with", "")) for row in ask("conflicts")]
    assert keys == sorted(keys)
    sources = {key: set[str]() for key in keys}
    for row in ask("conflicts"):
        sources[row["about"], row["on"], row.get("with", "")].add(row["source"])
    assert all(len(those) > 1 for those in sources.values())


def test_what_page_and_others_agree_on_is_corroborated(ask: Answers) -> None:
    """The founders and the year of EUROCITIES, the year of EFUS, the cities of C40."""
    found = {(r["subject"], r["predicate"], r["object"]): r for r in ask("corroborated")}
    c40 = found["id/network/c40", "concept/measures/member-cities", "97"]
    assert (c40["number"], c40["bound"]) == ("2", "concept/bounds/exact")
    assert len(c40["sources"].split("; ")) == 3
    assert found["id/network/efus", "ontology#date", "1987"]["number"] == "3"
    assert ("id/network/eurocities", "ontology#date", "1986") in found
    assert ("id/network/eurocities", "ontology#foundedBy", "id/city/lyon") in found
    assert ("id/network/eurocities", "ontology#seat", "id/city/brussels") in found
    assert ("id/city/milan", "ontology#memberOf", "id/network/c40") in found


@pytest.mark.parametrize(
    "left_out",
    ["type", "label", "altLabel", "hadPrimarySource", "member", "organization", "role", "founded",
     "hasMember", "hasParticipant", "latest", "sinceLatest", "quote", "exact"],
)  # fmt: skip
def test_what_says_nothing_new_is_not_corroborated(left_out: str, ask: Answers) -> None:
    """Neither names nor what is inside a relation nor inverses nor derived days count."""
    found = {predicate.replace("#", "/").split("/")[-1] for predicate in column(
        ask("corroborated"), "predicate"
    )}  # fmt: skip
    assert left_out not in found


def published(source: str, publisher: str = "") -> str:
    """Return a source that says a network's seat, of a publisher if one is given."""
    words = f'source:{source} dcterms:title "T {source}"@en . network:n reti:seat city:x . '
    words += f"source:{source} dcterms:publisher {publisher} . " if publisher else ""
    return said(source, words)


def test_sources_of_one_publisher_do_not_corroborate_one_another(small: Answers) -> None:
    """Nor do the editors anybody; two sources without a publisher do."""
    network = "network:n"
    twice = published("a", network) + published("b", network)
    editors = published("c", "organization:reti-graph-editors")
    assert small(twice + editors, "corroborated") == []
    (row,) = small(twice + editors + published("d"), "corroborated")
    assert (row["predicate"], row["number"]) == ("ontology#seat", "2")
    assert row["sources"].split("; ") == ["T a", "T b", "T d"]
    (row,) = small(published("d") + published("e"), "corroborated")
    assert row["number"] == "2"


def test_a_number_of_another_bound_is_not_corroborated(small: Answers) -> None:
    """More than 40 and 40 are the same number, and not the same statement."""
    figure = "figure:{} reti:figureOf network:n ; reti:measure measure:m ; rdf:value 40 ; "
    exact, more = (figure + f"reti:bound bound:{bound} . " for bound in ("exact", "more-than"))
    found = small(said("a", exact.format("a")) + said("b", more.format("b")), "corroborated")
    assert found == []
    found = small(said("a", exact.format("a")) + said("b", exact.format("b")), "corroborated")
    assert [(row["predicate"], row["object"]) for row in found] == [("concept/measures/m", "40")]


def test_every_source_is_told_with_its_passages_and_statements(
    ask: Answers, site_store: ox.Store
) -> None:
    """The sums are those of its passages; it has rights, a date and an address or a publisher."""
    found = {row["source"]: row for row in ask("sources")}
    written = rows(site_store, f"SELECT ?s WHERE {{ ?s a <{BASE}ontology#Source> }}")
    assert set(found) == column(written, "s")
    for source in (PAGE, "source/eurocities-members", "source/geonames"):
        passages = ask("passages", source=source.removeprefix("source/"))
        assert int(found[source]["passages"]) == len(passages)
        total = sum(int(row["statements"]) for row in passages)
        assert int(found[source]["statements"]) == total
    assert all(row["rights"] and row["asOf"] and row["label"] for row in found.values())
    assert all("address" in row or "publisher" in row for row in found.values())


def test_the_date_of_a_source_is_as_it_is_written(ask: Answers) -> None:
    """A month, a day, between two times, or not after one; lists say how complete they are."""
    found = {row["source"]: row for row in ask("sources", lang="en")}
    dates = {source: row["asOf"] for source, row in found.items()}
    assert dates[PAGE] == "2026-11-22"
    assert dates["source/guardian-100-resilient-cities"] == "2016-05-25"
    assert dates["source/philanthropy-news-digest-100-resilient-cities"] == "2016-05"
    assert dates["source/c40-home"] == "2025/2026-11-22"
    assert dates["source/efus-join"] == "/2026-11-22"
    assert found["source/eurocities-members"]["completeness"] == "complete"
    assert found["source/c40tools"]["completeness"] == "unstated"
    assert "completeness" not in found[PAGE]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("members", {"network": "c40"}),
        ("members", {"network": "programme:100-resilient-cities"}),
        ("members", {"network": "body:mayors-migration-council-leadership-board"}),
        ("networks-of", {"agent": "milan"}),
        ("milan-engagement", {}),
        ("network-statements", {"network": "c40"}),
        ("evidence", {"entity": "city:milan"}),
        ("chairs", {}),
        ("timeline", {}),
        ("founders", {}),
    ],
)
def test_whatever_shows_members_tells_how_old_and_how_complete_their_list_is(
    name: str, given: dict[str, str], ask: Answers, site_store: ox.Store
) -> None:
    """Every row has its source's date; it has a completeness if and only if it is of a list."""
    extent = ox.NamedNode(f"{BASE}ontology#completeness")
    lists = {
        quad.subject.value.removeprefix(BASE): quad.object.value.removeprefix(BASE)
        for quad in site_store.quads_for_pattern(None, extent, None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }
    found = ask(name, **given)
    assert all(row["asOf"] for row in found)
    assert [row.get("completeness") for row in found] == [
        lists.get(row["passage"]) for row in found
    ]
    assert all(row["source"] == row["passage"].rpartition("/")[0] for row in found)


@pytest.mark.parametrize("name", ["seats", "figures", "office-holders"])
def test_other_statements_tell_their_source_and_its_date(name: str, ask: Answers) -> None:
    """Each row is of one passage, with the source and the date of it."""
    found = ask(name)
    assert all(row["asOf"] for row in found)
    assert all(row["source"] == row["passage"].rpartition("/")[0] for row in found)


def test_a_member_that_two_sources_name_has_a_row_of_each(small: Answers) -> None:
    """Since when stands in the row of the source that says it."""
    node = """membership:x a org:Membership ; org:member city:x ; org:organization network:n ;
        org:role role:member """
    trig = said("a", f'{node} ; reti:since "2009"^^xsd:gYear . ', "reti:notAfter 2020")
    trig += said("b", f"{node} . ", extent="partial")
    found = small(trig, "members", network="n")
    assert [(row["source"], row.get("since"), row["asOf"]) for row in found] == [
        ("source/a", "2009", "/2020"),
        ("source/b", None, "2025"),
    ]


def test_the_passage_of_a_list_is_labelled_with_its_completeness(ask: Answers) -> None:
    """In the language asked for; a passage that is no list has none."""
    for language, label in (("it", "completo"), ("en", "complete")):
        (row,) = ask("passages", source="eurocities-members", lang=language)
        assert (row["completenessLabel"], row["asOf"]) == (label, "2025-05-18")
    assert column(ask("passages", source="milan-page"), "completeness") == set()


@pytest.fixture
def drawn(site_store: ox.Store, settings: Settings) -> set[ox.Triple]:
    """Return what the map of the networks is made of."""
    triples = site_store.query(bound("network-map", settings, "default"))
    assert isinstance(triples, ox.QueryTriples)
    return set(triples)


def test_the_map_names_everything_it_draws(drawn: set[ox.Triple]) -> None:
    """Both ends of every line have a label, and every network is on the map."""
    named = {triple.subject for triple in drawn if triple.predicate == LABEL}
    lines = [
        t
        for t in drawn
        if t.subject in named and t.predicate.value.startswith((BASE, "http://www.w3.org/ns/org#"))
    ]
    assert {end for line in lines for end in (line.subject, line.object)} == named
    assert len([t for t in drawn if str(t.object).endswith("ontology#Network>")]) == 15


def test_the_map_tells_how_old_and_complete_the_evidence_of_its_members_is(
    drawn: set[ox.Triple],
) -> None:
    """Each member has a relation to its network, with a passage that has a last day."""
    org = "http://www.w3.org/ns/org#"
    of = {(t.subject, t.predicate.value): t.object for t in drawn}
    members = {(t.object, t.subject) for t in drawn if t.predicate.value.endswith("#hasMember")}
    related = {
        (of[relation, f"{org}member"], of[relation, f"{org}organization"])
        for relation, property_ in of
        if property_ == f"{org}member"
        and (of[relation, "http://www.w3.org/ns/prov#hadPrimarySource"], f"{BASE}ontology#latest")
        in of
    }
    assert members <= related
    complete = ox.NamedNode(f"{BASE}concept/completeness/complete")
    eurocities = ox.NamedNode(f"{BASE}source/eurocities-members/members")
    assert of[eurocities, f"{BASE}ontology#completeness"] == complete
