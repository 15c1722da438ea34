from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.stores.embedded import EmbeddedStore

NODES = [ox.NamedNode(f"urn:n:{letter}") for letter in "abc"]
GRAPHS = [ox.NamedNode(f"urn:g:{letter}") for letter in "abc"]

nodes = st.sampled_from(NODES)
triples = st.builds(ox.Triple, nodes, nodes, nodes)
graphs = st.sampled_from(GRAPHS)
changes = st.lists(st.tuples(graphs, st.frozensets(triples, max_size=4)), max_size=6)


@given(st.dictionaries(graphs, st.frozensets(triples, max_size=4)), changes)
def test_the_union_stays_the_union(
    start: dict[ox.NamedNode, frozenset[ox.Triple]],
    changed: list[tuple[ox.NamedNode, frozenset[ox.Triple]]],
) -> None:
    """After any number of replacements the default graph is what a new store would have."""
    store = EmbeddedStore.of(
        ox.Quad(each.subject, each.predicate, each.object, graph)
        for graph, said in start.items()
        for each in said
    )
    expected = dict(start)
    for graph, said in changed:
        store.replace(graph, said)
        expected[graph] = said
    rows = store.select("SELECT ?s ?p ?o { ?s ?p ?o }").rows
    assert len(rows) == len(set(rows))
    assert {ox.Triple(*row) for row in rows} == frozenset().union(*expected.values())  # type: ignore[arg-type]
