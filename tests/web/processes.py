"""Servers of a release in processes of their own, asked over loopback."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.error import URLError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS: Final = 60
_TURNS: Final = 20_000


@contextmanager
def process(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a server of a release, and its address."""
    command = [sys.executable, "-m", "reti_graph", "serve", "--release", str(folder), "--port", "0"]
    command += options
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


def release_at(address: str) -> str:
    """Return the digest of the release that is served there."""
    with urlopen(f"{address}health", timeout=SECONDS) as answer:  # noqa: S310 - on this machine
        told_of: str = json.load(answer)["release"]
    return told_of


def wait_for(address: str, digest: str) -> None:
    """Ask until a release is served; a server that never does fails the test."""
    for _ in range(_TURNS):
        if release_at(address) == digest:
            return
    pytest.fail(f"{digest} is never served")


@contextmanager
def asking(address: str) -> Iterator[list[str]]:
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
            seen.append(release_at(address))

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
