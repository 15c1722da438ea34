"""The parts of a release: the whole graph, and what is to be had by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.parts import Part
from reti_graph.errors import SiteError
from reti_graph.sources.dates import Dated
from reti_graph.terms import OWL_ONTOLOGY, RDF_TYPE, RETI, SKOS_CONCEPT_SCHEME

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from reti_graph.catalogue.parts import Kind
    from reti_graph.config import Settings
    from reti_graph.terms import Term

PLAIN_NAME: Final = re.compile(r"\w[\w.~-]*")
"""Names that can be one segment of a path, and the name of a file."""

_SOURCE: Final = ox.NamedNode(RETI + "Source")
_SCHEMES: Final = frozenset({OWL_ONTOLOGY, SKOS_CONCEPT_SCHEME})

DESCRIBING: Final = (_SOURCE, *_SCHEMES)
"""The classes by which a graph says which part it belongs to."""


def parts_of(
    quads: Sequence[ox.Quad],
    *,
    shapes: Sequence[ox.Triple],
    queries: Sequence[ox.Quad],
    settings: Settings,
    dates: Mapping[str, Dated],
) -> tuple[Part, ...]:
    """Return the parts of a site's quads: whole, ontology, shapes, queries, then sources by name.

    Shapes stand in the default graph, `queries` as they are given. `dates` holds when `ontology`,
    `rules`, `shapes`, `queries` and each `source/{slug}` were published and changed; a part it
    does not name, such as a source that has no folder of its own, is dated as the whole. Raises
    SiteError when there are no dates at all.
    """
    whole = dated_whole(dates)

    def part(kind: Kind, said: Iterable[ox.Quad]) -> Part:
        return Part(name=kind, kind=kind, quads=tuple(said), dated=dates.get(kind, whole))

    return (
        Part(name="", kind="whole", quads=tuple(quads), dated=whole),
        part("ontology", ontology_quads(quads)),
        part("shapes", (ox.Quad(*triple) for triple in shapes)),
        part("queries", queries),
        *_sources(quads, settings, dates, whole),
    )


def ontology_quads(quads: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield what the ontology and its schemes say: graphs that describe themselves as such."""
    graphs = ontology_graphs(quads)
    return (quad for quad in quads if quad.graph_name in graphs)


def ontology_graphs(quads: Iterable[ox.Quad]) -> set[Term | ox.DefaultGraph]:
    """Return the names of the graphs that some quads describe, in these, as part of an ontology."""
    return {
        quad.graph_name
        for quad in quads
        if quad.predicate == RDF_TYPE
        and quad.object in _SCHEMES
        and quad.subject == quad.graph_name
    }


def source_names(quads: Iterable[ox.Quad], base: str) -> dict[str, str]:
    """Return the slug of each source by its IRI, sorted: a graph that says it is a source.

    A source elsewhere than at `<base>source/{slug}` has no name of its own on this site.
    """
    start = f"{base}source/"
    found = {
        quad.subject.value
        for quad in quads
        if quad.predicate == RDF_TYPE
        and quad.object == _SOURCE
        and isinstance(quad.subject, ox.NamedNode)
        and quad.subject == quad.graph_name
    }
    slugs = {iri: iri.removeprefix(start) for iri in sorted(found) if iri.startswith(start)}
    return {iri: slug for iri, slug in slugs.items() if PLAIN_NAME.fullmatch(slug)}


def dated_whole(dates: Mapping[str, Dated]) -> Dated:
    """Return since when the whole is there, and when it changed. Raises SiteError without dates."""
    if not dates:
        raise SiteError(
            "Nothing says when the parts of this site were published.",
            hint="Run `reti-graph fmt`, which writes modified.toml.",
        )
    return Dated(
        min(dated.issued for dated in dates.values()),
        max(dated.modified for dated in dates.values()),
    )


def _sources(
    quads: Iterable[ox.Quad], settings: Settings, dates: Mapping[str, Dated], whole: Dated
) -> Iterator[Part]:
    names = source_names(quads, settings.base_iri)
    said = _by_source(quads, names)
    for iri, slug in names.items():
        dated = dated_source(slug, dates, whole)
        yield Part(name=f"source/{slug}", kind="source", quads=tuple(said[iri]), dated=dated)


def dated_source(slug: str, dates: Mapping[str, Dated], whole: Dated) -> Dated:
    """Return when what a source says, and what is derived of it, was published and changed.

    Other rules derive other statements. A source without dates is dated as the whole.
    """
    own, rules = dates.get(f"source/{slug}"), dates.get("rules")
    if own is None or rules is None:
        return own or whole
    return Dated(own.issued, max(own.modified, rules.modified))


def _by_source(quads: Iterable[ox.Quad], sources: Mapping[str, str]) -> Mapping[str, list[ox.Quad]]:
    """Return what each source says: in the graph of its name and in those of names below it."""
    known: dict[str, str | None] = {}
    said: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if not isinstance(quad.graph_name, ox.NamedNode):
            continue
        graph = quad.graph_name.value
        if graph not in known:
            known[graph] = source_of(graph, sources)
        if (source := known[graph]) is not None:
            said[source].append(quad)
    return said


def source_of(graph: str, sources: Container[str]) -> str | None:
    """Return the source that says what stands in a graph: of its name, or of one above it."""
    return next((iri for iri in _upwards(graph) if iri in sources), None)


def _upwards(iri: str) -> Iterator[str]:
    """Yield an IRI and those it stands below, one segment of the path fewer each time."""
    while iri:
        yield iri
        iri = iri.rpartition("/")[0]
