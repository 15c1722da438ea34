"""Making a release ready to be served: what is asked, described and said of it, all in place."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox

from reti_graph.canned.choices import Choices
from reti_graph.catalogue import Published, catalog, dataset, executables, service_description
from reti_graph.collecting import collecting_later
from reti_graph.describe import ThingNames
from reti_graph.jsonld import make_context
from reti_graph.terms import OWL_ONTOLOGY, RDF_TYPE, SKOS_CONCEPT_SCHEME
from reti_graph.web.cache import Cache
from reti_graph.web.dumps import Dumps
from reti_graph.web.publication import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.stores.port import Store
    from reti_graph.web.publication import Answers
    from reti_graph.web.representation import Representation

# One for whoever asks much, one for the others.
_FEWEST_WORKERS: Final = 2


@collecting_later()
def opened(
    release: Release, modified: datetime, make_store: Callable[[Iterable[ox.Quad]], Store]
) -> Callable[[Answers], Served]:
    """Return what answers for a release, once it is told who answers SPARQL from outside.

    It takes a while. `modified` is when the release's site last changed, and `make_store` puts
    quads into a store of this process.
    """
    settings = release.settings
    ontology = tuple(ontology_quads(release))
    metadata = _metadata(release, modified)
    own = (*ontology, *_shapes(release), *_in_graphs(metadata, settings.base_iri))
    store = make_store(release.quads)
    context = make_context(ontology, settings.prefixes, settings.base_iri)
    half = settings.limits.cache_bytes // 2
    ready = partial(
        Served,
        release=release,
        modified=modified,
        store=store,
        own=make_store(own),
        metadata=metadata,
        names=ThingNames(),
        choices=Choices(store, settings),
        context=context,
        contexts={**release.contexts, context.version: context.content},
        dumps=Dumps(release),
        kept=Cache(half, _size),
        exact=Cache(half, _size),
    )
    return lambda answers: ready(answers=answers)


def ontology_quads(release: Release) -> Iterator[ox.Quad]:
    """Yield what the ontology and its schemes say: graphs that describe themselves as such."""
    kinds = {OWL_ONTOLOGY, SKOS_CONCEPT_SCHEME}
    graphs = {
        quad.graph_name
        for quad in release.quads
        if quad.predicate == RDF_TYPE and quad.object in kinds and quad.subject == quad.graph_name
    }
    return (quad for quad in release.quads if quad.graph_name in graphs)


def workers_of(settings: Settings) -> int:
    """Return how many processes answer queries: as set, else one a core, and at least two."""
    return settings.server.workers or max(_FEWEST_WORKERS, os.cpu_count() or 1)


def _metadata(release: Release, modified: datetime) -> Mapping[str, tuple[ox.Quad, ...]]:
    """Return what the site says of itself, by the last part of the document's name."""
    settings = release.settings
    limits = {**msgspec.structs.asdict(settings.limits), "workers": workers_of(settings)}
    published = Published.of(
        release.quads,
        settings=settings,
        digest=release.digest,
        modified=modified,
        queries=release.queries,
        limits=limits,
    )
    return {
        "sparql": service_description(published),
        "queries": executables(published),
        "dataset": dataset(published),
        "catalog": catalog(published),
    }


def _is_named(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode)


def _shapes(release: Release) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(f"{release.settings.base_iri}shapes")
    return (_in_graph(triple, graph) for triple in release.shapes)


def _in_graphs(metadata: Mapping[str, tuple[ox.Quad, ...]], base: str) -> Iterator[ox.Quad]:
    """Put what is said in no graph into the graph of the document that says it."""
    for name, quads in metadata.items():
        graph = ox.NamedNode(base + name)
        for quad in quads:
            yield quad if _is_named(quad) else _in_graph(quad.triple, graph)


def _in_graph(triple: ox.Triple, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _size(kept: Representation) -> int:
    return len(kept.content)
