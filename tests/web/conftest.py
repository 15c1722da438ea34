"""The small site, served without a network and without processes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from starlette.testclient import TestClient

from reti_graph import wiring
from reti_graph.release import MANIFEST, write_release
from reti_graph.web.app import create_app
from reti_graph.web.budget import Budget
from reti_graph.web.metrics import NoMetrics
from reti_graph.web.opening import opened
from reti_graph.web.publication import Publication, Served
from tests.fakes import InProcessAnswers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.applications import Starlette

    from reti_graph.release import Release
    from reti_graph.web.publication import Answers

SMALL_SITE: Final = Path(__file__).resolve().parents[1] / "assets" / "small_site"
SMALL_SETTINGS: Final = (SMALL_SITE / "reti.toml").read_text(encoding="utf-8")
CHANGED: Final = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
AMPLE: Final = 1e6


def opened_release(release: Release, answers: Answers | None = None) -> Served:
    """Return what answers for a release; queries are answered in this process."""
    make_store = partial(wiring.local_store, settings=release.settings)
    own = answers or InProcessAnswers(make_store(release.quads))
    return opened(release, CHANGED, make_store)(own)


def application(
    release: Release,
    answers: Answers | None = None,
    budget: Budget | None = None,
    change: Callable[[Served], Served] = lambda served: served,
) -> Starlette:
    """Return an application that serves a release and answers queries in this process.

    `change` is applied to what is served.
    """

    async def publish() -> Served:
        return change(opened_release(release, answers))

    return create_app(Publication(publish), budget or Budget(AMPLE), NoMetrics())


def open_client(app: Starlette) -> TestClient:
    """Return a client that follows no redirect and sees failures as other clients do."""
    client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    # Unlike a browser, the client says nothing on its own about what it accepts.
    for name in ("accept", "accept-encoding"):
        del client.headers[name]
    return client


@pytest.fixture(scope="session")
def small_release() -> Release:
    """Give the small site as a release."""
    return wiring.open_release(SMALL_SITE)


@pytest.fixture(scope="session")
def release_folder(small_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small site's release in a folder, with a store; nobody may change it."""
    folder = tmp_path_factory.mktemp("releases") / "release"
    write_release(small_release, folder, settings=SMALL_SETTINGS)
    # The day is that of what is made in memory.
    os.utime(folder / MANIFEST, (CHANGED.timestamp(), CHANGED.timestamp()))
    return folder


@pytest.fixture
def place(small_release: Release, tmp_path: Path) -> Path:
    """Give a folder with the small site's release, which may be replaced."""
    place = tmp_path / "release"
    write_release(small_release, place, settings=SMALL_SETTINGS)
    return place


@pytest.fixture(scope="session")
def app(small_release: Release) -> Iterator[Starlette]:
    """Give the application of the small site, started."""
    made = application(small_release)
    with TestClient(made):
        yield made


@pytest.fixture(scope="session")
def session_client(small_release: Release) -> Iterator[TestClient]:
    """Give one client for all tests that change nothing."""
    with open_client(application(small_release)) as client:
        yield client


@pytest.fixture
def client(session_client: TestClient) -> TestClient:
    """Give a client of the small site."""
    return session_client


@pytest.fixture
def client_of() -> Iterator[Callable[[Starlette], TestClient]]:
    """Give a way to open clients of other applications, which are closed in the end."""
    opened_clients: list[TestClient] = []

    def client_of(app: Starlette) -> TestClient:
        client = open_client(app)
        opened_clients.append(client)
        return client.__enter__()

    yield client_of
    for client in opened_clients:
        client.__exit__()
