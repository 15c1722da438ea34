"""The three ways to serve one release after another, each on servers of its own."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from benchmarks.http.processes import HOST, fetch, first_answer, free_port, running
from benchmarks.soak.hostile import all_attacks, attacks_for_a_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from benchmarks.soak.sites import Pair
    from tests.attacks.attack import Attack

PROGRAM: Final = (sys.executable, "-m", "reti_graph")

# All of the load comes from this machine: what one client may use is no limit here. Hostile
# queries end sooner than by default, so that there are more of them.
SETTINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "RETI_CLIENT_SECONDS": "86400",
        "RETI_QUERY_SECONDS": "5",
        "RETI_ANSWER_BYTES": "2000000",
        "RETI_MEMORY_BYTES": "300000000",
    }
)
_STORE_SECONDS: Final = 5
_STORE_BYTES: Final = 16_000_000_000
_SECONDS_TO_START: Final = 120.0
_SECONDS_FOR_HEALTH: Final = 20.0
_ANY: Final = "*/*"


class NotPublishedError(Exception):
    """A release that could not be built or published; says what the program wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A server under load, and how the other release is brought out: `put` takes its site.

    `attacks` is what it may be attacked with.
    """

    port: int
    pid: int
    log: Path
    put: Callable[[Path], None]
    attacks: tuple[Attack, ...]

    def serves(self, digest: str) -> bool:
        """Tell whether new requests are answered from this release; no, while nobody says so."""
        try:
            return release_at(self.port) == digest
        except OSError:
            return False


def release_at(port: int) -> str:
    """Return which release a server says it serves. Raises OSError when it does not say."""
    health = fetch(f"http://{HOST}:{port}/health", _ANY, _SECONDS_FOR_HEALTH)
    release: str = json.loads(health.body)["release"]
    return release


@contextlib.contextmanager
def serving(log: Path, *words: str) -> Iterator[tuple[int, int]]:
    """Run `serve` with some words, and give its port and its process once it answers."""
    port = free_port()
    command = (*PROGRAM, "serve", "--port", str(port), *words)
    with running(command, log, SETTINGS, log.parent) as process:
        first_answer(process, f"http://{HOST}:{port}/health", _ANY, log, _SECONDS_TO_START)
        yield port, process.pid


@contextlib.contextmanager
def from_site(pair: Pair, folder: Path) -> Iterator[Stage]:
    """Serve the folder of a site, read anew on SIGHUP."""
    log = folder / "server.log"
    with serving(log, "--site", str(pair.served)) as (port, pid):

        def put(site: Path) -> None:
            pair.put(site)
            os.kill(pid, signal.SIGHUP)

        yield Stage(
            port=port,
            pid=pid,
            log=log,
            put=put,
            attacks=all_attacks(),
        )


@contextlib.contextmanager
def from_store(pair: Pair, folder: Path) -> Iterator[Stage]:
    """Serve from Oxigraph's server, into which each release is published."""
    place, log = f"{HOST}:{free_port()}", folder / "server.log"
    url = f"http://{place}/query"
    oxigraph = str(Path(sys.executable).with_name("oxigraph"))
    command = (oxigraph, "serve", "--location", str(folder / "store"), "--bind", place)
    limited = (*command, "--timeout-s", str(_STORE_SECONDS))
    store_log = folder / "store.log"
    with running(limited, store_log, {}, folder) as store:
        # A query that gets out of hand ends the store, and not the machine. Each has a thread for
        # all its time, whose stack counts though nothing is in it.
        resource.prlimit(store.pid, resource.RLIMIT_DATA, (_STORE_BYTES, _STORE_BYTES))
        ask = f"{url}?query=ASK%7B%7D"
        first_answer(store, ask, _ANY, store_log, _SECONDS_TO_START)
        _run("publish", url, "--site", str(pair.served))
        with serving(log, "--site", str(pair.served), "--store", url) as (port, pid):

            def put(site: Path) -> None:
                pair.put(site)
                _run("publish", url, "--site", str(pair.served))

            yield Stage(
                port=port,
                pid=pid,
                log=log,
                put=put,
                attacks=attacks_for_a_store(),
            )


@contextlib.contextmanager
def from_release(pair: Pair, folder: Path) -> Iterator[Stage]:
    """Serve a built release; the folder of the other one gets its name, and SIGHUP says so."""
    log, served = folder / "server.log", folder / "release"
    aside = {site: folder / f"release-{site.name}" for site in (pair.first, pair.second)}
    for site, place in aside.items():
        _run("build", str(place), "--store", "--site", str(site))
    aside[pair.first].rename(served)
    with serving(log, "--release", str(served)) as (port, pid):

        def put(site: Path) -> None:
            served.rename(aside[pair.other(site)])
            aside[site].rename(served)
            os.kill(pid, signal.SIGHUP)

        yield Stage(
            port=port,
            pid=pid,
            log=log,
            put=put,
            attacks=all_attacks(),
        )


MODES: Final[Mapping[str, Callable[[Pair, Path], AbstractContextManager[Stage]]]] = (
    MappingProxyType({"site": from_site, "store": from_store, "release": from_release})
)


def _run(*words: str) -> None:
    """Run the program to its end. Raises NotPublishedError when it fails."""
    done = subprocess.run((*PROGRAM, *words), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotPublishedError(f"{words[0]} ended with {done.returncode}: {done.stderr}")
