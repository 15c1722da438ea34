"""The store elsewhere that a release is served from: asked in threads of its own, and watched.

Whether it may be asked is decided by looking which release it holds, every so often and at once
when it has failed somebody. While it may not, nobody waits for it: what was kept is sent, what has
a copy to be read from is read there, and all else is told when to come back. What outsiders are
told names neither address nor product; the log has that.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import math
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

from reti_graph.errors import (
    BusyError,
    OtherReleaseError,
    RetiError,
    StoreError,
    StoreTimeoutError,
)
from reti_graph.web.upstream_words import BROKEN, trouble_in, trouble_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset
    from reti_graph.stores.remote.held import Held
    from reti_graph.web.publication import Answers
    from reti_graph.web.upstream_words import Condition, Trouble

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How a store is looked at: `held` asks what it holds, and may block for a while.

    `reload` publishes the site anew, which helps when the site has changed as the store has.
    `seconds` are between two looks, and `close` is to be called in the end.
    """

    held: Callable[[], Held]
    reload: Callable[[], Awaitable[None]]
    seconds: float
    close: tuple[Callable[[], object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How much is read at a time: by so many threads, while so many wait, so long each."""

    threads: int = 8
    waiting: int = 64
    seconds: float = 10.0


class Spare(Protocol):
    """What answers for the store while that holds another release: `Standby` does."""

    @property
    def uses(self) -> int:
        """How often it was asked."""
        ...


class Upstream:
    """A store elsewhere that is to hold one release. Of one event loop, as all its methods are."""

    def __init__(
        self,
        digest: str,
        watch: Watch,
        reading: Reading = Reading(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take a store that held the release of this digest just now; `begin` begins to watch."""
        self._digest = digest
        self._watch = watch
        self._bounds = reading
        self._clock = clock
        self._trouble: Trouble | None = None
        self._good_at = clock()
        self._tried: str | None = None
        self._wake = asyncio.Event()
        self._reading = 0
        self._spare: Spare | None = None
        self._readers = ThreadPoolExecutor(reading.threads, "reti-graph-store")
        # Readers that wait for a store that hangs must not keep us from seeing that it does.
        self._looker = ThreadPoolExecutor(1, "reti-graph-watch")
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def condition(self) -> Condition:
        """How the store was when it was last looked at."""
        return self._trouble.condition if self._trouble else "good"

    @property
    def stale(self) -> int | None:
        """Seconds since the store was last known to be good; None while it is."""
        if self._trouble is None:
            return None
        return max(1, math.ceil(self._clock() - self._good_at))

    @property
    def retry_after(self) -> int:
        """In how many seconds it is worth asking again what could not be answered."""
        return math.ceil(self._watch.seconds)

    def begin(self) -> None:
        """Keep an eye on the store until `close`."""
        self._keep(self._run())

    def cover(self, spare: Spare) -> None:
        """Go on reading while the store holds another release: the work asks this then."""
        self._spare = spare

    async def read(self, work: Callable[[], Result]) -> Result:
        """Return what some work gives that asks the store, done in another thread.

        Raises what the work raises, failures of the store in words for outsiders; as `refuse`
        unless that is covered, StoreTimeoutError when it takes too long, and BusyError when too
        much waits.
        """
        if not self._is_covered():
            self.refuse()
        bounds = self._bounds
        if self._reading >= bounds.threads + bounds.waiting:
            raise BusyError(math.ceil(bounds.seconds))
        self._reading += 1
        uses = self._uses()
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(bounds.seconds):
                return await loop.run_in_executor(self._readers, context.run, work)
        except TimeoutError as error:
            late = StoreTimeoutError(f"Reading took more than {bounds.seconds:g} seconds.")
            raise self.failed(late) from error
        except StoreError as error:
            raise self.failed(error) from error
        finally:
            self._reading -= 1
            if self._trouble is None and self._uses() != uses:
                self._wake.set()

    def refuse(self) -> None:
        """Raise the StoreError that outsiders are told, unless the store may be asked."""
        if self._trouble is not None:
            raise self._trouble.error()

    def failed(self, error: StoreError) -> StoreError:
        """Take note of a failure, look at the store at once, and return the error for outsiders."""
        trouble = trouble_of(error)
        if trouble is None:
            return error
        _log.warning("A request cannot be answered from the store: %s", error.message)
        if self._trouble is None:
            self._wake.set()
        return trouble.error()

    async def look(self) -> None:
        """See what the store holds now, and decide whether it may be asked."""
        loop = asyncio.get_running_loop()
        try:
            held = await loop.run_in_executor(self._looker, self._watch.held)
        except RetiError as error:
            self._note(trouble_of(error) or BROKEN, error.message)
            return
        trouble = trouble_in(held, self._digest)
        self._note(trouble, trouble.message if trouble else "")
        if trouble is not None and held.digest not in (None, self._tried):
            self._tried = held.digest
            self._keep(self._watch.reload())

    async def close(self) -> None:
        """Look no more, and let go of threads and connections."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        for threads in (self._readers, self._looker):
            threads.shutdown(wait=False, cancel_futures=True)
        for close in self._watch.close:
            close()

    def _is_covered(self) -> bool:
        """Tell whether the work can do without the store."""
        trouble = self._trouble
        return trouble is not None and trouble.kind is OtherReleaseError and self._spare is not None

    def _uses(self) -> int:
        return 0 if self._spare is None else self._spare.uses

    def _note(self, trouble: Trouble | None, reason: str) -> None:
        if trouble is None:
            self._good_at = self._clock()
            self._tried = None
            if self._trouble is not None:
                _log.warning("The store holds the release again, and is asked")
        elif self._trouble is None or self._trouble.condition != trouble.condition:
            _log.error("The store is not asked any more: %s", reason)
        self._trouble = trouble

    async def _run(self) -> NoReturn:
        while True:
            # asyncio.wait_for would lose a cancellation that comes with the event (Python 3.11).
            with suppress(TimeoutError):
                async with asyncio.timeout(self._watch.seconds):
                    await self._wake.wait()
            self._wake.clear()
            await self.look()

    def _keep(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("The store is not watched as it should: %s", error, exc_info=error)


class WatchedAnswers:
    """Answers of workers that ask a store elsewhere, asked only while that is good."""

    def __init__(self, answers: Answers, upstream: Upstream) -> None:
        """Take who answers, and the store that they ask."""
        self._answers = answers
        self._upstream = upstream

    @property
    def confined(self) -> bool:
        """See `Answers.confined`."""
        return self._answers.confined

    @property
    def ready(self) -> int:
        """See `Answers.ready`."""
        return self._answers.ready

    @property
    def running(self) -> int:
        """See `Answers.running`."""
        return self._answers.running

    @property
    def waiting(self) -> int:
        """See `Answers.waiting`."""
        return self._answers.waiting

    async def answer(
        self, query: str, target: Format, dataset: Dataset | None = None, *, client: str = ""
    ) -> bytes:
        """See `Answers.answer`; a failure of the store comes in words for outsiders."""
        self._upstream.refuse()
        try:
            return await self._answers.answer(query, target, dataset, client=client)
        except StoreError as error:
            raise self._upstream.failed(error) from error

    async def close(self) -> None:
        """See `Answers.close`."""
        await self._answers.close()
