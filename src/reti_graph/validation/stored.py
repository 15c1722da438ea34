"""What a site says when there is more of it than memory should hold: files and a store on disk.

Nothing is held in Python but what a finding is about. Lines are looked up in the files, which are
read again for it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.sources.lines import SourceFile, parse_file
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.validation.checks import CheckStore
from reti_graph.validation.data import Evidence
from reti_graph.validation.locate import Locator
from reti_graph.validation.originals import Originals
from reti_graph.validation.triples import StoredTriples

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.sources.site import Site
    from reti_graph.stores.port import Store
    from reti_graph.validation.engine import Checker, Result
    from reti_graph.validation.triples import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The `Data` of a site whose statements are on disk.

    `store` has them with their union as default graph; `union` holds the triples as they were read
    (N-Triples), `following` the quads derived (N-Quads). `respelt` tells of each literal that the
    store does not keep as it was read what it has in its place. The data files of `site` are read
    again from its folder.
    """

    site: Site
    store: ox.Store
    union: Path
    following: Path
    respelt: Mapping[ox.Literal, ox.Literal]
    given: int
    derived: int

    @property
    def index(self) -> StoredTriples:
        """See `Data.index`."""
        return StoredTriples(self.store)

    def results(self, checker: Checker) -> tuple[Result, ...]:
        """See `Data.results`."""
        return checker.check_file(self.union, lambda nodes: self.evidence(nodes).originals)

    @contextmanager
    def checking(self, shapes: Sequence[ox.Triple], settings: Settings) -> Iterator[CheckStore]:
        """See `Data.checking`."""
        with CheckStore(self.store, settings).holding_shapes(shapes) as held:
            yield held

    def answering(self, prefixes: Mapping[str, str]) -> Store:
        """See `Data.answering`."""
        return EmbeddedStore(self.store, prefixes, ())

    def evidence(self, nodes: Iterable[Node]) -> Evidence:
        """See `Data.evidence`. Reads the files when there is anything to look up."""
        wanted = frozenset(nodes)
        if not wanted:
            return Evidence(Locator(()), Originals(()))
        meant = wanted.union(literal for literal, form in self.respelt.items() if form in wanted)
        derived = [quad for quad in _quads(self.following) if _names(quad, meant)]
        graphs = {quad.graph_name for quad in derived}
        files = tuple(
            _part(file, lambda quad: quad.graph_name in graphs or _names(quad, meant))
            for file in self._files()
        )
        said = chain(derived, *(file.quads for file in files))
        return Evidence(Locator(files, derived), Originals([quad.triple for quad in said]))

    def _files(self) -> Iterator[SourceFile]:
        yield from self.site.ontology
        for file in self.site.data:
            yield parse_file(self.site.root / file.name, file.name)[0]
        yield from self.site.shapes


def _quads(file: Path) -> Iterator[ox.Quad]:
    return ox.parse(path=file, format=ox.RdfFormat.N_QUADS)


def _names(quad: ox.Quad, nodes: Collection[Node]) -> bool:
    return quad.subject in nodes or quad.object in nodes or quad.graph_name in nodes


def _part(file: SourceFile, belongs: Callable[[ox.Quad], bool]) -> SourceFile:
    """Return a file with some of its statements alone."""
    pairs = zip(file.quads, file.lines, strict=True)
    kept = [(quad, line) for quad, line in pairs if belongs(quad)]
    return SourceFile(file.name, tuple(q for q, _ in kept), tuple(line for _, line in kept))
