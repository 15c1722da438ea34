"""The real application, in this process, over its own data and over a store elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from reti_graph import wiring, wiring_remote
from reti_graph.web.app import create_app
from reti_graph.web.budget import Budget
from reti_graph.web.metrics import NoMetrics
from reti_graph.web.publication import Publication
from tests.web.conftest import open_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from starlette.testclient import TestClient

    from reti_graph.release import Release
    from reti_graph.stores.remote.values import Remote
    from reti_graph.web.publication import Served
    from reti_graph.web.upstream import Upstream

CHANGED: Final = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
_AMPLE: Final = 1e6


@contextmanager
def served(release: Release) -> Iterator[TestClient]:
    """Give a client of a server that holds a release itself."""
    with _served(lambda: wiring.serving(release, CHANGED)) as client:
        yield client


@contextmanager
def served_from(remote: Remote, release: Release) -> Iterator[TestClient]:
    """Give a client of a server whose data is elsewhere; it has no other release to change to."""

    async def reload() -> None:
        """Find the site as it was."""

    with _served(lambda: wiring_remote.serving_from(remote, release, CHANGED, reload)) as client:
        yield client


@contextmanager
def _served(publish: Callable[[], Awaitable[Served]]) -> Iterator[TestClient]:
    app = create_app(Publication(publish), Budget(_AMPLE), NoMetrics())
    with open_client(app) as client:
        yield client


def publication_of(client: TestClient) -> Publication:
    """Return what a client's server publishes."""
    found: Publication = client.app.state.publication  # type: ignore[attr-defined]  # Starlette
    return found


def looks(client: TestClient) -> str:
    """Have the server look at its store; return how it finds it."""
    found = publication_of(client).current
    assert found is not None
    assert found.upstream is not None
    upstream: Upstream = found.upstream
    assert client.portal is not None
    client.portal.call(upstream.look)
    return upstream.condition
