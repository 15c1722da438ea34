"""One worker process, asked directly: what a query does to it, the server being out of the way."""

from __future__ import annotations

import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Self, TypeAlias, cast

import pyoxigraph as ox

from reti_graph.stores.frames import (
    Answer,
    Job,
    Ready,
    Setup,
    decode_said,
    read_frame,
    to_frame,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import IO, BinaryIO

Outcome: TypeAlias = Literal["answered", "refused", "late", "without memory"]

MEMORY_BYTES: Final = 300_000_000
ANSWER_BYTES: Final = 1_000_000
LATE_SECONDS: Final = 0.3
"""Long enough for what a crash takes, short enough to try many queries that never end."""

_START_SECONDS: Final = 60
_COMMAND: Final = (sys.executable, "-P", "-m", "reti_graph.stores.worker")

# Does as the worker does, but says why it fails.
_ASK: Final = """
import resource, sys
import pyoxigraph as ox
store = ox.Store()
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
found = store.query(sys.stdin.read())
found.serialize(format=ox.QueryResultsFormat.JSON) if hasattr(found, "serialize") else list(found)
"""
_NO_MEMORY: Final = b"memory allocation of"


def write_data(file: Path) -> None:
    """Write a small graph that every kind of pattern, path and expression finds something in."""
    content = ox.serialize(_quads(), format=ox.RdfFormat.N_QUADS)
    file.write_bytes(content or b"")


@dataclass(slots=True)
class Worker:
    """A worker over the data of a file; another takes its place when it has ended."""

    data: Path
    _process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._end()

    def ask(self, query: str) -> Outcome:
        """Return what became of a query; fail when it crashed the worker."""
        process = self._process or self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        # Its own clock, that ends the process, is not what this is about.
        job = Job(query, "json", None, _START_SECONDS, ANSWER_BYTES)
        process.stdin.write(to_frame(job))
        process.stdin.flush()
        if not _says_something(process.stdout):
            self._end()
            return "late"
        content = read_frame(cast("BinaryIO", process.stdout))
        if content is not None:
            return "answered" if isinstance(decode_said(content), Answer) else "refused"
        code = self._end()
        assert code == -signal.SIGABRT, f"signal or exit code {code}: {query}"
        assert self._lacks_memory(query), f"aborted, and not for want of memory: {query}"
        return "without memory"

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._process = process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(to_frame(Setup(str(self.data), False, {}, MEMORY_BYTES)))  # noqa: FBT003 -- the frame's second field
        process.stdin.flush()
        content = read_frame(cast("BinaryIO", process.stdout))
        assert content is not None
        assert decode_said(content) == Ready(confined=True)
        return process

    def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        process.communicate(timeout=_START_SECONDS)
        return process.returncode

    def _lacks_memory(self, query: str) -> bool:
        """Ask again where one hears what the store says at its end."""
        done = subprocess.run(
            [sys.executable, "-c", _ASK, str(self.data), str(2 * MEMORY_BYTES)],
            input=query.encode(),
            capture_output=True,
            check=False,
            timeout=_START_SECONDS,
        )
        return _NO_MEMORY in done.stderr


def _says_something(stream: IO[bytes]) -> bool:
    return bool(select.select([stream], [], [], LATE_SECONDS)[0])


def _quads() -> Iterator[ox.Quad]:
    graph = ox.NamedNode("a:g")
    nodes = [ox.NamedNode(f"a:{letter}") for letter in "bcde"]
    literals = (
        ox.Literal(1),
        ox.Literal(value=True),
        ox.Literal("a"),
        ox.Literal("a", language="en"),
    )
    others: list[ox.NamedNode | ox.Literal] = [*nodes, *literals]
    for one in nodes:
        for number, other in enumerate(others):
            predicate = ox.NamedNode("a:p" if number % 2 else "a:q")
            yield ox.Quad(one, predicate, other)
            yield ox.Quad(one, predicate, other, graph)
