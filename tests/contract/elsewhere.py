"""Stores elsewhere in the contract tests: found by asking, and filled as a release fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.gate import QueryForm
from reti_graph.settings import StoreSettings
from reti_graph.stores.remote.answers import solutions
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.detecting import find_remote
from reti_graph.stores.remote.held import NO_GRAPH, held_update
from reti_graph.stores.remote.products import OWN
from reti_graph.stores.remote.values import Addresses, Remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.servers.running import Server, WritableServer

BASE = "http://example.org/"
DIGEST = "0123456789abcdef"


def remote_of(server: WritableServer) -> Remote:
    """Return a server as it is found by asking it, for a site with the base of these tests."""
    return find_remote(StoreSettings(url=server.query_url), BASE, {})


def our_own(server: Server) -> Remote:
    """Return our own server."""
    return Remote(
        addresses=Addresses(query=server.query_url),
        dialect=OWN.dialect("union", atomic=True),
        base=BASE,
    )


def fill(remote: Remote, quads: Iterable[ox.Quad]) -> None:
    """Make these the site's quads in a store, and their union; what is in no graph is kept apart.

    Others' graphs are left alone.
    """
    given = set(quads)
    union = {quad.triple for quad in given}
    with Connection(remote.addresses) as connection:
        for old in _site_graphs(connection):
            connection.drop(old)
        for graph in {quad.graph_name for quad in given}:
            name = graph.value if isinstance(graph, ox.NamedNode) else BASE + NO_GRAPH
            connection.put(name, _lines(q.triple for q in given if q.graph_name == graph))
        if union:
            connection.put(remote.union, _lines(union))
        else:
            connection.drop(remote.union)
        connection.update(held_update(remote.base, DIGEST, None))


def _site_graphs(connection: Connection) -> Iterator[str]:
    query = (
        f'SELECT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}")) }} GROUP BY ?g'
    )
    for (graph,) in solutions(connection.query(query, QueryForm.SELECT)).rows:
        assert isinstance(graph, ox.NamedNode)
        yield graph.value


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in triples).encode()
