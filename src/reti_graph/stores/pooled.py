"""A store whose queries run in worker processes, for callers that block."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph as ox

from reti_graph.errors import FormatError
from reti_graph.formats import JSON, N_TRIPLES
from reti_graph.gate import check
from reti_graph.stores.answering import as_solutions, as_truth, guarded, other_form
from reti_graph.stores.loop_thread import LoopThread
from reti_graph.stores.mistakes import UNLIMITED
from reti_graph.stores.pool import PoolLimits, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset, Solutions

DEFAULT_LIMITS: Final = PoolLimits()


class PooledStore:
    """A Store over a WorkerPool, in an event loop of its own. Any thread may use it.

    Threads are served in turn. A query may also raise what `WorkerPool.answer` raises. A graph is
    replaced by starting new workers over all the data: right, and meant for rare changes.
    """

    def __init__(
        self, quads: Iterable[ox.Quad], prefixes: Mapping[str, str], limits: PoolLimits
    ) -> None:
        """Start the workers; `of` has default limits. Raises StoreError when none starts."""
        self._quads = frozenset(quads)
        self._prefixes = dict(prefixes)
        self._limits = limits
        self._writing = threading.Lock()
        with ExitStack() as undo:
            self._loop = LoopThread()
            undo.callback(self._loop.close)
            self._pool = self._loop.call(self._start(self._quads))
            undo.pop_all()

    @classmethod
    def of(
        cls,
        quads: Iterable[ox.Quad],
        prefixes: Mapping[str, str],
        limits: PoolLimits = DEFAULT_LIMITS,
    ) -> Self:
        """Return a store that holds these quads; queries may use the prefixes undeclared."""
        return cls(quads, prefixes, limits)

    def ask(self, query: str) -> bool:
        """See `Store.ask`."""
        return guarded(lambda: as_truth(self._results(query, "an ASK")))

    def select(self, query: str) -> Solutions:
        """See `Store.select`."""
        return guarded(lambda: as_solutions(self._results(query, "a SELECT")))

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """See `Store.construct`."""
        try:
            content = self.answer(query, N_TRIPLES)
        except FormatError as error:
            raise other_form("a CONSTRUCT or DESCRIBE") from error
        return tuple(quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES))

    def answer(self, query: str, target: Format, dataset: Dataset | None = None) -> bytes:
        """See `Store.answer`."""
        check(query, UNLIMITED)
        client = str(threading.get_ident())
        return self._loop.call(self._answer(query, target, dataset, client))

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """See `Store.replace`. Queries that run are answered from what was there before."""
        with self._writing:
            kept = {quad for quad in self._quads if quad.graph_name != graph}
            added = {ox.Quad(each.subject, each.predicate, each.object, graph) for each in triples}
            changed = frozenset(kept | added)
            self._loop.call(self._swap(changed))
            self._quads = changed

    def close(self) -> None:
        """End the workers. May be called again."""
        with self._writing:
            if self._loop.is_open:
                self._loop.call(self._pool.close())
            self._loop.close()

    def _results(self, query: str, form: str) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            content = self.answer(query, JSON)
        except FormatError as error:
            raise other_form(form) from error
        return ox.parse_query_results(content, ox.QueryResultsFormat.JSON)

    async def _start(self, quads: Iterable[ox.Quad]) -> WorkerPool:
        return await WorkerPool.start(quads, self._prefixes, self._limits)

    async def _answer(
        self, query: str, target: Format, dataset: Dataset | None, client: str
    ) -> bytes:
        return await self._pool.answer(query, target, dataset, client=client)

    async def _swap(self, quads: Iterable[ox.Quad]) -> None:
        new = await self._start(quads)
        old, self._pool = self._pool, new
        await old.drained()
        await old.close()
