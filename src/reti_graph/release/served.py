"""What it takes to serve a release from its folder, and stands in none of its files.

The manifest of a release with a store has it: settings, canned queries and contexts as texts, the
datasets with what is known of them, and which file belongs to which. The shapes stand in
`dump/shapes.nt`, the statements in `store/`: the union as default graph, and each graph by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import pyoxigraph as ox

from reti_graph.canned.library import read_queries
from reti_graph.catalogue.known import statistics_of
from reti_graph.catalogue.published import Published
from reti_graph.config import parse_settings
from reti_graph.errors import CallError
from reti_graph.release.manifest import MANIFEST, STORE
from reti_graph.release.records import FileRecord, PartRecord, files_of, part_of, part_record
from reti_graph.sources.dates import Dated
from reti_graph.sources.folder import SETTINGS_FILE
from reti_graph.sources.site import TextFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reti_graph.catalogue.parts import File, Part
    from reti_graph.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDisk:
    """A release that is to be served from its folder, without its statements.

    `published.statistics` names no graphs: there are `graphs` of them, and the store knows them.
    """

    folder: Path
    published: Published
    parts: tuple[Part, ...]
    files: tuple[File, ...]
    dates: Mapping[str, Dated]
    contexts: Mapping[str, bytes]
    graphs: int

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.published.settings

    @property
    def digest(self) -> str:
        """The SHA-256 of the sorted N-Quads."""
        return self.published.digest

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.folder / STORE

    def shapes(self) -> tuple[ox.Triple, ...]:
        """Read the shapes of the site. Raises OSError."""
        quads = ox.parse(path=self.folder / "dump/shapes.nt", format=ox.RdfFormat.N_TRIPLES)
        return tuple(quad.triple for quad in quads)


class _Dated(msgspec.Struct, frozen=True):
    issued: date
    modified: date


class _Manifest(msgspec.Struct, frozen=True):
    digest: str
    dates: dict[str, _Dated]
    files: dict[str, FileRecord]
    store: str
    settings: str
    queries: dict[str, str]
    contexts: dict[str, str]
    titles: dict[str, dict[str, str]]
    parts: tuple[PartRecord, ...]


def to_be_served(
    published: Published, parts: Sequence[Part], settings: str, contexts: Mapping[str, bytes]
) -> dict[str, Any]:
    """Return what the manifest of a release with a store has besides; `settings` is reti.toml."""
    told: dict[str, Any] = msgspec.to_builtins(
        {
            "store": f"{STORE}/",
            "settings": settings,
            "queries": {query.file: query.text for query in published.queries},
            "contexts": {version: text.decode() for version, text in sorted(contexts.items())},
            "titles": published.titles,
            "parts": [part_record(part, published) for part in parts],
        }
    )
    return told


def read_served(folder: Path) -> OnDisk:
    """Read a release that has a store. Raises CallError when there is none in the folder."""
    try:
        read = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise CallError(
            f"{folder} is no release that can be served: {error}.",
            hint="Write one with `reti-graph build --store DIR`.",
        ) from error
    settings = parse_settings(read.settings, SETTINGS_FILE)
    texts = (TextFile(name, folder / name, text) for name, text in read.queries.items())
    queries, _ = read_queries(texts, settings)
    parts = tuple(map(part_of, read.parts))
    published = Published.counted(
        statistics_of(parts[0]),
        titles=read.titles,
        settings=settings,
        digest=read.digest,
        queries=queries,
    )
    return OnDisk(
        folder=folder,
        published=published,
        parts=parts,
        files=tuple(files_of(read.files)),
        dates={part: Dated(days.issued, days.modified) for part, days in read.dates.items()},
        contexts={version: text.encode() for version, text in read.contexts.items()},
        graphs=read.parts[0].statistics.graphs,
    )
