"""The program of a worker process: it holds the data and answers queries, one after another.

It speaks over its standard input and output (`stores.frames`), ends when the input does, and is
ended by the kernel when a query takes too long, whatever has become of its parent.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import RetiError, StoreError
from reti_graph.formats import FORMATS, Format
from reti_graph.stores.answering import evaluate, guarded, write
from reti_graph.stores.confine import allow_many_files, bound_memory, shut_in
from reti_graph.stores.frames import (
    Answer,
    Failure,
    Job,
    Ready,
    Setup,
    decode,
    failure_of,
    read_frame,
    to_frame,
)
from reti_graph.stores.port import Dataset
from reti_graph.stores.warming import open_all_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    import msgspec

_FORMATS: Final[Mapping[str, Format]] = {known.name: known for known in FORMATS}


def main() -> int:
    """Do what a pool asks over standard input, and return the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent is gone when nobody reads: there is nobody to tell.
    with suppress(BrokenPipeError):
        return serve(sys.stdin.buffer, sys.stdout.buffer, end_in, confine)
    return 1


def serve(
    asked: BinaryIO,
    told: BinaryIO,
    end_in: Callable[[float], object],
    confine: Callable[[Setup, bool], bool],
) -> int:
    """Load what the first frame names, then answer each frame until there are no more.

    `end_in` is told after how many seconds this process must end, 0 for never; `confine` gets
    what it was set up with and whether all its files are open, and tells whether it is confined
    now. Returns 0, or 1 when the data cannot be loaded.
    """
    first = read_frame(asked)
    if first is None:
        return 0
    setup = decode(first, Setup)
    try:
        store, complete = load(setup)
    except RetiError as error:
        _tell(told, failure_of(error))
        return 1
    _tell(told, Ready(confined=confine(setup, complete)))
    while (content := read_frame(asked)) is not None:
        job = decode(content, Job)
        end_in(job.seconds)
        answer = answer_to(store, setup.prefixes, job)
        end_in(0)
        _tell(told, answer)
    return 0


def load(setup: Setup) -> tuple[ox.Store, bool]:
    """Return the store of a pool's data, and whether all files it will need are open.

    Raises StoreError when it cannot be read.
    """
    try:
        if setup.on_disk:
            allow_many_files()
            store = ox.Store.read_only(setup.source)
            return store, open_all_files(store, Path(setup.source))
        store = ox.Store()
        # It was written by this program: its IRIs need no second look.
        store.bulk_load(path=setup.source, format=ox.RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"A worker cannot read its data: {error}.") from error
    return store, True


def answer_to(store: ox.Store, prefixes: Mapping[str, str], job: Job) -> Answer | Failure:
    """Answer a query, within its bounds, or say why not."""
    dataset = Dataset(*job.dataset) if job.dataset else None
    try:
        return Answer(
            guarded(
                lambda: write(
                    evaluate(store, job.query, prefixes, dataset),
                    _FORMATS[job.target],
                    prefixes,
                    job.answer_bytes,
                )
            )
        )
    except RetiError as error:
        return failure_of(error)


def confine(setup: Setup, complete: bool) -> bool:  # noqa: FBT001 -- a function is passed on
    """Bound this process for good, and return whether it can open neither a file nor a socket.

    A store on disk of which not all files are open must be let open them. What libraries say
    when they fail goes nowhere: it could hold parts of a query.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
    bound_memory(setup.memory_bytes)
    return complete and shut_in()


def end_in(seconds: float) -> None:
    """Have the kernel end this process then, even within a library; 0 is never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _tell(told: BinaryIO, message: msgspec.Struct) -> None:
    told.write(to_frame(message))
    told.flush()


if __name__ == "__main__":
    sys.exit(main())
