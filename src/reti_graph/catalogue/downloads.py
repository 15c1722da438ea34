"""The files of a release: each is written at its first call, below a folder."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import threading
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from reti_graph.catalogue.csvw import CSVW_METADATA, Vocabulary, metadata_path, table_metadata
from reti_graph.catalogue.parts import File
from reti_graph.catalogue.tables import tables_of, write_table
from reti_graph.errors import FormatError, StoreError, UnknownNameError
from reti_graph.formats import (
    CSV,
    GZIP_ENDING,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    serialize_quads,
)
from reti_graph.naming import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reti_graph.catalogue.parts import Part
    from reti_graph.catalogue.tables import Table
    from reti_graph.config import Settings
    from reti_graph.formats import Format

# The reference form comes first; the others as portals like them.
_FORMATS: Final = (N_QUADS, TRIG, TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
# Comparing a longer name with a thousand others takes a while, and it is near none.
_LONGEST_NAME: Final = 100
_BUFFER: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    """How the content of a file that is not compressed comes about."""

    part: str
    target: Format
    make: Callable[[], bytes]


class Downloads:
    """All files that the parts of a release are to be had as, by their paths below the site.

    A dump of each part in each RDF format, that of the whole compressed, too; a table of each kind
    of things with its metadata (CSVW). Any other dump or table can be had compressed all the same.
    RDF/XML that would be none, for it has no name for some property, is left out. Every method can
    be called by several threads at once.
    """

    def __init__(self, parts: Sequence[Part], settings: Settings, folder: Path) -> None:
        """Write nothing yet. `folder` must be there and belong to these files alone."""
        self.parts = tuple(parts)
        self._settings = settings
        self._folder = folder
        self._lock = threading.RLock()
        self._written: dict[str, File] = {}
        self._refused: set[str] = set()

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files, in the order they are written; RDF/XML is written to know.

        Tables are small: that they can be had compressed, too, is not said here.
        """
        return tuple(path for path in self._candidates() if self._can_be_had(path))

    def all(self) -> tuple[File, ...]:
        """Write every file that is not there yet, and return them all. Raises as `file`."""
        return tuple(self.file(path) for path in self.paths)

    def file(self, path: str) -> File:
        """Return the file of a path; the first call writes it.

        Raises UnknownNameError, with the paths most like it, when there is none, and StoreError
        when the disk fails.
        """
        with self._lock:
            try:
                return self._written.get(path) or self._write(path)
            except OSError as error:
                raise StoreError(f"{path} cannot be written: {error.strerror}.") from error

    def on_disk(self, file: File) -> Path:
        """Return where a file that was written lies."""
        return self._folder / file.path

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the whole graph."""
        wholes = (part for part in self.parts if part.kind == "whole")
        return tuple(table for whole in wholes for table in tables_of(whole.quads, self._settings))

    @cached_property
    def _recipes(self) -> Mapping[str, _Recipe]:
        dumps = (recipe for part in self.parts for recipe in self._dumps(part))
        return dict((*dumps, *self._tables()))

    def _dumps(self, part: Part) -> Iterator[tuple[str, _Recipe]]:
        for target in _FORMATS:
            make = partial(serialize_quads, part.quads, target, self._settings.prefixes)
            yield (
                f"{part.stem}.{target.extension}",
                _Recipe(part=part.name, target=target, make=make),
            )

    def _tables(self) -> Iterator[tuple[str, _Recipe]]:
        """Yield the tables of the whole graph, each followed by what says how to read it."""
        for whole in (part for part in self.parts if part.kind == "whole"):
            vocabulary = Vocabulary.of(whole.quads)
            for table in self.tables:
                rows = partial(write_table, table)
                yield table.path, _Recipe(part=whole.name, target=CSV, make=rows)
                about = partial(table_metadata, table, vocabulary, self._settings)
                yield (
                    metadata_path(table.path),
                    _Recipe(part=whole.name, target=CSVW_METADATA, make=about),
                )

    def _candidates(self) -> Iterator[str]:
        for path, recipe in self._recipes.items():
            yield path
            if not recipe.part and recipe.target in _FORMATS:
                yield path + GZIP_ENDING

    def _can_be_had(self, path: str) -> bool:
        plain = path.removesuffix(GZIP_ENDING)
        if self._recipes[plain].target != RDF_XML:
            return True
        try:
            self.file(plain)
        except UnknownNameError:
            return False
        return True

    def _write(self, path: str) -> File:
        plain = path.removesuffix(GZIP_ENDING)
        recipe = self._recipes.get(plain)
        if recipe is None or plain in self._refused:
            raise self._unknown(path)
        if path != plain:
            packed(self.on_disk(self.file(plain)), self._folder / path)
        else:
            self._write_plain(path, recipe)
        place = self._folder / path
        self._written[path] = measured(place, path, recipe.part, recipe.target)
        return self._written[path]

    def _write_plain(self, path: str, recipe: _Recipe) -> None:
        try:
            content = recipe.make()
        except FormatError as error:
            self._refused.add(path)
            raise self._unknown(path) from error
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def _unknown(self, path: str) -> UnknownNameError:
        refused = {*self._refused, *(name + GZIP_ENDING for name in self._refused)}
        names = [name for name in self._candidates() if name not in refused]
        return UnknownNameError(
            "file", path, nearest(path, names) if len(path) <= _LONGEST_NAME else ()
        )


def packed(source: Path, target: Path, level: int = 9) -> None:
    """Write a file compressed by gzip; equal content gives equal bytes."""
    with (
        source.open("rb") as unpacked,
        target.open("wb") as raw,
        # A name and a time would tell equal contents apart.
        gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0, compresslevel=level) as file,
    ):
        shutil.copyfileobj(unpacked, file, _BUFFER)


def measured(place: Path, path: str, part: str, target: Format) -> File:
    """Return the file of a part that lies there. Its path tells whether it is compressed."""
    with place.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(
        path=path,
        part=part,
        target=target,
        size=place.stat().st_size,
        sha256=digest,
        coding="gzip" if path.endswith(GZIP_ENDING) else None,
    )
