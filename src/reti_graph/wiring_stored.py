"""Where the parts meet when a release is served from the folder it was written into."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from reti_graph.config import parse_settings
from reti_graph.errors import CallError, StoreError
from reti_graph.release import MANIFEST, read_served
from reti_graph.release.folder import in_place
from reti_graph.sources.folder import SETTINGS_FILE, last_written
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.frames import Setup
from reti_graph.stores.holding import hold, identity
from reti_graph.stores.pool import WorkerPool
from reti_graph.stores.remote.standby import Standby
from reti_graph.web.opening import ready
from reti_graph.web.pools import pool_limits
from reti_graph.web.stored import stored_edition, stored_lookup

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from pathlib import Path

    import pyoxigraph as ox

    from reti_graph.config import Settings
    from reti_graph.release import OnDisk
    from reti_graph.stores.holding import HeldFolder
    from reti_graph.stores.port import Store
    from reti_graph.stores.remote.values import Remote
    from reti_graph.web.publication import Answers, Served

    Change = Callable[[Settings], Settings]

# Somebody may replace the folder just while it is read.
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class _Taken:
    """A release that stays readable until `held` is let go, and the settings it is served with."""

    release: OnDisk
    held: HeldFolder
    settings: Settings

    @property
    def digest(self) -> str:
        return self.release.digest


class _Settings(msgspec.Struct, frozen=True):
    settings: str


def released_settings(folder: Path) -> Settings:
    """Return the settings of a release that has a store. Raises as `read_served`."""
    return in_place(folder, _settings_in)


def _settings_in(folder: Path) -> Settings:
    try:
        content = (folder / MANIFEST).read_bytes()
        text = msgspec.json.decode(content, type=_Settings).settings
    except (OSError, msgspec.MsgspecError):
        return read_served(folder).settings
    return parse_settings(text, SETTINGS_FILE)


async def serving_folder(
    folder: Path,
    change: Change,
    remote: Remote | None = None,
    reload: Callable[[], Awaitable[None]] | None = None,
    *,
    pause: Callable[[float], object] = time.sleep,
) -> Served:
    """Return what answers for the release in a folder, which others may replace meanwhile.

    `change` is applied to its settings. With a `remote` store queries are asked of that, and
    `reload` publishes anew. `pause` waits, in a thread, for a folder that is being replaced just
    now. Raises CallError when there is no release with a store, StoreError
    when it cannot be read or no worker can be started, and as `wiring_remote.serving_offer`.
    """
    async with AsyncExitStack() as undo:
        take = partial(_take, change=change)
        taken = await asyncio.to_thread(in_place, folder, take, pause)
        undo.callback(taken.held.let_go)
        if remote is None or reload is None:
            served = await _serving(taken)
        else:
            served = await _serving_from(taken, remote, reload)
        undo.pop_all()
    return served


async def _serving(taken: _Taken) -> Served:
    async with AsyncExitStack() as undo:
        # The workers open the store while this process does.
        opening = asyncio.create_task(asyncio.to_thread(_opened, taken))
        undo.callback(opening.cancel)
        pool = await WorkerPool.over(_setup(taken), pool_limits(taken.settings))
        undo.push_async_callback(pool.close)
        served = (await opening)(pool)
        undo.pop_all()
    return served


async def _serving_from(
    taken: _Taken, remote: Remote, reload: Callable[[], Awaitable[None]]
) -> Served:
    from reti_graph.wiring_remote import Offer, serving_offer  # noqa: PLC0415 - slow to import

    offer = Offer(digest=taken.digest, settings=taken.settings, opened=partial(_opened, taken))
    return await serving_offer(remote, offer, reload)


def _take(folder: Path, change: Change) -> _Taken:
    """Hold the release that is in a folder now, and read what it is."""
    for _ in range(_ATTEMPTS):
        state = _state(folder)
        release = read_served(folder)
        if not release.store.is_dir():
            raise CallError(
                f"The release in {folder} has lost its store.",
                hint="Write it anew with `reti-graph build --store DIR`.",
            )
        held = hold(folder)
        if _state(held.path) == state:
            kept = replace(release, folder=held.path)
            return _Taken(kept, held, change(release.settings))
        held.let_go()
    raise StoreError(f"The release in {folder} is being replaced without end.")


def _state(folder: Path) -> tuple[int, int, int] | None:
    """Return what tells the manifest in a folder from any other, or None when there is none."""
    try:
        state = (folder / MANIFEST).stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino, state.st_mtime_ns


def _opened(taken: _Taken, asked: Store | None = None) -> Callable[[Answers], Served]:
    """Open a release; `asked` is the store elsewhere that its statements are asked of.

    The folder has them, too, and they are read from there while that store holds another release.
    """
    release, held, settings = taken.release, taken.held, taken.settings
    store = EmbeddedStore.reading(release.store, settings.prefixes, wholly=not held.linked)
    edition, directory = stored_edition(release, settings, store, _checked(held))
    read = Standby(asked, lambda: store) if asked is not None else store
    lookup = stored_lookup(edition, directory, read)
    closing = (store.close, directory.close, held.let_go)
    modified = last_written((release.folder / MANIFEST,))
    make_store = partial(_local, settings)
    return ready(edition, modified, replace(lookup, closing=closing), make_store)


def _checked(held: HeldFolder) -> Callable[[], None]:
    """Return what raises StoreError once the files in a folder are others."""
    known = identity(held.path)

    def check() -> None:
        try:
            same = held.linked or identity(held.path) == known
        except OSError:
            same = False
        if not same:
            raise StoreError(
                "The files of the release that is served are not there any more.",
                hint="Another release is in their place: it is served soon.",
            )

    return check


def _local(settings: Settings, quads: Iterable[ox.Quad]) -> Store:
    """Return a store in memory, for what the site says of itself."""
    return EmbeddedStore.of(quads, settings.prefixes)


def _setup(taken: _Taken) -> Setup:
    store = taken.release.store
    return Setup(
        source=str(store),
        on_disk=True,
        prefixes=dict(taken.settings.prefixes),
        memory_bytes=taken.settings.limits.memory_bytes,
        identity=identity(store),
    )
