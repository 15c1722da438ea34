"""The collected CSV files: their columns, and the rows with the lines they end on."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, NamedTuple

from reti_graph.errors import CallError
from tools.import_facts.findings import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reti_graph.problems import Problem

# How sure the collectors are of a row.
CONFIDENCES: Final = ("high", "medium", "low")


class Line(NamedTuple):
    """The cells of a row, stripped, by column, and the line it ends on."""

    file: str
    number: int
    cells: Mapping[str, str]

    def problem(self, it: str, en: str) -> Problem:
        """Return a problem of this row."""
        return problem(self.file, self.number, it, en)


def read_lines(path: Path, columns: Sequence[str]) -> Iterator[Line | Problem]:
    """Read the rows in order, each as itself or as the problem it has.

    Raises CallError when the file has other columns or is no CSV in UTF-8, OSError when it cannot
    be read.
    """
    with path.open(encoding="utf-8", newline="") as text:
        reader = csv.reader(text, strict=True)
        try:
            if tuple(next(reader, ())) != tuple(columns):
                raise CallError(f"{path.name}:1: The columns should be {', '.join(columns)}.")
            for row in reader:
                yield _line(row, columns, path.name, reader.line_num)
        except (csv.Error, UnicodeDecodeError) as error:
            where = f"{path.name}:{reader.line_num}"
            raise CallError(f"{where}: This is not CSV in UTF-8: {error}.") from error


def _line(row: Sequence[str], columns: Sequence[str], file: str, number: int) -> Line | Problem:
    if len(row) != len(columns):
        it = f"La riga ha {len(row)} campi invece di {len(columns)}."
        return problem(
            file, number, it, f"The row has {len(row)} fields instead of {len(columns)}."
        )
    cells = dict(zip(columns, (cell.strip() for cell in row), strict=True))
    return Line(file, number, cells)
