from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.stores.answering import as_solutions, as_triples
from reti_graph.stores.port import Solutions
from reti_graph.stores.remote.constructing import Construction
from reti_graph.stores.remote.portable import parse, portable
from reti_graph.stores.remote.scoped import in_full
from tests.unit.stores.remote.engines import PREFIXES, node, quads
from tests.unit.stores.remote.test_scoped import found, site


def construction(query: str) -> Construction:
    """Take a query apart."""
    parse(query, PREFIXES)
    return Construction.of(in_full(portable(query, PREFIXES)))


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?o :of ?s . ?s :has ?o } WHERE { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s :p ?o . ?o ?p ?x }",
        "CONSTRUCT { :a :b :c } WHERE { ?s ?p ?o }",
        "CONSTRUCT { :a :b :c } WHERE { ?s :never ?o }",
        "CONSTRUCT { $s $p $x } { ?s ?p ?o OPTIONAL { ?o :p ?x } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 2",
        "CONSTRUCT { ?o ?p ?s } WHERE { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_a_template_is_filled_in_here(query: str) -> None:
    """Rows with nothing for a variable, and what can be no triple, give none."""
    parts = construction(query)
    rows = as_solutions(site().query(parts.rows))
    filled = as_triples(parts.filled(rows))
    assert sorted(map(str, filled)) == sorted(found(site(), query, **PREFIXES))


def test_a_blank_node_of_the_template_is_another_one_in_each_row() -> None:
    """SPARQL 1.1 Query Language, 16.2.1."""
    parts = construction("CONSTRUCT { [] :p ?s . _:b :q ?s ; :r _:b } WHERE { ?s ?p ?o }")
    rows = Solutions(("s",), ((node("a"),), (node("b"),)))
    filled = as_triples(parts.filled(rows))
    assert len(filled) == 6
    assert len({triple.subject for triple in filled}) == 4


def test_a_blank_node_of_the_data_stays_one() -> None:
    """In every triple that it is in."""
    parts = construction("CONSTRUCT { ?s :p ?o . ?o :q ?s } WHERE { ?s ?p ?o }")
    blank = ox.BlankNode("b1")
    filled = set(as_triples(parts.filled(Solutions(("s", "o"), ((node("a"), blank),)))))
    assert filled == {
        ox.Triple(node("a"), node("p"), blank),
        ox.Triple(blank, node("q"), node("a")),
    }


def test_a_large_graph_is_filled_in_by_parts() -> None:
    """Each triple once."""
    parts = construction("CONSTRUCT { ?s :p ?o } WHERE { ?s ?p ?o }")
    rows = tuple((node(f"n{number // 2}"), ox.Literal("x")) for number in range(2_400))
    assert len(as_triples(parts.filled(Solutions(("s", "o"), rows)))) == 1_200


def test_literals_come_in_the_spelling_of_the_embedded_store() -> None:
    """As the triples of a graph do."""
    parts = construction("CONSTRUCT { ?s :p ?o } WHERE { ?s ?p ?o }")
    [quad] = quads(":a :p 01 .")
    filled = as_triples(parts.filled(Solutions(("s", "o"), ((node("a"), quad.object),))))
    assert [triple.object.value for triple in filled] == ["1"]  # type: ignore[union-attr]  # no triple
