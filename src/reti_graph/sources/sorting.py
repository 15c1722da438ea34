"""Lines in order, each once, however many there are: those that memory cannot hold wait on disk."""

from __future__ import annotations

import heapq
from contextlib import ExitStack
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_AT_ONCE: Final = 500_000


class Sorter:
    """Takes lines, each with its end, in any order, and gives them back in that of their bytes."""

    def __init__(self, folder: Path, at_once: int = _AT_ONCE) -> None:
        """Write nothing yet. `folder` is there, and belongs to this sorter alone."""
        self._folder = folder
        self._at_once = at_once
        self._lines: set[bytes] = set()
        self._runs: list[Path] = []

    def add(self, lines: Iterable[bytes]) -> None:
        """Take lines. When as many as `at_once` are held they go to disk. Raises OSError."""
        self._lines.update(lines)
        if len(self._lines) >= self._at_once:
            self._spill()

    def lines(self) -> Iterator[bytes]:
        """Yield all lines in order, each once. Raises OSError."""
        yield from merged(self._runs, sorted(self._lines))

    def _spill(self) -> None:
        run = self._folder / f"run-{len(self._runs)}"
        with run.open("wb") as file:
            file.writelines(sorted(self._lines))
        self._runs.append(run)
        self._lines.clear()


def merged(files: Sequence[Path], *more: Iterable[bytes]) -> Iterator[bytes]:
    """Yield in order, each once, the lines of files and others that are in order themselves."""
    with ExitStack() as opened:
        read = [opened.enter_context(file.open("rb")) for file in files]
        lines = heapq.merge(*read, *more) if files else heapq.merge(*more)
        yield from (line for line, _ in groupby(lines))
