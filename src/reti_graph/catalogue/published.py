"""What has to be known of a release, and of where it is served, to describe it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from reti_graph.canned.query import CannedQuery
    from reti_graph.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A release as it is served.

    `triples` counts each once, in how many graphs it may stand; `graphs` are their names and
    `vocabularies` the namespaces in use, both sorted. `address` is where the site is reached and
    ends with "/". `limits` are the service's, by the names of the settings, such as
    `query_seconds`.
    """

    settings: Settings
    digest: str
    modified: datetime
    triples: int
    graphs: tuple[ox.NamedNode, ...]
    vocabularies: tuple[ox.NamedNode, ...]
    queries: tuple[CannedQuery, ...]
    limits: Mapping[str, int | float]
    address: str

    @classmethod
    def of(  # noqa: PLR0913 - each is one of the facts to be published
        cls,
        quads: Sequence[ox.Quad],
        *,
        settings: Settings,
        digest: str,
        modified: datetime,
        queries: Iterable[CannedQuery],
        limits: Mapping[str, int | float],
        address: str | None = None,
    ) -> Published:
        """Count what is to be known of the quads; `address` is the public one of the settings."""
        graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        return cls(
            settings=settings,
            digest=digest,
            modified=modified,
            triples=len({quad.triple for quad in quads}),
            graphs=tuple(sorted(graphs, key=lambda graph: graph.value)),
            vocabularies=_vocabularies(quads, settings),
            queries=tuple(queries),
            limits=limits,
            address=address or settings.public_url or settings.base_iri,
        )

    def named(self, path: str) -> ox.NamedNode:
        """Return the IRI of something of the site, which is the same wherever it is served."""
        return ox.NamedNode(self.settings.base_iri + path)

    def reached(self, path: str) -> ox.NamedNode:
        """Return the address at which something of the site is reached."""
        return ox.NamedNode(self.address + path)


def _vocabularies(quads: Iterable[ox.Quad], settings: Settings) -> tuple[ox.NamedNode, ...]:
    """Return the namespaces, of those with a prefix, that properties and classes are of."""
    used = set(_terms(quads))
    spaces = {space for space in settings.prefixes.values() if space.endswith(("#", "/"))}
    found = {space for space in spaces if any(term.startswith(space) for term in used)}
    return tuple(map(ox.NamedNode, sorted(found)))


def _terms(quads: Iterable[ox.Quad]) -> Iterator[str]:
    for quad in quads:
        yield quad.predicate.value
        if quad.predicate == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            yield quad.object.value
