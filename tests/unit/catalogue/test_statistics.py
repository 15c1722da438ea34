from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.statistics import Statistics, Usage, statistics
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.terms import RDF_TYPE
from tests.unit.catalogue.conftest import BASE, whole

if TYPE_CHECKING:
    from reti_graph.terms import Term

IRIS = [ox.NamedNode(BASE + name) for name in "abcd"]
SUBJECTS = st.sampled_from([*IRIS, ox.BlankNode("x"), ox.BlankNode("y")])
OBJECTS = st.one_of(SUBJECTS, st.sampled_from([ox.Literal("1"), ox.Literal("1", language="en")]))
PREDICATES = st.sampled_from([RDF_TYPE, *IRIS[:2]])
GRAPHS = st.sampled_from([*IRIS[:3], ox.DefaultGraph()])
QUADS = st.lists(st.builds(ox.Quad, SUBJECTS, PREDICATES, OBJECTS, GRAPHS), max_size=30)
# How each total is asked for in SPARQL.
TOTALS = {
    "triples": "COUNT(*)",
    "entities": "COUNT(DISTINCT IF(ISIRI(?s) && ?p = rdf:type, ?s, ?unbound))",
    "subjects": "COUNT(DISTINCT ?s)",
    "objects": "COUNT(DISTINCT ?o)",
}
PREFIXES = {"rdf": whole("rdf:")}


def number(term: Term | None) -> int:
    """Return the number that a literal is."""
    assert isinstance(term, ox.Literal)
    return int(term.value)


def counts(store: EmbeddedStore, query: str) -> dict[str, list[int]]:
    """Return the numbers of each row of an answer by the IRI that comes first."""
    found = {}
    for first, *numbers in store.select(query).rows:
        assert isinstance(first, ox.NamedNode)
        found[first.value] = [number(term) for term in numbers]
    return found


@given(QUADS)
def test_totals_are_what_sparql_counts_over_the_union(quads: list[ox.Quad]) -> None:
    """However often a triple is there, it counts once."""
    found, store = statistics(quads), EmbeddedStore.of(quads, PREFIXES)
    for name, expression in TOTALS.items():
        ((total,),) = store.select(f"SELECT ({expression} AS ?n) {{ ?s ?p ?o }}").rows
        assert getattr(found, name) == number(total), name
    assert found.quads == len(set(quads))


@given(QUADS)
def test_classes_properties_and_graphs_are_what_sparql_counts(quads: list[ox.Quad]) -> None:
    """Those that have an IRI, in its order."""
    found, store = statistics(quads), EmbeddedStore.of(quads, PREFIXES)
    classes = counts(
        store,
        "SELECT ?c (COUNT(?s) AS ?n) { ?s rdf:type ?c FILTER ISIRI(?c) } GROUP BY ?c",
    )
    properties = counts(
        store,
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os)"
        " { ?s ?p ?o } GROUP BY ?p",
    )
    graphs = counts(store, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert [(term.value, [n]) for term, n in found.classes.items()] == sorted(classes.items())
    assert [
        (term.value, [used.triples, used.subjects, used.objects])
        for term, used in found.properties.items()
    ] == sorted(properties.items())
    assert [(term.value, [n]) for term, n in found.graphs.items()] == sorted(graphs.items())


@given(QUADS.flatmap(lambda quads: st.tuples(st.just(quads), st.permutations(quads + quads))))
def test_neither_order_nor_repetition_counts(both: tuple[list[ox.Quad], list[ox.Quad]]) -> None:
    """The mappings come in the same order, too."""
    once, shuffled = map(statistics, both)
    assert once == shuffled
    for name in ("classes", "properties", "graphs"):
        assert list(getattr(once, name)) == list(getattr(shuffled, name))


@given(QUADS)
def test_the_properties_share_the_triples(quads: list[ox.Quad]) -> None:
    """The triples of all partitions together are all triples."""
    found = statistics(quads)
    assert sum(used.triples for used in found.properties.values()) == found.triples


def test_nothing_has_no_numbers() -> None:
    """Every one of them is zero."""
    none = Statistics(
        quads=0,
        triples=0,
        entities=0,
        subjects=0,
        objects=0,
        classes={},
        properties={},
        graphs={},
    )
    assert statistics([]) == none
    assert {literal.value for literal in none.in_void().values()} == {"0"}


def test_totals_have_the_names_of_void() -> None:
    """As integers."""
    a, b = IRIS[:2]
    quads = [ox.Quad(a, RDF_TYPE, b, graph) for graph in IRIS] + [ox.Quad(a, a, ox.Literal("1"))]
    assert {
        name.removeprefix(whole("void:")): n for name, n in statistics(quads).in_void().items()
    } == {
        "triples": ox.Literal(2),
        "entities": ox.Literal(1),
        "classes": ox.Literal(1),
        "properties": ox.Literal(2),
        "distinctSubjects": ox.Literal(1),
        "distinctObjects": ox.Literal(2),
    }


def test_numbers_cannot_be_changed() -> None:
    """They are values."""
    found, used = statistics([]), Usage(1, 1, 1)
    for value in (found, used):
        with pytest.raises(FrozenInstanceError):
            value.triples = 2  # type: ignore[misc]
