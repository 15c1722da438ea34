"""A server whose store is killed, held up, changed and given back, on Oxigraph's own server."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import sys
import threading
from typing import TYPE_CHECKING, Final

import httpx2
import pytest

from reti_graph import wiring
from reti_graph.config import with_values
from reti_graph.errors import OtherReleaseError, StoreUnreachableError
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.held import changing_update
from tests.servers.running import Program, free_ports
from tests.stores.loading import load, loaded, say_held
from tests.stores.serving import looks, publication_of, served_from
from tests.web.conftest import SMALL_SITE, open_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from tests.stores.loading import Loaded

OTHER: Final = "b" * 64
SELDOM: Final = 86_400.0
ALPHA: Final = "/doc/network/alpha.ttl"
BETA: Final = "/doc/network/beta.ttl"
ASK: Final = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
WAIT: Final = 60
TURNS: Final = 10_000


def hurried(settings: Settings) -> Settings:
    """Return settings for whoever does not wait long, and looks at the store when told to."""
    return with_values(
        settings, {"limits.query_seconds": 1.0, "store.check_seconds": SELDOM, "server.workers": 1}
    )


@pytest.fixture(scope="module")
def small() -> Release:
    """Give the small site as a release."""
    release = wiring.open_release(SMALL_SITE)
    return dataclasses.replace(release, settings=hurried(release.settings))


@pytest.fixture
def store(small: Release) -> Iterator[Loaded]:
    """Give a server that holds it, to each test its own."""
    with loaded("oxigraph", small) as found:
        yield found


@pytest.fixture
def client(store: Loaded, small: Release) -> Iterator[TestClient]:
    """Give a client of the site, served from there."""
    with served_from(store.remote, small) as client:
        yield client


def statuses(client: TestClient, *addresses: str) -> list[int]:
    """Return with which status each address is answered."""
    return [client.get(address).status_code for address in addresses]


def test_a_store_that_dies_and_comes_back(client: TestClient, store: Loaded) -> None:
    """What was answered is answered; the rest waits for the store, and for nobody's hand."""
    known = client.get(ALPHA)
    store.server.kill()
    # Whoever comes first finds out, readers as well as workers.
    assert statuses(client, BETA, ASK) == [503, 503]
    assert looks(client) == "unreachable"
    again = client.get(ALPHA)
    assert (again.status_code, again.content) == (200, known.content)
    assert again.headers["cache-status"].startswith('"reti-graph"; hit; ttl=-')
    for address in (BETA, ASK):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, str(int(SELDOM)))
        assert "127.0.0.1" not in answer.text
    assert client.get("/health").json()["status"] == "degraded"
    store.server.start()
    assert looks(client) == "good"
    assert statuses(client, ALPHA, BETA, ASK) == [200, 200, 200]
    assert "cache-status" not in client.get(ALPHA).headers


def test_a_store_that_hangs_holds_nobody_up(client: TestClient, store: Loaded) -> None:
    """The first wait as long as a query may take, the others not at all; then it goes on."""
    client.get(ALPHA)
    process = store.server.program.process.pid
    os.kill(process, signal.SIGSTOP)
    try:
        assert statuses(client, BETA, ASK) == [504, 504]
        assert looks(client) == "slow"
        answer = client.get(BETA)
        assert (answer.status_code, answer.headers["retry-after"]) == (504, str(int(SELDOM)))
        assert statuses(client, ALPHA) == [200]
    finally:
        os.kill(process, signal.SIGCONT)
    assert looks(client) == "good"
    assert statuses(client, BETA, ASK) == [200, 200]


def test_a_store_that_dies_under_a_query(client: TestClient, store: Loaded) -> None:
    """Its client is told at once, and the worker lives on."""
    process = store.server.program.process.pid
    os.kill(process, signal.SIGSTOP)
    found: list[int] = []
    asking = threading.Thread(target=lambda: found.extend(statuses(client, ASK)))
    asking.start()
    running = (client.get("/health").json()["workers"]["running"] for _ in range(TURNS))
    assert any(running)
    store.server.kill()
    asking.join(WAIT)
    assert found == [503]
    store.server.start()
    assert looks(client) == "good"
    assert statuses(client, ASK) == [200]


def test_a_store_that_is_given_another_release(
    client: TestClient, store: Loaded, small: Release
) -> None:
    """Nothing of it is shown as ours: documents come from a copy of ours, queries wait for it."""
    known = client.get(ALPHA)
    with Connection(store.remote.addresses) as connection:
        say_held(connection, store.remote, OTHER)
        assert statuses(client, BETA, ASK) == [200, 503]
        assert looks(client) == "other release"
        told = client.get(ASK).json()["detail"]
        assert OTHER[:12] in told
        assert small.digest[:12] in told
        assert client.get(ALPHA).content == known.content
        say_held(connection, store.remote, small.digest)
    assert looks(client) == "good"
    assert statuses(client, BETA, ASK) == [200, 200]


def test_a_store_that_is_being_changed(client: TestClient, store: Loaded, small: Release) -> None:
    """Half a release is not shown: documents come from a copy of the whole one."""
    with Connection(store.remote.addresses) as connection:
        connection.update(changing_update(store.remote.base, small.digest, OTHER))
    assert statuses(client, BETA, ASK) == [200, 503]
    assert looks(client) == "changing"
    assert "being changed" in client.get(ASK).json()["detail"]


def test_a_server_does_not_start_on_a_store_that_holds_something_else(
    store: Loaded, small: Release
) -> None:
    """Or on none: the hint has the command that publishes, or what to look at."""
    with Connection(store.remote.addresses) as connection:
        say_held(connection, store.remote, OTHER)
    with (
        pytest.raises(OtherReleaseError, match=OTHER[:12]) as caught,
        served_from(store.remote, small),
    ):
        pass
    assert "reti-graph publish" in str(caught.value.hint)
    store.server.kill()
    with pytest.raises(StoreUnreachableError), served_from(store.remote, small):
        pass


def test_a_release_published_into_site_and_store_is_switched_to(
    store: Loaded, small: Release, tmp_path: Path
) -> None:
    """By itself, once the store has it; until the site is read, nothing is mixed."""
    site = tmp_path / "site"
    shutil.copytree(SMALL_SITE, site)
    app = wiring.asgi(site, hurried, store.remote)
    with open_client(app) as client:
        assert client.get("/health").json()["release"] == small.digest
        page = site / "data" / "page" / "networks.trig"
        page.write_text(page.read_text("utf-8").replace('"2009-09"', '"2009-08"'), "utf-8")
        new = wiring.open_release(site)
        assert new.digest != small.digest
        load(store.remote, new)
        assert looks(client) == "other release"
        # The reload that was begun by that look ends before another one does.
        assert client.portal is not None
        client.portal.call(publication_of(client).reload)
        assert client.get("/health").json()["release"] == new.digest
        assert "2009-08" in client.get("/query/members.csv?network=alpha").text


def test_the_program_serves_from_a_store_until_it_is_told_to_end(
    store: Loaded, tmp_path: Path
) -> None:
    """It says what it serves from, and ends as ever."""
    (port,) = free_ports()
    words = ["serve", "--port", str(port), "--store", store.remote.addresses.query]
    command = [sys.executable, "-W", "error", "-m", "reti_graph", *words, "--site", str(SMALL_SITE)]
    program = Program(command, "Oxigraph at ", tmp_path, PYTHONUNBUFFERED="1")
    with program.running():
        process = program.process
        health = httpx2.get(f"http://127.0.0.1:{port}/health").json()
        assert (health["status"], health["store"]["state"]) == ("ok", "good")
    assert process.returncode == 0
    first, second, *others = (tmp_path / "printed.txt").read_text("utf-8").splitlines()
    assert first == f"Serving on http://127.0.0.1:{port}/"
    assert second.startswith(f"Oxigraph at {store.remote.addresses.query}")
    assert not any(line.startswith(("{", "Traceback")) for line in others)
