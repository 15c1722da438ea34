"""`build`: a checked site as files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from reti_graph import wiring
from reti_graph.cli.dataset import site_root
from reti_graph.cli.options import NamedPath, site_option
from reti_graph.cli.steps import in_steps
from reti_graph.cli.waiting import wait_for
from reti_graph.environment import with_environment
from reti_graph.release import build_large, write_release
from reti_graph.sources.folder import SETTINGS_FILE
from reti_graph.sources.site import read_settings
from reti_graph.sources.size import says_more_than

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("folder", metavar="DIR", type=NamedPath())
@click.option("--store", is_flag=True, help="Write a store beside the files, to be served from.")
@site_option
def build(folder: Path, site: Path | None, *, store: bool) -> None:
    """Check the site and write it as a release into the folder DIR.

    The whole graph, each source, ontology, shapes and queries are written in six formats, the
    things as tables, with the catalogue of all that and the report of the checks. Of a site with
    more statements than memory should hold (limits.quads_in_memory) the graph and its sources are
    written as N-Quads alone, with a store. Prints the digest of the release. Nothing is written
    when the data is wrong.
    """
    root = site_root(site)
    limits = with_environment(read_settings(root), os.environ).limits
    if says_more_than(root, limits.quads_in_memory):
        engine = wiring.load_engine()
        click.echo(in_steps(lambda step: build_large(root, engine, folder, step)))
        return
    release = wait_for(lambda: wiring.open_release(root), "checking the site")
    settings = (root / SETTINGS_FILE).read_text(encoding="utf-8") if store else None
    wait_for(lambda: write_release(release, folder, settings=settings), "writing the release")
    click.echo(release.digest)
