"""What the page of the catalogue shows, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reti_graph.html.cells import Cell

    Facts = tuple[tuple[str, tuple[Cell, ...]], ...]
    """What is told in a line each: one of the pages' words, and the values."""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file to be had: its address, its size for people, and its SHA-256, where they are known."""

    href: str
    size: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is to be had under one name: as it is, and compressed where there is that too."""

    name: Cell
    file: FileView
    packed: FileView | None = None


@dataclass(frozen=True, slots=True)
class FileTable:
    """Files of one kind; `heading` is one of the `files_` words."""

    heading: str
    rows: tuple[FileRow, ...]

    @property
    def packed(self) -> bool:
        """True when some of them come compressed, too."""
        return any(row.packed for row in self.rows)

    @property
    def measured(self) -> bool:
        """True when size or checksum of some of them are known."""
        return any(row.file.size or row.file.sha256 for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetView:
    """One dataset of the catalogue; `anchor` is its place on the page."""

    anchor: str
    title: Cell
    description: Cell
    facts: Facts
    files: tuple[FileTable, ...]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service that the catalogue lists, by its name and the address it answers at."""

    title: Cell
    endpoint: Cell


@dataclass(frozen=True, slots=True)
class Feed:
    """An address at which portals read the catalogue; `href` is where it is on this host."""

    name: str
    media_type: str
    href: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogView:
    """The page of the catalogue: `own` are the graph and what describes it, then the sources."""

    iri: str
    title: Cell
    description: Cell
    facts: Facts
    own: tuple[DatasetView, ...]
    sources: tuple[DatasetView, ...]
    services: tuple[ServiceView, ...]
    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """The page of one dataset; `catalog` is where the catalogue is that lists it."""

    iri: str
    dataset: DatasetView
    catalog: str
