"""What points at a thing: all of it, or one page, read without reading the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.binding import bind
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.describe.values import Page
    from reti_graph.stores.port import Store

# The default graph has each triple once, so these count statements and not how often they are said.
_COUNTS: Final = """
SELECT ?predicate (COUNT(*) AS ?count) WHERE { ?subject ?predicate $thing } GROUP BY ?predicate"""
_ALL: Final = """
SELECT ?subject ?predicate ?graph WHERE {
  ?subject ?predicate $thing OPTIONAL { GRAPH ?graph { ?subject ?predicate $thing } }
}"""
# What stands in braces is put in after the terms: no IRI has braces in it.
_WHOLE: Final = """
SELECT ?subject ?predicate ?graph WHERE {
  VALUES ?predicate {predicates}
  ?subject ?predicate $thing OPTIONAL { GRAPH ?graph { ?subject ?predicate $thing } }
}"""
_PART: Final = """
SELECT ?subject ?predicate ?graph WHERE {
  {
    SELECT ?subject WHERE { ?subject $property $thing }
    ORDER BY ?subject LIMIT {size} OFFSET {start}
  }
  BIND($property AS ?predicate)
  OPTIONAL { GRAPH ?graph { ?subject $property $thing } }
}"""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Statements whose value a thing is, in order, and how many there are on all pages."""

    quads: tuple[ox.Quad, ...]
    counts: Mapping[ox.NamedNode, int]
    pages: int


@dataclass(frozen=True, slots=True)
class _Window:
    """The statements of one property that fall on a page."""

    predicate: ox.NamedNode
    start: int
    size: int


def read_incoming(store: Store, iri: ox.NamedNode, page: Page | None) -> Incoming:
    """Return what points at a thing: the type first, then by property and by subject.

    Properties of few statements come first: hundreds of members hide nothing else on later pages.
    Raises ParameterError when the IRI is not http, https or urn; StoreError when the store fails.
    """
    if page is None:
        quads = tuple(_quads(store, bind(_ALL, {"thing": iri}), iri))
        triples = dict.fromkeys(quad.triple for quad in quads)
        counts = _ordered(Counter(triple.predicate for triple in triples))
        return Incoming(_sorted(quads, counts), counts, 1)
    counts = _ordered(dict(_counts(store, iri)))
    windows = tuple(_windows(counts, page))
    whole = [window.predicate for window in windows if window.size == counts[window.predicate]]
    texts = [_part(iri, window) for window in windows if window.predicate not in whole]
    if whole:
        names = " ".join(map(str, whole))
        texts.append(bind(_WHOLE, {"thing": iri}).replace("{predicates}", f"{{ {names} }}"))
    found = chain.from_iterable(_quads(store, text, iri) for text in texts)
    return Incoming(_sorted(found, counts), counts, page.pages(sum(counts.values())))


def _counts(store: Store, iri: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, int]]:
    """Yield each property with the number of its statements."""
    for row in store.select(bind(_COUNTS, {"thing": iri})).dicts():
        match row["predicate"], row["count"]:
            case ox.NamedNode() as predicate, ox.Literal() as count:
                yield predicate, int(count.value)


def _ordered(counts: Mapping[ox.NamedNode, int]) -> Mapping[ox.NamedNode, int]:
    """Return the properties in the order of the pages."""
    pairs = sorted(counts.items(), key=lambda pair: (pair[0] != RDF_TYPE, pair[1], pair[0].value))
    return dict(pairs)


def _windows(counts: Mapping[ox.NamedNode, int], page: Page) -> Iterator[_Window]:
    """Yield what a page has of each property: sorting one of them is faster than sorting all."""
    before = 0
    for predicate, count in counts.items():
        start = max(page.start - before, 0)
        size = min(page.start + page.size - before, count) - start
        if size > 0:
            yield _Window(predicate, start, size)
        before += count


def _part(iri: ox.NamedNode, window: _Window) -> str:
    text = bind(_PART, {"thing": iri, "property": window.predicate})
    return text.replace("{size}", str(window.size)).replace("{start}", str(window.start))


def _quads(store: Store, text: str, iri: ox.NamedNode) -> Iterator[ox.Quad]:
    for row in store.select(text).dicts():
        yield ox.Quad(row["subject"], row["predicate"], iri, row.get("graph"))  # type: ignore[arg-type]


def _sorted(quads: Iterable[ox.Quad], properties: Iterable[ox.NamedNode]) -> tuple[ox.Quad, ...]:
    """Order statements as SPARQL does: blank nodes before IRIs, those by code point (15.1)."""
    places = {predicate: place for place, predicate in enumerate(properties)}

    def place(quad: ox.Quad) -> tuple[int, bool, str, str]:
        subject = quad.subject
        named = isinstance(subject, ox.NamedNode)
        name = getattr(subject, "value", "")
        return (places[quad.predicate], named, name, str(quad.graph_name))

    return tuple(sorted(quads, key=place))
