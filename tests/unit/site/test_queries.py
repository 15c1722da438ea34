from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.unit.site.asking import FILES, LABEL, bound, column, params, rows, text

if TYPE_CHECKING:
    from reti_graph.config import Settings
    from tests.unit.site.asking import Ask


# What a query answers first, in this order.
FIRST_COLUMNS = {
    "networks": "network label kind scope",
    "network-statements": "predicate object passage quote",
    "milan-engagement": "network role body since until quote",
    "founders": "network founder date",
    "chairs": "agent role body network since until",
    "partnerships": "network partner kind",
    "figures": "network measure value bound source",
    "bodies": "body label kind parent",
    "members": "member label since",
    "networks-of": "network role since",
    "networks-by-topic": "network label",
    "timeline": "date event label network",
    "seats": "network place lat long",
    "frameworks": "framework label network",
    "websites": "network url",
    "evidence": "predicate object source quote",
    "passages": "passage position quote statements",
    "conflicts": "about on value bound source asOf quote passage",
    "corroborated": "subject predicate object number sources",
    "sources": "source label asOf rights publisher address",
}


@pytest.mark.parametrize("key", ["example", "default"])
@pytest.mark.parametrize("name", FILES)
def test_a_query_has_an_answer_with_and_without_its_optional_parameters(
    name: str, key: str, site_store: ox.Store, settings: Settings
) -> None:
    """Bound to its examples, or with what is optional left open, a query finds something."""
    found = site_store.query(bound(name, settings, key))
    assert isinstance(found, (ox.QuerySolutions, ox.QueryTriples))
    assert next(iter(found), None) is not None


@pytest.mark.parametrize(("name", "columns"), FIRST_COLUMNS.items())
def test_a_query_answers_with_its_columns_first(
    name: str, columns: str, site_store: ox.Store, settings: Settings
) -> None:
    """The columns that others rely on come first, in their order."""
    solutions = site_store.query(bound(name, settings, "default"))
    assert isinstance(solutions, ox.QuerySolutions)
    found = [variable.value for variable in solutions.variables]
    assert found[: len(columns.split())] == columns.split()


@pytest.mark.parametrize("name", [name for name in FILES if name != "network-map"])
def test_no_row_comes_twice_and_rows_are_in_order(name: str, ask: Ask) -> None:
    """Two runs give the same rows in the same order, each once."""
    found = ask(name)
    assert "ORDER BY" in text(name)
    assert found == ask(name)
    assert len({tuple(sorted(row.items())) for row in found}) == len(found)


def named_otherwise(store: ox.Store, label: ox.Literal, language: str) -> bool:
    """Tell whether something with the label has none in the language."""
    named = [quad.subject for quad in store.quads_for_pattern(None, LABEL, label)]
    return any(
        all(
            isinstance(quad.object, ox.Literal) and quad.object.language != language
            for quad in store.quads_for_pattern(thing, LABEL, None)
        )
        for thing in named
    )


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", [name for name in FILES if "lang" in params(name)])
def test_labels_are_in_the_language_asked_for(
    name: str, language: str, site_store: ox.Store, settings: Settings
) -> None:
    """Each label column holds the wanted language, but for what has no name in it, as some cities.

    A label that the timeline makes of several has no language of its own.
    """
    solutions = site_store.query(bound(name, settings, "example", lang=language))
    assert isinstance(solutions, ox.QuerySolutions)
    labels = [v.value for v in solutions.variables if v.value.lower().endswith("label")]
    cells = [row[label] for row in solutions for label in labels]
    found = {cell for cell in cells if isinstance(cell, ox.Literal)}
    others = {cell for cell in found if cell.language not in {language, None}}
    assert all(named_otherwise(site_store, cell, language) for cell in others)
    assert len(found) > len(others) or name == "passages"
    assert name == "timeline" or all(cell.language for cell in found)


def test_a_label_falls_back_to_the_other_language(settings: Settings) -> None:
    """A thing named in Italian only is shown in Italian to an English reader."""
    store = ox.Store()
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in settings.prefixes.items())
    store.update(f"""{head} INSERT DATA {{ network:a a reti:Network ; rdfs:label "Rete"@it .
        network:b a reti:Network ; rdfs:label "Rete due"@it, "Network two"@en . }}""")
    found = rows(store, bound("networks", settings, "default", lang="en"))
    assert [row["label"] for row in found] == ["Network two", "Rete"]


def test_every_relation_of_milan_is_an_engagement(site_store: ox.Store, ask: Ask) -> None:
    """Nothing that Milan's three agents belong to, founded, host, join or promised is left out."""
    relations = rows(
        site_store,
        """PREFIX org: <http://www.w3.org/ns/org#>
        PREFIX reti: <https://w3id.org/reti-graph/ontology#>
        SELECT DISTINCT ?relation ?agent ?passage {
            VALUES ?tie { org:member reti:founder reti:initiator reti:supporter reti:host
                reti:participant reti:committedAgent }
            GRAPH ?passage { ?relation ?tie ?agent }
            FILTER(STRENDS(STR(?agent), "milan")) }""",
    )
    found = ask("milan-engagement")
    assert len(found) == len(relations) > 30
    assert column(found, "passage") == column(relations, "passage")


def test_milans_chairs_say_when_as_the_source_does(ask: Ask) -> None:
    """The Task Force was chaired during 2020, by the office, and no source calls it C40's."""
    (chaired,) = [row for row in ask("chairs", agent="office:mayor-of-milan") if "body" in row]
    assert chaired["role"] == "concept/roles/chair"
    assert chaired["body"] == "id/body/task-force-for-a-green-and-just-recovery"
    assert (chaired["since"], chaired["until"], chaired["during"]) == ("2020", "2020", "2020")
    assert "network" not in chaired


def test_the_chairs_of_a_city_include_its_municipality_and_mayor(ask: Ask) -> None:
    """Asked for Milan, the three agents that make up its part answer."""
    agents = column(ask("chairs", agent="city:milan"), "agent")
    assert agents == {"id/city/milan", "id/municipality/milan", "id/office/mayor-of-milan"}
    assert column(ask("chairs", agent="city:lyon"), "agent") == set()


def test_a_working_group_belongs_to_the_network_of_its_forum(ask: Ask) -> None:
    """Bodies of bodies are found, with what each is directly part of."""
    parents = {row["body"]: row["parent"] for row in ask("bodies", network="eurocities")}
    housing = parents["id/body/eurocities-working-group-housing"]
    assert housing == "id/body/eurocities-forum-social-affairs"
    assert parents[housing] == "id/network/eurocities"


def test_the_timeline_runs_by_first_possible_day_and_keeps_the_given_dates(ask: Ask) -> None:
    """Years, months, days and intervals are ordered among one another."""
    found = ask("timeline")
    assert [row["earliest"] for row in found] == sorted(row["earliest"] for row in found)
    assert {"1986", "1990/1999", "2009-09", "2015-10-15"} <= column(found, "date")


def test_the_timeline_keeps_what_can_have_happened_between_two_days(ask: Ask) -> None:
    """A founding in the nineties may be of 1995, one of 1986 may not."""
    found = ask("timeline", **{"from": "1995-01-01", "to": "1995-12-31"})
    assert column(found, "event") == {"id/founding/pace-in-comune"}


def test_a_broad_topic_finds_the_networks_of_narrower_ones(ask: Ask) -> None:
    """Who deals with migration deals with a topic under it, or does so through a body."""
    networks = column(ask("networks-by-topic", topic="migration"), "network")
    assert {"id/network/mayors-dialogue", "id/network/eurocities"} <= networks


def test_an_uncertain_seat_is_marked(ask: Ask) -> None:
    """The page leaves open whose seat Paris is, no source whose Brussels and Singapore are."""
    certain = {(row["place"], row["certain"]) for row in ask("seats")}
    assert certain == {
        ("id/city/brussels", "true"),
        ("id/city/paris", "false"),
        ("id/city/singapore", "true"),
    }


def test_the_statements_of_a_network_include_those_of_its_relations(ask: Ask) -> None:
    """The partnership's kind is said of the partnership, and found under both networks."""
    for network in ("c40", "mayors-migration-council"):
        found = ask("network-statements", network=network)
        kinds = [row for row in found if row["object"].endswith("partnership-kinds/strategic")]
        assert [row["quote"] for row in kinds] == [
            "MMC ha attivato una partnership strategica con C40 Cities"
        ]
