"""Rules applied again and again to a store, until nothing new comes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol, cast

import pyoxigraph as ox

from reti_graph.derive.checking import raise_if_wrong
from reti_graph.derive.operations import operations
from reti_graph.derive.turns import Turns, everything
from reti_graph.errors import DataError
from reti_graph.problems import Location, Problem, Report
from reti_graph.sources.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from reti_graph.derive.operations import Operation
    from reti_graph.derive.turns import Reads
    from reti_graph.sources.site import TextFile

_DEFAULT: Final = ox.DefaultGraph()
# So much of what is new is held in Python at once.
_BATCH: Final = 100_000


class Target(Protocol):
    """What takes in what is derived, and puts it into the store that the rules look at."""

    def add(self, new: Collection[ox.Quad]) -> object:
        """Put quads, each of them new, into their graphs."""

    def complete(self) -> object:
        """Put into the default graph what was added since the last call."""


class Deriving:
    """The rules of a site at work on a store: its graphs, and their union as default graph."""

    def __init__(
        self,
        store: ox.Store,
        rules: Sequence[TextFile],
        *,
        rounds: int,
        most: int,
        reads: Callable[[Operation], Reads] = everything,
    ) -> None:
        """Take the rules apart; `reads` tells what need not be run again, and changes no result.

        Raises DataError when a rule is not allowed (see `check_rules`).
        """
        raise_if_wrong(rules)
        self._store = store
        self._operations = tuple(chain.from_iterable(map(operations, rules)))
        self._turns = Turns(map(reads, self._operations))
        self._rounds = rounds
        self._most = most
        self._found = 0

    def run(self, target: Target) -> int:
        """Derive all that follows, and return how much it is.

        Raises DataError when a rule writes outside the graphs there are, or when after so many
        rounds or new statements the rules have not come to rest.
        """
        last: TextFile | None = None
        for _ in range(self._rounds):
            before = self._found
            self._turns.begins()
            for place, operation in enumerate(self._operations):
                for new in self._new(operation) if self._turns.takes(place) else ():
                    target.add(new)
                    self._turns.comes(new)
                    last = operation.rule
            if self._found == before:
                return self._found
            target.complete()
        assert last is not None  # noqa: S101 - a round that is not the last one finds something
        raise DataError(Report((_restless(last),)))

    def _new(self, operation: Operation) -> Iterator[Collection[ox.Quad]]:
        """Yield what an operation says that the store does not hold, in batches."""
        store, fresh = self._store, dict[ox.Quad, None]()
        # No name holds the answer: an error would carry it into another thread, which may not
        # let go of it.
        for solution in cast("ox.QuerySolutions", store.query(operation.query)):
            for quad in operation.said(solution):
                if quad not in store and quad not in fresh:
                    self._check(quad, operation)
                    fresh[quad] = None
                    self._found += 1
            if len(fresh) >= _BATCH:
                yield fresh
                fresh = {}
        if fresh:
            yield fresh

    def _check(self, quad: ox.Quad, operation: Operation) -> None:
        graph = quad.graph_name
        if graph == _DEFAULT or not self._store.contains_named_graph(graph):
            raise DataError(Report((_wrong_graph(operation.rule, str(graph)),)))
        if self._found >= self._most:
            raise DataError(Report((_restless(operation.rule),)))


def in_default(quad: ox.Quad) -> ox.Quad:
    """Return what a quad adds to the union of the graphs."""
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _wrong_graph(rule: TextFile, graph: str) -> Problem:
    it, en = (
        ("il grafo predefinito", "the default graph")
        if graph == str(_DEFAULT)
        else (f"{graph}, che non c'è", f"{graph}, which is not there")
    )
    return finding(
        "rule-graph",
        Location(rule.name),
        it=f"La regola scrive in {it}.",
        en=f"The rule writes into {en}.",
        hint="Write into the graph of the statements it follows from: GRAPH ?passage { … }.",
    )


def _restless(rule: TextFile) -> Problem:
    return finding(
        "rule-without-end",
        Location(rule.name),
        it="La regola continua a dire cose nuove e non arriva mai alla fine.",
        en="The rule goes on saying new things and never comes to an end.",
        hint="Look for BNODE(), UUID(), RAND() and values computed from their own results.",
    )
