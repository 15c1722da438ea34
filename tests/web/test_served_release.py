"""A release served from the folder it was written into, beside the same one held in memory."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph import wiring
from reti_graph.errors import CallError
from reti_graph.register.sorted_lines import place_of
from reti_graph.release import write_release
from tests.stores.comparing import told
from tests.stores.serving import served
from tests.web.conftest import SMALL_SITE, open_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from reti_graph.release import Release

SETTINGS: Final = (SMALL_SITE / "reti.toml").read_text(encoding="utf-8")
PATHS: Final = (
    "/",
    "/en/",
    "/doc/network/alpha",
    "/doc/network/alpha.ttl",
    "/doc/network/alpha.trig",
    "/doc/network/alpha.jsonld",
    "/id/network/alpha",
    "/doc/network/alphq",
    "/catalog.ttl",
    "/catalog",
    "/dataset.ttl",
    "/.well-known/void",
    "/ontology.ttl",
    "/shapes.ttl",
    "/queries",
    "/sitemap.xml",
    "/openapi.json",
    "/dump.nq",
    "/dump.ttl",
    "/dump.nq.gz",
    "/dump.nope",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Ft+%7D&format=csv",
    "/sparql?query=SELECT+%3Fg+%7B+GRAPH+%3Fg+%7B+%3Fs+a+%3Ft+%7D+%7D",
)
SECONDS: Final = 60


@pytest.fixture(scope="session")
def folder(small_release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the small site's release, with its store."""
    made = tmp_path_factory.mktemp("releases") / "release"
    write_release(small_release, made, settings=SETTINGS)
    return made


@pytest.fixture(scope="module")
def stored(folder: Path) -> Iterator[TestClient]:
    """Give a client of the server that reads the folder."""
    with open_client(wiring.asgi(release=folder)) as client:
        yield client


@pytest.fixture(scope="module")
def held(small_release: Release) -> Iterator[TestClient]:
    """Give a client of the server that holds the release in memory."""
    with served(small_release) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_a_release_on_disk_is_answered_as_one_in_memory(
    stored: TestClient, held: TestClient, path: str
) -> None:
    """With the same status, headers and content; only the day of the files is another."""
    status, headers, content = told(stored.get(path))
    expected_status, expected_headers, expected = told(held.get(path))
    assert status == expected_status
    assert content == expected
    dated = {"last-modified", "content-length"}
    assert {name for name in headers if name not in dated} == {
        name for name in expected_headers if name not in dated
    }


def test_every_thing_of_the_site_map_is_there(stored: TestClient, held: TestClient) -> None:
    """Each document has the statements it has from memory."""
    lines = stored.get("/sitemap.xml").text.split("<loc>")[1:]
    paths = [line.partition("</loc>")[0].partition("/doc/")[2] for line in lines]
    documents = [f"/doc/{path}.nq" for path in paths if path]
    assert documents
    assert [stored.get(path).text for path in documents] == [
        held.get(path).text for path in documents
    ]


@pytest.mark.parametrize("content", [None, "{}", "no JSON"])
def test_a_folder_that_is_no_release_is_refused(tmp_path: Path, content: str | None) -> None:
    """The hint says what writes one."""
    if content is not None:
        (tmp_path / "release.json").write_text(content)
    with pytest.raises(CallError, match="release") as caught, _started(tmp_path):
        pass
    assert "build --store" in str(caught.value.hint)


def test_a_release_without_a_store_is_refused(small_release: Release, tmp_path: Path) -> None:
    """It has all the files, and nothing to ask."""
    write_release(small_release, tmp_path / "release")
    with pytest.raises(CallError) as caught, _started(tmp_path / "release"):
        pass
    assert "build --store" in str(caught.value.hint)


def test_a_dump_that_is_being_sent_outlives_its_folder(
    small_release: Release, tmp_path: Path
) -> None:
    """The files of a release stay as long as it is served, whatever stands in its place."""
    place = tmp_path / "release"
    write_release(small_release, place, settings=SETTINGS)
    with _started(place) as client:
        before = client.get("/dump.nq").content
        write_release(small_release, place)
        assert client.get("/dump.nq").content == before
        assert client.get("/dump.trig").status_code == 200
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


@given(st.sets(st.binary(min_size=1, max_size=6)), st.binary(max_size=6))
def test_the_place_of_a_name_is_found_without_reading_all(
    tmp_path_factory: pytest.TempPathFactory, names: set[bytes], wanted: bytes
) -> None:
    """It is where the first line begins that does not come before it."""
    lines = sorted(name.hex().encode() + b"\n" for name in names)
    file = tmp_path_factory.getbasetemp() / "lines"
    file.write_bytes(b"".join(lines))
    key = wanted.hex().encode()
    with file.open("rb") as opened:
        place = place_of(opened, key)
    assert place == sum(len(line) for line in lines if line < key)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")
def test_another_release_is_changed_to_without_a_failed_request(
    small_release: Release, tmp_path: Path
) -> None:
    """A process answers all the while from the one release or the other, two on one folder."""
    place = tmp_path / "release"
    other = wiring.open_release(_changed_site(tmp_path / "site"))
    assert other.digest != small_release.digest
    write_release(small_release, place, settings=SETTINGS)
    with _process(place) as (one, address), _process(place) as (_, beside):
        assert _release_at(beside) == small_release.digest
        with _asking(address) as seen:
            for release in (other, small_release, other):
                write_release(release, place, settings=SETTINGS)
                one.send_signal(signal.SIGHUP)
                _wait_for(address, release.digest)
        assert set(seen) <= {small_release.digest, other.digest}
        # The server that was not told goes on with what it has open.
        assert _release_at(beside) == small_release.digest


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


@contextmanager
def _started(folder: Path) -> Iterator[TestClient]:
    with open_client(wiring.asgi(release=folder)) as client:
        yield client


@contextmanager
def _process(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a server of a release, and its address."""
    command = [sys.executable, "-m", "reti_graph", "serve", "--release", str(folder), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        yield process, address
    finally:
        process.terminate()
        process.wait(SECONDS)
        assert process.stdout is not None
        process.stdout.close()


def _release_at(address: str) -> str:
    with urlopen(f"{address}health", timeout=SECONDS) as answer:  # noqa: S310 - on this machine
        told_of: str = json.load(answer)["release"]
    return told_of


def _wait_for(address: str, digest: str) -> None:
    """Ask until a release is served; a server that never does fails the test."""
    for _ in range(20_000):
        if _release_at(address) == digest:
            return
    pytest.fail(f"{digest} is never served")


@contextmanager
def _asking(address: str) -> Iterator[list[str]]:
    """Ask all the while for documents and by SPARQL; give the releases seen, fail for a failure."""
    seen: list[str] = []
    failures: list[str] = []
    ended = threading.Event()
    query = "sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D"

    def ask() -> None:
        while not ended.is_set():
            for path in ("doc/network/alpha", query, "dump.nq"):
                try:
                    with urlopen(address + path, timeout=SECONDS) as answer:  # noqa: S310
                        answer.read()
                except (URLError, OSError) as error:
                    failures.append(f"{path}: {error}")
            seen.append(_release_at(address))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert seen
