from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.errors import RefusedError, StoreUnreachableError
from tests.unit.deliver.releases import NEW, OLD, RELEASES, THIRD, holding
from tests.unit.deliver.stores import FAULTS, WAYS, BrokenConnection, expected
from tests.unit.deliver.watchers import Quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.deliver.wanted import Published
    from tests.unit.deliver.stores import FakeStore, Fault, Way

# A store that does a whole update or nothing does not do half of one.
each_break = pytest.mark.parametrize(
    ("way", "fault"),
    [
        pytest.param(way, fault, id=f"{name}, {fault}")
        for name, way in WAYS.items()
        for fault in FAULTS
        if not (way.atomic and fault == "half")
    ],
)


def interruptions(way: Way, fault: Fault, *before: Published) -> Iterator[FakeStore]:
    """Yield stores in which the publishing of NEW was broken off, one for each request it makes."""
    held = holding(way, *before)
    for at in count(1):
        store = held.copy()
        connection = BrokenConnection(store, at, fault)
        try:
            publish(way.target(connection), NEW, Quiet())
        except StoreUnreachableError:
            yield store
        else:
            assert not connection.broke
            return


@each_break
def test_publishing_that_was_broken_off_anywhere_ends_right_when_run_again(
    way: Way, fault: Fault
) -> None:
    """At every moment readers have one release or none; in the end the new one, and a way back."""
    seen = 0
    for store in interruptions(way, fault, THIRD, OLD):
        seen += 1
        publish(way.target(store), NEW, Quiet())
        assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
        roll_back(way.target(store), Quiet())
        assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))
    assert seen > 10


@each_break
def test_the_first_publishing_too_can_be_broken_off_anywhere(way: Way, fault: Fault) -> None:
    """There is nothing before it to go back to."""
    for store in interruptions(way, fault):
        publish(way.target(store), NEW, Quiet())
        assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
        with pytest.raises(RefusedError):
            roll_back(way.target(store), Quiet())


@each_break
def test_publishing_that_was_broken_off_can_be_undone(way: Way, fault: Fault) -> None:
    """Where it has begun to change graphs, the release before comes back, else it is there."""
    for store in interruptions(way, fault, OLD):
        if store.says() is None or store.says() == NEW.digest:
            roll_back(way.target(store), Quiet())
        assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))


@each_break
def test_a_third_release_can_take_the_place_of_one_that_was_broken_off(
    way: Way, fault: Fault
) -> None:
    """With what was whole before as the release to go back to."""
    for store in interruptions(way, fault, OLD):
        whole = store.says() or OLD.digest
        publish(way.target(store), THIRD, Quiet(), take_over=True)
        assert (store.says(), store.holds()) == (THIRD.digest, expected(THIRD))
        roll_back(way.target(store), Quiet())
        assert (store.says(), store.holds()) == (whole, expected(RELEASES[whole]))


@each_break
def test_the_release_before_can_be_published_over_one_that_was_broken_off(
    way: Way, fault: Fault
) -> None:
    """It is not kept as the release before itself."""
    for store in interruptions(way, fault, OLD):
        outcome = publish(way.target(store), OLD, Quiet(), take_over=True)
        assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))
        assert outcome.previous != OLD.digest


@each_break
def test_going_back_can_be_broken_off_anywhere(way: Way, fault: Fault) -> None:
    """And run again."""
    held = holding(way, OLD, NEW)
    for at in count(1):
        store = held.copy()
        try:
            roll_back(way.target(BrokenConnection(store, at, fault)), Quiet())
        except StoreUnreachableError:
            if store.says() != OLD.digest:
                roll_back(way.target(store), Quiet())
        else:
            break
        assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Published | None, int, Fault]]:
    """Draw what publishers do one after another: a release or going back, broken off or not."""
    action = st.tuples(
        st.sampled_from([OLD, NEW, THIRD, None]), st.integers(1, 60), st.sampled_from(FAULTS)
    )
    return draw(st.lists(action, min_size=1, max_size=6))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@settings(max_examples=100)
@given(history=histories(), last=st.sampled_from([OLD, NEW, THIRD]))
def test_whatever_was_broken_off_before_publishing_ends_right(
    way: Way, history: list[tuple[Published | None, int, Fault]], last: Published
) -> None:
    """Nobody ever reads a mixture, and the release that is said to be kept can be had back."""
    store = holding(way)
    for release, at, fault in history:
        connection = BrokenConnection(store, at, "lost" if way.atomic else fault)
        with suppress(StoreUnreachableError, RefusedError):
            if release is None:
                roll_back(way.target(connection), Quiet())
            else:
                publish(way.target(connection), release, Quiet(), take_over=True)
    outcome = publish(way.target(store), last, Quiet(), take_over=True)
    assert (store.says(), store.holds()) == (last.digest, expected(last))
    if outcome.previous is not None:
        roll_back(way.target(store), Quiet())
        previous = RELEASES[outcome.previous]
        assert (store.says(), store.holds()) == (previous.digest, expected(previous))
