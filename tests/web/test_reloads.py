from __future__ import annotations

import asyncio
import logging
import os
import signal
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import SiteError
from reti_graph.web.reloads import Reloads, reloading, watching_release

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path


class Slow:
    """A reload that lasts until it is let go on."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.steps: list[str] = []
        self.begun = asyncio.Semaphore(0)
        self.may_end = asyncio.Semaphore(0)

    async def __call__(self) -> None:
        """Say when it begins and ends."""
        self.steps.append("begin")
        self.begun.release()
        await self.may_end.acquire()
        self.steps.append("end")


async def idle() -> None:
    """Let every task that can go on do so."""
    for _ in range(20):
        await asyncio.sleep(0)


def failing_with(error: Exception) -> Callable[[], Awaitable[None]]:
    """Give a reload that fails."""

    async def reload() -> None:
        raise error

    return reload


def test_what_is_asked_for_during_a_reload_is_one_more_after_it() -> None:
    """However often it is asked for, and never two at once."""

    async def ask_often() -> list[str]:
        slow = Slow()
        reloads = Reloads(slow)
        running = asyncio.create_task(reloads.run())
        reloads.ask()
        await slow.begun.acquire()
        for _ in range(3):
            reloads.ask()
            await idle()
        slow.may_end.release()
        await slow.begun.acquire()
        slow.may_end.release()
        await idle()
        running.cancel()
        return slow.steps

    assert asyncio.run(ask_often()) == ["begin", "end", "begin", "end"]


def test_the_end_cancels_a_reload_that_runs() -> None:
    """Nothing goes on behind a server that has ended."""

    async def end_early() -> tuple[list[str], int]:
        slow = Slow()
        async with reloading(slow):
            os.kill(os.getpid(), signal.SIGHUP)
            await slow.begun.acquire()
        await idle()
        return slow.steps, len(asyncio.all_tasks())

    assert asyncio.run(end_early()) == (["begin"], 1)


@pytest.mark.parametrize(
    ("error", "traceback"), [(SiteError("The site is gone."), False), (KeyError("fault"), True)]
)
def test_a_reload_that_fails_is_logged_and_the_next_one_runs(
    error: Exception,
    traceback: bool,  # noqa: FBT001 - a parameter of the test
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The old release is served on; a fault of the program is shown with its place."""

    async def fail_twice() -> None:
        reloads = Reloads(failing_with(error))
        running = asyncio.create_task(reloads.run())
        for _ in range(2):
            reloads.ask()
            await idle()
        assert not running.done()
        running.cancel()

    with caplog.at_level(logging.ERROR):
        asyncio.run(fail_twice())
    assert len(caplog.records) == 2
    assert all(str(error) in record.getMessage() for record in caplog.records)
    assert [bool(record.exc_info) for record in caplog.records] == [traceback, traceback]


def test_a_folder_that_cannot_be_watched_is_logged_and_the_site_served(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Systems limit how many folders may be watched."""

    async def serve() -> None:
        async with reloading(
            failing_with(KeyError("never")), watching_release(tmp_path / "gone" / "release")
        ):
            await idle()

    with caplog.at_level(logging.ERROR):
        asyncio.run(serve())
    assert {record.getMessage().partition(":")[0] for record in caplog.records} == {
        "The site is not watched any more"
    }
