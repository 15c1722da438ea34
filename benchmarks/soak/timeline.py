"""Which release may have answered a request that lasted from one moment to another."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Span:
    """A release may be served from one moment to another."""

    release: str
    since: float
    until: float = math.inf


class Timeline:
    """Releases and when each may be served. One thread changes it, any may read it."""

    def __init__(self, release: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with the only release there is."""
        self._clock = clock
        # Replaced as a whole, so that nobody reads it half changed.
        self._spans: tuple[Span, ...] = (Span(release, -math.inf),)

    def begin(self, release: str) -> None:
        """From now on another release may be served beside the one before."""
        self._spans = (*self._spans, Span(release, self._clock()))

    def finish(self) -> None:
        """From now on the one before may not be served any more."""
        *early, old, new = self._spans
        self._spans = (*early, replace(old, until=self._clock()), new)

    def allowed(self, since: float) -> frozenset[str]:
        """Return the releases that may have answered what was asked then and is answered now."""
        now = self._clock()
        return frozenset(
            span.release for span in self._spans if span.since <= now and span.until >= since
        )
