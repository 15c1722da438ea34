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
    from collections.abc import Iterator, Mapping

    from reti_graph.describe.values import Page
    from reti_graph.stores.port import Store
    from reti_graph.terms import Term

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

    Raises ParameterError when the IRI is not http, https or urn; StoreError when the store fails.
    """
    if page is None:
        quads = _quads(store, bind(_ALL, {"thing": iri}), iri)
        triples = dict.fromkeys(quad.triple for quad in quads)
        return Incoming(quads, Counter(triple.predicate for triple in triples), 1)
    counts = dict(_counts(store, iri))
    windows = tuple(_windows(counts, page))
    whole = [window.predicate for window in windows if window.size == counts[window.predicate]]
    texts = [_part(iri, window) for window in windows if window.predicate not in whole]
    if whole:
        names = " ".join(map(str, whole))
        texts.append(bind(_WHOLE, {"thing": iri}).replace("{predicates}", f"{{ {names} }}"))
    found = sorted(chain.from_iterable(_quads(store, text, iri) for text in texts), key=_order)
    return Incoming(tuple(found), counts, page.pages(sum(counts.values())))


def _counts(store: Store, iri: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, int]]:
    """Yield each property with the number of its statements, in the order of the pages."""
    rows = store.select(bind(_COUNTS, {"thing": iri})).dicts()
    pairs = [(row["predicate"], row["count"]) for row in rows]
    for predicate, count in sorted(pairs, key=lambda pair: _rank(pair[0])):
        if isinstance(predicate, ox.NamedNode) and isinstance(count, ox.Literal):
            yield predicate, int(count.value)


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


def _quads(store: Store, text: str, iri: ox.NamedNode) -> tuple[ox.Quad, ...]:
    rows = store.select(text).dicts()
    parts = ((row["subject"], row["predicate"], iri, row.get("graph")) for row in rows)
    return tuple(sorted((ox.Quad(*each) for each in parts), key=_order))  # type: ignore[arg-type]


def _order(quad: ox.Quad) -> tuple[bool, str, bool, str, str]:
    """Order statements as SPARQL does: blank nodes before IRIs, those by code point (15.1)."""
    subject = quad.subject
    named = isinstance(subject, ox.NamedNode)
    return (*_rank(quad.predicate), named, getattr(subject, "value", ""), str(quad.graph_name))


def _rank(predicate: Term) -> tuple[bool, str]:
    return (predicate != RDF_TYPE, getattr(predicate, "value", ""))
