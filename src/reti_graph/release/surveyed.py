"""The parts of a large release, made of its one dump: each source's lines, and what is in them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.catalogue.examples import most_told
from reti_graph.catalogue.executables import executables
from reti_graph.catalogue.linksets import linksets
from reti_graph.catalogue.parts import Known, Part
from reti_graph.catalogue.published import Published
from reti_graph.catalogue.source_facts import source_facts
from reti_graph.catalogue.splitting import (
    DESCRIBING,
    dated_source,
    dated_whole,
    ontology_graphs,
    source_names,
)
from reti_graph.catalogue.survey import survey
from reti_graph.catalogue.titles import source_titles
from reti_graph.formats import N_QUADS
from reti_graph.release.canonical import canonical_triples
from reti_graph.release.splitting import Splitter
from reti_graph.sources.nquads import read_lines
from reti_graph.sources.sorting import Sorter
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue.parts import Kind
    from reti_graph.catalogue.survey import Survey
    from reti_graph.sources.site import Site


def graphs_of_parts(store: ox.Store) -> tuple[ox.Quad, ...]:
    """Return the quads by which graphs say that they are a source, an ontology or a scheme."""
    found = (store.quads_for_pattern(None, RDF_TYPE, kind) for kind in DESCRIBING)
    return tuple(chain.from_iterable(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyor:
    """Looks through the dump of a site's release.

    `folder` gets the dumps of the sources, `work` is for what is only in the way.
    """

    site: Site
    queries: tuple[CannedQuery, ...]
    digest: str
    folder: Path
    work: Path

    def surveyed(self, dump: Path, said: Sequence[ox.Quad]) -> tuple[Published, tuple[Part, ...]]:
        """Write each source's lines, count all, and return what is to be told and the parts.

        `said` are the quads of `graphs_of_parts`. Raises OSError, and SiteError when the site has
        no dates.
        """
        base, dates = self.site.settings.base_iri, self.site.dates
        whole = dated_whole(dates)
        names = source_names(said, base)
        files = {iri: self.folder / f"dump/source/{slug}.{_NQ}" for iri, slug in names.items()}
        ontology = self.work / f"ontology.{_NQ}"
        graphs = {str(name).encode() for name in ontology_graphs(said)}
        (self.folder / "dump/source").mkdir(parents=True)
        with dump.open("rb") as lines:
            found = self._survey(Splitter(files, ontology, graphs).passed(lines), names)
        told = tuple(read_lines(found.told))
        published = Published.counted(
            found.statistics,
            titles=source_titles(told, self.site.settings),
            settings=self.site.settings,
            digest=self.digest,
            queries=self.queries,
        )
        known = Known(
            statistics=found.statistics,
            facts=source_facts(told, base),
            shown=most_told(found.things, base),
            links=linksets(read_lines(found.outwards), published),
        )
        return published, (
            Part(name="", kind="whole", quads=(), dated=whole, known=known),
            *self._small(ontology, published),
            *(self._source(iri, slug, files[iri]) for iri, slug in names.items()),
        )

    def _small(self, ontology: Path, published: Published) -> tuple[Part, ...]:
        """Return the parts that memory holds."""
        dates = self.site.dates
        said: Mapping[Kind, Iterable[ox.Quad]] = {
            "ontology": ox.parse(path=ontology, format=ox.RdfFormat.N_QUADS),
            "shapes": (ox.Quad(*triple) for triple in canonical_triples(self.site.shapes)),
            "queries": executables(published),
        }
        return tuple(
            Part(
                name=kind,
                kind=kind,
                quads=tuple(quads),
                dated=dates.get(kind, dated_whole(dates)),
            )
            for kind, quads in said.items()
        )

    def _source(self, iri: str, slug: str, file: Path) -> Part:
        with file.open("rb") as lines:
            found = self._survey(lines, {iri: slug})
        facts = source_facts(tuple(read_lines(found.told)), self.site.settings.base_iri)
        return Part(
            name=f"source/{slug}",
            kind="source",
            quads=(),
            dated=dated_source(slug, self.site.dates, dated_whole(self.site.dates)),
            known=Known(statistics=found.statistics, facts=facts),
        )

    def _survey(self, lines: Iterable[bytes], sources: Collection[str]) -> Survey:
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            return survey(lines, Sorter(Path(folder)), sources, self.site.settings.base_iri)


_NQ = N_QUADS.extension
