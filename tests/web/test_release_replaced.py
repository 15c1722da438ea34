"""A folder that is replaced by another release while it is served."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shutil
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph import wiring
from reti_graph.config import with_values
from reti_graph.release import write_release
from reti_graph.stores.pool import WorkerPool
from reti_graph.web.lifespan import started
from reti_graph.wiring_stored import serving_folder
from tests.web.conftest import SMALL_SETTINGS, SMALL_SITE, open_client
from tests.web.processes import SECONDS, asking, process, release_at, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient
    from starlette.types import Message

    from reti_graph.release import Release
    from reti_graph.web.publication import Publication

COUNT: Final = "/sparql?query=SELECT+(COUNT(*)+AS+%3Fn)+%7B+%3Fs+%3Fp+%3Fo+%7D&format=json"
TURNS: Final = 20_000


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Give a release of the small site with a name changed."""
    return wiring.open_release(_changed_site(tmp_path_factory.mktemp("changed") / "site"))


def test_files_outlive_their_folder(place: Path, other: Release) -> None:
    """They stay as long as the release is served, whatever stands in its place."""
    with open_client(wiring.asgi(release=place)) as client:
        before = client.get("/dump.nq").content
        write_release(other, place, settings=SMALL_SETTINGS)
        assert client.get("/dump.nq").content == before
        assert client.get("/dump.trig").status_code == 200
    assert [path.name for path in place.parent.iterdir()] == ["release"]


def test_a_dump_that_is_being_sent_is_sent_to_its_end(place: Path, other: Release) -> None:
    """The folder is replaced and the next release is served before the first byte of it is."""
    app = wiring.asgi(release=place)
    expected = (place / "dump.nq").read_bytes()
    publication: Publication = app.state.publication
    content = bytearray()

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            write_release(other, place, settings=SMALL_SETTINGS)
            await publication.reload()
        content.extend(message.get("body", b""))

    async def scene() -> None:
        async with started(app, {}):
            await app(_scope("/dump.nq"), _stays, send)
            assert publication.state().release == other.digest

    asyncio.run(asyncio.wait_for(scene(), SECONDS))
    assert bytes(content) == expected
    assert [path.name for path in place.parent.iterdir()] == ["release"]


def test_a_worker_that_starts_later_reads_the_release_that_is_served(
    place: Path, other: Release
) -> None:
    """And not the one that has taken its place on disk."""
    change = partial(with_values, values={"server.workers": 1})
    with open_client(wiring.asgi(release=place, change=change)) as client:
        before = client.get(COUNT).json()
        write_release(_smaller(other), place, settings=SMALL_SETTINGS)
        _replace_worker(client)
        # What was asked before is kept, and asks no worker.
        assert client.get(COUNT.replace("%3Fs", "%3Fsubject")).json() == before


def test_files_without_second_names_are_never_taken_for_others(
    place: Path, other: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open goes on; dumps are not sent until the server has changed to the next release."""

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with open_client(wiring.asgi(release=place)) as client:
        assert client.get("/dump.nq").status_code == 200
        write_release(other, place, settings=SMALL_SETTINGS)
        assert client.get("/dump.ttl").status_code == 503
        assert client.get("/doc/network/alpha.nq").status_code == 200
        assert client.portal is not None
        client.portal.call(_publication_of(client).reload)
        assert client.get("/dump.ttl").status_code == 200
        assert client.get("/health").json()["release"] == other.digest


def test_a_folder_that_is_gone_leaves_what_is_served(
    place: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever is about to replace it may be slow."""
    with open_client(wiring.asgi(release=place)) as client:
        shutil.rmtree(place)
        assert client.portal is not None
        client.portal.call(_publication_of(client).reload)
        assert client.get("/doc/network/alpha").status_code == 200
    assert "no release" in caplog.text


def test_a_release_that_is_being_put_in_place_is_waited_for(
    place: Path, other: Release, small_release: Release
) -> None:
    """The old folder has no name any more when the server looks, and the new one has none yet."""
    beside = place.parent / ".release-x"
    beside.mkdir()
    place.rename(beside / "old")
    write_release(other, beside / "new", settings=SMALL_SETTINGS)
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        (beside / "new").rename(place)

    async def scene() -> str:
        served = await serving_folder(place, lambda settings: settings, pause=pause)
        await served.close()
        return served.release.digest

    assert asyncio.run(asyncio.wait_for(scene(), SECONDS)) == other.digest != small_release.digest
    assert len(pauses) == 1


def test_a_release_that_is_put_in_place_is_seen(place: Path, other: Release) -> None:
    """With --watch nobody has to tell the server."""
    with process(place, "--watch") as (_, address):
        write_release(other, place, settings=SMALL_SETTINGS)
        wait_for(address, other.digest)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")
def test_another_release_is_changed_to_without_a_failed_request(
    small_release: Release, place: Path, other: Release
) -> None:
    """A process answers all the while from the one release or the other, two on one folder."""
    assert other.digest != small_release.digest
    with process(place) as (one, address), process(place) as (_, beside):
        assert release_at(beside) == small_release.digest
        with asking(address) as seen:
            for release in (other, small_release, other):
                write_release(release, place, settings=SMALL_SETTINGS)
                one.send_signal(signal.SIGHUP)
                wait_for(address, release.digest)
        assert set(seen) <= {small_release.digest, other.digest}
        # The server that was not told goes on with what it has open.
        assert release_at(beside) == small_release.digest


def _changed_site(target: Path) -> Path:
    """Copy the small site, with a name changed."""
    for path in SMALL_SITE.rglob("*"):
        if path.is_file():
            copy = target / path.relative_to(SMALL_SITE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            in_data = copy.suffix == ".trig"
            copy.write_text(text.replace("Alpha", "Alphabet") if in_data else text, "utf-8")
    return target


def _smaller(release: Release) -> Release:
    """Return a release that says less."""
    return dataclasses.replace(release, quads=release.quads[: len(release.quads) // 2])


def _publication_of(client: TestClient) -> Publication:
    found: Publication = client.app.state.publication  # type: ignore[attr-defined]  # Starlette
    return found


def _replace_worker(client: TestClient) -> None:
    """Kill the one worker, and ask until there is another."""
    current = _publication_of(client).current
    assert current is not None
    pool = current.answers
    assert isinstance(pool, WorkerPool)
    [old] = pool.pids
    os.kill(old, signal.SIGKILL)
    for _ in range(TURNS):
        if client.get("/health").status_code == 200 and old not in pool.pids:
            return
    pytest.fail("no other worker is ready")


def _scope(path: str) -> dict[str, object]:
    """Return the scope of a GET (ASGI, HTTP)."""
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }


async def _stays() -> Message:
    """Receive nothing: the client is there and waits."""
    await asyncio.Event().wait()
    raise AssertionError
