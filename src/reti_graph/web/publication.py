"""What is served at present, with all that answers for it, and the way to the next release."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from starlette.concurrency import run_in_threadpool

from reti_graph.errors import DataError, RetiError
from reti_graph.html.words import LANGUAGES
from reti_graph.language import choose
from reti_graph.web.cache import Cache, Once
from reti_graph.web.metrics import State

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    import pyoxigraph as ox

    from reti_graph.canned.choices import Choices
    from reti_graph.config import Settings
    from reti_graph.describe import ThingNames
    from reti_graph.formats import Format
    from reti_graph.jsonld import Context
    from reti_graph.stores.port import Dataset, Store
    from reti_graph.web.dump_files import Dumps
    from reti_graph.web.edition import Edition
    from reti_graph.web.listing import Listing
    from reti_graph.web.representation import Representation
    from reti_graph.web.upstream import Upstream

Result = TypeVar("Result")

_log = logging.getLogger(__name__)

_FINDINGS_LOGGED = 20


class Answers(Protocol):
    """Who answers SPARQL from outside: a pool of workers, or a fake of one."""

    @property
    def confined(self) -> bool:
        """True when a query can reach neither network nor files."""
        ...

    @property
    def ready(self) -> int:
        """How many queries could run at once now."""
        ...

    @property
    def running(self) -> int:
        """How many queries run."""
        ...

    @property
    def waiting(self) -> int:
        """How many queries wait for a place."""
        ...

    async def answer(
        self, query: str, target: Format, dataset: Dataset | None = None, *, client: str = ""
    ) -> bytes:
        """Write the answer of a query in a format; see `stores.port.Store.answer`.

        Raises BusyError, StoreTimeoutError, WorkerLostError and AnswerTooLargeError, too.
        """
        ...

    async def close(self) -> None:
        """End whatever still runs."""
        ...


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Served:
    """One release, and everything needed to answer for it.

    `store` holds the release's quads; `own` what the site says of itself (shapes, queries, the
    service) beside the labels of the ontology, `listing` its catalogue. `kept` has
    representations by what they represent, `exact` by the very request that got them. With an
    `upstream` the store is elsewhere: it may fail, and is asked by `read` and `look_up` alone.
    """

    release: Edition
    modified: datetime
    store: Store
    own: Store
    metadata: Mapping[str, tuple[ox.Quad, ...]]
    names: ThingNames
    answers: Answers
    choices: Choices
    context: Context
    contexts: Mapping[str, bytes]
    dumps: Dumps
    listing: Listing
    kept: Cache[Representation]
    exact: Cache[Representation]
    once: Once[Representation] = field(default_factory=Once)
    upstream: Upstream | None = None
    closing: tuple[Callable[[], object], ...] = ()

    @property
    def settings(self) -> Settings:
        """The settings of the release's site."""
        return self.release.settings

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages pages come in: those of the site that the pages have words for."""
        own = tuple(tag for tag in self.settings.languages if tag in LANGUAGES)
        return own or ("en",)

    async def read(self, work: Callable[[], Result]) -> Result:
        """Return what some work gives that asks the store and takes a while.

        Raises what the work raises, and as `Upstream.read` where the store is elsewhere.
        """
        if self.upstream is not None:
            return await self.upstream.read(work)
        return await run_in_threadpool(work)

    async def look_up(self, work: Callable[[], Result]) -> Result:
        """Return what some work gives that asks the store, and is done soon if that is here."""
        return work() if self.upstream is None else await self.upstream.read(work)

    async def close(self) -> None:
        """Let go of processes, files and connections."""
        await self.answers.close()
        if self.upstream is not None:
            await self.upstream.close()
        self.dumps.close()
        for close in self.closing:
            await run_in_threadpool(close)


class Publication:
    """The release that is served, and its change for another without a dropped request."""

    def __init__(self, publish: Callable[[], Awaitable[Served]]) -> None:
        """Take what reads, checks and opens the site; it raises RetiError when that fails."""
        self._publish = publish
        self._current: Served | None = None
        self._users: Counter[Served] = Counter()
        self._closing: set[asyncio.Task[None]] = set()
        self._reloading = asyncio.Lock()

    @property
    def current(self) -> Served | None:
        """What new requests get; None before `start` and after `close`."""
        return self._current

    async def start(self) -> None:
        """Publish the first release. Raises RetiError when there is none."""
        self._current = await self._publish()

    async def reload(self) -> None:
        """Publish the site as it is now, or keep what there is when that will not do.

        What is asked for during a reload is done after it.
        """
        async with self._reloading:
            try:
                new = await self._publish()
            except RetiError as error:
                reasons = _reasons(error)
                _log.error("The release is kept, for the site cannot be published: %s", reasons)
                return
            old, self._current = self._current, new
            _log.info("Release %s is served now", new.release.digest[:12])
            if old is not None:
                self._close_if_unused(old)

    async def close(self) -> None:
        """Close everything; requests that still run fail."""
        old, self._current = self._current, None
        if old is not None:
            await old.close()
        await asyncio.gather(*self._closing)

    def state(self) -> State:
        """Return how things are, for whoever keeps an eye on them."""
        found = self._current
        if found is None:
            return State(waiting=0, running=0, ready=False, release="")
        answers = found.answers
        return State(
            waiting=answers.waiting,
            running=answers.running,
            ready=answers.ready + answers.running > 0,
            release=found.release.digest,
            store=None if found.upstream is None else found.upstream.condition == "good",
        )

    def enter(self) -> Served | None:
        """Return the current release for one request, which then calls `leave`."""
        if self._current is not None:
            self._users[self._current] += 1
        return self._current

    def leave(self, served: Served) -> None:
        """Say that a request is over; the last one of an old release closes it."""
        self._users[served] -= 1
        if served is not self._current:
            self._close_if_unused(served)

    def _close_if_unused(self, old: Served) -> None:
        if self._users[old] > 0:
            return
        del self._users[old]
        task = asyncio.ensure_future(old.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


def _reasons(error: RetiError) -> str:
    if not isinstance(error, DataError):
        return str(error)
    found = error.report.violations[:_FINDINGS_LOGGED]
    lines = [f"{problem.location}: {choose(problem.messages, 'en')}" for problem in found]
    return "; ".join((str(error), *lines))
