"""The implementations of the store port, each of which runs every test here."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.pool import PoolLimits
from reti_graph.stores.pooled import PooledStore
from reti_graph.stores.remote.store import RemoteStore
from tests.contract.elsewhere import fill, our_own, remote_of
from tests.contract.samples import DATA, LOCAL, PREFIXES, WRITABLE, quads
from tests.servers.own import own_server
from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from reti_graph.stores.port import Store
    from tests.contract.samples import Make
    from tests.servers.running import WritableServer

LIMITS = PoolLimits(workers=1)


@pytest.fixture(params=[*LOCAL, "served", *WRITABLE])
def kind(request: pytest.FixtureRequest) -> str:
    """Give the name of each implementation."""
    name: str = request.param
    return name


@pytest.fixture
def make(kind: str, request: pytest.FixtureRequest) -> Iterator[Make]:
    """Give each way to make a store of quads and prefixes; it is closed after the test.

    A server elsewhere has room for one at a time.
    """
    with ExitStack() as made:

        def pooled(held: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> Store:
            store = PooledStore.of(held, prefixes, LIMITS)
            made.callback(store.close)
            return store

        def served(held: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> Store:
            server = made.enter_context(own_server(held, prefixes))
            return made.enter_context(RemoteStore.of(our_own(server), prefixes))

        def elsewhere(held: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> Store:
            server: WritableServer = request.getfixturevalue(kind)
            remote = remote_of(server)
            fill(remote, held)
            return made.enter_context(RemoteStore.of(remote, prefixes))

        makers: Mapping[str, Make] = {
            "embedded": EmbeddedStore.of,
            "pooled": pooled,
            "served": served,
        }
        yield makers.get(kind, elsewhere)


@pytest.fixture(scope="session")
def workers() -> Iterator[PooledStore]:
    """Give one store with workers to all tests that only read: starting them takes a while."""
    store = PooledStore.of(quads(DATA), PREFIXES, LIMITS)
    yield store
    store.close()


@pytest.fixture(scope="session")
def own() -> Iterator[RemoteStore]:
    """Give our own server to all tests that only read."""
    with (
        own_server(quads(DATA), PREFIXES) as server,
        RemoteStore.of(our_own(server), PREFIXES) as store,
    ):
        yield store


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[WritableServer]:
    """Give Oxigraph's server."""
    with oxigraph_server() as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso() -> Iterator[WritableServer]:
    """Give Virtuoso."""
    with virtuoso_server() as server:
        yield server


@pytest.fixture
def store(kind: str, request: pytest.FixtureRequest) -> Store:
    """Give a store with two passages, to be read."""
    if kind in WRITABLE:
        make: Make = request.getfixturevalue("make")
        return make(quads(DATA), PREFIXES)
    if kind == "embedded":
        return EmbeddedStore.of(quads(DATA), PREFIXES)
    shared: Store = request.getfixturevalue("workers" if kind == "pooled" else "own")
    return shared
