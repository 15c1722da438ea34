from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import OtherReleaseError
from reti_graph.stores.remote.held import changing_update, held_update
from reti_graph.stores.remote.steady import Steady
from tests.unit.stores.remote.engines import BASE, Engine, remote

if TYPE_CHECKING:
    from reti_graph.stores.remote.values import Remote

ATOMIC, PARTS = remote(), remote("Virtuoso", default_graph="repeated", atomic=False)


class Asked:
    """A store, and the answers that were asked of it; `then` happens while it answers."""

    def __init__(self, *then: str) -> None:
        self.engine = Engine()
        self.publish("a")
        self.answers = 0
        self.pauses: list[float] = []
        self._then = list(then)

    def publish(self, digest: str) -> None:
        """Hold a release."""
        self.engine.store.update(held_update(BASE, digest, None))

    def ask(self) -> int:
        """Answer with a number, while something happens to the store."""
        self.answers += 1
        if self._then:
            self.engine.store.update(self._then.pop(0))
        return self.answers

    def pause(self, seconds: float) -> None:
        """Wait; meanwhile a change ends."""
        self.pauses.append(seconds)
        if len(self.pauses) == 3:
            self.publish("b")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


CHANGE = changing_update(BASE, "a", "b")
PUBLISHED = held_update(BASE, "b", "a")


def test_one_request_of_a_store_that_shows_changes_whole_counts() -> None:
    """It is not asked anything else."""
    asked = Asked(CHANGE)
    assert Steady(asked.engine, ATOMIC, None, asked.pause).answer(asked.ask, at_once=True) == 1
    assert asked.engine.asked == []


@pytest.mark.parametrize("store", [PARTS, ATOMIC], ids=["in parts", "atomic"])
def test_an_answer_counts_when_the_store_was_the_same_all_the_while(store: Remote) -> None:
    """Else it is asked for again; where changes are seen whole, one of several requests."""
    asked = Asked(PUBLISHED)
    steady = Steady(asked.engine, store, None, asked.pause)
    assert steady.answer(asked.ask, at_once=store is PARTS) == 2
    assert asked.pauses == []


def test_a_store_that_is_being_changed_is_waited_for() -> None:
    """Longer each time, and the answer that was begun before does not count."""
    asked = Asked(CHANGE)
    assert Steady(asked.engine, PARTS, None, asked.pause).answer(asked.ask, at_once=True) == 2
    assert len(asked.pauses) == 3
    assert asked.pauses == sorted(set(asked.pauses))


def test_a_store_that_stays_half_changed_is_not_waited_for_in_vain() -> None:
    """The error says what may have happened."""
    asked = Asked()
    asked.engine.store.update(CHANGE)
    steady = Steady(asked.engine, PARTS, None, lambda _: None)
    with pytest.raises(OtherReleaseError, match="being changed") as caught:
        steady.answer(asked.ask, at_once=True)
    assert asked.answers == 0
    assert "run it again" in str(caught.value.hint)


@pytest.mark.parametrize("store", [ATOMIC, PARTS], ids=["atomic", "in parts"])
@pytest.mark.parametrize("then", [CHANGE, PUBLISHED], ids=["change", "published"])
def test_an_answer_that_may_be_of_another_release_is_none(store: Remote, then: str) -> None:
    """A pinned reader is told so, and does not wait."""
    asked = Asked(then)
    steady = Steady(asked.engine, store, "a", asked.pause)
    with pytest.raises(OtherReleaseError, match="does not hold"):
        steady.answer(asked.ask, at_once=True)
    assert asked.pauses == []


@pytest.mark.parametrize("store", [ATOMIC, PARTS], ids=["atomic", "in parts"])
def test_a_pinned_release_is_answered_for_as_long_as_it_is_there(store: Remote) -> None:
    """With two questions more: one before, one after."""
    asked = Asked()
    steady = Steady(asked.engine, store, "a", asked.pause)
    assert steady.answer(asked.ask, at_once=True) == 1
    assert len(asked.engine.asked) == 2


@pytest.mark.parametrize(("seconds", "questions"), [(0.0, 3), (0.01, 3), (0.06, 4), (3_600.0, 4)])
def test_what_was_said_after_an_answer_is_not_asked_again_before_the_next(
    seconds: float, questions: int
) -> None:
    """While it is fresh: the queries of one document follow each other at once."""
    asked, clock = Asked(), Clock()
    steady = Steady(asked.engine, ATOMIC, "a", asked.pause, clock)
    assert steady.answer(asked.ask, at_once=True) == 1
    clock.now += seconds
    assert steady.answer(asked.ask, at_once=True) == 2
    assert len(asked.engine.asked) == questions


def test_a_release_that_was_there_just_before_is_still_asked_for_afterwards() -> None:
    """Once it is gone nothing counts as said, however little time has passed."""
    asked = Asked()
    steady = Steady(asked.engine, ATOMIC, "a", asked.pause, Clock())
    assert steady.answer(asked.ask, at_once=True) == 1
    asked.publish("b")
    for answers in (2, 2):
        with pytest.raises(OtherReleaseError):
            steady.answer(asked.ask, at_once=True)
        assert asked.answers == answers


@pytest.mark.parametrize("store", [ATOMIC, PARTS], ids=["atomic", "in parts"])
def test_an_answer_from_before_the_release_is_none(store: Remote) -> None:
    """It comes just while the store asked for changes to the release that is pinned."""
    asked = Asked(held_update(BASE, "b", "a"))
    steady = Steady(asked.engine, store, "b", asked.pause)
    with pytest.raises(OtherReleaseError):
        steady.answer(asked.ask, at_once=True)


def test_the_last_moment_of_a_change_is_not_taken_for_its_end() -> None:
    """The answer began before, so the store is asked before it, too."""
    asked = Asked(held_update(BASE, "a", None))
    asked.engine.store.update(changing_update(BASE, "b", "a"))
    steady = Steady(asked.engine, PARTS, "a", asked.pause)
    with pytest.raises(OtherReleaseError):
        steady.answer(asked.ask, at_once=True)
    assert asked.answers == 0
