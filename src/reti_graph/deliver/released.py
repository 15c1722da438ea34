"""A release in a folder, as `reti-graph build` wrote it, on its way into a store.

Its statements go from one file, where they are in the order of their subjects, into another, where
they are together by graph. So memory holds some of them at a time.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox

from reti_graph.config import parse_settings
from reti_graph.deliver.entries import Grouped, Grouping, Sorting
from reti_graph.deliver.kept import room
from reti_graph.deliver.lines import lines_of, without_blank_nodes
from reti_graph.deliver.wanted import graph_of, unkept
from reti_graph.errors import CallError
from reti_graph.release.folder import in_place
from reti_graph.release.manifest import DUMP, MANIFEST
from reti_graph.settings import Publisher, Settings
from reti_graph.sources.folder import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from io import BufferedReader
    from pathlib import Path

    from reti_graph.deliver.lines import Lines

# Somebody may replace the folder just while it is opened.
_ATTEMPTS: Final = 5
_SHOWN: Final = 12


class _Manifest(msgspec.Struct, frozen=True):
    digest: str
    base_iri: str
    settings: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFiles:
    """A release that stays readable, whoever replaces its folder.

    `settings` are those of its site. A release without a store tells of them no more than
    `base_iri`; the rest is as nobody has set it.
    """

    folder: Path
    digest: str
    settings: Settings
    dump: BufferedReader


@contextmanager
def opened_release(folder: Path) -> Iterator[ReleaseFiles]:
    """Open the release in a folder. Raises CallError when there is none."""
    files = in_place(folder, _opened)
    with files.dump:
        yield files


def _opened(folder: Path) -> ReleaseFiles:
    for _ in range(_ATTEMPTS):
        with ExitStack() as undo:
            dump = undo.enter_context(_dump(folder))
            manifest = _manifest(folder)
            if _is(dump, folder / DUMP):
                settings = _settings(manifest)
                undo.pop_all()
                return ReleaseFiles(
                    folder=folder, digest=manifest.digest, settings=settings, dump=dump
                )
    raise _none(folder, "it is being replaced without end")


def _dump(folder: Path) -> BufferedReader:
    try:
        return (folder / DUMP).open("rb")
    except OSError as error:
        raise _none(folder, error) from error


def _manifest(folder: Path) -> _Manifest:
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise _none(folder, error) from error


def _none(folder: Path, reason: object) -> CallError:
    return CallError(
        f"{folder} is no release that can be published: {reason}.",
        hint="Write one with `reti-graph build DIR`, and name its folder.",
    )


def _is(file: BufferedReader, path: Path) -> bool:
    """Tell whether an open file is the one that has the name now."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _settings(manifest: _Manifest) -> Settings:
    if manifest.settings is not None:
        return parse_settings(manifest.settings, SETTINGS_FILE)
    return Settings(
        base_iri=manifest.base_iri,
        languages=("en",),
        licence="",
        title={},
        description={},
        publisher=Publisher(""),
        prefixes={},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The statements of a release in a file, as a store gets them.

    `lines` are those of each graph, and `datatypes` has a literal of each datatype, with its graph.
    `blank_nodes` is how many blank nodes became IRIs.
    """

    digest: str
    lines: Grouped
    datatypes: Mapping[str, tuple[ox.Literal, str]]
    blank_nodes: int

    @property
    def graphs(self) -> AbstractSet[str]:
        """The graphs of the release."""
        return self.lines.keys()

    def of(self, graph: str, there: Lines) -> Lines:
        """Return what is in a graph of the release, whatever is there. Raises OSError."""
        del there
        return self.lines.get(graph, {})

    def counted(self) -> tuple[Mapping[str, int], int]:
        """Return how many statements each graph has in a store, and their union, each once.

        Raises StoreError when the disk fails.
        """
        with room() as folder:
            union = Sorting(folder / "union")
            for lines in self.lines.values():
                union.take(lines)
            return self.lines.counts(), len(union.taken())

    def refuse(self, datatypes: frozenset[str], product: str) -> None:
        """Raise RefusedError when there is a literal of a datatype that the product changes."""
        for datatype in sorted(datatypes & self.datatypes.keys()):
            raise unkept(*self.datatypes[datatype], product)


def read_release(files: ReleaseFiles, folder: Path) -> Released:
    """Read the statements of a release, and keep them by graph below a folder.

    What stands in no graph gets one of its own. Raises CallError when they are not those of its
    digest, RefusedError as `wanted.graph_of`, OSError.
    """
    files.dump.seek(0)
    digest = hashlib.file_digest(files.dump, "sha256").hexdigest()
    if digest != files.digest:
        raise CallError(
            f"{files.folder / DUMP} was changed after the release was written: its SHA-256 is "
            f"{digest[:_SHOWN]}, and {MANIFEST} says {files.digest[:_SHOWN]}.",
            hint="Only what was checked is published: write the release anew with "
            "`reti-graph build DIR`.",
        )
    files.dump.seek(0)
    reading = _Reading(folder, files.settings.base_iri)
    # An N-Quads parser reads a file as it goes.
    for quad in ox.parse(files.dump, format=ox.RdfFormat.N_QUADS):
        reading.take(quad)
    return reading.released(digest)


class _Reading:
    """What is known of a release after some of its statements."""

    def __init__(self, folder: Path, base: str) -> None:
        self._base = base
        self._lines = Grouping(folder / "release")
        self._nodes = Sorting(folder / "release-nodes")
        self._datatypes: dict[str, tuple[ox.Literal, str]] = {}

    def take(self, quad: ox.Quad) -> None:
        graph = graph_of(quad, self._base)
        if isinstance(quad.object, ox.Literal):
            self._datatypes.setdefault(quad.object.datatype.value, (quad.object, graph))
        terms = (quad.subject, quad.object, quad.graph_name)
        if any(isinstance(term, ox.BlankNode) for term in terms):
            nodes = [str(term) for term in terms if isinstance(term, ox.BlankNode)]
            self._nodes.take(dict(zip(nodes, nodes, strict=True)))
        self._lines.take(graph, lines_of([without_blank_nodes(quad.triple, self._base)]))

    def released(self, digest: str) -> Released:
        return Released(
            digest=digest,
            lines=self._lines.taken(),
            datatypes=self._datatypes,
            blank_nodes=len(self._nodes.taken()),
        )
