"""A release held in memory: a site that was read, derived and found good. Immutable.

Equal sites give equal releases, to the byte: there is no date in them and no order of chance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reti_graph.catalogue.executables import executables
from reti_graph.catalogue.published import Published
from reti_graph.catalogue.splitting import parts_of
from reti_graph.collecting import collecting_later
from reti_graph.errors import DataError
from reti_graph.release.canonical import canonical_quads, canonical_triples, digest_of
from reti_graph.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyoxigraph as ox

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue.parts import Part
    from reti_graph.config import Settings
    from reti_graph.problems import Problem, Report
    from reti_graph.sources.dates import Dated
    from reti_graph.sources.site import Site
    from reti_graph.validation.engine import Engine


@dataclass(frozen=True, slots=True)
class Release:
    """What servers and exporters take: settings, quads, canned queries, and how it was checked.

    `quads` are sorted and blank nodes have canonical names; `digest` is the SHA-256 of the quads
    as canonical N-Quads. `shapes` are what the site's shapes say, `contexts` the JSON-LD contexts
    it keeps, by version, and `dates` when its parts were published and changed (`sources.dates`).
    """

    settings: Settings
    quads: tuple[ox.Quad, ...]
    digest: str
    report: Report
    queries: tuple[CannedQuery, ...]
    shapes: tuple[ox.Triple, ...] = ()
    contexts: Mapping[str, bytes] = field(default_factory=dict)
    dates: Mapping[str, Dated] = field(default_factory=dict)


@collecting_later()
def make_release(
    site: Site,
    engine: Engine,
    texts: Mapping[str, str] | None = None,
    found: Sequence[Problem] = (),
    *,
    try_queries: bool = True,
) -> Release:
    """Derive and validate a site, and return it as a release.

    `texts` holds texts of sources by slug, `found` the problems of reading the site; canned
    queries are tried on the data only with `try_queries`. Raises
    DataError with the report when a finding is a violation, and UnknownNameError when `texts`
    names no source.
    """
    validated = validate(site, engine, texts, found, try_queries=try_queries)
    if not validated.report.conforms:
        raise DataError(validated.report)
    quads = canonical_quads(validated.quads)
    return Release(
        settings=site.settings,
        quads=quads,
        digest=digest_of(quads),
        report=validated.report,
        queries=validated.queries,
        shapes=canonical_triples(site.shapes),
        contexts={file.stem: file.text.encode() for file in site.contexts},
        dates=site.dates,
    )


def published(release: Release, limits: Mapping[str, int | float] | None = None) -> Published:
    """Return what there is to be said of a release; `limits` are those of its SPARQL service."""
    return Published.of(
        release.quads,
        settings=release.settings,
        digest=release.digest,
        queries=release.queries,
        limits=limits or {},
    )


def release_parts(release: Release, known: Published) -> tuple[Part, ...]:
    """Return the datasets that a release is to be had as. Raises SiteError when it has no dates."""
    return parts_of(
        release.quads,
        shapes=release.shapes,
        queries=executables(known),
        settings=release.settings,
        dates=release.dates,
    )
