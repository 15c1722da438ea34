"""Who is in which networks: counted again in Python, and told how old and how complete it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.unit.site.asking import BASE, column
from tests.unit.site.small_graphs import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.unit.site.asking import Row
    from tests.unit.site.small_graphs import Answers

ORG = "http://www.w3.org/ns/org#"
RETI = BASE + "ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TIES = {
    ORG + "member": ORG + "organization",
    RETI + "founder": ORG + "resultingOrganization",
    RETI + "participant": RETI + "participationIn",
}
Facts = dict[tuple[str, str], set[str]]


@pytest.fixture(scope="module")
def facts(site_store: ox.Store) -> Facts:
    """Return the objects of each subject and property of the site."""
    found: Facts = defaultdict(set)
    for subject, property_, thing, _ in site_store.quads_for_pattern(
        None, None, None, ox.DefaultGraph()
    ):
        if isinstance(thing, ox.NamedNode):
            found[str(subject)[1:-1], property_.value].add(thing.value)
    return found


@pytest.fixture(scope="module")
def networks(facts: Facts) -> Mapping[str, set[str]]:
    """Return the networks and programmes of each city and territorial body, read fact by fact."""
    kinds = {subject: types for (subject, name), types in facts.items() if name == TYPE}
    whose = {
        part: city for city in kinds for part in facts.get((city, RETI + "administeredBy"), ())
    }
    whose |= {
        office: city for office in kinds for city in facts.get((office, RETI + "officeOf"), ())
    }
    found: dict[str, set[str]] = defaultdict(set)
    for (relation, tie), parts in facts.items():
        for joined in facts.get((relation, TIES.get(tie, "")), ()):
            for part in parts:
                found[whose.get(part, part)] |= above(joined, facts)
    wanted = {RETI + "Network", RETI + "Programme"}
    members = {RETI + "City", RETI + "TerritorialBody"}
    return {
        city: {network for network in joined if kinds.get(network, set()) & wanted}
        for city, joined in found.items()
        if kinds.get(city, set()) & members
    }


def above(body: str, facts: Facts) -> set[str]:
    """Return a body and all that it is part of."""
    parents = facts.get((body, ORG + "subOrganizationOf"), set())
    return {body}.union(*(above(parent, facts) for parent in parents))


def short(iris: set[str]) -> set[str]:
    """Return IRIs without the base."""
    return {iri.removeprefix(BASE) for iri in iris}


def test_cities_are_ranked_by_the_networks_they_share_with_milan(
    ask: Callable[..., list[Row]], networks: Mapping[str, set[str]]
) -> None:
    """Every city has the number that is counted fact by fact, and the highest come first."""
    milan = BASE + "id/city/milan"
    shared = {city: len(joined & networks[milan]) for city, joined in networks.items()}
    expected = {city: n for city, n in shared.items() if n and city != milan}
    found = ask("shared-networks")
    assert {BASE + row["city"]: int(row["number"]) for row in found} == expected
    numbers = [int(row["number"]) for row in found]
    assert numbers == sorted(numbers, reverse=True)


def test_the_first_of_the_ranking_are_those_counted_by_hand(ask: Callable[..., list[Row]]) -> None:
    """In the lists five cities share six networks with Milan, and no other shares as many."""
    found = ask("shared-networks", lang="en")
    first = {row["label"]: row["networks"] for row in found if int(row["number"]) >= 6}
    assert list(first) == ["Amsterdam", "Athens", "Barcelona", "London", "Paris"]
    assert first["Paris"] == (
        "100 Resilient Cities, C40 Cities Climate Leadership Group, "
        "Champion Mayors for Inclusive Growth, EUROCITIES, "
        "Mayors Dialogue on Growth & Solidarity, World Cities Culture Forum"
    )


def test_the_networks_shared_are_named_in_order(
    ask: Callable[..., list[Row]], networks: Mapping[str, set[str]], site_store: ox.Store
) -> None:
    """The cell of the first three holds the English names of the networks, by the alphabet."""
    milan = networks[BASE + "id/city/milan"]
    for row in ask("shared-networks", lang="en")[:3]:
        labels = [
            quad.object.value
            for network in networks[BASE + row["city"]] & milan
            for quad in site_store.quads_for_pattern(
                ox.NamedNode(network), ox.NamedNode(LABEL), None, ox.DefaultGraph()
            )
            if isinstance(quad.object, ox.Literal) and quad.object.language == "en"
        ]
        assert row["networks"] == ", ".join(sorted(labels, key=str.lower))


def test_pairs_of_networks_have_the_overlap_that_their_members_have(
    ask: Callable[..., list[Row]], networks: Mapping[str, set[str]]
) -> None:
    """Each pair comes once, with the numbers and the Jaccard index counted fact by fact."""
    members: dict[str, set[str]] = defaultdict(set)
    for city, joined in networks.items():
        for network in joined:
            members[network.removeprefix(BASE)].add(city)
    known = sorted(network for network, cities in members.items() if len(cities) > 1)
    expected = {
        (one, two): (len(members[one] & members[two]), len(members[one] | members[two]))
        for one, two in combinations(known, 2)
        if members[one] & members[two]
    }
    found = ask("network-overlap")
    counted = {
        (row["network"], row["other"]): (int(row["common"]), int(row["union"])) for row in found
    }
    assert (len(found), counted) == (len(expected), expected)
    for row in found:
        common, union = expected[row["network"], row["other"]]
        assert float(row["jaccard"]) == pytest.approx(common / union, abs=0.000051)


def test_countries_have_the_members_that_are_in_them(
    ask: Callable[..., list[Row]], networks: Mapping[str, set[str]], facts: Facts
) -> None:
    """The numbers add up to all the members, and those of no known country stand apart, last."""
    eurocities = BASE + "id/network/eurocities"
    inside = [city for city, joined in networks.items() if eurocities in joined]
    expected = Counter(next(iter(facts.get((city, RETI + "country"), {""}))) for city in inside)
    found = ask("members-by-country", network="network:eurocities")
    assert {row.get("country", ""): int(row["number"]) for row in found} == expected
    assert all("country" in row for row in found[:-1])
    assert abs(sum(float(row["share"]) for row in found) - 1) < 0.01


def test_the_map_has_one_place_a_city_and_the_networks_of_each(
    ask: Callable[..., list[Row]], networks: Mapping[str, set[str]]
) -> None:
    """Asked for one network, its cities remain and no other."""
    found = ask("cities-map")
    assert len(column(found, "city")) == len(found) > 300
    assert all(int(row["number"]) == len(networks[BASE + row["city"]]) for row in found)
    c40 = BASE + "id/network/c40"
    inside = short({city for city, joined in networks.items() if c40 in joined})
    assert column(ask("cities-map", network="network:c40"), "city") == column(
        [row for row in found if row["city"] in inside], "city"
    )


NETWORK = 'network:n a reti:Network ; rdfs:label "N"@en . city:milan a reti:City . '


def member(slug: str, more: str = "", network: str = "n") -> str:
    """Return a city that is a member of the network."""
    return f"""city:{slug} a reti:City {more} . membership:city-{slug}--{network} a org:Membership ;
        org:member city:{slug} ; org:organization network:{network} ; org:role role:member . """


def test_what_is_shared_is_as_old_as_the_older_of_the_newest_sources(small: Answers) -> None:
    """Of the sources that name a city in a network the most recent counts, dated ones first."""
    trig = said("page", NETWORK + member("milan"), "reti:seenOn 2026-11-22")
    trig += said("old", member("lyon"), "dcterms:issued 2014", "complete")
    trig += said("new", member("lyon"), "dcterms:issued 2019-03", "partial")
    trig += said("undated", member("lyon"), "reti:notAfter 2026-11-22", "partial")
    (row,) = small(trig, "shared-networks")
    assert (row["oldest"], row["newest"]) == ("2019-03-01", "2026-11-22")
    assert (row["passages"], row["ownPassages"]) == ("source/new/p", "source/page/p")
    assert row["complete"] == "true"
    trig = said("list", NETWORK + member("milan"), "dcterms:issued 2014")
    trig += said("new", member("lyon"), "dcterms:issued 2019-03", "partial")
    (row,) = small(trig, "shared-networks")
    assert (row["oldest"], row["newest"]) == ("2014-01-01", "2019-03-01")


def test_a_list_without_date_leaves_the_age_open_and_a_partial_one_is_not_complete(
    small: Answers,
) -> None:
    """Nobody is told that a list is recent because it was collected recently."""
    trig = said("page", NETWORK + member("milan"), "reti:seenOn 2026-11-22")
    trig += said("undated", member("lyon"), "reti:notAfter 2026-11-22", "partial")
    (row,) = small(trig, "shared-networks")
    assert "oldest" not in row
    assert (row["newest"], row["complete"]) == ("2026-11-22", "false")
    (row,) = small(trig, "members-by-country", network="network:n")
    assert (row["number"], row["complete"]) == ("2", "false")
    assert "country" not in row
    assert "oldest" not in row


def test_a_network_with_one_known_member_overlaps_with_none(small: Answers) -> None:
    """That only Milan is known of a network does not make it the same as another."""
    trig = said("page", NETWORK + member("milan") + member("lyon"))
    trig += said("other", "network:o a reti:Network . " + member("milan", network="o"))
    assert small(trig, "network-overlap") == []
    trig += said("more", member("paris", network="o"))
    (row,) = small(trig, "network-overlap")
    assert (row["common"], row["members"], row["otherMembers"]) == ("1", "2", "2")
    assert (row["union"], row["jaccard"]) == ("3", "0.3333")


def test_latitude_and_longitude_come_from_one_passage(small: Answers) -> None:
    """Two sources with two places are two rows, never a latitude of one with the other's."""
    trig = said("page", NETWORK + member("milan", "; geo:lat 45.4 ; geo:long 9.1"))
    trig += said("list", "city:milan geo:lat 45.5 ; geo:long 9.2 .", "dcterms:issued 2024")
    found = small(trig, "cities-map")
    assert [(row["lat"], row["long"], row["passage"]) for row in found] == [
        ("45.5", "9.2", "source/list/p"),
        ("45.4", "9.1", "source/page/p"),
    ]
