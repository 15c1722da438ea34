"""Lines on their way into a store, and a store on disk that a process of its own fills.

Loading takes memory for every line that is loaded at once, and keeps what it took: only the end of
a process gives all of it back.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.derive import in_default
from reti_graph.errors import StoreError
from reti_graph.sources.nquads import lines_of, read_lines, spread_lines
from reti_graph.stores.confine import allow_many_files
from reti_graph.stores.opening import write_opening

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

# Each call of the loader writes new files, each line takes 0.8 kB until they are written.
_AT_ONCE: Final = 500_000
_A_BLOCK: Final = 10_000
# So many places find all files of a store of ten million statements, unless some are very small.
_FEW_PLACES: Final = 10_000
_MANY_PLACES: Final = 200_000


def write_lines(file: Path, lines: Iterable[bytes]) -> int:
    """Write lines into a new file, and return how many. Raises OSError."""
    written = 0
    with file.open("wb") as out:
        for count, block in blocks(lines):
            out.write(block)
            written += count
    return written


def blocks(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield many lines as one, and how many they are: to write each alone takes longer."""
    left = iter(lines)
    while block := tuple(islice(left, _A_BLOCK)):
        yield len(block), b"".join(block)


def load(store: ox.Store, lines: Iterable[bytes], blank: Collection[ox.Quad], work: Path) -> None:
    """Put lines of N-Quads, and quads that have blank nodes with their triples, into a store.

    `work` is for what is only in the way. Raises OSError.
    """
    file, left = work / "loaded.nq", iter(lines)
    while write_lines(file, islice(left, _AT_ONCE)):
        store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS, lenient=True)
    file.unlink()
    # A file that is loaded gives blank nodes other names.
    store.extend([*blank, *map(in_default, blank)])


def fill(folder: Path, files: Collection[Path], blank: Collection[ox.Quad], work: Path) -> None:
    """Write a store with the lines of files; those of `blank`, as quads and triples, are in them.

    The first file has the quads. Beside the store's own files is written what opens them (see
    `stores.opening`). Raises OSError.
    """
    allow_many_files()
    _write(folder, files, blank, work)
    note_opening(folder, next(iter(files)))


def note_opening(folder: Path, dump: Path) -> None:
    """Write beside a store what opens its files, found by lines of its dump. Raises OSError."""
    with dump.open("rb") as lines:
        few = tuple(read_lines(spread_lines(lines, _FEW_PLACES)))
        many = (read_lines((line,)) for line in spread_lines(lines, _MANY_PLACES))
        write_opening(folder, few, chain.from_iterable(many))


def _write(folder: Path, files: Collection[Path], blank: Collection[ox.Quad], work: Path) -> None:
    store = ox.Store(folder)
    without = frozenset((*lines_of(blank), *lines_of(map(in_default, blank))))
    lines = chain.from_iterable(map(_read, files))
    load(store, (line for line in lines if line not in without), blank, work)
    store.optimize()
    store.flush()


class Filling:
    """A store that is being filled beside what else is done."""

    def __init__(
        self, folder: Path, files: Collection[Path], blank: Collection[ox.Quad], work: Path
    ) -> None:
        """Begin; see `fill`."""
        # A child that is forked would have the store of this process, and its locks.
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._done = self._process.submit(fill, folder, files, blank, work)

    def end(self) -> None:
        """Wait until all is written. Raises OSError, StoreError when the process was ended."""
        try:
            with self._process:
                self._done.result()
        except BrokenProcessPool as error:
            raise StoreError(
                "The process that writes the store was ended before it was done.",
                hint="If memory was short: a store of a million statements takes 1.5 GB to write.",
            ) from error


def _read(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        yield from lines
