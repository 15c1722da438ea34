"""Making a release ready to be served: what is asked, described and said of it, all in place."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox

from reti_graph.canned.choices import Choices
from reti_graph.catalogue import service_description
from reti_graph.collecting import collecting_later
from reti_graph.describe import ThingNames
from reti_graph.jsonld import make_context
from reti_graph.release import published, release_parts
from reti_graph.web.cache import Cache
from reti_graph.web.dumps import Dumps
from reti_graph.web.listing import Listing
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
    limits = {**msgspec.structs.asdict(settings.limits), "workers": workers_of(settings)}
    known = published(release, limits)
    parts = release_parts(release, known)
    said = {part.kind: part.quads for part in parts if part.kind != "source"}
    ontology = said["ontology"]
    metadata = {"sparql": service_description(known), "queries": said["queries"]}
    own = (*ontology, *_shapes(release), *_in_graphs(metadata, settings.base_iri))
    store = make_store(release.quads)
    dumps = Dumps(parts, settings)
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
        dumps=dumps,
        listing=Listing(known, dumps.downloads),
        kept=Cache(half, _size),
        exact=Cache(half, _size),
    )
    return lambda answers: ready(answers=answers)


def workers_of(settings: Settings) -> int:
    """Return how many processes answer queries: as set, else one a core, and at least two."""
    return settings.server.workers or max(_FEWEST_WORKERS, os.cpu_count() or 1)


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
