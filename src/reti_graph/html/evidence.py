"""What says a statement, as the pages show it: words, a list or a record, and how old it is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.html.views import Dating, Quote, Row, Value
from reti_graph.html.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reti_graph import describe
    from reti_graph.html.cells import Reader
    from reti_graph.terms import Term


def quote(passage: describe.Passage, reader: Reader) -> Quote:
    """Return how a passage is shown beside what it says."""
    section = ox.Literal(passage.section or "", language=passage.quote.language)
    return Quote(
        words=reader.cell(passage.quote),
        passage=reader.cell(passage.iri),
        kind=passage.kind.value,
        source=reader.cell(passage.source),
        section=reader.cell(section) if passage.section else None,
        date=_dating(passage.date, reader) if passage.date else None,
        completeness=reader.cell(passage.completeness) if passage.completeness else None,
        covers=reader.text(passage.covers) if passage.covers else None,
    )


def rows(
    statements: Iterable[describe.Statement],
    shown: Callable[[describe.Statement], Term],
    reader: Reader,
    *,
    quoted: bool,
) -> tuple[Row, ...]:
    """Return the values of one property; those that the same passages say stand in one row.

    A list of hundreds of members is shown once beside them all. Values are in alphabetical order,
    rows in that of their first values. Without `quoted` nothing stands beside the values.
    """
    said_by: dict[tuple[str, ...], tuple[describe.Passage, ...]] = {}
    values: dict[tuple[str, ...], list[Value]] = defaultdict(list)
    for found in statements:
        passages = _others(found) if quoted else ()
        key = tuple(passage.iri.value for passage in passages)
        said_by[key] = passages
        values[key].append(Value(reader.cell(shown(found))))
    shown_rows = (
        Row(
            values=tuple(sorted(values[key], key=_alphabetical)),
            quotes=tuple(quote(passage, reader) for passage in passages),
        )
        for key, passages in said_by.items()
    )
    return tuple(sorted(shown_rows, key=lambda row: _alphabetical(row.values[0])))


def _others(found: describe.Statement) -> tuple[describe.Passage, ...]:
    """Return the passages that say it; what a passage's graph says of the passage is no quote."""
    return tuple(passage for passage in found.passages if passage.iri != found.subject)


def _alphabetical(value: Value) -> str:
    return value.cell.text.casefold()


def _dating(date: describe.SourceDate, reader: Reader) -> Dating:
    days = tuple(reader.cell(day) for day in date.days)
    return Dating(words(reader.language)[f"date_{date.how.value}"], days)
