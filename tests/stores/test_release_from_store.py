"""A release whose files are in a folder and whose data is asked of Oxigraph's own server."""

from __future__ import annotations

import dataclasses
import os
from functools import partial
from typing import TYPE_CHECKING, Final

import httpx2
import pytest

from reti_graph import wiring
from reti_graph.config import with_values
from reti_graph.errors import OtherReleaseError
from reti_graph.release import MANIFEST, write_release
from reti_graph.settings import StoreSettings
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.detecting import find_remote
from tests.stores.asking import check_same
from tests.stores.loading import load, say_held
from tests.stores.serving import CHANGED, looks, served
from tests.web.conftest import SMALL_SETTINGS, SMALL_SITE, open_client
from tests.web.processes import process, release_at, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from reti_graph.release import Release
    from reti_graph.stores.remote.values import Remote
    from tests.servers.running import WritableServer

SELDOM: Final = 86_400.0
OTHER: Final = "b" * 64
PATHS: Final = (
    "/",
    "/doc/network/alpha",
    "/doc/network/alpha.it.html",
    "/doc/network/alpha.ttl",
    "/doc/network/alphq",
    "/id/network/alpha",
    "/ontology.ttl",
    "/shapes.ttl",
    "/queries",
    "/sitemap.xml",
    "/dump.nq",
    "/table/city.csv",
    "/query/members.html",
    "/query/members.html?network=no-such",
    "/query/members.json?network=alpha",
    "/query/networks.csv",
    "/query/map.ttl",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Ft+%7D&format=csv",
    "/sparql?query=SELECT+%3Fg+%7B+GRAPH+%3Fg+%7B+%3Fs+a+%3Ft+%7D+%7D",
    "/sparql?query=SELECT+*+%7B",
)
DOCUMENTS: Final = ("/doc/network/alpha.ttl", "/doc/network/beta.nq", "/doc/network/beta.it.html")
ASK: Final = "/sparql?query=ASK+%7B+%3Fs+%3Fp+%3Fo+%7D"


@pytest.fixture(scope="module")
def small() -> Release:
    """Give the small site as a release."""
    return wiring.open_release(SMALL_SITE)


@pytest.fixture(scope="module")
def other(small: Release) -> Release:
    """Give the release after it, which says less."""
    return dataclasses.replace(small, quads=small.quads[1:], digest=OTHER)


@pytest.fixture
def remote(oxigraph: WritableServer, small: Release) -> Remote:
    """Give a store that holds the small site and nothing else."""
    httpx2.post(
        oxigraph.update_url,
        content="DROP ALL",
        headers={"Content-Type": "application/sparql-update"},
    ).raise_for_status()
    found = find_remote(StoreSettings(url=oxigraph.query_url), small.settings.base_iri, {})
    load(found, small)
    return found


@pytest.fixture
def place(small: Release, tmp_path: Path) -> Path:
    """Give a folder with the small site's release."""
    place = tmp_path / "release"
    written(small, place)
    return place


@pytest.fixture
def far(remote: Remote, place: Path) -> Iterator[TestClient]:
    """Give the release from folder and store."""
    change = partial(with_values, values={"store.check_seconds": SELDOM})
    with open_client(wiring.asgi(release=place, change=change, remote=remote)) as client:
        yield client


def written(release: Release, place: Path) -> None:
    """Write a release into the folder; the day is that of what is made in memory."""
    write_release(release, place, settings=SMALL_SETTINGS)
    os.utime(place / MANIFEST, (CHANGED.timestamp(), CHANGED.timestamp()))


def holds(remote: Remote, digest: str) -> None:
    """Have the store say that it holds another release."""
    with Connection(remote.addresses) as connection:
        say_held(connection, remote, digest)


def test_it_is_answered_as_from_memory(far: TestClient, small: Release) -> None:
    """Documents and queries from the store, files from the folder, and each of one release."""
    with served(small) as near:
        check_same(near, far, PATHS)
    found = far.get("/health").json()
    assert (found["release"], found["store"]["state"]) == (small.digest, "good")


def test_the_data_is_asked_of_the_store_and_the_files_are_not(
    far: TestClient, remote: Remote
) -> None:
    """Once that holds another release queries are refused, and dumps are sent as ever."""
    holds(remote, OTHER)
    refused = far.get(ASK)
    assert refused.status_code == 503
    assert "retry-after" in refused.headers
    for path in ("/dump.nq", "/shapes.ttl", "/catalog.ttl"):
        assert far.get(path).status_code == 200


def test_documents_go_on_while_the_store_holds_another_release(
    far: TestClient, remote: Remote, small: Release
) -> None:
    """They are read from the folder, before the server has seen the change and after it."""
    with served(small) as near:
        expected = [near.get(path).content for path in DOCUMENTS]
    httpx2.post(
        str(remote.addresses.update),
        content="CLEAR ALL",
        headers={"Content-Type": "application/sparql-update"},
    ).raise_for_status()
    holds(remote, OTHER)
    first = far.get(DOCUMENTS[0])
    assert (first.status_code, first.content) == (200, expected[0])
    assert far.get(ASK).status_code == 503
    assert looks(far) == "other release"
    answers = [far.get(path) for path in DOCUMENTS]
    assert [(answer.status_code, answer.content) for answer in answers] == [
        (200, content) for content in expected
    ]
    assert all("ttl=-" in answer.headers["cache-status"] for answer in answers)
    assert far.get("/health").json()["status"] == "degraded"


def test_a_store_with_another_release_is_not_served_from(remote: Remote, place: Path) -> None:
    """The server does not start, says what to do, and leaves nothing beside the folder."""
    holds(remote, OTHER)
    with (
        pytest.raises(OtherReleaseError, match=OTHER[:12]) as caught,
        open_client(wiring.asgi(release=place, remote=remote)),
    ):
        pass
    assert "reti-graph publish" in str(caught.value.hint)
    assert [path.name for path in place.parent.iterdir()] == ["release"]


def test_a_release_that_is_put_in_folder_and_store_is_changed_to(
    remote: Remote, place: Path, small: Release, other: Release
) -> None:
    """By a process of the command, which looks at the store by itself."""
    with process(place, "--store", remote.addresses.query) as (_, address):
        assert release_at(address) == small.digest
        written(other, place)
        load(remote, other)
        # Whoever is refused makes the server look at once.
        httpx2.get(address + ASK.removeprefix("/"))
        wait_for(address, other.digest)
        assert httpx2.get(f"{address}doc/network/alpha.ttl").status_code == 200
