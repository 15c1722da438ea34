"""Where the parts meet: the only file that chooses the store, the engine and the server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from reti_graph.errors import SiteError, UnknownNameError
from reti_graph.naming import nearest
from reti_graph.release import make_release
from reti_graph.sources.site import EXAMPLES, read_site
from reti_graph.stores.embedded import EmbeddedStore

# What only some commands need is imported where it is used: rdflib, pyshacl and the server
# together take longer to import than the site takes to read.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pyoxigraph as ox
    import rdflib
    from starlette.applications import Starlette

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.stores.port import Store
    from reti_graph.validation.engine import Engine

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


def asgi(site_dir: Path | None = None) -> Starlette:
    """Return the ASGI application of a site, the bundled one by default.

    For any ASGI server: `uvicorn --factory reti_graph.wiring:asgi`. Raises as `open_release`.
    """
    from reti_graph.web.app import create_app  # noqa: PLC0415

    release = _release_without_examples(site_dir or bundled_site())
    return create_app(release, store_for(release))


def open_dataset(site: Path | None = None) -> rdflib.Dataset:
    """Return the released quads of a site, the bundled one by default, as an rdflib Dataset.

    Raises as `open_release`.
    """
    from reti_graph.stores.rdflib_dataset import as_dataset  # noqa: PLC0415

    release = _release_without_examples(site or bundled_site())
    return as_dataset(release.quads, release.settings.prefixes)


def _release_without_examples(site_dir: Path) -> Release:
    """Examples test the shapes, not the data: `validate` and `build` run them, readers need not."""
    site, problems = read_site(site_dir, without=EXAMPLES)
    return make_release(site, load_engine(), found=problems)


def serve(
    site_dir: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    ready: Callable[[str], object] = lambda _address: None,
) -> None:
    """Serve a site over HTTP until the process is interrupted or asked to end.

    `ready` is called with the address once connections are accepted. Raises as `open_release` and
    as `web.server.serve`.
    """
    from reti_graph.web import server  # noqa: PLC0415

    server.serve(lambda: asgi(site_dir), host, port, ready)
