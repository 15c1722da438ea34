"""Worker processes that answer SPARQL from outside, and can be killed.

A query can make pyoxigraph crash, hang, take all memory or call other addresses, and nothing in
this process could stop it. So it runs in a child that holds the data and has given up the rest.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, Self

from reti_graph.errors import QuerySyntaxError, StoreError
from reti_graph.stores.children import Child, how_it_ended
from reti_graph.stores.dispatch import Dispatch
from reti_graph.stores.frames import (
    Answer,
    Failure,
    Job,
    Ready,
    Setup,
    decode_said,
    error_of,
    to_frame,
)
from reti_graph.stores.spool import spool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pyoxigraph as ox

    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset
    from reti_graph.stores.spool import Spool

_log = logging.getLogger(__name__)

# What a frame may have beside the bytes of an answer, or an error's message.
_AROUND_AN_ANSWER: Final = 100_000
# A late worker is killed on time; the kernel ends it when this process cannot.
_GRACE_SECONDS: Final = 2.0
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLimits:
    """How many workers there are, and what one query may take.

    That is `seconds` of time, `memory_bytes` beside the data, and `answer_bytes`; `queue` queries
    may wait. Data of more than `quads_in_memory` quads is read from disk.
    """

    workers: int = 2
    seconds: float = 10.0
    memory_bytes: int = 500_000_000
    answer_bytes: int = 20_000_000
    queue: int = 64
    quads_in_memory: int = 200_000


class WorkerPool:
    """Answers queries in worker processes, clients in turn.

    Of one event loop: everything is called in the one that started it. What one query does to its
    worker no other query notices, and another worker takes the place of one that is lost.
    """

    def __init__(
        self, setup: Setup, limits: PoolLimits, clean_up: Callable[[], object] | None = None
    ) -> None:
        """Take what workers are told first, and what is to be done once they are gone.

        `start` and `over` make a pool that answers.
        """
        self._limits = limits
        self._clean_up = clean_up
        self._setup = to_frame(setup)
        self._dispatch = Dispatch(
            workers=limits.workers, queue=limits.queue, seconds=limits.seconds
        )
        self._confined = True
        self._children: set[Child] = set()
        self._keepers: list[asyncio.Task[None]] = []
        self._first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._closing = asyncio.Event()
        self._closed: asyncio.Task[None] | None = None

    @classmethod
    async def start(
        cls, quads: Iterable[ox.Quad], prefixes: Mapping[str, str], limits: PoolLimits
    ) -> Self:
        """Return a pool over these quads as soon as one worker is ready; the others follow.

        Queries may use the prefixes undeclared. The quads are read in another thread. Raises
        StoreError when the data cannot be written or the worker does not start.
        """
        async with AsyncExitStack() as undo:
            folder = TemporaryDirectory(prefix="reti-graph-")
            undo.callback(folder.cleanup)
            data = await _spooled(quads, folder, limits)
            setup = Setup(str(data.source), data.on_disk, dict(prefixes), limits.memory_bytes)
            pool = await cls.over(setup, limits, folder.cleanup)
            undo.pop_all()
        return pool

    @classmethod
    async def over(
        cls, setup: Setup, limits: PoolLimits, clean_up: Callable[[], object] | None = None
    ) -> Self:
        """Return a pool over data that is there already, as soon as one worker is ready.

        `clean_up` is called in another thread once the workers are gone. Raises StoreError when
        the worker does not start.
        """
        async with AsyncExitStack() as undo:
            pool = cls(setup, limits, clean_up)
            undo.push_async_callback(pool.close)
            pool._keep_one()
            await pool._first
            for _ in range(1, limits.workers):
                pool._keep_one()
            undo.pop_all()
        return pool

    @property
    def confined(self) -> bool:
        """True when no worker so far can open a file or a socket."""
        return self._confined

    @property
    def ready(self) -> int:
        """How many workers wait for a query."""
        return self._dispatch.idle

    @property
    def running(self) -> int:
        """How many queries run."""
        return self._dispatch.running

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._dispatch.waiting

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers, for whoever watches them."""
        return tuple(child.pid for child in self._children)

    async def answer(
        self, query: str, target: Format, dataset: Dataset | None = None, *, client: str = ""
    ) -> bytes:
        """Write the answer of a query in a format; see `stores.port.Store.answer`.

        The gate is not kept here. Clients are served in turn, and one of them never holds all
        workers. When the caller is cancelled the query ends, with its worker. Also raises
        BusyError when too many wait, StoreTimeoutError, AnswerTooLargeError, and WorkerLostError.
        """
        graphs = (dataset.default, dataset.named) if dataset else None
        limits = self._limits
        seconds = limits.seconds + _GRACE_SECONDS
        job = Job(query, target.name, graphs, seconds, limits.answer_bytes)
        try:
            frame = to_frame(job)
        except UnicodeEncodeError as error:
            raise QuerySyntaxError("This holds what is not a Unicode character.") from error
        told = decode_said(await self._dispatch.ask(frame, client))
        if isinstance(told, Answer):
            return told.content
        raise error_of(told) if isinstance(told, Failure) else StoreError("That is no answer.")

    async def drained(self) -> None:
        """Return once no query runs or waits: a pool that others have left may then be closed."""
        await self._dispatch.quiet()

    async def close(self) -> None:
        """End all workers, fail what still runs, and clean up. May be called again."""
        if self._closed is None:
            self._closed = asyncio.ensure_future(self._close())
        await asyncio.shield(self._closed)

    async def _close(self) -> None:
        self._closing.set()
        self._dispatch.stop()
        for child in self._children:
            child.kill()
        await asyncio.gather(*self._keepers)
        if self._clean_up is not None:
            await asyncio.to_thread(self._clean_up)

    def _keep_one(self) -> None:
        self._keepers.append(asyncio.ensure_future(self._keep()))

    async def _keep(self) -> None:
        """Have one worker, and another when it is lost, until the pool is closed."""
        fruitless = 0
        while not self._closing.is_set():
            fruitless = 0 if await self._outlive() else fruitless + 1
            if fruitless:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), pause_after(fruitless))

    async def _outlive(self) -> bool:
        """Start a worker and wait for its end; return whether it was of any use."""
        longest = self._limits.answer_bytes + _AROUND_AN_ANSWER
        try:
            child = await Child.start(self._setup, self._heard, longest)
        except OSError as error:
            self._without_worker(f"No worker can be started: {error}.")
            return False
        self._children.add(child)
        if self._closing.is_set():
            child.kill()
        code = await child.ended
        self._children.discard(child)
        asked = self._dispatch.gone(child, code)
        if not child.killed:
            doing = "under a query" if asked else "without a query"
            _log.warning("A worker ended %s: %s. Another starts", doing, how_it_ended(code))
        self._without_worker(f"A worker ended at its start: {how_it_ended(code)}.")
        return child.asked > 0

    def _heard(self, child: Child, content: bytes) -> None:
        if child.heard > 1:
            self._dispatch.heard(child, content)
            return
        told = decode_said(content)
        if isinstance(told, Ready):
            self._confined = self._confined and told.confined
            self._dispatch.free(child)
            if not self._first.done():
                self._first.set_result(None)
        elif isinstance(told, Failure):
            _log.warning("A worker does not start: %s", told.message)
            self._without_worker(told.message)

    def _without_worker(self, reason: str) -> None:
        """Let a pool that never had a worker not start at all."""
        if not self._first.done():
            self._first.set_exception(StoreError(reason))


def pause_after(fruitless: int) -> float:
    """Return for how many seconds to start no worker, after so many in a row were of no use."""
    # Beyond this the doubling is far above the longest pause, and at last above any float.
    doublings = min(fruitless - 1, 16)
    return min(_FIRST_PAUSE * 2.0**doublings, _LONGEST_PAUSE)


async def _spooled(
    quads: Iterable[ox.Quad], folder: TemporaryDirectory[str], limits: PoolLimits
) -> Spool:
    writing = asyncio.ensure_future(
        asyncio.to_thread(spool, quads, Path(folder.name), limits.quads_in_memory)
    )
    try:
        return await asyncio.shield(writing)
    finally:
        # A thread cannot be stopped, and the folder must stay as long as it writes.
        await asyncio.gather(writing, return_exceptions=True)
