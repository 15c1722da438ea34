"""`serve`: a checked site over HTTP."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click

from reti_graph import wiring
from reti_graph.cli.dataset import site_root
from reti_graph.cli.options import NamedPath, refuse_site_beside, site_option
from reti_graph.config import value_findings, with_values
from reti_graph.environment import with_environment
from reti_graph.errors import ParameterError, SettingsError
from reti_graph.sources.site import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.stores.remote.values import Remote

PORT: Final = click.IntRange(0, 65535)


@click.command(
    epilog="What is not given here is taken from the environment (RETI_HOST, RETI_PORT, ...), "
    "then from the site's reti.toml."
)
@click.option("--host", metavar="HOST", help="The address to listen on.  [default: 127.0.0.1]")
@click.option(
    "--port", metavar="PORT", type=PORT, help="The port; 0 takes a free one.  [default: 8000]"
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 1024),
    help="Processes that answer queries.  [default: one a core, at least 2]",
)
@click.option(
    "--public-url", metavar="URL", help="Where the site is reached, such as https://example.org/."
)
@click.option(
    "--store",
    "store_url",
    metavar="URL",
    help="Serve from the SPARQL store at URL, which must hold the release (`publish`).",
)
@click.option("--from-store", is_flag=True, help="Serve from the store that the settings name.")
@click.option(
    "--release",
    metavar="DIR",
    type=NamedPath(),
    help="Serve the release in DIR, which `build --store` wrote, instead of a site.",
)
@click.option(
    "--watch/--no-watch", help="Read anew what is served when it changes.  [default: no-watch]"
)
@click.option("--unconfined", is_flag=True, help="Serve even where workers cannot be confined.")
@click.option(
    "--metrics-port", metavar="PORT", type=PORT, help="Serve metrics for Prometheus on this port."
)
@site_option
def serve(  # noqa: PLR0913 - one for each option
    *,
    host: str | None,
    port: int | None,
    workers: int | None,
    public_url: str | None,
    store_url: str | None,
    from_store: bool,
    release: Path | None,
    watch: bool,
    unconfined: bool,
    metrics_port: int | None,
    site: Path | None,
) -> None:
    """Check the site and serve it over HTTP until Ctrl-C.

    Prints its address once it answers there. Nothing is served when the data is wrong. A release
    was checked when it was written, and is served from where it lies.
    """
    given = {
        "server.host": host,
        "server.port": port,
        "server.workers": workers,
        "server.unconfined": unconfined or None,
        "server.metrics_port": metrics_port,
        "public_url": public_url,
    }
    flags = {key: value for key, value in given.items() if value is not None}
    refuse_site_beside(release)

    def change(settings: Settings) -> Settings:
        return _with_flags(with_environment(settings, os.environ), flags)

    if from_store and store_url is not None:
        raise ParameterError("Give --store or --from-store, not both.", parameter="from_store")
    remote: Remote | None = None
    lines: tuple[str, ...] = ()
    root = site_root(site) if release is None else release
    if from_store or store_url is not None:
        settings = read_settings(root) if release is None else wiring.released_settings(root)
        remote, lines = _found(change(settings), store_url)
    serve_it = wiring.serve if release is None else wiring.serve_release
    serve_it(
        root,
        change,
        remote=remote,
        watch=watch,
        ready=lambda address: click.echo("\n".join((f"Serving on {address}", *lines))),
    )


def _found(settings: Settings, url: str | None) -> tuple[Remote, tuple[str, ...]]:
    """Return the store elsewhere that is meant, and what is to be said of it."""
    # What asks over HTTP takes long to import, and is not wanted by most servers.
    from reti_graph import wiring_remote  # noqa: PLC0415 - as said

    if url is not None:
        settings = wiring_remote.with_store(settings, url)
    elif settings.store.url is None:
        raise SettingsError(
            "No store is configured to serve from.",
            hint="Set url in [store] of reti.toml, or RETI_STORE_URL, or say --store URL.",
        )
    remote = wiring_remote.find_store(settings, os.environ)
    return remote, wiring_remote.told(remote)


def _with_flags(settings: Settings, flags: Mapping[str, object]) -> Settings:
    """Return the settings with the flags' values; ParameterError for one that will not do."""
    changed = with_values(settings, flags)
    for key, reason in value_findings(changed):
        if key in flags:
            name = key.rpartition(".")[2]
            raise ParameterError(f"--{name.replace('_', '-')}: {reason}.", parameter=name)
    return changed
