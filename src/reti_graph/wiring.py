"""Where the parts meet: the only file that chooses the store, the engine and the server."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reti_graph.errors import SiteError, UnknownNameError
from reti_graph.naming import nearest
from reti_graph.release import make_release
from reti_graph.sources.folder import last_change
from reti_graph.sources.site import EXAMPLES, read_settings, read_site
from reti_graph.stores.embedded import EmbeddedStore

# What only some commands need is imported where it is used: rdflib, pyshacl and the server
# together take longer to import than the site takes to read.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    import pyoxigraph as ox
    import rdflib
    from starlette.applications import Starlette

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.stores.port import Store
    from reti_graph.stores.remote.values import Remote
    from reti_graph.validation.engine import Engine
    from reti_graph.web.metrics import Metrics
    from reti_graph.web.publication import Publication, Served
    from reti_graph.web.reloads import Watcher

ENGINES: Final = ("shacl-rust", "pyshacl")
DEFAULT_ENGINE: Final = ENGINES[0]


def bundled_site() -> Path:
    """Return the folder of the site that comes with the program.

    In an installed wheel that is the package's own `site` folder, in a checkout the repository's
    root. Raises SiteError when there is neither.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "site", package.parents[1]):
        if (folder / "reti.toml").is_file():
            return folder
    raise SiteError("No site comes with this installation.", hint="Name one with --site DIR.")


def load_engine(name: str = DEFAULT_ENGINE) -> Engine:
    """Return the SHACL engine of a name. Raises UnknownNameError, with the names there are."""
    if name == "shacl-rust":
        from reti_graph.validation.shacl_rust_engine import ShaclRustEngine  # noqa: PLC0415

        return ShaclRustEngine()
    if name == "pyshacl":
        from reti_graph.validation.pyshacl_engine import PyShaclEngine  # noqa: PLC0415

        return PyShaclEngine()
    raise UnknownNameError("engine", name, nearest(name, ENGINES) or ENGINES)


def open_release(
    site_dir: Path, engine: str = DEFAULT_ENGINE, texts: Mapping[str, str] | None = None
) -> Release:
    """Read, derive and validate a site, and return it as a release.

    `texts` holds full texts of sources by slug, to check quotes against. Raises SiteError,
    SettingsError, UnknownNameError for an engine or a source that is not there, and DataError with
    the report of what is wrong.
    """
    checker = load_engine(engine)
    site, problems = read_site(site_dir)
    return make_release(site, checker, texts, problems)


def store_for(release: Release) -> Store:
    """Return a store in memory that holds a release's quads."""
    return local_store(release.quads, release.settings)


def local_store(quads: Iterable[ox.Quad], settings: Settings) -> Store:
    """Return a store in memory that holds these quads and knows the site's prefixes."""
    return EmbeddedStore.of(quads, settings.prefixes)


def asgi(
    site_dir: Path | None = None,
    change: Callable[[Settings], Settings] = lambda known: known,
    remote: Remote | None = None,
    *,
    release: Path | None = None,
) -> Starlette:
    """Return the ASGI application of a site, the bundled one by default, or of a `release`.

    For any ASGI server: `uvicorn --factory reti_graph.wiring:asgi`. The site is read, checked and
    opened when the application starts, which raises as `open_release`; a release in a folder is
    opened, which raises as `serve_release`. `change` is applied to the settings before they are
    used. `remote` is as for `serve`.
    """
    from reti_graph.web.metrics import NoMetrics  # noqa: PLC0415

    if release is not None:
        settings, publication = _stored(release, change, remote)
    else:
        folder = site_dir or bundled_site()
        settings = change(read_settings(folder))
        publication = _publication(folder, change, remote)
    return _application(publication, settings, NoMetrics())


def _application(publication: Publication, settings: Settings, metrics: Metrics) -> Starlette:
    from reti_graph.web.app import create_app  # noqa: PLC0415
    from reti_graph.web.budget import Budget  # noqa: PLC0415

    return create_app(publication, Budget(settings.limits.client_seconds), metrics)


def _publication(
    folder: Path, change: Callable[[Settings], Settings], remote: Remote | None
) -> Publication:
    from reti_graph.web.publication import Publication  # noqa: PLC0415

    async def publish() -> Served:
        modified = last_change(folder)
        release = await asyncio.to_thread(_release_for_readers, folder, change)
        if remote is None:
            return await serving(release, modified)
        from reti_graph.wiring_remote import serving_from  # noqa: PLC0415

        return await serving_from(remote, release, modified, publication.reload)

    publication = Publication(publish)
    return publication


def released_settings(folder: Path) -> Settings:
    """Return the settings of the release in a folder. Raises as `serve_release`."""
    from reti_graph.wiring_stored import released_settings as found  # noqa: PLC0415

    return found(folder)


def _stored(
    folder: Path, change: Callable[[Settings], Settings], remote: Remote | None
) -> tuple[Settings, Publication]:
    """Return the settings that a release in a folder is served with, and what publishes it."""
    from reti_graph.web.publication import Publication  # noqa: PLC0415
    from reti_graph.wiring_stored import serving_folder  # noqa: PLC0415

    async def publish() -> Served:
        return await serving_folder(folder, change, remote, publication.reload)

    publication = Publication(publish)
    return change(released_settings(folder)), publication


async def serving(release: Release, modified: datetime) -> Served:
    """Return what answers for a release: stores, workers, caches.

    `modified` is when its site last changed. Raises StoreError when no worker can be started.
    """
    from reti_graph.stores.pool import WorkerPool  # noqa: PLC0415
    from reti_graph.web.opening import opened  # noqa: PLC0415
    from reti_graph.web.pools import pool_limits  # noqa: PLC0415

    settings = release.settings
    make_store = partial(local_store, settings=settings)
    async with AsyncExitStack() as undo:
        # The workers load the release while this process does.
        opening = asyncio.create_task(asyncio.to_thread(opened, release, modified, make_store))
        undo.callback(opening.cancel)
        pool = await WorkerPool.start(release.quads, settings.prefixes, pool_limits(settings))
        undo.push_async_callback(pool.close)
        served = (await opening)(pool)
        undo.pop_all()
    return served


def open_dataset(site: Path | None = None) -> rdflib.Dataset:
    """Return the released quads of a site, the bundled one by default, as an rdflib Dataset.

    Raises as `open_release`.
    """
    from reti_graph.stores.rdflib_dataset import as_dataset  # noqa: PLC0415

    release = _release_for_readers(site or bundled_site())
    return as_dataset(release.quads, release.settings.prefixes)


def _release_for_readers(
    site_dir: Path, change: Callable[[Settings], Settings] = lambda known: known
) -> Release:
    """Return the release of a site whose data is good.

    Examples test the shapes, and trying the canned queries tests them: `validate` and `build` do
    both, readers need not.
    """
    site, problems = read_site(site_dir, without=EXAMPLES)
    changed = replace(site, settings=change(site.settings))
    return make_release(changed, load_engine(), found=problems, try_queries=False)


def serve(
    site_dir: Path,
    change: Callable[[Settings], Settings] = lambda known: known,
    *,
    remote: Remote | None = None,
    watch: bool = False,
    ready: Callable[[str], object] = lambda _address: None,
) -> None:
    """Serve a site over HTTP until the process is interrupted or asked to end.

    `change` is applied to the settings of the site whenever they are read; with `watch` the site
    is read anew when its files change. A `remote` store holds the same release and answers for
    the data. `ready` is called with the address once connections are accepted. Raises as
    `open_release`, `web.server.serve` and, with a `remote` store, `wiring_remote.serving_from`.
    """
    from reti_graph.web.reloads import watching_site  # noqa: PLC0415

    settings = change(read_settings(site_dir))
    publication = _publication(site_dir, change, remote)
    _serve(publication, settings, watching_site(site_dir) if watch else (), ready)


def serve_release(
    folder: Path,
    change: Callable[[Settings], Settings] = lambda known: known,
    *,
    remote: Remote | None = None,
    watch: bool = False,
    ready: Callable[[str], object] = lambda _address: None,
) -> None:
    """Serve the release in a folder over HTTP, as `serve` does a site.

    With `watch` another release is served once it has been put in the place of the folder. Raises
    CallError when there is no release with a store in the folder, StoreError when it cannot be
    read, and as `web.server.serve` and `wiring_remote.serving_offer`.
    """
    from reti_graph.web.reloads import watching_release  # noqa: PLC0415

    settings, publication = _stored(folder, change, remote)
    _serve(publication, settings, watching_release(folder) if watch else (), ready)


def _serve(
    publication: Publication,
    settings: Settings,
    watchers: Sequence[Watcher],
    ready: Callable[[str], object],
) -> None:
    from reti_graph.web import server  # noqa: PLC0415

    with _metrics(settings, publication) as metrics:
        app = _application(publication, settings, metrics)
        server.serve(
            lambda: server.Application(app, publication.reload),
            settings.server,
            settings.limits,
            ready,
            watchers=watchers,
        )


@contextmanager
def _metrics(settings: Settings, publication: Publication) -> Iterator[Metrics]:
    """Give what counts requests and queries: for Prometheus, where a port is set for it."""
    from reti_graph.web.metrics import NoMetrics, start_metrics  # noqa: PLC0415

    port = settings.server.metrics_port
    if port is None:
        yield NoMetrics()
        return
    with closing(start_metrics(settings.server.host, port, publication.state)) as metrics:
        yield metrics
