"""Literals as they stand in the data, found from the form that SPARQL stores give them.

Oxigraph writes `1.50` as `1.5` and `097` as `97`; what an engine built on it says of a value must
be led back to the value that the author wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reti_graph.validation.triples import Node

_PROBE = ox.NamedNode("urn:probe")


def canonical(terms: Sequence[Node]) -> list[Node]:
    """Return the terms as an Oxigraph store gives them back."""
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:probe:{number}"), _PROBE, term)
        for number, term in enumerate(terms)
    )
    stored = {str(quad.subject): quad.object for quad in store}
    return [stored[f"<urn:probe:{number}>"] for number in range(len(terms))]


class Originals:
    """Finds the terms of some data that a store would give back as a certain term."""

    __slots__ = ("_data", "_known")

    def __init__(self, data: Iterable[ox.Triple]) -> None:
        """Keep the data; it is looked through at the first question."""
        self._data = data
        self._known: dict[Node, list[tuple[Node, Node]]] | None = None

    def of(self, term: Node, focus: Node) -> tuple[Node, ...]:
        """Return what stands in the data for a term: at the focus node, or else anywhere.

        A term that is nowhere in the data, or elsewhere just as it is, stands for itself.
        """
        if self._known is None:
            self._known = self._read()
        found = self._known.get(term, [])
        near = [original for subject, original in found if subject == focus]
        others = [original for _, original in found]
        chosen = near or ([term] if term in others else others) or [term]
        return tuple(dict.fromkeys(chosen))

    def _read(self) -> dict[Node, list[tuple[Node, Node]]]:
        pairs = [
            (triple.subject, triple.object)
            for triple in self._data
            if isinstance(triple.object, ox.Literal)
        ]
        known: dict[Node, list[tuple[Node, Node]]] = {}
        stored = canonical([value for _, value in pairs])
        for (subject, value), form in zip(pairs, stored, strict=True):
            known.setdefault(form, []).append((subject, value))
        return known
