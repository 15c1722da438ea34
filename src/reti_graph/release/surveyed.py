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
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue.parts import Kind
    from reti_graph.catalogue.statistics import Statistics
    from reti_graph.catalogue.survey import Survey
    from reti_graph.sources.site import Site


def graphs_of_parts(store: ox.Store) -> tuple[ox.Quad, ...]:
    """Return the quads by which graphs say that they are a source, an ontology or a scheme."""
    found = (store.quads_for_pattern(None, RDF_TYPE, kind) for kind in DESCRIBING)
    return tuple(chain.from_iterable(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found in the dump of a release, line by line.

    `told` is what is said of the sources, `outwards` the lines that may be links, `sources` what is
    known of each by its IRI and its name, `ontology` the file with the lines of the ontology.
    """

    statistics: Statistics
    shown: tuple[ox.NamedNode, ...]
    told: tuple[ox.Quad, ...]
    outwards: tuple[bytes, ...]
    sources: Mapping[str, Known]
    ontology: Path


def look_through(
    dump: Path, said: Sequence[ox.Quad], base: str, folder: Path, work: Path
) -> Looked:
    """Write each source's lines below `folder`, and count all. `work` is for what is in the way.

    `said` are the quads of `graphs_of_parts`. Raises OSError.
    """
    names = source_names(said, base)
    files = {iri: folder / f"dump/source/{slug}.{_NQ}" for iri, slug in names.items()}
    ontology = work / f"ontology.{_NQ}"
    graphs = {str(name).encode() for name in ontology_graphs(said)}
    (folder / "dump/source").mkdir(parents=True)
    with dump.open("rb") as lines:
        found = _survey(Splitter(files, ontology, graphs).passed(lines), names, base, work)
    sources = {
        slug: _known_source(files[iri], {iri: slug}, base, work) for iri, slug in names.items()
    }
    return Looked(
        statistics=found.statistics,
        shown=most_told(found.things, base),
        told=tuple(read_lines(found.told)),
        outwards=found.outwards,
        sources=sources,
        ontology=ontology,
    )


def surveyed(
    looked: Looked, site: Site, queries: tuple[CannedQuery, ...], digest: str
) -> tuple[Published, tuple[Part, ...]]:
    """Return what is to be told of a release, and its parts.

    Raises SiteError when the site has no dates.
    """
    whole = dated_whole(site.dates)
    published = Published.counted(
        looked.statistics,
        titles=source_titles(looked.told, site.settings),
        settings=site.settings,
        digest=digest,
        queries=queries,
    )
    known = Known(
        statistics=looked.statistics,
        facts=source_facts(looked.told, site.settings.base_iri),
        shown=looked.shown,
        links=linksets(read_lines(looked.outwards), published),
    )
    sources = (
        Part(
            name=f"source/{slug}",
            kind="source",
            quads=(),
            dated=dated_source(slug, site.dates, whole),
            known=found,
        )
        for slug, found in looked.sources.items()
    )
    small = _small(looked.ontology, site, published)
    return published, (
        Part(name="", kind="whole", quads=(), dated=whole, known=known),
        *small,
        *sources,
    )


def _small(ontology: Path, site: Site, published: Published) -> Iterator[Part]:
    """Yield the parts that memory holds."""
    said: Mapping[Kind, Iterable[ox.Quad]] = {
        "ontology": ox.parse(path=ontology, format=ox.RdfFormat.N_QUADS),
        "shapes": (ox.Quad(*triple) for triple in canonical_triples(site.shapes)),
        "queries": executables(published),
    }
    for kind, quads in said.items():
        dated = site.dates.get(kind, dated_whole(site.dates))
        yield Part(name=kind, kind=kind, quads=tuple(quads), dated=dated)


def _known_source(file: Path, names: Mapping[str, str], base: str, work: Path) -> Known:
    with file.open("rb") as lines:
        found = _survey(lines, names, base, work)
    facts = source_facts(tuple(read_lines(found.told)), base)
    return Known(statistics=found.statistics, facts=facts)


def _survey(lines: Iterable[bytes], sources: Collection[str], base: str, work: Path) -> Survey:
    with tempfile.TemporaryDirectory(dir=work) as folder:
        return survey(lines, Sorter(Path(folder)), sources, base)


_NQ = N_QUADS.extension
