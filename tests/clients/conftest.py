"""One server for all clients, and the release it serves, to compare with what they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph import wiring
from tests.clients.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.release import Release
    from reti_graph.stores.port import Store


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Give the address of a server of the bundled site, with "/" at its end."""
    with pytest.MonkeyPatch.context() as patch, serving() as address:
        # Clients that know of a proxy would look for the server there.
        patch.setenv("no_proxy", "127.0.0.1")
        yield address


@pytest.fixture(scope="session")
def endpoint(address: str) -> str:
    """Give the address of its SPARQL endpoint."""
    return f"{address}sparql"


@pytest.fixture(scope="session")
def release() -> Release:
    """Give the release of the bundled site."""
    return wiring.open_release(wiring.bundled_site())


@pytest.fixture(scope="session")
def store(release: Release) -> Store:
    """Give a store that holds what the server serves."""
    return wiring.store_for(release)
