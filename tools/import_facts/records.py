"""Turn the rows of `identifiers.csv` into sources and passages (`load`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reti_graph.problems import Problem
from tools.import_facts.findings import problem
from tools.import_facts.graph import Passage
from tools.import_facts.record_reading import LeftOut, Reading
from tools.import_facts.record_rows import read_rows
from tools.import_facts.record_says import Triple, cities_in, grouped
from tools.import_facts.record_tables import RECORDS, SOURCES, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tools.import_facts.graph import Source
    from tools.import_facts.record_reading import Outcome
    from tools.import_facts.record_rows import Row


@dataclass(frozen=True, slots=True)
class Records:
    """What the rows gave.

    `taken` are the lines that are in a passage; `left_out` has the other rows and, with a reason
    that starts "in part", what is missing of those taken. `needed` are the cities spoken of, by
    GeoNames id: somebody must describe them.
    """

    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    taken: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    needed: Mapping[str, str]


def load(rows: Path, tables: Path) -> Records:
    """Read the rows with the tables of a folder; what is wrong with a row stops no other.

    Raises SettingsError when a table or the header of the rows cannot be read.
    """
    table, source_table = read_tables(tables)
    read = list(read_rows(rows))
    reading = Reading(rows.name, table, source_table.by_citation())
    good = [row for row in read if not isinstance(row, Problem)]
    outcomes = [(row, outcome) for row in good for outcome in reading.outcomes(row)]
    passages, taken, clashes = _merged(outcomes, rows.name)
    spoken = {passage.source for passage in passages}
    found = [outcome for _, outcome in outcomes]
    problems = [
        *(row for row in read if isinstance(row, Problem)),
        *(outcome for outcome in found if isinstance(outcome, Problem)),
        *clashes,
        *_unmatched(reading, good),
    ]
    return Records(
        sources=tuple(source_table.source_of(e) for e in source_table.source if e.slug in spoken),
        passages=passages,
        taken=taken,
        left_out=tuple(outcome for outcome in found if isinstance(outcome, LeftOut)),
        problems=tuple(sorted(problems, key=lambda found: found.sort_key)),
        needed=cities_in(_triples(passages), table.cities),
    )


def _merged(
    outcomes: Iterable[tuple[Row, Outcome]], file: str
) -> tuple[tuple[Passage, ...], tuple[int, ...], Sequence[Problem]]:
    """Make one passage of those that quote the same words under the same name.

    Returns the passages, the lines that are in one, and the problems of those that are not.
    """
    passages: dict[tuple[str, str], Passage] = {}
    taken: dict[int, None] = {}
    clashes: list[Problem] = []
    for row, passage in outcomes:
        if not isinstance(passage, Passage):
            continue
        name = (passage.source, passage.slug)
        other = passages.get(name, passage)
        if (other.quote, other.kind) == (passage.quote, passage.kind):
            passages[name] = _united(other, passage)
            taken[row.line] = None
        else:
            it = f"Il passo {'/'.join(name)} ha già altre parole."
            en = f"The passage {'/'.join(name)} already has other words; give it another slug."
            clashes.append(problem(file, row.line, it, en))
    return tuple(passages.values()), tuple(taken), clashes


def _united(one: Passage, other: Passage) -> Passage:
    read_with = tuple(dict.fromkeys((*one.read_with, *other.read_with)))
    return replace(one, says=grouped(_triples((one, other))), read_with=read_with)


def _triples(passages: Iterable[Passage]) -> Iterator[Triple]:
    for passage in passages:
        for subject, lines in passage.says.items():
            for line in lines:
                predicate, _, value = line.partition(" ")
                yield Triple(subject, predicate, value)


def _unmatched(reading: Reading, rows: Sequence[Row]) -> Iterator[Problem]:
    """Find what the tables have and no row asks for: a slip of the pen, or a row that is gone."""
    entities = {row.entity for row in rows}
    keys = {row.key for row in rows}
    cited = {row.source for row in rows}
    left = {id(reading.left_by(row)) for row in rows}
    for name in reading.table.things.keys() - entities:
        yield _unused(RECORDS, "things", name)
    for entry in reading.table.row:
        if (entry.entity, entry.property, entry.value) not in keys:
            yield _unused(RECORDS, "row", f"{entry.entity}, {entry.property}, {entry.value}")
    for reason in reading.table.leave:
        if id(reason) not in left:
            yield _unused(RECORDS, "leave", reason.reason)
    for citation in reading.sources.keys() - cited:
        yield _unused(SOURCES, "source", citation)


def _unused(file: str, key: str, name: str) -> Problem:
    it = f"Nessuna riga corrisponde a «{name}» ({key})."
    return problem(file, None, it, f'No row matches "{name}" ({key}); correct it or take it out.')
