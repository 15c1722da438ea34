"""`serve`: a checked site over HTTP."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import click

from reti_graph import wiring
from reti_graph.cli.dataset import site_root
from reti_graph.cli.options import site_option
from reti_graph.config import value_findings, with_values
from reti_graph.environment import with_environment
from reti_graph.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reti_graph.config import Settings

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
    "--watch/--no-watch", help="Read the site anew when its files change.  [default: no-watch]"
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
    watch: bool,
    unconfined: bool,
    metrics_port: int | None,
    site: Path | None,
) -> None:
    """Check the site and serve it over HTTP until Ctrl-C.

    Prints its address once it answers there. Nothing is served when the data is wrong.
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
    wiring.serve(
        site_root(site),
        lambda settings: _with_flags(with_environment(settings, os.environ), flags),
        watch=watch,
        ready=lambda address: click.echo(f"Serving on {address}"),
    )


def _with_flags(settings: Settings, flags: Mapping[str, object]) -> Settings:
    """Return the settings with the flags' values; ParameterError for one that will not do."""
    changed = with_values(settings, flags)
    for key, reason in value_findings(changed):
        if key in flags:
            name = key.rpartition(".")[2]
            raise ParameterError(f"--{name.replace('_', '-')}: {reason}.", parameter=name)
    return changed
