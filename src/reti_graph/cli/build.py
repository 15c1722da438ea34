"""`build`: a checked site as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reti_graph import wiring
from reti_graph.cli.dataset import site_root
from reti_graph.cli.options import NamedPath, site_option
from reti_graph.cli.waiting import wait_for
from reti_graph.release import write_release

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("folder", metavar="DIR", type=NamedPath())
@site_option
def build(folder: Path, site: Path | None) -> None:
    """Check the site and write it as a release into the folder DIR.

    The whole graph, each source, ontology, shapes and queries are written in six formats, the
    things as tables, with the catalogue of all that and the report of the checks. Prints the
    digest of the release. Nothing is written when the data is wrong.
    """
    release = wait_for(lambda: wiring.open_release(site_root(site)), "checking the site")
    wait_for(lambda: write_release(release, folder), "writing the release")
    click.echo(release.digest)
