"""A release as it is served, wherever its statements are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from reti_graph.release import published, release_parts
from reti_graph.web.directory import GivenDirectory
from reti_graph.web.dump_files import MadeDumps
from reti_graph.web.pools import workers_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue import Published
    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.web.directory import Directory
    from reti_graph.web.dump_files import Dumps


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What the server has to know of a release beside a store that holds its statements.

    `ontology` and `shapes` are what these say, `contexts` the JSON-LD contexts that are kept, by
    version. `dumps` are its files, and `directory` has the names of its documents.
    """

    published: Published
    ontology: tuple[ox.Quad, ...]
    shapes: tuple[ox.Triple, ...]
    contexts: Mapping[str, bytes]
    dumps: Dumps
    directory: Directory

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.published.settings

    @property
    def digest(self) -> str:
        """The SHA-256 of the sorted N-Quads."""
        return self.published.digest

    @property
    def queries(self) -> tuple[CannedQuery, ...]:
        """The canned queries."""
        return self.published.queries


def edition_of(release: Release) -> Edition:
    """Return a release in memory as it is served; it takes a while.

    Raises SiteError when it has no dates.
    """
    known = published(release, service_limits(release.settings))
    parts = release_parts(release, known)
    ontology = next(part.quads for part in parts if part.kind == "ontology")
    return Edition(
        published=known,
        ontology=ontology,
        shapes=release.shapes,
        contexts=release.contexts,
        dumps=MadeDumps(parts, release.settings),
        directory=GivenDirectory(parts, release.settings),
    )


def served_at(known: Published, settings: Settings) -> Published:
    """Return what there is to be known of a release where it is served with these settings."""
    return replace(
        known,
        settings=settings,
        limits=service_limits(settings),
        address=settings.public_url or settings.base_iri,
    )


def service_limits(settings: Settings) -> Mapping[str, int | float]:
    """Return the limits of the SPARQL service, by the names of the settings."""
    return {**msgspec.structs.asdict(settings.limits), "workers": workers_of(settings)}
