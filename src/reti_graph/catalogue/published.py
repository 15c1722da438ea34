"""What has to be known of a release, and of where it is served, to describe it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.catalogue.namespaces import namespace_of
from reti_graph.catalogue.statistics import statistics
from reti_graph.catalogue.titles import source_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue.statistics import Statistics
    from reti_graph.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A release as it is served.

    `vocabularies` are the namespaces in use, sorted. `titles` are those of the sources, by slug and
    language, no two of them equal. `address` is where the site is reached and
    ends with "/". `limits` are the service's, by the names of the settings, such as
    `query_seconds`.
    """

    settings: Settings
    digest: str
    statistics: Statistics
    vocabularies: tuple[ox.NamedNode, ...]
    queries: tuple[CannedQuery, ...]
    limits: Mapping[str, int | float]
    address: str
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        quads: Sequence[ox.Quad],
        *,
        settings: Settings,
        digest: str,
        queries: Iterable[CannedQuery],
        limits: Mapping[str, int | float],
        address: str | None = None,
    ) -> Published:
        """Count what is to be known of the quads; `address` is the public one of the settings."""
        known = cls.counted(
            statistics(quads),
            titles=source_titles(quads, settings),
            settings=settings,
            digest=digest,
            queries=queries,
        )
        return replace(known, limits=limits, address=address or known.address)

    @classmethod
    def counted(
        cls,
        counted: Statistics,
        *,
        titles: Mapping[str, Mapping[str, str]],
        settings: Settings,
        digest: str,
        queries: Iterable[CannedQuery],
    ) -> Published:
        """Return what is to be known of quads that were counted, at the public address."""
        return cls(
            settings=settings,
            digest=digest,
            statistics=counted,
            vocabularies=_vocabularies(counted, settings),
            queries=tuple(queries),
            limits={},
            address=settings.public_url or settings.base_iri,
            titles=titles,
        )

    @property
    def triples(self) -> int:
        """How many triples there are, each counted once, in how many graphs it may stand."""
        return self.statistics.triples

    @property
    def graphs(self) -> tuple[ox.NamedNode, ...]:
        """The names of the graphs, sorted."""
        return tuple(self.statistics.graphs)

    def named(self, path: str) -> ox.NamedNode:
        """Return the IRI of something of the site, which is the same wherever it is served."""
        return ox.NamedNode(self.settings.base_iri + path)

    def reached(self, path: str) -> ox.NamedNode:
        """Return the address at which something of the site is reached."""
        return ox.NamedNode(self.address + path)


def _vocabularies(counted: Statistics, settings: Settings) -> tuple[ox.NamedNode, ...]:
    """Return the namespaces that properties and classes are of."""
    used = (term.value for term in (*counted.properties, *counted.classes))
    spaces = {namespace_of(term, settings.prefixes) for term in used}
    return tuple(map(ox.NamedNode, sorted(spaces)))
