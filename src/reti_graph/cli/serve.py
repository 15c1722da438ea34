"""`serve`: a checked site over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reti_graph import wiring
from reti_graph.cli.dataset import site_root
from reti_graph.cli.options import site_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option(
    "--host",
    metavar="HOST",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on, one of this machine alone.",
)
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes a free one.",
)
@site_option
def serve(host: str, port: int, site: Path | None) -> None:
    """Check the site and serve it over HTTP until Ctrl-C.

    Prints its address once it answers there. Nothing is served when the data is wrong.
    """
    wiring.serve(site_root(site), host, port, lambda address: click.echo(f"Serving on {address}"))
