"""What VoID says of a site, and the site's own files to compare it with."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.catalogue import Published, parts_of, void
from reti_graph.formats import serialize_quads
from reti_graph.stores.embedded import EmbeddedStore
from tests.unit.catalogue.conftest import DATES, DIGEST, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.catalogue import Part
    from reti_graph.config import Settings
    from reti_graph.formats import Format
    from tests.unit.catalogue.conftest import Site


class Said:
    """What is said in some quads: texts as SPARQL writes them, IRIs bare."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Look at each quad once."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for quad in quads:
            found[plain(quad.subject), quad.predicate.value].add(plain(quad.object))
        self._found: Mapping[tuple[str, str], set[str]] = dict(found)

    def of(self, node: str, name: str) -> set[str]:
        """Return what is said of something by a property."""
        return self._found.get((whole(node), whole(name)), set())

    def one(self, node: str, name: str) -> str:
        """Return the one thing that is said of something by a property."""
        (only,) = self.of(node, name)
        return only

    def number(self, node: str, name: str) -> int:
        """Return the integer that VoID counts of something."""
        return int(self.one(node, f"void:{name}").split('"')[1])


def plain(term: object) -> str:
    """Return a term as text."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


@dataclass(frozen=True)
class Described:
    """A site and what VoID says of it."""

    site: Site

    @cached_property
    def void(self) -> tuple[ox.Quad, ...]:
        """The description."""
        return void(self.site.published, self.site.parts, self.site.files)

    @cached_property
    def said(self) -> Said:
        """What the description says."""
        return Said(self.void)

    @cached_property
    def store(self) -> EmbeddedStore:
        """The data, to be asked."""
        return EmbeddedStore.of(self.site.part("").quads, self.site.published.settings.prefixes)

    def whole(self, name: str) -> set[str]:
        """Return what is said of the whole graph by one of VoID's properties."""
        return self.said.of(self.site.iri("dataset"), f"void:{name}")

    def number(self, name: str) -> int:
        """Return what VoID counts of the whole graph."""
        return self.said.number(self.site.iri("dataset"), name)

    def rows(self, query: str) -> list[list[str]]:
        """Return the rows of an answer, without the types of literals."""
        return [[bare(term) for term in row] for row in self.store.select(query).rows]


def bare(term: object) -> str:
    """Return the text of an IRI or a literal."""
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def dump(part: Part, target: Format) -> bytes:
    """Return a dump of a part, as it is written to its file."""
    return serialize_quads(part.quads, target)


def read(part: Part, target: Format) -> list[ox.Quad]:
    """Return what stands in a dump, as anybody would read it."""
    assert isinstance(target.ox, ox.RdfFormat)
    return list(ox.parse(dump(part, target), target.ox))


def site_with(site: Site, quads: Sequence[ox.Quad], settings: Settings) -> Described:
    """Return other quads in the place of a site's."""
    published = Published.of(quads, settings=settings, digest=DIGEST, queries=(), limits={})
    parts = parts_of(quads, shapes=(), queries=(), settings=settings, dates=DATES)
    return Described(type(site)(published, parts, site.files, site.catalogue))
