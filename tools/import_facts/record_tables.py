"""The tables that tell how rows of `identifiers.csv` are read: what they are about and say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias

import msgspec

from tools.import_facts.graph import Source, Words
from tools.import_facts.toml import read_table

if TYPE_CHECKING:
    from pathlib import Path

RECORDS: Final = "records.toml"
SOURCES: Final = "record-sources.toml"

DATE: Final = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"

Date: TypeAlias = Annotated[str, msgspec.Meta(pattern=rf"^{DATE}$")]
Slug: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Thing: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[a-z-]+:[a-z0-9]+(-[a-z0-9]+)*$")]
"""A prefixed name of the graph: `city:milan`."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in Italian and in English."""

    it: str
    en: str

    @property
    def words(self) -> Words:
        """The text as sources have it."""
        return Words(self.it, self.en)


class SourceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source, and the texts of the CSV's column `source` that mean it.

    Everything a `register` says is a record. Without `rights` the table's own text is taken,
    without a date the day on which everything had been collected is the latest one.
    """

    cited: tuple[str, ...]
    slug: Slug
    title: Text
    languages: tuple[str, ...]
    pages: tuple[str, ...] = ()
    issued: Date | None = None
    seen_on: Date | None = None
    not_before: Date | None = None
    not_after: Date | None = None
    publisher: Thing | None = None
    description: Text | None = None
    rights: Text | None = None
    register: bool = False


class SourceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`record-sources.toml`: the sources, and what holds where one of them says nothing."""

    collected: Date
    rights: Text
    source: tuple[SourceEntry, ...]

    def by_citation(self) -> Mapping[str, SourceEntry]:
        """Return the entries by the text that cites them."""
        return {cited: entry for entry in self.source for cited in entry.cited}

    def source_of(self, entry: SourceEntry) -> Source:
        """Return the source as it is written."""
        dated = entry.issued or entry.seen_on
        return Source(
            slug=entry.slug,
            title=entry.title.words,
            languages=entry.languages,
            rights=(entry.rights or self.rights).words,
            pages=entry.pages,
            issued=entry.issued,
            seen_on=entry.seen_on,
            not_before=entry.not_before,
            not_after=None if dated else entry.not_after or self.collected,
            publisher=entry.publisher,
            description=entry.description.words if entry.description else None,
        )


class Says(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Something that a passage says."""


class FoundingSays(Says, frozen=True, kw_only=True, tag="founding"):
    """When, where and by whom what the row is about was founded."""

    date: Date | None = None
    place: Thing | None = None
    founders: tuple[Thing, ...] = ()
    complete: bool | None = None
    initiators: tuple[Thing, ...] = ()


class FigureSays(Says, frozen=True, tag="figure"):
    """A number that is reported of what the row is about."""

    measure: Slug
    value: int | float
    bound: Slug


class SeatSays(Says, frozen=True, tag="seat"):
    """The city in which what the row is about has its seat."""

    place: Thing


class TermSays(Says, frozen=True, kw_only=True, tag="term"):
    """When a person held an office, or that a source saw them in it at a time (`on`)."""

    person: Thing
    office: Thing
    since: Date | None = None
    until: Date | None = None
    on: Date | None = None


class MembershipSays(Says, frozen=True, kw_only=True, tag="membership"):
    """Who is in a network or body, in which role and since when."""

    member: Thing
    organization: Thing
    role: Slug = "member"
    since: Date | None = None


class IriSays(Says, frozen=True, tag="iri"):
    """That something stands in a relation to another thing."""

    subject: Thing
    property: str
    iri: str


class TextSays(Says, frozen=True, tag="text"):
    """A name or code of something; a code has no language."""

    subject: Thing
    property: str
    text: str
    language: str | None = None


Statement: TypeAlias = (
    FoundingSays | FigureSays | SeatSays | TermSays | MembershipSays | IriSays | TextSays
)


class NewThing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A thing these rows bring into the graph: its class, English name, city of the office."""

    class_: str = msgspec.field(name="class")
    label: str | None = None
    office_of: Thing | None = None


class TakenEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A passage that one row gives: which of the row's texts it quotes, and what it says.

    `partly` tells what of the row is left out, and why.
    """

    entity: str
    property: str
    value: str
    slug: Slug
    quote: Literal["evidence", "value"] = "evidence"
    record: bool = False
    read_with: tuple[Slug, ...] = ()
    says: tuple[Statement, ...] = ()
    partly: str | None = None


class LeftEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rows that are left out, and why; an empty list means any entity, property or value."""

    reason: str
    entities: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    def covers(self, entity: str, property_: str, value: str) -> bool:
        """Tell whether a row is one of those meant."""
        pairs = ((self.entities, entity), (self.properties, property_), (self.values, value))
        return all(not names or name in names for names, name in pairs)


class RecordTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`records.toml`: things by the CSV's names, cities by GeoNames id, and single rows."""

    things: Mapping[str, Thing]
    cities: Mapping[str, Thing]
    new: Mapping[Thing, NewThing]
    leave: tuple[LeftEntry, ...]
    row: tuple[TakenEntry, ...]


def read_tables(folder: Path) -> tuple[RecordTable, SourceTable]:
    """Read both tables of a folder.

    Raises SettingsError for a table that is no TOML, misses a key or has one too many.
    """
    return read_table(folder / RECORDS, RecordTable), read_table(folder / SOURCES, SourceTable)
