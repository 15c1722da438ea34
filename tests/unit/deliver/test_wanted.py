from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.deliver.wanted import Published
from reti_graph.errors import RefusedError
from tests.unit.deliver.stores import BASE, published, quads_of


def test_blank_nodes_become_iris_of_the_site() -> None:
    """The same one for the same node (RDF 1.1 Concepts, 3.5)."""
    release = published("g:one { :s :p [ :q 1 ] } g:two { [] :p 2 }")
    terms = {
        term
        for triples in release.triples.values()
        for triple in triples
        for term in (triple.subject, triple.object)
    }
    assert not any(isinstance(term, ox.BlankNode) for term in terms)
    named = [str(term) for term in terms if "/.well-known/genid/" in str(term)]
    assert (len(named), release.blank_nodes) == (2, 2)


def test_statements_in_no_graph_get_one_of_their_own() -> None:
    """Every store has named graphs; not every store has a default graph to write into."""
    release = published(":s :p 1 . g:one { :s :p 2 }")
    assert set(release.graphs) == {f"{BASE}g/one", f"{BASE}release/default"}


@pytest.mark.parametrize(
    "graph",
    ["<urn:x:elsewhere>", f"<{BASE}release>", f"<{BASE}release/undo>", f"<{BASE}release/default>"],
)
def test_graphs_that_are_none_of_the_sites_are_not_published(graph: str) -> None:
    """The namespace is what a publisher may change; some names in it are kept."""
    quads = quads_of(f"{graph} {{ :s :p 1 }}")
    with pytest.raises(RefusedError, match="cannot be published"):
        Published.of_release("x", quads, BASE)


def test_counts_are_those_of_a_store() -> None:
    """A store has two spellings of a number once, and the union has each statement once."""
    release = published("g:one { :s :p 1, 01, 2 } g:two { :s :p 1.0 }")
    assert release.counted() == ({f"{BASE}g/one": 2, f"{BASE}g/two": 1}, 2)


def test_a_literal_that_a_store_would_change_is_refused_before_anything_is_written() -> None:
    """It is named, with its graph."""
    release = published('g:one { :s :p 1 } g:two { :s :p "P1Y"^^:duration }')
    release.refuse(frozenset({f"{BASE}id/other"}), "Some Store")
    with pytest.raises(RefusedError, match=r"Some Store does not keep.*g/two.*P1Y"):
        release.refuse(frozenset({f"{BASE}id/duration"}), "Some Store")
