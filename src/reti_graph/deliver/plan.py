"""What has to be changed in a store, as values; nothing here asks or writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from reti_graph.deliver.lines import hash_sum
from reti_graph.stores.remote.held import Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.deliver.entries import Entry
    from reti_graph.deliver.journal import Journal
    from reti_graph.deliver.kept import Many
    from reti_graph.deliver.lines import Lines

Kind: TypeAlias = Literal["add", "replace", "drop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphChange:
    """How one graph changes: lines to remove, to add, and that stay.

    None is the default graph. A graph with blank nodes is emptied first (`blank`), as no
    statement with one can be named.
    """

    graph: str | None
    remove: tuple[str, ...]
    add: tuple[str, ...]
    stay: tuple[str, ...] = ()
    blank: bool = False

    @classmethod
    def between(
        cls, graph: str | None, there: Lines, wanted: Lines, *, blank: bool = False
    ) -> Self | None:
        """Return what makes one of the other, or None when nothing has to change."""
        remove = tuple(each for key, each in there.items() if key not in wanted)
        add = tuple(each for key, each in wanted.items() if key not in there)
        if not (remove or add or blank):
            return None
        stay = tuple(each for key, each in there.items() if key in wanted)
        return cls(graph=graph, remove=remove, add=add, stay=stay, blank=blank)

    @property
    def kind(self) -> Kind:
        """Whether a graph comes, goes, or has other statements than before."""
        if not (self.add or self.stay):
            return "drop"
        return "replace" if self.remove or self.stay or self.blank else "add"

    @property
    def statements(self) -> int:
        """How many statements are removed and added."""
        return len(self.remove) + len(self.add)

    def without_adding(self) -> GraphChange:
        """Return the half that removes."""
        return GraphChange(graph=self.graph, remove=self.remove, add=(), stay=self.stay)

    def without_removing(self) -> GraphChange:
        """Return the half that adds, to be done after the half that removes."""
        return GraphChange(graph=self.graph, remove=(), add=self.add, stay=self.stay)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What shall be in a store: count and hash of each graph, and of the union if it is written."""

    graphs: Mapping[str, tuple[int, int]]
    union: tuple[int, int] | None

    @property
    def statements(self) -> int:
        """How many statements all graphs have together."""
        return sum(count for count, _ in self.graphs.values())

    @property
    def lines(self) -> int:
        """How many statements there are to read, those of the union included."""
        return self.statements + (0 if self.union is None else self.union[0])

    @property
    def content_hash(self) -> str:
        """The content hash of all graphs."""
        return hash_sum(each for _, each in self.graphs.values())

    def counts(self) -> Mapping[str, int]:
        """Return how many statements each graph has."""
        return {graph: count for graph, (count, _) in self.graphs.items()}


@dataclass(frozen=True, slots=True)
class ChangedGraph:
    """A graph that changes, and how many statements are removed and added in it."""

    graph: str
    kind: Kind
    removed: int
    added: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionChange:
    """How the graph of the union changes, in parts: there may be too much of it for memory.

    What stays is in the parts only where whole graphs have to be written.
    """

    graph: str | None
    parts: Many[GraphChange]
    removed: int
    added: int

    @property
    def statements(self) -> int:
        """How many statements are removed and added."""
        return self.removed + self.added


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a store gets from what it holds to what it shall hold.

    `held` is what it said it held when the plan was made, `after` what it shall say in the end,
    and `origin` which release it shall say meanwhile that it is changed from. `listed` are the
    graphs that change, in their order, and `changes` what changes in them; those, `wanted_union`
    and what `undo_add` and `undo_remove` have stand in files, and are read when they are gone
    through.
    `undo_add` and `undo_remove` are N-Quads that bring the release before back, and `undo_hash`
    its content hash, when there is one: None else. `journal` is kept beside them where it brings
    back the same release, and has no pieces where it does not.
    """

    held: Held
    after: Held
    origin: str | None
    contents: Contents
    listed: tuple[ChangedGraph, ...]
    changes: Many[GraphChange]
    union: UnionChange | None
    wanted_union: Iterable[Entry]
    undo_add: Many[str] = ()
    undo_remove: Many[str] = ()
    undo_hash: str | None = None
    journal: Journal

    @property
    def changing(self) -> Held:
        """What the store says while its graphs are changed."""
        return Held(changing=(self.origin or "", self.after.digest or ""))

    @property
    def statements(self) -> int:
        """How many statements are removed and added in the graphs and their union."""
        of_union = self.union.statements if self.union else 0
        return sum(each.removed + each.added for each in self.listed) + of_union

    def all_changes(self) -> Iterator[GraphChange]:
        """Yield the changes of the graphs and of their union."""
        yield from self.changes
        yield from self.union.parts if self.union else ()
