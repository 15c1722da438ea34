"""Statements in files: in order by the form in which they are compared, or together by graph.

An entry is a line with a statement as it is compared and, where it is written otherwise, a
tabulator and how it is written. There is no tabulator in either: pyoxigraph writes all control
characters as escapes. As no statement begins with the whole of another one, entries are in the
order of what is compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from reti_graph.deliver.kept import Spool
from reti_graph.deliver.lines import hash_of
from reti_graph.sources.sorting import Sorter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reti_graph.deliver.lines import Lines

AT_ONCE: Final = 100_000
"""How many entries are held in memory until they are sorted and go to disk."""

# They are counted when there is so great a part of them more.
_TIMES: Final = 10


class Entry(NamedTuple):
    """A statement as it is compared, and as it is written."""

    key: str
    line: str


class _Lines:
    """Lines on their way into order; a folder for them is made when they are many."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._some: list[bytes] = []
        self._sorter: Sorter | None = None

    def add(self, lines: Iterable[bytes]) -> None:
        self._some += lines
        if len(self._some) > AT_ONCE // _TIMES:
            self._pass_on()

    def each_once(self) -> Iterator[bytes]:
        """Yield the lines in order; then they are gone, and their folder is."""
        if self._sorter is None:
            yield from sorted(set(self._some))
            self._some.clear()
            return
        self._pass_on()
        yield from self._sorter.lines()
        self._sorter = None
        shutil.rmtree(self._folder)

    def _pass_on(self) -> None:
        if self._sorter is None:
            self._folder.mkdir()
            self._sorter = Sorter(self._folder, AT_ONCE)
        self._sorter.add(self._some)
        self._some.clear()


class Sorting:
    """Takes statements in any order, and keeps them in order. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        """Keep them in a folder that is not there yet, or beside it."""
        self._lines = _Lines(folder)
        self._spool = Spool(folder.with_name(f"{folder.name}-sorted"))

    def take(self, lines: Lines) -> None:
        """Take statements."""
        self._lines.add(_text(key, line).encode() for key, line in lines.items())

    def taken(self) -> Sorted:
        """Return what was taken, each statement once; nothing may be taken afterwards."""
        for text in _each_once(self._lines.each_once()):
            self._spool.write(text)
        return Sorted(self._spool)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Statements in order, which can be gone through again and again."""

    spool: Spool

    def __iter__(self) -> Iterator[Entry]:
        """Yield the statements in order. Raises OSError."""
        yield from map(_entry, self.spool.lines())

    def __len__(self) -> int:
        """Return how many statements there are, which takes reading them. Raises OSError."""
        return sum(1 for _ in self)

    def counted_and_hashed(self) -> tuple[int, int]:
        """Return how many statements there are, and their hash as those of no graph."""
        return len(self), hash_of("", (entry.key for entry in self))


class Grouping:
    """Takes statements of many graphs in any order, and keeps them by graph. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        """Keep them in a folder that is not there yet, or beside it."""
        self._lines = _Lines(folder)
        self._spool = Spool(folder.with_name(f"{folder.name}-grouped"))

    def take(self, graph: str, lines: Lines) -> None:
        """Take statements of a graph."""
        self._lines.add(f"{graph} {_text(*each)}".encode() for each in lines.items())

    def taken(self) -> Grouped:
        """Return what was taken; nothing may be taken afterwards."""
        places: dict[str, Place] = {}
        every = self._lines.each_once()
        # There is no space in an IRI.
        for graph, lines in groupby(every, lambda each: each.partition(b" ")[0]):
            start, count = self._spool.tell(), 0
            for text in _each_once(line[len(graph) + 1 :] for line in lines):
                self._spool.write(text)
                count += 1
            places[graph.decode()] = Place(start, count)
        return Grouped(self._spool, places)


class Place(NamedTuple):
    """Where the statements of a graph stand, and how many there are."""

    start: int
    lines: int


class Grouped(Mapping[str, "Lines"]):
    """The statements of each graph, read when they are asked for; raises OSError."""

    def __init__(self, spool: Spool, places: Mapping[str, Place]) -> None:
        """Take them, and where each graph stands among them."""
        self._spool = spool
        self._places = places

    def __getitem__(self, graph: str) -> dict[str, str]:
        """Return the statements of a graph; a KeyError when it has none."""
        place = self._places[graph]
        with closing(self._spool.lines(place.start)) as lines:
            return dict(map(_entry, islice(lines, place.lines)))

    def __iter__(self) -> Iterator[str]:
        """Yield the graphs in order."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many graphs there are."""
        return len(self._places)

    def counts(self) -> Mapping[str, int]:
        """Return how many statements each graph has."""
        return {graph: place.lines for graph, place in self._places.items()}


def _text(key: str, line: str) -> str:
    return f"{key}\n" if key == line else f"{key}\t{line}\n"


def _entry(text: bytes) -> Entry:
    key, _, line = text[:-1].decode().partition("\t")
    return Entry(key, line or key)


def _each_once(texts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield of those that compare as equal the last one, as `lines.lines_of` has it."""
    for _, same in groupby(texts, lambda text: text[:-1].partition(b"\t")[0]):
        *_, last = same
        yield last
