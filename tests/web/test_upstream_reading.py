"""Reading from a store elsewhere, while it is good."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import (
    AnswerTooLargeError,
    BusyError,
    OtherReleaseError,
    RetiError,
    StoreError,
    StoreTimeoutError,
    StoreUnreachableError,
    UnknownThingError,
    WorkerLostError,
)
from reti_graph.formats import JSON
from reti_graph.stores.remote.held import Held
from reti_graph.web.upstream import Reading, Upstream, WatchedAnswers
from tests.fakes import InProcessAnswers
from tests.web.far import ADDRESS
from tests.web.watching import FAILURES, OTHER, OURS, WAIT, Store, failing, play

if TYPE_CHECKING:
    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset


def test_what_is_read_is_read_in_another_thread() -> None:
    """The loop goes on answering others meanwhile."""

    async def scene(upstream: Upstream) -> None:
        assert await upstream.read(threading.get_ident) != threading.get_ident()
        assert (upstream.condition, upstream.stale) == ("good", None)

    play(scene)


@pytest.mark.parametrize(("kind", "_condition", "words"), FAILURES)
def test_a_failure_is_told_without_the_stores_address(
    kind: type[StoreError], _condition: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Outsiders learn what kind of failure it is; the log has all of it."""

    async def scene(upstream: Upstream) -> None:
        with pytest.raises(StoreError, match=words) as caught:
            await upstream.read(failing(kind(f"The store at {ADDRESS} is odd.", hint=ADDRESS)))
        assert ADDRESS not in f"{caught.value} {caught.value.hint}"
        assert isinstance(caught.value, kind)

    play(scene)
    assert ADDRESS in caplog.text


@pytest.mark.parametrize(
    "error",
    [UnknownThingError("urn:x"), BusyError(3), WorkerLostError("Gone."), AnswerTooLargeError("x")],
)
def test_what_is_no_failure_of_the_store_is_raised_as_it_is(error: RetiError) -> None:
    """And is no reason to look at the store."""

    async def scene(upstream: Upstream) -> None:
        with pytest.raises(type(error)) as caught:
            await upstream.read(failing(error))
        assert caught.value is error

    store = Store(Held(OURS))
    play(scene, store)
    assert store.looks == 0


def test_a_failure_of_one_request_is_not_the_end_of_the_others() -> None:
    """A store that holds the release is asked on, whatever it made of one query."""

    async def scene(upstream: Upstream) -> None:
        with pytest.raises(StoreTimeoutError):
            await upstream.read(failing(StoreTimeoutError("A hard query.")))
        await upstream.look()
        assert await upstream.read(lambda: 7) == 7

    play(scene)


@pytest.mark.parametrize(("kind", "condition", "words"), FAILURES)
def test_a_store_that_fails_is_not_asked_until_it_is_good_again(
    kind: type[StoreError], condition: str, words: str
) -> None:
    """Requests are answered at once, as the store failed; then they are read as before."""
    store = Store(kind(ADDRESS), Held(OURS))
    done: list[str] = []

    async def scene(upstream: Upstream) -> None:
        await upstream.look()
        assert upstream.condition == condition
        for _ in range(2):
            with pytest.raises(kind, match=words):
                await upstream.read(lambda: done.append("read"))
        assert done == []
        await upstream.look()
        assert upstream.condition == "good"
        await upstream.read(lambda: done.append("read"))

    play(scene, store)
    assert done == ["read"]


def test_a_read_that_takes_too_long_is_given_up() -> None:
    """Its thread is free again once the store has let it go."""
    go = threading.Event()

    async def scene(upstream: Upstream) -> None:
        try:
            with pytest.raises(StoreTimeoutError, match="in time"):
                await upstream.read(lambda: go.wait(WAIT))
        finally:
            go.set()
        assert await upstream.read(lambda: 1) == 1

    play(scene, reading=Reading(threads=1, seconds=0.1))


def test_more_reads_than_may_wait_are_sent_away() -> None:
    """A store that hangs does not pile up requests."""
    go = threading.Event()

    async def scene(upstream: Upstream) -> None:
        reads = [asyncio.ensure_future(upstream.read(lambda: go.wait(WAIT))) for _ in range(3)]
        await asyncio.sleep(0)
        try:
            with pytest.raises(BusyError) as caught:
                await upstream.read(lambda: 1)
            assert caught.value.retry_after == 50
        finally:
            go.set()
        assert await asyncio.gather(*reads) == [True] * 3

    play(scene, reading=Reading(threads=1, waiting=2, seconds=50))


class FailingAnswers(InProcessAnswers):
    """Workers that all fail of the same."""

    def __init__(self, error: RetiError) -> None:
        """Take what to fail of."""
        self.error = error
        self.asked = []
        self.confined, self.ready, self.running, self.waiting = True, 2, 1, 4

    async def answer(
        self, query: str, target: Format, dataset: Dataset | None = None, *, client: str = ""
    ) -> bytes:
        """Fail."""
        del target, dataset, client
        self.asked.append(query)
        raise self.error


def test_workers_ask_a_store_only_while_it_is_good() -> None:
    """Their failures of the store are told as those of readers, all others as they are."""
    answers = FailingAnswers(StoreUnreachableError(ADDRESS))

    async def scene(upstream: Upstream) -> None:
        watched = WatchedAnswers(answers, upstream)
        assert (watched.confined, watched.ready, watched.running, watched.waiting) == (
            *(True, 2),
            *(1, 4),
        )
        with pytest.raises(StoreUnreachableError, match="cannot be reached"):
            await watched.answer("ASK {}", JSON)
        await upstream.look()
        with pytest.raises(OtherReleaseError):
            await watched.answer("ASK {}", JSON)
        assert answers.asked == ["ASK {}"]

    play(scene, Store(Held(OTHER)))


class Spare:
    """What answers while the store holds another release, and counts how often."""

    def __init__(self) -> None:
        self.uses = 0

    def answer(self) -> str:
        """Answer."""
        self.uses += 1
        return "answered"


def test_what_is_covered_is_read_while_the_store_holds_another_release() -> None:
    """And queries, which are not, are refused as before."""

    async def scene(upstream: Upstream) -> None:
        spare = Spare()
        upstream.cover(spare)
        await upstream.look()
        assert upstream.condition == "other release"
        assert await upstream.read(spare.answer) == "answered"
        with pytest.raises(OtherReleaseError):
            upstream.refuse()

    play(scene, Store(Held(OTHER)))


@pytest.mark.parametrize(("kind", "condition", "_words"), FAILURES)
def test_no_other_trouble_is_covered(kind: type[StoreError], condition: str, _words: str) -> None:
    """Nothing is read that waits for a store which is not good."""

    async def scene(upstream: Upstream) -> None:
        spare = Spare()
        upstream.cover(spare)
        await upstream.look()
        assert upstream.condition == condition
        with pytest.raises(kind):
            await upstream.read(spare.answer)
        assert spare.uses == 0

    play(scene, Store(kind("It is odd.")))


def test_the_store_is_looked_at_as_soon_as_something_else_answers_for_it() -> None:
    """However long the next look would have been to come; not again while it is known."""
    store = Store(Held(OTHER))

    async def scene(upstream: Upstream) -> None:
        spare = Spare()
        upstream.cover(spare)
        assert await upstream.read(lambda: "by the store") == "by the store"
        assert await upstream.read(spare.answer) == "answered"
        await store.looked(1)
        await upstream.look()
        assert await upstream.read(spare.answer) == "answered"
        await asyncio.sleep(0)
        assert store.looks == 2

    play(scene, store)
