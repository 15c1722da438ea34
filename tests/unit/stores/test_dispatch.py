from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from reti_graph.errors import BusyError, StoreError, StoreTimeoutError, WorkerLostError
from reti_graph.stores.dispatch import Dispatch

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")


class FakeChild:
    """Takes frames and says nothing by itself."""

    def __init__(self) -> None:
        """Have heard nothing yet."""
        self.sent: list[bytes] = []
        self.killed = False

    def send(self, frame: bytes) -> None:
        """Keep a frame."""
        self.sent.append(frame)

    def kill(self) -> None:
        """Remember it."""
        self.killed = True


def child() -> Any:  # noqa: ANN401 -- stands in for a Child
    """Return a child that runs no process."""
    return FakeChild()


def dispatch(
    *, workers: int = 1, queue: int = 64, seconds: float = 1_000.0, grace: float = 0.0
) -> Dispatch:
    """Return a dispatch."""
    return Dispatch(workers=workers, queue=queue, seconds=seconds, grace=grace)


async def begun(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Return a task that has run as far as it can."""
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    return task


def test_a_question_waits_for_a_child_and_gets_what_it_says() -> None:
    """The numbers tell where it is."""

    async def scene() -> None:
        there, one = dispatch(), child()
        asking = await begun(there.ask(b"question", "client"))
        assert (there.waiting, there.running, there.idle) == (1, 0, 0)
        there.free(one)
        assert one.sent == [b"question"]
        assert (there.waiting, there.running, there.idle) == (0, 1, 0)
        there.heard(one, b"answer")
        assert await asking == b"answer"
        assert (there.waiting, there.running, there.idle) == (0, 0, 1)

    asyncio.run(scene())


def test_clients_take_turns() -> None:
    """However much one of them asks first."""

    async def scene() -> None:
        there, one = dispatch(), child()
        asked = [b"a1", b"a2", b"a3", b"b1", b"c1"]
        tasks = [await begun(there.ask(each, each[:1].decode())) for each in asked]
        there.free(one)
        for _ in asked:
            there.heard(one, one.sent[-1])
        assert one.sent == [b"a1", b"b1", b"c1", b"a2", b"a3"]
        assert await asyncio.gather(*tasks) == asked

    asyncio.run(scene())


def test_one_client_leaves_a_worker_to_the_others() -> None:
    """Even while nobody else asks."""

    async def scene() -> None:
        there, one, two = dispatch(workers=2), child(), child()
        there.free(one)
        there.free(two)
        tasks = [await begun(there.ask(each, "a")) for each in (b"a1", b"a2")]
        assert (there.running, there.waiting, there.idle) == (1, 1, 1)
        tasks.append(await begun(there.ask(b"b1", "b")))
        assert (there.running, there.waiting) == (2, 1)
        there.heard(two, b"")
        there.heard(one, b"")
        there.heard(one if one.sent[-1] == b"a2" else two, b"")
        await asyncio.gather(*tasks)

    asyncio.run(scene())


def test_who_finds_the_queue_full_is_sent_away_at_once() -> None:
    """With the time after which a worker is free at the latest."""

    async def scene() -> None:
        there, one = dispatch(queue=1, seconds=2.5), child()
        there.free(one)
        tasks = [await begun(there.ask(each, "a")) for each in (b"1", b"2")]
        with pytest.raises(BusyError) as caught:
            await there.ask(b"3", "b")
        assert caught.value.retry_after == 3
        assert there.waiting == 1
        there.heard(one, b"")
        there.heard(one, b"")
        await asyncio.gather(*tasks)

    asyncio.run(scene())


def test_whoever_fills_the_queue_gives_way_to_the_others() -> None:
    """The last question of the client with most of them is sent away for a newcomer's."""

    async def scene() -> None:
        there, one = dispatch(queue=2), child()
        there.free(one)
        tasks = [await begun(there.ask(each, "a")) for each in (b"a1", b"a2", b"a3")]
        newcomer = await begun(there.ask(b"b1", "b"))
        with pytest.raises(BusyError):
            await tasks.pop()
        for _ in range(3):
            there.heard(one, b"")
        await asyncio.gather(*tasks, newcomer)
        assert sorted(one.sent) == [b"a1", b"a2", b"b1"]

    asyncio.run(scene())


def test_a_late_child_is_killed_and_its_question_fails() -> None:
    """The place goes to the next."""

    async def scene() -> None:
        there, one, two = dispatch(seconds=0.01), child(), child()
        there.free(one)
        first = await begun(there.ask(b"1", "a"))
        second = await begun(there.ask(b"2", "a"))
        with pytest.raises(StoreTimeoutError, match=r"0\.01 seconds"):
            await first
        assert one.killed
        assert not there.gone(one, -9)
        there.free(two)
        there.heard(two, b"answer")
        assert await second == b"answer"

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("code", "kind", "said"),
    [
        (-11, WorkerLostError, "SIGSEGV"),
        (1, WorkerLostError, "exit code 1"),
        (-14, StoreTimeoutError, "seconds"),
    ],
)
def test_a_question_fails_with_its_child(code: int, kind: type[StoreError], said: str) -> None:
    """And no other does. An alarm of the kernel is a query that took too long."""

    async def scene() -> None:
        there, one, two = dispatch(workers=3), child(), child()
        there.free(one)
        lost = await begun(there.ask(b"1", "a"))
        there.free(two)
        kept = await begun(there.ask(b"2", "a"))
        assert there.gone(one, code)
        there.heard(two, b"answer")
        assert await kept == b"answer"
        with pytest.raises(kind, match=said):
            await lost

    asyncio.run(scene())


def test_an_idle_child_that_ends_gets_no_question() -> None:
    """It would be lost on it."""

    async def scene() -> None:
        there, one = dispatch(), child()
        there.free(one)
        assert not there.gone(one, -9)
        asking = await begun(there.ask(b"1", "a"))
        assert (one.sent, there.waiting) == ([], 1)
        asking.cancel()

    asyncio.run(scene())


def test_who_leaves_takes_the_question_along() -> None:
    """From the queue, or from the child, which ends with it."""

    async def scene() -> None:
        there, one = dispatch(), child()
        there.free(one)
        running = await begun(there.ask(b"1", "a"))
        waiting = await begun(there.ask(b"2", "a"))
        waiting.cancel()
        await asyncio.wait([waiting])
        assert (there.waiting, there.running, one.killed) == (0, 1, False)
        running.cancel()
        await asyncio.wait([running])
        await there.quiet()
        assert (there.waiting, there.running, one.killed) == (0, 0, True)

    asyncio.run(scene())


def test_a_query_that_is_soon_done_goes_on_for_nobody() -> None:
    """Its worker is there for the next, and no other has to be started."""

    async def scene() -> None:
        there, one = dispatch(grace=1_000.0), child()
        there.free(one)
        running = await begun(there.ask(b"1", "a"))
        running.cancel()
        await asyncio.wait([running])
        assert (there.running, one.killed) == (1, False)
        there.heard(one, b"for nobody")
        assert (there.running, there.idle) == (0, 1)
        asking = await begun(there.ask(b"2", "a"))
        there.heard(one, b"answer")
        assert await asking == b"answer"

    asyncio.run(scene())


def test_a_child_that_has_answered_outlives_a_caller_who_leaves() -> None:
    """It may be busy with the next question by then."""

    async def scene() -> None:
        there, one = dispatch(), child()
        there.free(one)
        running = await begun(there.ask(b"1", "a"))
        waiting = await begun(there.ask(b"2", "b"))
        running.cancel()
        there.heard(one, b"too late")
        await asyncio.wait([running])
        assert running.cancelled()
        assert not one.killed
        there.heard(one, b"answer")
        assert await waiting == b"answer"

    asyncio.run(scene())


def test_a_child_that_speaks_unasked_is_killed() -> None:
    """What it says next could pass for the answer to another question."""

    async def scene() -> None:
        there, one = dispatch(), child()
        there.free(one)
        there.heard(one, b"?")
        assert one.killed

    asyncio.run(scene())


def test_stopping_fails_all_questions_there_are_and_will_be() -> None:
    """Whether they run or wait."""

    async def scene() -> None:
        there, one = dispatch(), child()
        there.free(one)
        tasks = [await begun(there.ask(each, "a")) for each in (b"1", b"2")]
        there.stop()
        for task in tasks:
            with pytest.raises(StoreError, match="closed"):
                await task
        with pytest.raises(StoreError, match="closed"):
            await there.ask(b"3", "a")

    asyncio.run(scene())


def test_quiet_comes_when_the_last_question_is_answered() -> None:
    """Those that wait included."""

    async def scene() -> None:
        there, one = dispatch(), child()
        there.free(one)
        tasks = [await begun(there.ask(each, "a")) for each in (b"1", b"2")]
        quiet = await begun(there.quiet())
        there.heard(one, b"")
        await tasks[0]
        assert not quiet.done()
        there.heard(one, b"")
        await asyncio.gather(quiet, *tasks)

    asyncio.run(scene())
