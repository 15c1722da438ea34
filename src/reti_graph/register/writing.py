"""Writing the register: marks in order become one line for each name, and a summary of all."""

from __future__ import annotations

import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from reti_graph.naming import path_of
from reti_graph.register.families import Families, FamilyFinder
from reti_graph.register.marks import Mark, marks, read_mark, written_mark
from reti_graph.sources.sorting import Sorter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import BinaryIO

    from reti_graph.catalogue import Part

NAMES: Final = "names.tsv"
"""A line for each name, in the order of their bytes: the name, what is known of it, a day."""

SUMMARY: Final = "names.json"

MOST_DOCUMENTS: Final = 50_000
"""What one file of a site map may hold (sitemaps.org, 0.9)."""

_AT_ONCE: Final = 50_000
_MOST_BYTES: Final = 40_000_000
# What stands around a name in a site map, with the address of the site; a name may be escaped.
_AROUND: Final = 300
_ESCAPED: Final = 3


class Stretch(msgspec.Struct, frozen=True, array_like=True):
    """Lines whose documents fit one file of a site map: from where to where, and the last day."""

    start: int
    end: int
    newest: bytes


class Summary(msgspec.Struct, frozen=True):
    """What is known of all names: how many things have a type, and where a site map begins."""

    things: int
    families: Families
    stretches: tuple[Stretch, ...]


def write_register(dumps: Path, target: Path, parts: Sequence[Part], base: str) -> None:
    """Write the register of the release whose dumps lie in a folder into another, or the same.

    `parts` have the whole first. Raises OSError.
    """
    with (
        tempfile.TemporaryDirectory(prefix=".names-", dir=target) as work,
        (target / NAMES).open("wb") as out,
    ):
        sorter = Sorter(Path(work), _AT_ONCE)
        for mark in marks(dumps, parts, base):
            sorter.add((mark,))
        writer = _Writer(out, parts, base)
        for name, group in groupby(map(read_mark, sorter.lines()), key=lambda mark: mark.name):
            writer.take(_merged(name, group))
    (target / SUMMARY).write_bytes(msgspec.json.encode(writer.summary()))


class _Writer:
    """Writes names, and keeps account of them."""

    def __init__(self, out: BinaryIO, parts: Sequence[Part], base: str) -> None:
        whole, *others = parts
        self._out = out
        self._base = base
        self._whole = whole.dated.modified.isoformat().encode()
        self._own = {part.name.encode() for part in others}
        self._finder = FamilyFinder(base)
        self._things = 0
        self._stretches: list[Stretch] = []
        self._begun = self._written = self._documents = self._size = 0
        self._newest = b""

    def take(self, mark: Mark) -> None:
        if mark.named:
            path = path_of(self._base + mark.name.decode(), self._base)
            self._finder.take((path or "").removeprefix("/"))
        self._things += mark.typed and mark.name.startswith(b"id/")
        # Of shapes and the like nobody says what they are as a whole.
        is_document = mark.typed or bool(mark.day and mark.name in self._own)
        day = mark.day or self._whole
        if is_document:
            self._count(mark.name, day)
        line = written_mark(Mark(mark.name, mark.named, is_document, day))
        self._out.write(line)
        self._written += len(line)

    def summary(self) -> Summary:
        self._end_stretch()
        return Summary(self._things, self._finder.found(), tuple(self._stretches))

    def _count(self, name: bytes, day: bytes) -> None:
        if self._documents == MOST_DOCUMENTS or self._size > _MOST_BYTES:
            self._end_stretch()
        self._documents += 1
        self._size += len(name) * _ESCAPED + _AROUND
        self._newest = max(self._newest, day)

    def _end_stretch(self) -> None:
        if self._documents:
            self._stretches.append(Stretch(self._begun, self._written, self._newest))
        self._begun = self._written
        self._documents = self._size = 0
        self._newest = b""


def _merged(name: bytes, group: Iterable[Mark]) -> Mark:
    told = list(group)
    return Mark(
        name,
        named=any(mark.named for mark in told),
        typed=any(mark.typed for mark in told),
        # Days are in order as texts; that of nobody comes first.
        day=max(mark.day for mark in told),
    )
