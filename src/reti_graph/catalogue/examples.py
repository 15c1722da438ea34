"""Which things of a site to show to whoever wants to see what its data is like."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.naming import split_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MOST: Final = 5


def examples(quads: Iterable[ox.Quad], base: str) -> tuple[ox.NamedNode, ...]:
    """Return things of different kinds that much is said of, as `most_told`."""
    return most_told(Counter(_things({quad.triple for quad in quads}, base)), base)


def most_told(counted: Mapping[str, int], base: str) -> tuple[ox.NamedNode, ...]:
    """Return of things, given in how many triples each is, those to show, with the most first.

    Of each kind of `<base>id/{kind}/{slug}` it is the thing in most triples, and of these the five
    in most; where two are in equally many, the IRI decides.
    """
    of_kind: dict[str, str] = {}
    for iri, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        if thing := split_thing(iri, base):
            of_kind.setdefault(thing[0], iri)
    return tuple(map(ox.NamedNode, list(of_kind.values())[:_MOST]))


def _things(triples: Iterable[ox.Triple], base: str) -> Iterator[str]:
    start = f"{base}id/"
    for triple in triples:
        for term in {triple.subject, triple.object}:
            if isinstance(term, ox.NamedNode) and term.value.startswith(start):
                yield term.value
