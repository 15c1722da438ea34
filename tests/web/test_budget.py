from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import BudgetError
from reti_graph.web.budget import MINUTE, Budget

SECONDS: Final = 30.0


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def test_a_client_within_its_seconds_is_let_in() -> None:
    """Also for the query that will use more than is left."""
    budget = Budget(SECONDS, Clock())
    budget.charge("a", SECONDS - 1)
    budget.admit("a")


def test_a_client_that_used_its_seconds_waits_and_is_told_how_long() -> None:
    """After that time, and not before, it may ask again."""
    clock = Clock()
    budget = Budget(SECONDS, clock)
    budget.charge("a", SECONDS + 5)
    with pytest.raises(BudgetError) as caught:
        budget.admit("a")
    assert caught.value.retry_after == 11
    clock.now += 9
    with pytest.raises(BudgetError):
        budget.admit("a")
    clock.now += 2
    budget.admit("a")


def test_one_client_does_not_use_up_the_time_of_another() -> None:
    """Each has its own account."""
    budget = Budget(SECONDS, Clock())
    budget.charge("a", 10 * SECONDS)
    budget.admit("b")


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=20))
def test_the_time_to_wait_is_always_enough(steps: list[tuple[float, float]]) -> None:
    """Whoever waits as long as they are told is let in, whatever was before."""
    clock = Clock()
    budget = Budget(SECONDS, clock)
    for passed, used in steps:
        clock.now += passed
        budget.charge("a", used)
    try:
        budget.admit("a")
    except BudgetError as error:
        clock.now += error.retry_after
        budget.admit("a")


@given(st.floats(0.001, 60))
def test_a_steady_client_within_the_rate_is_never_refused(pause: float) -> None:
    """Half a second of query time in each second is what thirty a minute are."""
    clock = Clock()
    budget = Budget(SECONDS, clock)
    for _ in range(50):
        budget.admit("a")
        budget.charge("a", pause * SECONDS / MINUTE)
        clock.now += pause
