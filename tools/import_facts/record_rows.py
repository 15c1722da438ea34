"""The rows of `identifiers.csv`, and what is wrong with those that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.problems import Problem
from tools.import_facts.columns import CONFIDENCES, read_lines
from tools.import_facts.findings import problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tools.import_facts.columns import Line

COLUMNS: Final = ("entity", "property", "value", "source", "evidence", "confidence")


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the line it ends on. An empty value means: looked for and not found."""

    line: int
    entity: str
    property_name: str
    value: str
    source: str
    evidence: str
    confidence: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What the table of single rows knows it by."""
        return (self.entity, self.property_name, self.value)


def read_rows(path: Path) -> Iterator[Row | Problem]:
    """Read the rows in order, each as itself or as the problem it has.

    Raises CallError when the file has other columns or is no CSV in UTF-8.
    """
    seen: dict[tuple[str, ...], int] = {}
    for line in read_lines(path, COLUMNS):
        yield line if isinstance(line, Problem) else _row(line, seen)


def _row(line: Line, seen: dict[tuple[str, ...], int]) -> Row | Problem:
    row = Row(line.number, *(line.cells[column] for column in COLUMNS))
    first = seen.setdefault((*row.key, row.source), row.line)
    if first != row.line:
        return line.problem(
            f"La riga ripete la riga {first}: toglierne una.",
            f"The row repeats line {first}; take one of them out.",
        )
    return _faulty(row, line.file) or row


def _faulty(row: Row, file: str) -> Problem | None:
    if not (row.entity and row.property_name):
        it = "Non è detto di che cosa la riga parla: entity e property non possono essere vuoti."
        en = "The row does not say what it is about: entity and property must not be empty."
        return problem(file, row.line, it, en)
    if not row.value:
        return None
    if row.confidence not in CONFIDENCES:
        it = f"La certezza «{row.confidence}» non è high, medium o low."
        en = f'The confidence "{row.confidence}" is not high, medium or low.'
        return problem(file, row.line, it, en)
    for column, text in (("source", row.source), ("evidence", row.evidence)):
        if not text:
            it = f"Il valore non ha {column}: senza fonte o parole non si può dire."
            en = f"The value has no {column}: without a source or words it cannot be stated."
            return problem(file, row.line, it, en)
    return None
