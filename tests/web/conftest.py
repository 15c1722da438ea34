"""The small site, served without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from starlette.testclient import TestClient

from reti_graph import wiring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

SMALL_SITE: Final = Path(__file__).resolve().parents[1] / "assets" / "small_site"


@pytest.fixture(scope="session")
def app() -> Starlette:
    """Give the application of the small site."""
    return wiring.asgi(SMALL_SITE)


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    """Give a client that follows no redirect and sees failures as other clients do."""
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        # Unlike a browser, the client says nothing on its own about what it accepts.
        del client.headers["accept"]
        yield client
