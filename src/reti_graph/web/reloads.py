"""Reading the site anew while it is served: on SIGHUP, or when one of its files changes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from watchfiles import Change, DefaultFilter, awatch

from reti_graph.errors import RetiError
from reti_graph.sources.folder import DATES_FILE, FOLDERS, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator

_log = logging.getLogger(__name__)


class Reloads:
    """Runs reloads one after another; what is asked for during one is one more after it."""

    def __init__(self, reload: Callable[[], Awaitable[None]]) -> None:
        """Keep what one reload is."""
        self._reload = reload
        self._asked = asyncio.Event()

    def ask(self) -> None:
        """Ask for a reload; returns at once."""
        self._asked.set()

    async def run(self) -> NoReturn:
        """Reload whenever it is asked for, until cancelled. A reload that fails is logged."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._once()

    async def _once(self) -> None:
        # In a task of its own, whatever it fails of is a value here.
        one = asyncio.ensure_future(self._reload())
        try:
            await asyncio.wait({one})
        finally:
            one.cancel()
        if error := one.exception():
            traceback = None if isinstance(error, RetiError) else error
            _log.error("The site was not read anew: %s", error, exc_info=traceback)


@contextlib.asynccontextmanager
async def reloading(
    reload: Callable[[], Awaitable[None]], watch: Path | None = None
) -> AsyncIterator[None]:
    """Reload on SIGHUP and, where a site's folder is given, when a file of the site changes."""
    reloads = Reloads(reload)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(_running(reloads.run()))
        stack.enter_context(_on_hangup(reloads.ask))
        if watch is not None:
            folders = [watch / name for name in FOLDERS if (watch / name).is_dir()]
            await stack.enter_async_context(_running(_ask_on_change(reloads.ask, *folders)))
            # The file itself is replaced by most editors; its folder holds much that is not ours.
            await stack.enter_async_context(_running(_ask_on_settings(reloads.ask, watch)))
        yield


async def _ask_on_change(ask: Callable[[], None], *folders: Path) -> None:
    async for _changes in awatch(*folders):
        ask()


async def _ask_on_settings(ask: Callable[[], None], site: Path) -> None:
    async for _changes in awatch(site, watch_filter=_SettingsFilter(), recursive=False):
        ask()


class _SettingsFilter(DefaultFilter):
    """Lets through the files at the root and the folders of the site that come and go."""

    def __call__(self, change: Change, path: str) -> bool:
        names = (SETTINGS_FILE, DATES_FILE, *FOLDERS)
        return Path(path).name in names and super().__call__(change, path)


@contextlib.asynccontextmanager
async def _running(work: Coroutine[object, object, None]) -> AsyncIterator[None]:
    """Run work beside what the context does, and cancel it with the context."""
    task = asyncio.create_task(work)
    task.add_done_callback(_tell)
    # Let it begin: what changes from now on is seen.
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


def _tell(task: asyncio.Task[None]) -> None:
    """Log what ended work that was to go on; the site is served all the same."""
    if not task.cancelled() and (error := task.exception()):
        _log.error("The site is not watched any more: %s", error)


@contextlib.contextmanager
def _on_hangup(ask: Callable[[], None]) -> Iterator[None]:
    """Call on SIGHUP, where there is such a signal and this thread may handle it."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, ask)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
