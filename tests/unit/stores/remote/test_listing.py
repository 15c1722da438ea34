from __future__ import annotations

import pytest

from reti_graph.stores.remote.listing import listed
from reti_graph.stores.remote.portable import joined, parse, portable
from tests.unit.stores.remote.engines import PREFIXES
from tests.unit.stores.remote.test_scoped import found, site

QUERIES = [
    "SELECT * { GRAPH ?g {} }",
    "SELECT DISTINCT ?s ?g { ?s :p ?o OPTIONAL { graph ?g { } } }",
    "SELECT * { GRAPH ?g {} GRAPH ?h { } FILTER(?g != ?h) }",
    "SELECT * { VALUES ?g { :g :nowhere } GRAPH ?g {} }",
    "ASK { GRAPH :g {} }",
    "ASK { GRAPH :nowhere {} }",
    "SELECT * { { GRAPH :g {} } UNION { GRAPH :nowhere {} } ?s :q ?o }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_graphs_are_found_by_what_is_in_them(query: str) -> None:
    """No GRAPH has an empty group any more, and the answer is the same."""
    parse(query, PREFIXES)
    written = joined(listed(portable(query, PREFIXES)))
    assert "{}" not in written.replace(" ", "")
    assert found(site(), written) == found(site(), query, **PREFIXES)


def test_other_queries_are_left_as_they_are() -> None:
    """An empty group elsewhere is none of a graph."""
    query = portable("SELECT * { {} GRAPH ?g { ?s ?p ?o } OPTIONAL {} }", PREFIXES)
    assert listed(query) == query
