"""Looking statements up along each index of Oxigraph, there or not: it opens the files passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reti_graph.terms import Term

DEFAULT: Final = ox.DefaultGraph()
_COUNT: Final = "SELECT (COUNT(*) AS ?n)"


def look_up(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Look up where quads would stand: in their graph, in all graphs, in none, and their texts.

    Raises OSError when the store fails.
    """
    # Of a name that several files have, a lookup opens the newest; to list names opens the others.
    next(store.named_graphs(), None)
    terms: set[Term] = set()
    for quad in quads:
        subject, predicate, value = quad.triple
        for graph in dict.fromkeys((None, DEFAULT, quad.graph_name)):
            for found in (
                store.quads_for_pattern(subject, None, None, graph),
                store.quads_for_pattern(None, predicate, value, graph),
                store.quads_for_pattern(subject, None, value, graph),
                store.quads_for_pattern(None, None, value, graph),
            ):
                next(found, None)
        terms.update(quad.triple)
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            store.contains_named_graph(quad.graph_name)
            terms.add(quad.graph_name)
    # A term that stands in no quad is looked up as one that a query brings along.
    named = (str(term) for term in terms if isinstance(term, ox.NamedNode | ox.Literal))
    _run(store, f"{_COUNT} {{ VALUES ?term {{ {' '.join(named)} }} }}")


def walk_along(store: ox.Store, quad: ox.Quad) -> None:
    """Walk along all quads with this predicate and object: where files lie between two lookups.

    Raises OSError when the store fails.
    """
    same = f"{{ ?s {quad.predicate} {quad.object} }}"
    for pattern in (same, f"{{ GRAPH ?g {same} }}", f"{{ GRAPH {quad.graph_name} {same} }}"):
        _run(store, f"{_COUNT} {pattern}")


def may_be_walked_along(quad: ox.Quad) -> bool:
    """Return whether `walk_along` takes a quad: queries have no names for blank nodes."""
    named = isinstance(quad.graph_name, ox.NamedNode)
    return named and isinstance(quad.object, ox.NamedNode | ox.Literal)


def around(quad: ox.Quad, names: Iterator[str]) -> Iterator[ox.Quad]:
    """Yield a quad, and some that nobody says, which stand elsewhere in the indexes.

    Names of things, and long texts, stand there by their hash. Within many quads of one predicate,
    object or graph, a made-up name leads to any place. `names` are IRIs that nobody uses.
    """
    yield quad
    predicate, value, graph = quad.predicate, quad.object, quad.graph_name
    yield ox.Quad(_made(names), predicate, _made(names), graph)
    yield ox.Quad(_made(names), predicate, value, _made(names))
    if isinstance(value, ox.Literal):
        text = next(names)
        other = (
            ox.Literal(text, language=value.language)
            if value.language
            else ox.Literal(text, datatype=value.datatype)
        )
        yield ox.Quad(_made(names), predicate, other, _made(names))


def _made(names: Iterator[str]) -> ox.NamedNode:
    return ox.NamedNode(next(names))


def _run(store: ox.Store, query: str) -> None:
    for _ in store.query(query):  # type: ignore[union-attr]  # a SELECT has rows
        pass
