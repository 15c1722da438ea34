"""What it takes to serve a release from its folder: `python -m benchmarks.scale.serving DIR`.

Two servers read the folder. Of the first is told when it is ready, how long its first page and
documents from all over the release take, one after another, and how much is resident before and
after each thousand. Both are told to open it anew while the first is asked: no answer may fail.
"""

from __future__ import annotations

import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.http.processes import HOST, first_answer, free_port, memory, running
from reti_graph.register import open_register
from reti_graph.release import read_served
from reti_graph.web.addresses import document_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SERVE: Final = (sys.executable, "-m", "reti_graph", "serve", "--release")
_SECONDS: Final = 120.0
_SECONDS_TO_REOPEN: Final = 10.0
_THOUSANDS: Final = 8
_TYPES: Final = ("text/html", "text/turtle", "application/ld+json")
_MEGABYTE: Final = 1_000_000


@contextmanager
def served(release: Path, folder: Path) -> Iterator[tuple[int, int, float]]:
    """Serve a release, and give port, process and the seconds until the first answer."""
    port = free_port()
    log = folder / f"{port}.log"
    environ = {"RETI_CLIENT_SECONDS": "86400"}
    begun = time.perf_counter()
    with running((*_SERVE, str(release), "--port", str(port)), log, environ, folder) as process:
        first_answer(process, f"http://{HOST}:{port}/health", "*/*", log, _SECONDS)
        yield port, process.pid, time.perf_counter() - begun


def documents(release: Path, most: int) -> Sequence[str]:
    """Return the paths of documents from all over a release, in no order, each time the same."""
    register, base = open_register(release), read_served(release).settings.base_iri
    dice = Random(most)  # noqa: S311 -- nothing is secret here
    places = range(len(register.newest))
    each = most // len(places) + 1
    found = []
    for place in places:
        names = [name for name, _ in register.documents(place)]
        found += dice.sample(names, min(each, len(names)))
    dice.shuffle(found)
    return [document_path(base + name, base) for name in found[:most]]


def seconds_of(port: int, path: str, accept: str) -> float:
    """Return how long an answer takes. Raises OSError when there is none, or a failure."""
    begun = time.perf_counter()
    with closing(HTTPConnection(HOST, port, timeout=_SECONDS)) as connection:
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        answer.read()
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ConnectionError(f"{answer.status} for {path}")
    return time.perf_counter() - begun


def asked(port: int, paths: Sequence[str]) -> str:
    """Ask for documents, and return what their times were."""
    times = [seconds_of(port, path, _TYPES[n % len(_TYPES)]) for n, path in enumerate(paths)]
    last = statistics.quantiles(times, n=100)[-1]
    return (
        f"{len(times):,} documents: median {statistics.median(times) * 1000:.0f} ms, 99 % below"
        f" {last * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms"
    )


def reopened(port: int, pids: Sequence[int], paths: Sequence[str]) -> str:
    """Have servers open their release anew, while one is asked; return how it went."""
    failed: list[str] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            for path in paths:
                try:
                    seconds_of(port, path, _TYPES[0])
                except OSError as error:
                    failed.append(f"{path}: {error}")

    asking = threading.Thread(target=ask)
    asking.start()
    for pid in pids:
        os.kill(pid, signal.SIGHUP)
    time.sleep(_SECONDS_TO_REOPEN)
    over.set()
    asking.join()
    return f"{len(failed)} failures while both open it anew {failed[:3] or ''}"


def note(text: str) -> None:
    """Print a figure as soon as it is known."""
    print(text, flush=True)


def main() -> None:
    """Measure, and print a line for each figure."""
    release = Path(sys.argv[1]).resolve()
    paths = documents(release, 1_000 * _THOUSANDS)
    with (
        tempfile.TemporaryDirectory(prefix="serving-") as name,
        served(release, Path(name)) as (port, pid, ready),
        served(release, Path(name)) as (_, beside, ready_beside),
    ):
        note(f"ready after {ready:.2f} s, another beside it after {ready_beside:.2f} s")
        note(f"resident: {memory(pid) / _MEGABYTE:,.0f} MB")
        for path in ("/", "/openapi.json", "/no/such/name", "/sitemap.xml", "/sparql", "/catalog"):
            note(f"{path} after {seconds_of(port, path, _TYPES[0]):.2f} s")
        for start in range(0, len(paths), 1_000):
            note(asked(port, paths[start : start + 1_000]))
            note(f"resident: {memory(pid) / _MEGABYTE:,.0f} MB")
        note(reopened(port, (pid, beside), paths[:50]))


if __name__ == "__main__":
    main()
