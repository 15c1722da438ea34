"""Deriving statements with the site's rules, into the graphs their evidence stands in.

A rule is a SPARQL 1.1 Update text of `INSERT { GRAPH … } WHERE { … }` operations and nothing
else (SPARQL 1.1 Update, 3.1.3). It sees the union of all graphs as the default graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.derive.checking import check_rules
from reti_graph.derive.fixpoint import Deriving, Target, in_default
from reti_graph.derive.spelling import Spellings, respelt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from reti_graph.sources.site import TextFile

__all__ = ["Deriving", "Spellings", "Target", "check_rules", "derive", "in_default", "respelt"]

_ROUNDS: Final = 32


def derive(
    quads: Iterable[ox.Quad],
    rules: Sequence[TextFile],
    *,
    rounds: int = _ROUNDS,
    most: int = 1_000_000,
) -> tuple[ox.Quad, ...]:
    """Apply the rules again and again until nothing new comes, and return what is new, sorted.

    A derived literal that some statement already has is spelt as it is there, although the store
    works on canonical forms. Raises DataError as `Deriving.run`.
    """
    given = tuple(quads)
    store = ox.Store()
    store.extend(given)
    store.extend([in_default(quad) for quad in given])
    found = _Kept(store)
    Deriving(store, rules, rounds=rounds, most=most).run(found)
    literals = {quad.object for quad in given if isinstance(quad.object, ox.Literal)}
    spellings = Spellings.of(literals)
    return tuple(sorted(map(spellings.spelt, found.quads), key=str))


class _Kept:
    """What is derived, kept in memory: a `Target`."""

    def __init__(self, store: ox.Store) -> None:
        self.quads: list[ox.Quad] = []
        self._store = store
        self._complete = 0

    def add(self, new: Collection[ox.Quad]) -> None:
        self._store.extend(new)
        self.quads.extend(new)

    def complete(self) -> None:
        self._store.extend(map(in_default, self.quads[self._complete :]))
        self._complete = len(self.quads)
