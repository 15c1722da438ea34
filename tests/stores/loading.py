"""A release in a server of another make, for tests that compare what is answered from there."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.settings import StoreSettings
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.detecting import find_remote
from reti_graph.stores.remote.held import held_update
from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from reti_graph.release import Release
    from reti_graph.stores.remote.values import Remote
    from tests.servers.running import WritableServer

SERVERS: Final[Mapping[str, Callable[[], AbstractContextManager[WritableServer]]]] = (
    MappingProxyType({"oxigraph": oxigraph_server, "virtuoso": virtuoso_server})
)
KINDS: Final = tuple(SERVERS)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A server that holds a release, as it is found by asking it."""

    server: WritableServer
    remote: Remote


@contextmanager
def loaded(kind: str, release: Release) -> Iterator[Loaded]:
    """Start a server of a kind and load a release into it; in the end it is gone.

    The test is skipped when there is no such server on this machine.
    """
    with SERVERS[kind]() as server:
        remote = find_remote(StoreSettings(url=server.query_url), release.settings.base_iri, {})
        load(remote, release)
        yield Loaded(server, remote)


def load(remote: Remote, release: Release) -> None:
    """Put a release into a store without any: its graphs, their union, and that it is there."""
    graphs: defaultdict[str, list[ox.Triple]] = defaultdict(list)
    for quad in release.quads:
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs[quad.graph_name.value].append(quad.triple)
    with Connection(remote.addresses) as connection:
        for name, triples in graphs.items():
            connection.put(name, _lines(triples))
        connection.put(remote.union, _lines({quad.triple for quad in release.quads}))
        say_held(connection, remote, release.digest)


def say_held(connection: Connection, remote: Remote, digest: str) -> None:
    """Have a store say that it holds a release, whatever it has."""
    connection.update(held_update(remote.base, digest, None))


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in triples).encode()
