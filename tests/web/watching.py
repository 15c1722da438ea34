"""A store that is watched in tests: what it says, what is done about it, and a scene with both."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Final

from reti_graph.errors import (
    RetiError,
    StoreAnswerError,
    StoreDeniedError,
    StoreError,
    StoreTimeoutError,
    StoreUnreachableError,
)
from reti_graph.stores.remote.held import Held
from reti_graph.web.upstream import Reading, Upstream, Watch
from tests.web.far import SELDOM, Clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

WAIT: Final = 60
OURS: Final = "a" * 64
OTHER: Final = "b" * 64
FAILURES: Final = (
    (StoreUnreachableError, "unreachable", "cannot be reached"),
    (StoreTimeoutError, "slow", "in time"),
    (StoreDeniedError, "denied", "does not let"),
    (StoreAnswerError, "broken", "no answer of use"),
    (StoreError, "broken", "no answer of use"),
)


class Store:
    """What is looked at: it says what it is told to say, one thing after another."""

    def __init__(self, *says: Held | RetiError) -> None:
        """Say these; the last one for ever."""
        self._says = list(says)
        self.looks = 0
        self.seen: dict[int, threading.Event] = {}

    def held(self) -> Held:
        """Say the next thing."""
        self.looks += 1
        self.nth(self.looks).set()
        said = self._says.pop(0) if len(self._says) > 1 else self._says[0]
        if isinstance(said, RetiError):
            raise said
        return said

    def nth(self, number: int) -> threading.Event:
        """Give what tells that it is looked at for so many times."""
        return self.seen.setdefault(number, threading.Event())

    async def looked(self, number: int) -> None:
        """Wait until it is looked at for so many times."""
        await asyncio.to_thread(self.nth(number).wait, WAIT)
        assert self.looks >= number


class Reloads:
    """Counts how often the site is to be published anew, and fails if it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        """Begin with none."""
        self.count = 0
        self._error = error

    async def __call__(self) -> None:
        """Publish."""
        self.count += 1
        if self._error is not None:
            raise self._error


def play(
    scene: Callable[[Upstream], Coroutine[Any, Any, None]],
    store: Store | None = None,
    *,
    reload: Callable[[], Awaitable[None]] | None = None,
    seconds: float = SELDOM,
    reading: Reading | None = None,
    clock: Clock | None = None,
) -> None:
    """Play a scene with a store that is watched."""

    async def whole() -> None:
        watch = Watch(
            held=(store or Store(Held(OURS))).held, reload=reload or Reloads(), seconds=seconds
        )
        upstream = Upstream(OURS, watch, reading or Reading(), clock or Clock())
        upstream.begin()
        try:
            await scene(upstream)
        finally:
            await upstream.close()

    asyncio.run(asyncio.wait_for(whole(), WAIT))


def failing(error: RetiError) -> Callable[[], None]:
    """Return work that fails."""

    def work() -> None:
        raise error

    return work
