"""Reading a register: a stretch of it, or the names that begin alike, never all of it."""

from __future__ import annotations

from datetime import date
from itertools import islice, takewhile
from typing import TYPE_CHECKING

import msgspec

from reti_graph.register.marks import read_mark
from reti_graph.register.sorted_lines import place_of
from reti_graph.register.writing import NAMES, SUMMARY, Summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reti_graph.register.families import Families


class Register:
    """The names of a release, in a folder. For many threads."""

    def __init__(self, folder: Path, summary: Summary) -> None:
        """Take the folder and the summary that lies there; `open_register` reads it."""
        self._file = folder / NAMES
        self._summary = summary

    @property
    def families(self) -> Families:
        """The names of documents in short."""
        return self._summary.families

    @property
    def things(self) -> int:
        """How many things below `id/` have a type."""
        return self._summary.things

    @property
    def newest(self) -> Sequence[date]:
        """When the documents of each stretch last changed."""
        return [date.fromisoformat(each.newest.decode()) for each in self._summary.stretches]

    def documents(self, number: int) -> Iterator[tuple[str, date]]:
        """Yield the documents of a stretch, each with the day of its last change.

        Raises OSError.
        """
        stretch = self._summary.stretches[number]
        with self._file.open("rb") as lines:
            lines.seek(stretch.start)
            left = stretch.end - stretch.start
            for line in lines:
                mark = read_mark(line)
                if mark.typed:
                    yield mark.name.decode(), date.fromisoformat(mark.day.decode())
                left -= len(line)
                if not left:
                    return

    def below(self, start: str, most: int) -> list[str]:
        """Return what the data speaks of whose name starts so, in order, at most so many.

        Raises OSError.
        """
        prefix = start.encode()
        with self._file.open("rb") as lines:
            lines.seek(place_of(lines, prefix))
            found = takewhile(lambda line: line.startswith(prefix), lines)
            named = (mark.name.decode() for mark in map(read_mark, found) if mark.named)
            return list(islice(named, most))


def open_register(folder: Path) -> Register:
    """Return the register that lies in a folder. Raises OSError."""
    content = (folder / SUMMARY).read_bytes()
    return Register(folder, msgspec.json.decode(content, type=Summary))
