from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import StoreUnreachableError
from reti_graph.stores.remote.failures import Failure
from reti_graph.stores.remote.retrying import (
    FIRST_PAUSE,
    LONGEST_ASKED,
    LONGEST_PAUSE,
    GivenUp,
    persistent,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

PASSING: Final = Failure(StoreUnreachableError, "is away", "Wait.", again=True)
LASTING: Final = replace(PASSING, again=False)


def after(outcomes: Sequence[str | Failure], retries: int, left: float = math.inf) -> object:
    """Give the end of asking somebody with these outcomes, and the pauses that were made."""
    pauses: list[float] = []
    coming = iter(outcomes)
    end = persistent(lambda: next(coming), retries, pause=pauses.append, left=lambda: left)
    return end, pauses


def test_an_answer_is_given_at_once() -> None:
    """Nobody waits after what is no failure."""
    assert after(["yes"], 3) == ("yes", [])


def test_what_may_pass_is_asked_again() -> None:
    """The pauses double."""
    assert after([PASSING, PASSING, "yes"], 3) == ("yes", [FIRST_PAUSE, 2 * FIRST_PAUSE])


def test_what_will_not_pass_is_not_asked_again() -> None:
    """One attempt is enough to learn that it is of no use."""
    assert after([LASTING], 3) == (GivenUp(LASTING, 1), [])


@given(st.integers(0, 12))
def test_the_number_of_attempts_and_each_pause_are_bounded(retries: int) -> None:
    """There are as many retries as allowed, and no pause is longer than the longest."""
    pauses: list[float] = []
    outcome = persistent(lambda: PASSING, retries, pause=pauses.append, left=lambda: math.inf)
    assert outcome == GivenUp(PASSING, retries + 1)
    assert len(pauses) == retries
    assert pauses == sorted(pauses)
    assert all(FIRST_PAUSE <= pause <= LONGEST_PAUSE for pause in pauses)


@pytest.mark.parametrize(("asked", "made"), [(0, FIRST_PAUSE), (7, 7), (LONGEST_ASKED, 30)])
def test_a_store_is_left_alone_as_long_as_it_asks(asked: float, made: float) -> None:
    """Retry-After makes a pause longer, never shorter."""
    assert after([replace(PASSING, after=asked), "yes"], 3) == ("yes", [made])


def test_a_store_that_asks_for_too_much_is_given_up() -> None:
    """Nobody sits half an hour before a silent program."""
    busy = replace(PASSING, after=LONGEST_ASKED + 1)
    assert after([busy, "yes"], 3) == (GivenUp(busy, 1), [])


def test_no_pause_is_made_that_outlasts_the_time_left() -> None:
    """Whoever has half a second gets the failure now."""
    assert after([PASSING, "yes"], 3, left=FIRST_PAUSE) == (GivenUp(PASSING, 1), [])
