"""The union of all graphs, which may be more than memory holds: read and compared in order.

It is asked for by its subjects, some at a time. They are known: the union has what the graphs have,
or had. Where that does not give as many statements as were counted, there is something else in it,
and all of it is asked for by parts of the subjects' hashes; for that a store goes through all of
it again for each part.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import groupby, starmap
from typing import TYPE_CHECKING, Final, NamedTuple

from reti_graph.deliver.contents import not_whole, read_known, read_parts
from reti_graph.deliver.entries import Entry, Sorting
from reti_graph.deliver.kept import Kept
from reti_graph.deliver.lines import lines_of
from reti_graph.deliver.plan import GraphChange, UnionChange
from reti_graph.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reti_graph.deliver.target import Target

PART: Final = 50_000
"""How many statements a part of a change has at most."""


def read_union(target: Target, count: int, known: Iterable[Entry], folder: Path) -> Iterable[Entry]:
    """Return what the graph of the union has, in order.

    Raises StoreAnswerError when it has another count, StoreError as `Target.rows`, OSError.
    """
    if count == 0:
        return ()
    graph = target.remote.union
    for how, parts in (
        ("by-subject", read_known(target, graph, known)),
        ("by-hash", read_parts(target, graph, count)),
    ):
        found = Sorting(folder / how)
        seen = 0
        for triples in parts:
            found.take(lines_of(triples))
            seen += len(triples)
        if seen == count:
            return found.taken()
    raise not_whole(seen, count, "the union of all graphs")


@dataclass(frozen=True, slots=True)
class Union:
    """What is in the graph of the union, what shall be, and what is or shall be in any graph."""

    there: Iterable[Entry]
    wanted: Iterable[Entry]
    known: Iterable[Entry]


def union_change(target: Target, union: Union, folder: Path) -> UnionChange | None:
    """Return how the graph of the union changes, or None when nothing has to.

    Raises RefusedError when it is the store's default graph, and has what is not known; OSError.
    """
    whole = target.remote.addresses.update is None
    parts = Kept(folder / "union-changes", GraphChange)
    gathered = _Gathered(target.remote.union)
    removed = added = strange = 0
    first = ""
    for each in _compared(union):
        if each.there and not (each.wanted or each.known):
            strange += 1
            first = first or each.there
        removed += each.there is not None and each.wanted is None
        added += each.there is None and each.wanted is not None
        gathered.take(each, whole=whole)
        if gathered.count >= PART:
            parts.extend(gathered.change())
            gathered = _Gathered(target.remote.union)
    if gathered.count:
        parts.extend(gathered.change())
    if strange and target.remote.union is None:
        raise _refused(strange, first)
    if not removed and not added:
        return None
    return UnionChange(graph=target.remote.union, parts=parts, removed=removed, added=added)


class _Compared(NamedTuple):
    """A statement as it is written in the union that is there, and in the one that shall be."""

    there: str | None
    wanted: str | None
    known: bool


def _compared(union: Union) -> Iterator[_Compared]:
    every = (("there", union.there), ("wanted", union.wanted), ("known", union.known))
    for _, same in groupby(heapq.merge(*starmap(_tagged, every)), lambda each: each[0]):
        lines = {origin: line for _, origin, line in same}
        if lines.keys() != {"known"}:
            yield _Compared(lines.get("there"), lines.get("wanted"), "known" in lines)


def _tagged(origin: str, entries: Iterable[Entry]) -> Iterator[tuple[str, str, str]]:
    return ((entry.key, origin, entry.line) for entry in entries)


class _Gathered:
    """A part of a change."""

    def __init__(self, graph: str | None) -> None:
        self._graph = graph
        self._remove: list[str] = []
        self._add: list[str] = []
        self._stay: list[str] = []

    @property
    def count(self) -> int:
        return len(self._remove) + len(self._add) + len(self._stay)

    def take(self, each: _Compared, *, whole: bool) -> None:
        if each.there is None:
            self._add.append(each.wanted or "")
        elif each.wanted is None:
            self._remove.append(each.there)
        elif whole:
            self._stay.append(each.there)

    def change(self) -> GraphChange:
        return GraphChange(
            graph=self._graph,
            remove=tuple(self._remove),
            add=tuple(self._add),
            stay=tuple(self._stay),
        )


def _refused(count: int, first: str) -> RefusedError:
    return RefusedError(
        f"The store's default graph has {count:,} statements of others, which would be "
        f"lost: it has to be the union of the site's graphs. The first is {first}",
        hint="Move them into a graph of their own name, or publish into an empty store.",
    )
