"""Publishing anew what is served: on SIGHUP, or when its files change."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from watchfiles import BaseFilter, Change, DefaultFilter, awatch

from reti_graph.errors import RetiError
from reti_graph.sources.folder import DATES_FILE, FOLDERS, SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence

    Watcher = Callable[[Callable[[], None]], Coroutine[object, object, None]]
    """Calls what it is given whenever something has changed, until it is cancelled."""

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
    reload: Callable[[], Awaitable[None]], watchers: Sequence[Watcher] = ()
) -> AsyncIterator[None]:
    """Reload on SIGHUP, and whenever one of the watchers sees a change."""
    reloads = Reloads(reload)
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(_running(reloads.run()))
        stack.enter_context(_on_hangup(reloads.ask))
        for watcher in watchers:
            await stack.enter_async_context(_running(watcher(reloads.ask)))
        yield


def watching_site(site: Path) -> tuple[Watcher, ...]:
    """Return what sees a change to a file of the site in a folder."""
    folders = [site / name for name in FOLDERS if (site / name).is_dir()]
    # The file itself is replaced by most editors; its folder holds much that is not ours.
    return partial(_ask_on_change, folders), partial(_ask_on_names, site, _SettingsFilter())


def watching_release(folder: Path) -> tuple[Watcher, ...]:
    """Return what sees that another release has been put in the place of a folder."""
    place = folder.absolute()
    return (partial(_ask_on_names, place.parent, _NameFilter(place.name)),)


async def _ask_on_change(folders: Sequence[Path], ask: Callable[[], None]) -> None:
    async for _changes in awatch(*folders):
        ask()


async def _ask_on_names(folder: Path, names: BaseFilter, ask: Callable[[], None]) -> None:
    async for _changes in awatch(folder, watch_filter=names, recursive=False):
        ask()


class _NameFilter(BaseFilter):
    """Lets through what has one name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __call__(self, change: Change, path: str) -> bool:
        del change
        return Path(path).name == self._name


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
