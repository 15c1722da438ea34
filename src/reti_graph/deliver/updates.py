"""The texts of updates. To do one of them twice makes no difference.

What depends on what the store says it holds is one operation, `DELETE … INSERT … WHERE`, with
statements that are all spelt out: its WHERE looks at that alone, and so the whole of it happens or
nothing does (SPARQL 1.1 Update, 3.1.3). What is one of many steps is `INSERT DATA`, and a `DELETE
DATA` for each graph: Virtuoso 7 makes an IRI of a text that is spelt as one in the same longer
`INSERT … WHERE`, and leaves texts with a language where one `DELETE DATA` names several graphs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph as ox

from reti_graph.deliver.journal import journal_graph
from reti_graph.deliver.lines import line
from reti_graph.stores.remote.held import held_condition, held_triples
from reti_graph.stores.remote.values import HELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reti_graph.deliver.plan import GraphChange
    from reti_graph.stores.remote.held import Held

Side: TypeAlias = Literal["remove", "add"]

MOST_CHARACTERS: Final = 4_000_000
"""How many characters of statements one update has, if it is one of several."""
MOST_OPERATIONS: Final = 100
"""How many operations such an update has: Virtuoso compiles them all at once."""


@dataclass(slots=True)
class Batch:
    """The statements of one update."""

    remove: dict[str | None, list[str]] = field(default_factory=lambda: defaultdict(list))
    add: dict[str | None, list[str]] = field(default_factory=lambda: defaultdict(list))
    statements: int = 0
    characters: int = 0

    def take(self, side: Side, graph: str | None, text: str) -> None:
        """Take one statement more."""
        (self.remove if side == "remove" else self.add)[graph].append(text)
        self.statements += 1
        self.characters += len(text)

    def take_change(self, change: GraphChange) -> None:
        """Take all the statements of a change."""
        for side, lines in (("remove", change.remove), ("add", change.add)):
            for each in lines:
                self.take("remove" if side == "remove" else "add", change.graph, each)

    def take_swap(self, base: str, old: Held, new: Held) -> None:
        """Take the statements by which a store says that it holds something else."""
        for triple in held_triples(base, old):
            self.take("remove", base + HELD, line(triple))
        for triple in held_triples(base, new):
            self.take("add", base + HELD, line(triple))

    @property
    def data(self) -> str:
        """The update that does it all, an operation for each graph that something leaves."""
        deletes = [f"DELETE DATA {{ {_block(*graph)} }}" for graph in self.remove.items()]
        inserts = [f"INSERT DATA {{ {_blocks(self.add)} }}"] if self.add else []
        return " ;\n".join([*deletes, *inserts])

    def is_full(self, most: int) -> bool:
        """Tell whether another statement would be too much for one of several updates."""
        return (
            self.statements >= most
            or self.characters > MOST_CHARACTERS
            or len(self.remove) > MOST_OPERATIONS
        )

    def update_if(self, base: str, held: Held) -> str:
        """Return the update that does it all if the store says exactly this."""
        return (
            f"DELETE {{ {_blocks(self.remove)} }}\nINSERT {{ {_blocks(self.add)} }}\n"
            f"WHERE {{ {held_condition(base, held)} }}"
        )


def batches(changes: Iterable[GraphChange], most: int) -> Iterator[Batch]:
    """Yield the statements of changes in updates of no more than `most` of them."""
    batch = Batch()
    for side, graph, text in _statements(changes):
        if batch.is_full(most):
            yield batch
            batch = Batch()
        batch.take(side, graph, text)
    if batch.statements:
        yield batch


def _statements(changes: Iterable[GraphChange]) -> Iterator[tuple[Side, str | None, str]]:
    for change in changes:
        yield from (("remove", change.graph, each) for each in change.remove)
        yield from (("add", change.graph, each) for each in change.add)


def said_update(base: str, old: Held, new: Held) -> str:
    """Return the update by which a store that says the one says the other, too."""
    batch = Batch()
    for triple in held_triples(base, new):
        batch.take("add", base + HELD, line(triple))
    return batch.update_if(base, old)


def said_alone_update(base: str, held: Held) -> str:
    """Return the update by which a store that says this says nothing else."""
    graph = ox.NamedNode(base + HELD)
    said = held_triples(base, held)
    here = " ".join(f"GRAPH {graph} {{ {line(triple)} }}" for triple in said)
    others = "".join(
        f" FILTER(?p != {triple.predicate} || ?o != {triple.object})" for triple in said
    )
    everything = f"GRAPH {graph} {{ ?s ?p ?o }}"
    return f"DELETE {{ {everything} }} WHERE {{ {here} {everything}{others} }}"


def _cleared_update(base: str, graph: str, held: Held) -> str:
    """Return the update that empties a graph if the store says exactly this."""
    everything = f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
    return f"DELETE {{ {everything} }} WHERE {{ {held_condition(base, held)} {everything} }}"


def whole_update(
    base: str, held: Held, after: Held, changes: Iterable[GraphChange], journal: Iterable[ox.Triple]
) -> str:
    """Return the update that makes every change, the journal and what is held included.

    The journal takes the place of what was there of one.
    """
    batch = Batch()
    graphs = [journal_graph(base)]
    for change in changes:
        batch.take_change(change)
        if change.blank and change.graph is not None:
            graphs.append(change.graph)
    for triple in journal:
        batch.take("add", journal_graph(base), line(triple))
    batch.take_swap(base, held, after)
    cleared = (_cleared_update(base, graph, held) for graph in graphs)
    return " ;\n".join([*cleared, batch.update_if(base, held)])


def _blocks(statements: dict[str | None, list[str]]) -> str:
    return "\n".join(_block(graph, lines) for graph, lines in statements.items())


def _block(graph: str | None, lines: Iterable[str]) -> str:
    statements = " ".join(lines)
    return statements if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ {statements} }}"
