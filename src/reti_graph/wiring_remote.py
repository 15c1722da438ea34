"""Where the parts meet when the data is in a store elsewhere: finding, asking, serving from it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from reti_graph.config import with_values
from reti_graph.errors import OtherReleaseError
from reti_graph.stores.elsewhere import Elsewhere
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.frames import Setup
from reti_graph.stores.pool import WorkerPool
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.detecting import find_remote, told
from reti_graph.stores.remote.held import read_held
from reti_graph.stores.remote.standby import Standby
from reti_graph.stores.remote.store import RemoteStore
from reti_graph.stores.remote.values import Patience
from reti_graph.web.opening import opened
from reti_graph.web.pools import pool_limits
from reti_graph.web.upstream import Reading, Upstream, Watch, WatchedAnswers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from datetime import datetime

    import pyoxigraph as ox

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.stores.port import Store
    from reti_graph.stores.remote.held import Held
    from reti_graph.stores.remote.values import Remote
    from reti_graph.web.publication import Answers, Served

__all__ = [
    "Offer",
    "find_store",
    "remote_store",
    "serving_from",
    "serving_offer",
    "told",
    "with_store",
]

_OF_A_STORE: Final = ("update_url", "graphs_url", "default_graph", "atomic")
_DIGEST_SHOWN: Final = 12
# A worker that gives up a store by itself, before its time is over, need not be killed for it.
_OWN_PART: Final = 0.9


def with_store(settings: Settings, url: str) -> Settings:
    """Return the settings with the store at this address.

    What `[store]` says of the addresses and the dialect of another one does not hold for it.
    """
    changes: dict[str, object] = {"store.url": url}
    if settings.store.url not in (None, url):
        changes |= {f"store.{key}": None for key in _OF_A_STORE}
    return with_values(settings, changes)


def find_store(settings: Settings, environ: Mapping[str, str]) -> Remote:
    """Return what the store that the settings name is like; `environ` has the credentials.

    Raises SettingsError and StoreError as `find_remote`.
    """
    return find_remote(settings.store, settings.base_iri, environ)


def remote_store(remote: Remote, settings: Settings) -> RemoteStore:
    """Return a store elsewhere that knows the site's prefixes; it is to be closed."""
    return RemoteStore.of(remote, settings.prefixes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A release that is to be served from a store elsewhere.

    `opened` takes that store, and returns what `web.opening.ready` does; it takes a while.
    """

    digest: str
    settings: Settings
    opened: Callable[[Store], Callable[[Answers], Served]]


async def serving_from(
    remote: Remote, release: Release, modified: datetime, reload: Callable[[], Awaitable[None]]
) -> Served:
    """Return what answers for a release in memory whose data is asked of a store elsewhere.

    `modified` is when its site last changed. Documents are read from the release itself while the
    store holds another one. Raises as `serving_offer`.
    """
    make_store = partial(_local, release.settings)
    offer = Offer(
        digest=release.digest,
        settings=release.settings,
        opened=lambda store: opened(
            release, modified, make_store, Standby(store, partial(make_store, release.quads))
        ),
    )
    return await serving_offer(remote, offer, reload)


async def serving_offer(
    remote: Remote, offer: Offer, reload: Callable[[], Awaitable[None]]
) -> Served:
    """Return what answers for a release whose data is asked of a store elsewhere.

    `reload` publishes anew, and is called when the store has come to hold another release. Raises
    OtherReleaseError when it does so now, and StoreError when it does not answer or no worker can
    be started.
    """
    settings = offer.settings
    seconds = settings.limits.query_seconds
    async with AsyncExitStack() as undo:
        looker = _looker(remote, settings)
        undo.callback(looker.close)
        held = partial(read_held, looker, remote.base)
        _refuse_other(await asyncio.to_thread(held), offer.digest, remote)
        reader = replace(remote, patience=_patience(remote, seconds))
        store = RemoteStore.of(reader, settings.prefixes, pinned=offer.digest)
        undo.callback(store.close)
        # The workers start while this process makes ready.
        opening = asyncio.create_task(asyncio.to_thread(offer.opened, store))
        undo.callback(opening.cancel)
        asking = replace(remote, patience=_patience(remote, seconds * _OWN_PART))
        pool = await WorkerPool.over(_setup(asking, offer), pool_limits(settings))
        undo.push_async_callback(pool.close)
        watch = Watch(
            held=held,
            reload=reload,
            seconds=settings.store.check_seconds,
            close=(store.close, looker.close),
        )
        upstream = Upstream(offer.digest, watch, _reading(settings))
        made = (await opening)(WatchedAnswers(pool, upstream))
        if isinstance(made.store, Standby):
            upstream.cover(made.store)
        undo.pop_all()
    upstream.begin()
    return replace(made, upstream=upstream)


def _local(settings: Settings, quads: Iterable[ox.Quad]) -> Store:
    """Return a store in memory, for what the site says of itself."""
    return EmbeddedStore.of(quads, settings.prefixes)


def _setup(remote: Remote, offer: Offer) -> Setup:
    return Setup(
        source="",
        on_disk=False,
        prefixes=dict(offer.settings.prefixes),
        memory_bytes=offer.settings.limits.memory_bytes,
        elsewhere=Elsewhere.of(remote, offer.digest),
    )


def _looker(remote: Remote, settings: Settings) -> Connection:
    """Return the connection by which the store is watched: it soon sees what is slow."""
    shortest = min(settings.store.check_seconds, settings.limits.query_seconds)
    patience = replace(_patience(remote, shortest), retries=0)
    return Connection(remote.addresses, patience, remote.credentials)


def _patience(remote: Remote, seconds: float) -> Patience:
    """Return how long readers wait: a client that waits, too, is better told than kept."""
    return Patience(
        seconds=min(remote.patience.seconds, seconds), retries=min(remote.patience.retries, 1)
    )


def _reading(settings: Settings) -> Reading:
    limits = settings.limits
    return Reading(waiting=limits.queue_length, seconds=limits.query_seconds)


def _refuse_other(held: Held, digest: str, remote: Remote) -> None:
    if held.digest == digest:
        return
    theirs = f"release {held.digest[:_DIGEST_SHOWN]}" if held.digest else "no whole release"
    url = remote.addresses.query
    raise OtherReleaseError(
        f"The store at {url} holds {theirs}, and the site is release {digest[:_DIGEST_SHOWN]}.",
        hint=f"Publish it there first: reti-graph publish {url}",
    )
