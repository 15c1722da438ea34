"""The tables `lists.toml` and `places.toml`, which decide what rows alone do not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from reti_graph.config_toml import refusal
from tools.import_facts.graph import LONGEST_QUOTE
from tools.import_facts.record_tables import Slug, SourceEntry, SourceTable, Text, Thing
from tools.import_facts.toml import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from tools.import_facts.graph import Source

LISTS: Final = "lists.toml"
PLACES: Final = "places.toml"

Completeness: TypeAlias = Literal["complete", "partial", "unstated"]
Note: TypeAlias = Literal["joined", "role", "founding", "recorded"]
PlaceKind: TypeAlias = Literal[
    "city", "region", "metropolitan-body", "union-of-municipalities", "other"
]


class ListSource(SourceEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The source of a list or register, and the address of its licence if it has one."""

    cited: tuple[str, ...] = ()
    license: str | None = None


class ListEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A list: the rows on it, its source, and what being on it means.

    Its rows are those of a `network` whose source has one of the `titles`; `dated` is what they
    have as its date. `notes` tells what words in brackets in the column `since` mean, `roles` the
    role of a row beside that of a member.
    """

    network: str
    titles: tuple[str, ...]
    dated: tuple[str, ...]
    quote: str
    covers: Text
    completeness: Completeness
    target: Thing
    source: ListSource
    slug: Slug = "members"
    part_of: Thing | None = None
    notes: Mapping[str, Note] = msgspec.field(default_factory=dict)
    roles: Mapping[str, Slug] = msgspec.field(default_factory=dict)
    spellings: bool = True

    @property
    def language(self) -> str:
        """The language of the list, and so of the names on it."""
        return self.source.languages[0]

    @property
    def name(self) -> str:
        """What messages and the report call it."""
        return f"{self.source.slug}/{self.slug}"


class RegisterList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A list of identifiers: its passage, and the source it is in."""

    quote: str
    covers: Text
    slug: Slug
    source: ListSource


class MatchList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A list of cities in Wikidata: its own source, or that of another list (`source_of`)."""

    cited: str
    quote: str
    covers: Text
    slug: Slug
    source: ListSource | None = None
    source_of: Slug | None = None

    @property
    def source_slug(self) -> str:
        """The source its passage is in."""
        return self.source.slug if self.source else self.source_of or ""


class ListTable(SourceTable, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`lists.toml`: the lists, in the order in which they name cities, and the registers."""

    source: tuple[SourceEntry, ...] = ()
    lists: tuple[ListEntry, ...] = msgspec.field(name="list")
    geonames: ListSource
    territories: RegisterList
    matches: tuple[MatchList, ...]

    def described(self, entry: ListSource) -> Source:
        """Return a source as it is written."""
        return replace(self.source_of(entry), license=entry.license)


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A city that had its names before the import."""

    slug: Slug
    en: str
    it: str


class Same(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two spellings of one place without a GeoNames id."""

    name: str
    also: str
    country: str


class PlaceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names without a GeoNames id in one country, and what they are."""

    kind: PlaceKind
    country: str
    names: tuple[str, ...]


class PlaceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`places.toml`: cities by GeoNames id, names without one, and names that are abbreviated."""

    known: Mapping[str, Known]
    slugs: Mapping[str, Slug]
    same: tuple[Same, ...]
    abbreviated: tuple[str, ...]
    place: tuple[PlaceEntry, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Both tables."""

    lists: ListTable
    places: PlaceTable


def read_tables(folder: Path) -> Tables:
    """Read the tables of a folder.

    Raises SettingsError for a table that is no TOML, misses a key, has one too many, or contradicts
    itself.
    """
    tables = Tables(read_table(folder / LISTS, ListTable), read_table(folder / PLACES, PlaceTable))
    findings = [*_bad_lists(tables.lists), *_bad_matches(tables.lists)]
    if findings:
        raise refusal(findings)
    return tables


def _bad_lists(table: ListTable) -> list[str]:
    """A quote is at most 25 words of the titles, or of an address with spaces for its hyphens."""
    found = []
    for entry in table.lists:
        texts = (*entry.titles, *(page.replace("-", " ") for page in entry.source.pages))
        if len(entry.quote.split()) > LONGEST_QUOTE or not any(entry.quote in t for t in texts):
            found.append(
                f'{LISTS}: the quote of {entry.name} is not in its titles: "{entry.quote}"'
            )
        if not entry.source.languages:
            found.append(f"{LISTS}: the source of {entry.name} has no language")
    names = [entry.name for entry in table.lists]
    twice = sorted({name for name in names if names.count(name) > 1})
    return [*found, *(f"{LISTS}: two lists are called {name}" for name in twice)]


def _bad_matches(table: ListTable) -> list[str]:
    known = {entry.source.slug for entry in table.matches if entry.source}
    found = [
        f"{LISTS}: {entry.slug} needs a source, or source_of with the slug of one"
        for entry in table.matches
        if entry.source_slug not in known
    ]
    quotes = [
        f'{LISTS}: the quote of {entry.slug} is not in "{entry.cited}"'
        for entry in table.matches
        if entry.quote not in entry.cited
    ]
    return [*found, *quotes]
