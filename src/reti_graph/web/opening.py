"""Making a release ready to be served: what is asked, described and said of it, all in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.canned.choices import Choices
from reti_graph.catalogue import executables, service_description
from reti_graph.collecting import collecting_later
from reti_graph.describe import ThingNames
from reti_graph.jsonld import make_context
from reti_graph.web.cache import Cache
from reti_graph.web.edition import edition_of
from reti_graph.web.listing import Listing
from reti_graph.web.publication import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.stores.port import Store
    from reti_graph.web.edition import Edition
    from reti_graph.web.publication import Answers
    from reti_graph.web.representation import Representation

    MakeStore = Callable[[Iterable[ox.Quad]], Store]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Where the statements of a release are found by this process, and the names in them.

    `closing` is called when the release is served no more.
    """

    store: Store
    choices: Choices
    names: ThingNames
    closing: tuple[Callable[[], object], ...] = ()


@collecting_later()
def opened(
    release: Release, modified: datetime, make_store: MakeStore, store: Store | None = None
) -> Callable[[Answers], Served]:
    """Return what answers for a release in memory, as `ready` does; it takes a while.

    `store` is one elsewhere that holds the release already; else one is made. Raises SiteError
    when the release has no dates.
    """
    holder = store or make_store(release.quads)
    return ready(edition_of(release), modified, looked_up(holder, release.settings), make_store)


def looked_up(store: Store, settings: Settings) -> Lookup:
    """Return where to look in a store that finds names soon enough by itself."""
    return Lookup(store=store, choices=Choices(store, settings), names=ThingNames())


def ready(
    edition: Edition, modified: datetime, lookup: Lookup, make_store: MakeStore
) -> Callable[[Answers], Served]:
    """Return what answers for a release, once it is told who answers SPARQL from outside.

    `modified` is when it last changed, and `make_store` puts quads into a store of this process.
    """
    settings = edition.settings
    known = edition.published
    metadata = {"sparql": service_description(known), "queries": tuple(executables(known))}
    own = (*edition.ontology, *_shapes(edition), *_in_graphs(metadata, settings.base_iri))
    context = make_context(edition.ontology, settings.prefixes, settings.base_iri)
    half = settings.limits.cache_bytes // 2
    made = partial(
        Served,
        release=edition,
        modified=modified,
        store=lookup.store,
        own=make_store(own),
        metadata=metadata,
        names=lookup.names,
        choices=lookup.choices,
        context=context,
        contexts={**edition.contexts, context.version: context.content},
        dumps=edition.dumps,
        listing=Listing(known, edition.dumps),
        kept=Cache(half, _size),
        exact=Cache(half, _size),
        closing=lookup.closing,
    )
    return lambda answers: made(answers=answers)


def _is_named(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode)


def _shapes(edition: Edition) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(f"{edition.settings.base_iri}shapes")
    return (_in_graph(triple, graph) for triple in edition.shapes)


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
