"""The implementations of the store port, each of which runs every test here."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.pool import PoolLimits
from reti_graph.stores.pooled import PooledStore
from tests.contract.samples import DATA, PREFIXES, quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox

    from reti_graph.stores.port import Store
    from tests.contract.samples import Make

LIMITS = PoolLimits(workers=1)


@pytest.fixture(params=["embedded", "pooled"])
def kind(request: pytest.FixtureRequest) -> str:
    """Give the name of each implementation."""
    name: str = request.param
    return name


@pytest.fixture
def make(kind: str) -> Iterator[Make]:
    """Give each way to make a store of quads and prefixes; it is closed after the test."""
    with ExitStack() as made:

        def pooled(held: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> Store:
            store = PooledStore.of(held, prefixes, LIMITS)
            made.callback(store.close)
            return store

        yield EmbeddedStore.of if kind == "embedded" else pooled


@pytest.fixture(scope="session")
def workers() -> Iterator[PooledStore]:
    """Give one store with workers to all tests that only read: starting them takes a while."""
    store = PooledStore.of(quads(DATA), PREFIXES, LIMITS)
    yield store
    store.close()


@pytest.fixture
def store(kind: str, request: pytest.FixtureRequest) -> Store:
    """Give a store with two passages, to be read."""
    if kind == "embedded":
        return EmbeddedStore.of(quads(DATA), PREFIXES)
    shared: PooledStore = request.getfixturevalue("workers")
    return shared
