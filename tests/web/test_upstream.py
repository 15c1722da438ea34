"""Watching a store elsewhere."""

from __future__ import annotations

import asyncio
import logging

import pytest

from reti_graph.errors import (
    AnswerTooLargeError,
    OtherReleaseError,
    StoreAnswerError,
    StoreUnreachableError,
)
from reti_graph.stores.remote.held import Held
from reti_graph.web.upstream import Upstream, Watch
from tests.web.far import ADDRESS, SELDOM, Clock
from tests.web.watching import OTHER, OURS, WAIT, Reloads, Store, failing, play


def test_after_a_failure_the_store_is_looked_at_at_once() -> None:
    """However long the next look would have been to come."""
    store = Store(Held(OTHER))
    reloads = Reloads()

    async def scene(upstream: Upstream) -> None:
        with pytest.raises(StoreAnswerError):
            await upstream.read(failing(StoreAnswerError("Odd.")))
        await store.looked(1)

    play(scene, store, reload=reloads)


def test_an_answer_too_large_to_be_a_release_is_no_answer() -> None:
    """Whoever answers there is not the store."""

    async def scene(upstream: Upstream) -> None:
        await upstream.look()
        assert upstream.condition == "broken"

    play(scene, Store(AnswerTooLargeError("Large.")))


def test_the_store_is_looked_at_every_so_often() -> None:
    """Nobody has to fail first; what was found by one look holds when the next one begins."""
    store = Store(Held(OURS), StoreUnreachableError("Gone."))

    async def scene(upstream: Upstream) -> None:
        await store.looked(3)
        assert upstream.condition == "unreachable"

    play(scene, store, seconds=0.001)


def test_a_store_that_holds_another_release_says_both() -> None:
    """By their first twelve digits."""

    async def scene(upstream: Upstream) -> None:
        await upstream.look()
        assert upstream.condition == "other release"
        with pytest.raises(OtherReleaseError) as caught:
            upstream.refuse()
        for digest in (OURS, OTHER):
            assert digest[:12] in caught.value.message
            assert digest not in caught.value.message

    play(scene, Store(Held(OTHER)))


def test_the_site_is_published_anew_once_for_each_release_that_the_store_holds() -> None:
    """A site that gives another one is not read over and over."""
    reloads = Reloads()
    says = [Held(OTHER), Held(OTHER), Held("c" * 64), Held("c" * 64)]
    counts: list[int] = []

    async def scene(upstream: Upstream) -> None:
        for _ in says:
            await upstream.look()
            await asyncio.sleep(0)
            counts.append(reloads.count)

    play(scene, Store(*says), reload=reloads)
    assert counts == [1, 1, 2, 2]


def test_a_release_that_comes_back_is_tried_again() -> None:
    """The store was good in between, so things have changed."""
    reloads = Reloads()

    async def scene(upstream: Upstream) -> None:
        for _ in range(3):
            await upstream.look()
            await asyncio.sleep(0)

    play(scene, Store(Held(OTHER), Held(OURS), Held(OTHER)), reload=reloads)
    assert reloads.count == 2


@pytest.mark.parametrize(
    ("held", "condition"),
    [
        (Held(None, None, (OURS, OTHER)), "changing"),
        (Held(), "other release"),
        (Held(OURS, None, (OURS, OTHER)), "good"),
    ],
)
def test_a_store_without_a_whole_release_gives_none_to_publish(held: Held, condition: str) -> None:
    """One that is being changed, or emptied; a change that touched nothing yet is none."""
    reloads = Reloads()

    async def scene(upstream: Upstream) -> None:
        await upstream.look()
        await asyncio.sleep(0)
        assert upstream.condition == condition

    play(scene, Store(held), reload=reloads)
    assert reloads.count == 0


def test_a_reload_that_fails_does_not_end_the_watch(caplog: pytest.LogCaptureFixture) -> None:
    """It is in the log, and the store is looked at again."""
    store = Store(Held(OTHER))

    async def scene(upstream: Upstream) -> None:
        await store.looked(3)
        assert upstream.condition == "other release"

    play(scene, store, reload=Reloads(OSError("no disk")), seconds=0.001)
    assert "no disk" in caplog.text


def test_what_is_stale_says_for_how_long_it_may_be() -> None:
    """Whole seconds since the store was last known to be good, at least one."""
    clock = Clock()
    found: list[int | None] = []

    async def scene(upstream: Upstream) -> None:
        for seconds in (0.0, 0.2, 10.0, 5.0):
            clock.now += seconds
            await upstream.look()
            found.append(upstream.stale)

    gone = StoreUnreachableError("Gone.")
    play(scene, Store(Held(OURS), gone, gone, Held(OURS)), clock=clock)
    assert found == [None, 1, 11, None]


def test_each_change_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reads the log sees when the store went and came, not every look."""
    gone = StoreUnreachableError(f"Nobody is at {ADDRESS}.")

    async def scene(upstream: Upstream) -> None:
        for _ in range(4):
            await upstream.look()

    with caplog.at_level(logging.INFO):
        play(scene, Store(gone, gone, Held(OURS), Held(OURS)))
    lost, found = (record.getMessage() for record in caplog.records)
    assert ADDRESS in lost
    assert "again" in found


def test_nothing_is_left_after_closing() -> None:
    """Neither the watch nor connections; a reload that goes on is ended."""
    closed: list[str] = []
    ended: list[str] = []
    begun = asyncio.Event()

    async def reload() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("reload")

    async def scene() -> None:
        watch = Watch(
            held=Store(Held(OTHER)).held,
            reload=reload,
            seconds=SELDOM,
            close=(lambda: closed.append("a"), lambda: closed.append("b")),
        )
        before = asyncio.all_tasks()
        upstream = Upstream(OURS, watch)
        upstream.begin()
        await upstream.look()
        await begun.wait()
        await upstream.close()
        assert asyncio.all_tasks() == before

    asyncio.run(asyncio.wait_for(scene(), WAIT))
    assert (closed, ended) == (["a", "b"], ["reload"])
