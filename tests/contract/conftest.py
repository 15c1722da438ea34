"""The implementations of the store port, each of which runs every test here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.stores.embedded import EmbeddedStore
from tests.contract.samples import DATA, PREFIXES, quads

if TYPE_CHECKING:
    from reti_graph.stores.port import Store
    from tests.contract.samples import Make


@pytest.fixture(params=[EmbeddedStore.of], ids=["embedded"])
def make(request: pytest.FixtureRequest) -> Make:
    """Give each way to make a store of quads and prefixes."""
    made: Make = request.param
    return made


@pytest.fixture
def store(make: Make) -> Store:
    """Give a store with two passages."""
    return make(quads(DATA), PREFIXES)
