"""All of an import: from the collected rows and the tables to the texts of the files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from reti_graph.problems import Problem
from tools.import_facts import cities as city_rows
from tools.import_facts import geonames, identifiers, lists, members, records, turtle
from tools.import_facts.countries import countries
from tools.import_facts.findings import problem
from tools.import_facts.listed import sort
from tools.import_facts.names import Naming, given_names
from tools.import_facts.places import Key, Places
from tools.import_facts.report import Account, report
from tools.import_facts.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tools.import_facts.cities import City
    from tools.import_facts.graph import Passage, Source
    from tools.import_facts.listed import Listed
    from tools.import_facts.names import Thing
    from tools.import_facts.records import Records
    from tools.import_facts.tables import ListTable, Tables

IDENTIFIERS: Final = "identifiers.csv"
FILES: Final = (members.FILE, city_rows.FILE, IDENTIFIERS)
REPORT: Final = "docs/import-report.md"
EDITORIAL: Final = "editorial"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Import:
    """The texts of all files, by name below the site, and the problems of the rows."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...]


def plan(facts: Path, tables: Path, prefixes: Mapping[str, str]) -> Import:
    """Turn the rows of a folder into the files of a site with these prefixes.

    Raises CallError when a table or the header of a file is wrong, OSError when a file cannot be
    read, DataError when what would be written is no TriG.
    """
    table = read_tables(tables)
    recorded = records.load(facts / IDENTIFIERS, tables)
    cities, bad_cities = _parted(city_rows.read_cities(facts / city_rows.FILE))
    uncited = [found for city in cities if (found := identifiers.uncited(table.lists, city))]
    by_id = {city.geonames_id: city for city in cities}
    rows, bad_rows = _parted(members.read_members(facts / members.FILE, by_id))
    drawn = _Drawn(table, by_id, recorded, len(rows) + len(bad_rows))
    parts, account, others = drawn.parts(rows)
    problems = sorted(
        (*bad_cities, *uncited, *bad_rows, *others, *recorded.problems), key=lambda p: p.sort_key
    )
    written = _written(drawn.sources(parts), parts, prefixes)
    return Import({**written, REPORT: report(account, problems)}, tuple(problems))


def _parted(found: Iterable[T | Problem]) -> tuple[list[T], list[Problem]]:
    good: list[T] = []
    bad: list[Problem] = []
    for each in found:
        if isinstance(each, Problem):
            bad.append(each)
        else:
            good.append(each)
    return good, bad


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What passages are drawn from, besides the rows of `members.csv`."""

    tables: Tables
    cities: Mapping[str, City]
    recorded: Records
    read: int

    def parts(
        self, rows: Sequence[members.Member]
    ) -> tuple[Mapping[str, Sequence[Passage]], Account, Sequence[Problem]]:
        """Return the passages by file, what the report tells, and the problems found."""
        places = Places.of(self.tables.places)
        entries = self.tables.lists.lists
        found = sort(rows, entries, places)
        order = {entry.name: position for position, entry in enumerate(entries)}
        listed = sorted(found.listed, key=lambda row: order[row.entry.name])
        needed = [number for number in self.recorded.needed if number in self.cities]
        naming = Naming(self.tables.places, places, self.cities)
        things, clashes = naming.things(listed, needed)
        kept = [row for row in listed if row.key in things]
        account = Account(
            table=self.tables.lists,
            read=self.read,
            listed=kept,
            left_out=found.left_out,
            cities=self.cities,
            things=things,
            recorded=self.recorded,
        )
        problems = (*found.problems, *clashes, *self._misnamed(things))
        return self._files(kept, things), account, problems

    def _files(
        self, listed: Sequence[Listed], things: Mapping[Key, Thing]
    ) -> Mapping[str, Sequence[Passage]]:
        on_list: dict[str, list[Listed]] = defaultdict(list)
        for row in listed:
            on_list[row.entry.name].append(row)
        table = self.tables.lists
        known = {
            key.geonames_id: (thing, self.cities[key.geonames_id])
            for key, thing in sorted(things.items(), key=lambda pair: pair[1].term)
            if key.geonames_id
        }
        said = {
            "members": [
                passage
                for entry in table.lists
                if on_list[entry.name]
                for passage in lists.passages(entry, on_list[entry.name], things)
            ],
            "places": [geonames.record(thing, city) for thing, city in known.values()],
            "identifiers": [
                *identifiers.wikidata(table, known),
                *identifiers.territories(table, known),
            ],
            "records": self.recorded.passages,
            "city-names": given_names(things.values()),
            "countries": [countries(thing.country for thing in things.values())] if things else [],
        }
        return _by_file(said)

    def sources(self, parts: Mapping[str, Sequence[Passage]]) -> Iterator[Source]:
        """Yield the sources that have passages, each once: as lists.toml has them, if it does."""
        spoken = {passage.source for passages in parts.values() for passage in passages}
        known = {source.slug: source for source in self.recorded.sources}
        known |= {source.slug: source for source in _listed_sources(self.tables.lists)}
        yield from (known[slug] for slug in sorted(spoken - {EDITORIAL}))

    def _misnamed(self, things: Mapping[Key, Thing]) -> Iterator[Problem]:
        """Find the cities that records speak of by another name, or that no row describes."""
        terms = {key.geonames_id: thing.term for key, thing in things.items()}
        for number, term in self.recorded.needed.items():
            if number not in terms:
                it = f"Nessuna riga buona di {city_rows.FILE} descrive {term} ({number})."
                en = f"No good row of {city_rows.FILE} describes {term} ({number})."
            elif terms[number] != term:
                it = f"{number} si chiama {terms[number]}, non {term}."
                en = f"{number} is called {terms[number]}, not {term}; correct it there."
            else:
                continue
            yield problem("records.toml", None, it, en)


def _listed_sources(table: ListTable) -> Iterator[Source]:
    entries = (
        table.geonames,
        table.territories.source,
        *(entry.source for entry in table.lists),
        *(entry.source for entry in table.matches),
    )
    return (table.described(entry) for entry in entries if entry)


def _by_file(said: Mapping[str, Iterable[Passage]]) -> Mapping[str, Sequence[Passage]]:
    """Return the passages by the names of their files: one of each part a source."""
    files: dict[str, list[Passage]] = defaultdict(list)
    for part, passages in said.items():
        for passage in passages:
            files[f"data/{passage.source}/{part}.trig"].append(passage)
    return files


def _written(
    sources: Iterable[Source], parts: Mapping[str, Sequence[Passage]], prefixes: Mapping[str, str]
) -> Mapping[str, str]:
    written = {name: turtle.passages_text(parts[name], prefixes, name) for name in sorted(parts)}
    for source in sources:
        name = f"data/{source.slug}/source.trig"
        written[name] = turtle.source_text(source, prefixes, name)
    return written
