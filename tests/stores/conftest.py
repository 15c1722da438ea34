"""The site's own release, and the servers of other makes that hold it, each loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph import wiring
from tests.stores.loading import KINDS, Loaded, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.release import Release


@pytest.fixture(scope="session")
def release() -> Release:
    """Give the release of the bundled site."""
    return wiring.open_release(wiring.bundled_site())


@pytest.fixture(scope="session", params=KINDS)
def elsewhere(request: pytest.FixtureRequest, release: Release) -> Iterator[Loaded]:
    """Give each server that holds the release; nobody may change it."""
    with loaded(request.param, release) as found:
        yield found
