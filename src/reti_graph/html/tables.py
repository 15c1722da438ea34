"""Answers of queries as tables: a name beside its label becomes one link that reads as words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reti_graph.html.views import Table
from reti_graph.html.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph as ox

    from reti_graph.html.cells import Cell, Reader
    from reti_graph.terms import Term

ROWS_SHOWN: Final = 500


def table(variables: Sequence[str], rows: Sequence[Sequence[Term | None]], reader: Reader) -> Table:
    """Return the rows of a SELECT; a column `xLabel` is shown within the column `x`.

    So is the quote within its passage.
    """
    labelled = _label_columns(variables)
    shown = [index for index in range(len(variables)) if index not in labelled.values()]
    cells = [[reader.cell(term) for term in row] for row in rows[:ROWS_SHOWN]]
    return Table(
        headings=tuple(variables[index] for index in shown),
        rows=tuple(tuple(_merged(row, index, labelled) for index in shown) for row in cells),
        count_text=_count_text(len(rows), reader.language),
        cut=len(rows) > ROWS_SHOWN,
    )


def triple_table(triples: Iterable[ox.Triple], reader: Reader) -> Table:
    """Return the triples of a CONSTRUCT or DESCRIBE."""
    rows = [(triple.subject, triple.predicate, triple.object) for triple in triples]
    return table(("subject", "predicate", "object"), rows, reader)


def truth_table(*, answer: bool, reader: Reader) -> Table:
    """Return the answer of an ASK."""
    word = words(reader.language)["yes" if answer else "no"]
    cell = reader.text({reader.language: word})
    return Table(("ASK",), ((cell,),), _count_text(1, reader.language))


def _label_columns(variables: Sequence[str]) -> dict[int, int]:
    """Return, for each column that is told in words by another, the index of that other."""
    found = {
        variables.index(name.removesuffix("Label")): index
        for index, name in enumerate(variables)
        if name.endswith("Label") and name.removesuffix("Label") in variables
    }
    if "label" in variables[1:]:
        found.setdefault(0, variables.index("label"))
    if {"passage", "quote"} <= set(variables):
        found[variables.index("passage")] = variables.index("quote")
    return found


def _merged(row: Sequence[Cell], index: int, labelled: dict[int, int]) -> Cell:
    cell = row[index]
    label = row[labelled[index]] if index in labelled else None
    if label is None or not label.text:
        return cell
    return replace(cell, text=label.text, lang=label.lang, code=False)


def _count_text(count: int, language: str) -> str:
    own = words(language)
    number = f"{count:,}".replace(",", own["thousands"])
    return f"{number} {own['rows_one' if count == 1 else 'rows_many']}"
