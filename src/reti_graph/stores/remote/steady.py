"""Answers of one state of a store elsewhere, whatever is published into it meanwhile.

An engine may show a change while it is half made, and an answer may be made of several requests. So
the store is asked what it holds as well: an answer counts when that was the same all the while.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Final, TypeVar

from reti_graph.errors import OtherReleaseError
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.answers import truth
from reti_graph.stores.remote.held import Held, holds_query, read_held

if TYPE_CHECKING:
    from collections.abc import Callable

    from reti_graph.stores.remote.held import Reader
    from reti_graph.stores.remote.values import Remote

_Result = TypeVar("_Result")

_TURNS: Final = 10
_FIRST_PAUSE: Final = 0.02
# What the store was found to hold after one answer counts before the next, for so many seconds: too
# few to publish another release and go back. It saves a document a third of its requests.
_FRESH: Final = 0.05


class Steady:
    """Asks again, or refuses, when a store was changed while it answered. For many threads.

    `pinned` is the digest of the release that answers must be of; None is whichever there is.
    """

    def __init__(
        self,
        reader: Reader,
        remote: Remote,
        pinned: str | None,
        pause: Callable[[float], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what asks the store; `pause` waits for so many seconds, `clock` tells them."""
        self._reader = reader
        self._remote = remote
        self._pinned = pinned
        self._pause = pause
        self._clock = clock
        self._held_at = -math.inf

    def answer(self, ask: Callable[[], _Result], *, at_once: bool) -> _Result:
        """Return an answer that is of one state; `at_once` when one request makes it.

        Raises OtherReleaseError when the store holds another release than the pinned one, or does
        not come to rest; and what `ask` raises.
        """
        if self._pinned is not None:
            return self._of_pinned(ask, self._pinned)
        return ask() if at_once and self._remote.dialect.atomic else self._of_any(ask)

    def _of_pinned(self, ask: Callable[[], _Result], digest: str) -> _Result:
        # Asked only afterwards, an answer from before a change would pass for one from after it.
        if self._clock() - self._held_at >= _FRESH:
            self._require(digest)
        answer = ask()
        self._require(digest)
        return answer

    def _require(self, digest: str) -> None:
        query = holds_query(self._remote.base, digest)
        holds = truth(self._reader.query(query, QueryForm.ASK))
        self._held_at = self._clock() if holds else -math.inf
        if not holds:
            raise OtherReleaseError(
                "The store does not hold the release that is asked for, or is being changed.",
                hint="Publish the release that is served, or serve the one that was published.",
            )

    def _of_any(self, ask: Callable[[], _Result]) -> _Result:
        wait = _FIRST_PAUSE
        before = self._held()
        for _ in range(_TURNS):
            if before.changing is None:
                answer = ask()
                after = self._held()
                if after == before:
                    return answer
                before = after
                continue
            self._pause(wait)
            wait *= 2
            before = self._held()
        raise OtherReleaseError(
            "The store is being changed.",
            hint="Ask again once `reti-graph publish` has ended; if it was cut off, run it again.",
        )

    def _held(self) -> Held:
        return read_held(self._reader, self._remote.base)
