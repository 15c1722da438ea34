"""What has to be changed in a store, as values; nothing here asks or writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from reti_graph.deliver.lines import hash_of, hash_sum, n_quads
from reti_graph.stores.remote.held import Held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.deliver.journal import Journal
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a store gets from what it holds to what it shall hold.

    `held` is what it said it held when the plan was made, `after` what it shall say in the end,
    and `origin` which release it shall say meanwhile that it is changed from.
    `undo_add` and `undo_remove` are N-Quads that bring the release before back, and `undo_hash`
    its content hash, when there is one: None else. `journal` is kept beside them where it brings
    back the same release, and has no pieces where it does not. `foreign` is how many graphs of
    others there are.
    """

    held: Held
    after: Held
    origin: str | None
    contents: Contents
    changes: tuple[GraphChange, ...]
    union: GraphChange | None
    undo_add: tuple[str, ...] = ()
    undo_remove: tuple[str, ...] = ()
    undo_hash: str | None = None
    journal: Journal
    foreign: int = 0

    @property
    def changing(self) -> Held:
        """What the store says while its graphs are changed."""
        return Held(changing=(self.origin or "", self.after.digest or ""))

    @property
    def statements(self) -> int:
        """How many statements are removed and added in the graphs and their union."""
        of_union = self.union.statements if self.union else 0
        return sum(change.statements for change in self.changes) + of_union


@dataclass(slots=True)
class Tally:
    """What is gathered while the graphs of a store are gone through, one after another."""

    changes: list[GraphChange] = field(default_factory=list)
    contents: dict[str, tuple[int, int]] = field(default_factory=dict)
    union: dict[str, str] = field(default_factory=dict)
    there: set[str] = field(default_factory=set)
    before: list[int] = field(default_factory=list)
    undo_add: list[str] = field(default_factory=list)
    undo_remove: list[str] = field(default_factory=list)

    def graph(self, graph: str, there: Lines, wanted: Lines, *, blank: bool = False) -> None:
        """Take in what is in a graph and what shall be; with blank nodes nothing in it stays."""
        if change := GraphChange.between(graph, {} if blank else there, wanted, blank=blank):
            self.changes.append(change)
        if wanted:
            self.contents[graph] = (len(wanted), hash_of(graph, wanted))
        self.union.update(wanted)
        self.there.update(there)

    def release_before(self, graph: str, there: Lines, wanted: Lines, before: Lines) -> None:
        """Take in what the release before had in a graph.

        What is there or shall be, and was not before, is to be removed; what was before, and is
        not there or shall not be, is to be added: right for every mixture of the two.
        """
        self.before.append(hash_of(graph, before))
        remove = {key: each for key, each in {**wanted, **there}.items() if key not in before}
        stays = there.keys() & wanted.keys()
        add = [each for key, each in before.items() if key not in stays]
        self.undo_remove += n_quads(graph, remove.values())
        self.undo_add += n_quads(graph, add)
