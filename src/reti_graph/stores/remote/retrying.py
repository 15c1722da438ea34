"""Asking again, a bounded number of times, with pauses that grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from reti_graph.stores.remote.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 8.0
LONGEST_ASKED: Final = 30.0
"""How long a pause is made at most because the store asks for it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The last failure, and how often was asked."""

    failure: Failure
    asked: int


def persistent(
    attempt: Callable[[], T | Failure],
    retries: int,
    *,
    pause: Callable[[float], object],
    left: Callable[[], float],
) -> T | GivenUp:
    """Return the first outcome that is no failure, or the last failure.

    `attempt` is made again at most `retries` times, only after failures that may pass, and only
    while the pause fits into the seconds that `left` gives.
    """
    asked = 0
    while True:
        outcome = attempt()
        if not isinstance(outcome, Failure):
            return outcome
        asked += 1
        wait = _wait(outcome, asked)
        if wait is None or asked > retries or wait >= left():
            return GivenUp(outcome, asked)
        pause(wait)


def _wait(failure: Failure, asked: int) -> float | None:
    """Return the seconds to wait before the next attempt; None when there should be none."""
    if not failure.again:
        return None
    growing = min(FIRST_PAUSE * 2.0 ** (asked - 1), LONGEST_PAUSE)
    if failure.after is None:
        return growing
    return max(growing, failure.after) if failure.after <= LONGEST_ASKED else None
