"""A release in a folder, published into a real server and served from there."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph import wiring
from reti_graph.deliver.kept import room
from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.deliver.released import opened_release, read_release
from reti_graph.deliver.target import Target
from reti_graph.deliver.wanted import Published
from reti_graph.errors import OtherReleaseError
from reti_graph.release import write_release
from reti_graph.settings import StoreSettings
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.detecting import find_remote
from reti_graph.web.app import create_app
from reti_graph.web.budget import Budget
from reti_graph.web.metrics import NoMetrics
from reti_graph.web.publication import Publication
from reti_graph.wiring_stored import serving_folder
from tests.cli.conftest import SMALL_SITE
from tests.unit.deliver.watchers import Quiet
from tests.web.conftest import open_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from reti_graph.config import Settings
    from reti_graph.deliver.report import Outcome
    from reti_graph.release import Release
    from reti_graph.stores.remote.values import Remote
    from tests.servers.running import WritableServer

COUNT: Final = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
UNION: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def release() -> Release:
    """Give the release of the small site."""
    return wiring.open_release(SMALL_SITE)


@pytest.fixture(scope="module")
def folder(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of that release, with what it takes to serve it."""
    built = tmp_path_factory.mktemp("built") / "release"
    write_release(release, built, settings=(SMALL_SITE / "reti.toml").read_text())
    return built


@pytest.fixture
def remote(oxigraph: WritableServer, release: Release) -> Iterator[Remote]:
    """Give the server, with nothing in it before and after."""
    base = release.settings.base_iri
    found = find_remote(StoreSettings(url=oxigraph.query_url), base, {})
    with Connection(found.addresses) as connection:
        connection.update("CLEAR ALL", repeatable=True)
        yield found
        connection.update("CLEAR ALL", repeatable=True)


def published(remote: Remote, folder: Path) -> Outcome:
    """Publish the release in a folder."""
    with (
        opened_release(folder) as files,
        room() as beside,
        Connection(remote.addresses) as connection,
    ):
        return publish(Target(connection, remote), read_release(files, beside), Quiet())


@contextmanager
def served(folder: Path, remote: Remote) -> Iterator[TestClient]:
    """Give a client of `serve --store URL --release DIR`."""

    def as_they_are(settings: Settings) -> Settings:
        return settings

    async def reload() -> None:
        """Find the folder as it was."""

    serve = partial(serving_folder, folder, as_they_are, remote, reload)
    app = create_app(Publication(serve), Budget(1e6), NoMetrics())
    with open_client(app) as client:
        yield client


def count(client: TestClient, query: str) -> int:
    """Ask for a number."""
    answer = client.get("/sparql", params={"query": query, "format": "json"})
    assert answer.status_code == 200
    [row] = answer.json()["results"]["bindings"]
    return int(row["n"]["value"])


def test_a_release_that_was_published_from_its_folder_is_served_from_the_store(
    remote: Remote, folder: Path, release: Release
) -> None:
    """Its graphs, their union and its documents: `serve --store URL --release DIR`."""
    outcome = published(remote, folder)
    with served(folder, remote) as client:
        assert count(client, COUNT) == len(release.quads) == outcome.statements
        assert count(client, UNION) == len({quad.triple for quad in release.quads})
        document = client.get("/doc/network/alpha.ttl")
        assert document.status_code == 200
        assert "Alpha" in document.text
    assert not published(remote, folder).written


def test_a_release_is_not_served_from_a_store_that_does_not_hold_it(
    remote: Remote, folder: Path
) -> None:
    """It has to be published there first."""
    with pytest.raises(OtherReleaseError, match="holds no whole release"), served(folder, remote):
        pass


def test_a_folder_and_its_site_give_the_same_store(
    remote: Remote, folder: Path, release: Release
) -> None:
    """Equal to the hash; the one is there when the other is published, and can be undone."""
    from_folder = published(remote, folder)
    base = release.settings.base_iri
    site = Published.of_release(release.digest, release.quads, base)
    other = Published.of_release("0" * 64, list(release.quads)[:-3], base)
    with Connection(remote.addresses) as connection:
        target = Target(connection, remote)
        assert not publish(target, site, Quiet()).written
        publish(target, other, Quiet())
        back = roll_back(target, Quiet())
    assert (back.digest, back.content_hash) == (release.digest, from_folder.content_hash)
