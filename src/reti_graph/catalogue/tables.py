"""Tables of the things of a site: one a kind, a row a thing, for whoever works with spreadsheets.

What stands in a cell is exactly what the graph says. Two things a table cannot hold: a blank node,
which has no name, and an empty text, which is no different from none.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from reti_graph.catalogue.splitting import PLAIN_NAME, source_names
from reti_graph.naming import compact, split_thing
from reti_graph.terms import DCTERMS, FOAF, RDF_TYPE, RDFS_LABEL, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.config import Settings

KEY: Final = "iri"
"""The name of the column that says which thing a row is about."""

# The first that no value of a column contains; in the end any character nobody uses.
_SEPARATORS: Final = "|;¦‖"
_UNUSED: Final = range(0xE000, 0x110000)
# These come first, in this order.
_FIRST: Final = (
    RDF_TYPE.value,
    RDFS_LABEL.value,
    SKOS + "prefLabel",
    FOAF + "name",
    DCTERMS + "title",
    SKOS + "altLabel",
)
_SOURCES: Final = "source"


@dataclass(frozen=True, slots=True, order=True)
class Nature:
    """What the values of a column are: IRIs, or literals of one datatype and language."""

    datatype: str = ""
    language: str = ""

    @property
    def iris(self) -> bool:
        """True when the values are IRIs."""
        return not self.datatype


@dataclass(frozen=True, slots=True)
class Column:
    """Values of one property and nature; `separator` stands between several in a cell."""

    name: str
    property: str
    nature: Nature
    separator: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """All things of a kind; `rows` hold the thing's IRI and then a cell for each column.

    `main_class` is the one class that all of them are of, if there is one.
    """

    name: str
    main_class: str | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def path(self) -> str:
        """Where the table stands below the site's address: `table/city.csv`."""
        return f"table/{self.name}.csv"


_Of: TypeAlias = tuple[str, Nature]
_Thing: TypeAlias = "Mapping[_Of, set[str]]"


def tables_of(quads: Sequence[ox.Quad], settings: Settings) -> tuple[Table, ...]:
    """Return a table of each kind of `<base>id/{kind}/…` and one of the sources, by name.

    A column of one name holds values of the same property and nature in all tables.
    """
    kinds = _things(quads, settings)
    natures = {of for things in kinds.values() for said in things.values() for of in said}
    names = _column_names(natures, settings.prefixes)
    return tuple(_table(name, things, names, settings) for name, things in sorted(kinds.items()))


def write_table(table: Table) -> bytes:
    """Write a table as CSV with a header (RFC 4180): UTF-8, commas, CRLF."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([KEY, *(column.name for column in table.columns)])
    writer.writerows(table.rows)
    return output.getvalue().encode()


def _things(quads: Iterable[ox.Quad], settings: Settings) -> Mapping[str, Mapping[str, _Thing]]:
    """Return what is said of each thing, by kind and IRI."""
    kinds: dict[str, dict[str, dict[_Of, set[str]]]] = defaultdict(dict)
    sources = source_names(quads, settings.base_iri)
    for quad in quads:
        thing, value = quad.subject, quad.object
        if not isinstance(thing, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            continue
        kind = _kind(thing.value, settings.base_iri, sources)
        if kind and value.value:
            said = kinds[kind].setdefault(thing.value, defaultdict(set))
            said[quad.predicate.value, _nature(value)].add(value.value)
    return kinds


def _kind(iri: str, base: str, sources: Mapping[str, str]) -> str | None:
    """Return the name of the table that a thing stands in, or None."""
    if iri in sources:
        return _SOURCES
    thing = split_thing(iri, base)
    return thing[0] if thing and PLAIN_NAME.fullmatch(thing[0]) else None


def _nature(value: ox.NamedNode | ox.Literal) -> Nature:
    if isinstance(value, ox.NamedNode):
        return Nature()
    return Nature(value.datatype.value, value.language or "")


def _table(
    name: str, things: Mapping[str, _Thing], names: Mapping[_Of, str], settings: Settings
) -> Table:
    natures = {of for said in things.values() for of in said}
    columns = []
    for of in sorted(natures, key=lambda of: _place(of, settings.languages)):
        cells = [said[of] for said in things.values() if of in said]
        columns.append(Column(names[of], *of, _separator(cells)))
    rows = tuple(
        (iri, *(_cell(said, column) for column in columns)) for iri, said in sorted(things.items())
    )
    return Table(name, _main_class(things.values()), tuple(columns), rows)


def _cell(said: _Thing, column: Column) -> str:
    return (column.separator or "").join(sorted(said.get((column.property, column.nature), ())))


def _separator(cells: Sequence[set[str]]) -> str | None:
    """Return what stands between the values of a cell, or None when no cell has several."""
    if all(len(cell) == 1 for cell in cells):
        return None
    used = set(chain.from_iterable(chain.from_iterable(cells)))
    return next(mark for mark in chain(_SEPARATORS, map(chr, _UNUSED)) if mark not in used)


def _main_class(things: Iterable[_Thing]) -> str | None:
    shared = set.intersection(*(set(said.get((RDF_TYPE.value, Nature()), ())) for said in things))
    return shared.pop() if len(shared) == 1 else None


def _place(of: _Of, languages: tuple[str, ...]) -> tuple[int, str, str, int, str]:
    """Return the sort key of a column: names first, and the site's languages in their order."""
    iri, nature = of
    rank = _FIRST.index(iri) if iri in _FIRST else len(_FIRST)
    tag = nature.language
    spoken = languages.index(tag) if tag in languages else len(languages)
    return rank, iri, nature.datatype, spoken, tag


def _column_names(natures: Iterable[_Of], prefixes: Mapping[str, str]) -> Mapping[_Of, str]:
    """Return the name of each column: short where that is clear, and never the same twice."""
    properties = _property_names({iri for iri, _ in natures}, prefixes)
    without_language = Counter(iri for iri, nature in natures if not nature.language)
    names: dict[str, _Of] = {}
    for iri, nature in sorted(natures):
        name = _plain(properties[iri] + _ending(nature, alone=without_language[iri] == 1))
        names[next(free for free in _numbered(name) if free not in (KEY, *names))] = iri, nature
    return {of: name for name, of in names.items()}


def _property_names(iris: Iterable[str], prefixes: Mapping[str, str]) -> Mapping[str, str]:
    """Return the local name of each property, after its prefix where two share the local name."""
    short = {iri: compact(iri, prefixes) for iri in iris}
    local = {iri: re.split(r"[/#:]", name.rstrip("/#:"))[-1] for iri, name in short.items()}
    shared = {KEY} | {name for name, uses in Counter(local.values()).items() if uses > 1}
    return {
        iri: name.replace(":", "_") if local[iri] in shared and name != iri else local[iri]
        for iri, name in short.items()
    }


def _ending(nature: Nature, *, alone: bool) -> str:
    """Return what tells the columns of one property apart; IRIs need nothing."""
    if nature.language:
        return f"_{nature.language}"
    return "" if nature.iris or alone else "_" + re.split(r"[/#]", nature.datatype)[-1]


def _plain(name: str) -> str:
    """Return a name of letters, digits and "_": it stands in URI templates (RFC 6570, 2.3)."""
    return re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_") or "column"


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in count(2))
