"""The program of a worker process: it answers queries, one after another.

It holds the data, or asks a store elsewhere for it. It speaks over its standard input and output
(`stores.frames`), ends when the input does, and is ended by the kernel when a query takes too long,
whatever has become of its parent.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from functools import partial
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
from reti_graph.stores.holding import identity
from reti_graph.stores.port import Dataset
from reti_graph.stores.warming import open_all_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO, TypeAlias

    import msgspec

    from reti_graph.stores.remote.store import RemoteStore

    Answering: TypeAlias = Callable[[Job], bytes]

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
        answering, complete = prepared(setup)
    except RetiError as error:
        _tell(told, failure_of(error))
        return 1
    _tell(told, Ready(confined=confine(setup, complete)))
    while (content := read_frame(asked)) is not None:
        job = decode(content, Job)
        end_in(job.seconds)
        answer = answer_to(answering, job)
        end_in(0)
        _tell(told, answer)
    return 0


def prepared(setup: Setup) -> tuple[Answering, bool]:
    """Return what answers, and whether all files that it will need are open.

    Raises StoreError when the data cannot be read, SettingsError for a store elsewhere that may
    not be asked.
    """
    if setup.elsewhere is None:
        store, complete = load(setup)
        return partial(_evaluated, store, setup.prefixes), complete
    # It speaks HTTP, which takes long to import and which most workers have no use for.
    from reti_graph.stores.remote.store import RemoteStore  # noqa: PLC0415 - as said

    remote = RemoteStore.of(setup.elsewhere.remote, setup.prefixes, pinned=setup.elsewhere.pinned)
    return partial(_asked, remote), True


def load(setup: Setup) -> tuple[ox.Store, bool]:
    """Return the store of a pool's data, and whether all files it will need are open.

    Raises StoreError when it cannot be read.
    """
    try:
        if setup.on_disk:
            allow_many_files()
            folder = Path(setup.source)
            store = ox.Store.read_only(setup.source)
            complete = open_all_files(store, folder)
            if setup.identity not in (None, identity(folder)):
                raise StoreError(f"Another store has taken the place of {setup.source}.")
            return store, complete
        store = ox.Store()
        # It was written by this program: its IRIs need no second look.
        store.bulk_load(path=setup.source, format=ox.RdfFormat.N_QUADS, lenient=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"A worker cannot read its data: {error}.") from error
    return store, True


def answer_to(answering: Answering, job: Job) -> Answer | Failure:
    """Answer a query, within its bounds, or say why not."""
    try:
        return Answer(answering(job))
    except RetiError as error:
        return failure_of(error)


def _evaluated(store: ox.Store, prefixes: Mapping[str, str], job: Job) -> bytes:
    dataset, target = _dataset(job), _FORMATS[job.target]
    return guarded(
        lambda: write(
            evaluate(store, job.query, prefixes, dataset), target, prefixes, job.answer_bytes
        )
    )


def _asked(remote: RemoteStore, job: Job) -> bytes:
    target = _FORMATS[job.target]
    return remote.answer(job.query, target, _dataset(job), most_bytes=job.answer_bytes)


def _dataset(job: Job) -> Dataset | None:
    return Dataset(*job.dataset) if job.dataset else None


def confine(setup: Setup, complete: bool) -> bool:  # noqa: FBT001 -- a function is passed on
    """Bound this process for good; return whether a query can reach neither files nor network.

    A store on disk of which not all files are open must be let open them. A worker that asks a
    store elsewhere must be let do that; what it passes on has no SERVICE and nothing else that
    makes an engine reach out (`stores.remote.guards`). What libraries say when they fail goes
    nowhere: it could hold parts of a query.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())
    os.close(nowhere)
    bound_memory(setup.memory_bytes)
    return setup.elsewhere is not None or (complete and shut_in())


def end_in(seconds: float) -> None:
    """Have the kernel end this process then, even within a library; 0 is never."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _tell(told: BinaryIO, message: msgspec.Struct) -> None:
    told.write(to_frame(message))
    told.flush()


if __name__ == "__main__":
    sys.exit(main())
