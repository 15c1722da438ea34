"""`preflight`: what portals will make of a catalogue, before they read it."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reti_graph import wiring
from reti_graph.cli.dataset import site_root
from reti_graph.cli.exits import FINDINGS
from reti_graph.cli.options import (
    NamedPath,
    chosen_language,
    lang_option,
    read_text,
    site_option,
)
from reti_graph.cli.waiting import showing, wait_for
from reti_graph.environment import with_environment
from reti_graph.errors import ParameterError, SiteError
from reti_graph.preflight import run, since
from reti_graph.preflight.here import served_here
from reti_graph.preflight.over_http import HttpFetcher
from reti_graph.preflight.render_html import render_html
from reti_graph.preflight.render_json import render_json
from reti_graph.preflight.render_text import render_text
from reti_graph.preflight.shapes import read_shapes
from reti_graph.sources.site import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.config import Settings
    from reti_graph.preflight.answers import Fetcher
    from reti_graph.preflight.graph import Graph
    from reti_graph.preflight.run import Outcome

FORMATS: Final = ("text", "json", "html")


@click.command(
    epilog="Exit codes: 0 a portal takes everything, 1 it would refuse something, 2 the call is "
    "wrong, 3 nothing answers at the address."
)
@click.argument("where", metavar="[URL|DIR]", required=False)
@click.option(
    "--since",
    "earlier",
    metavar="FILE|URL",
    help="The catalogue as it was published before: a copy in Turtle, JSON-LD or RDF/XML, or an"
    " address.  [default: none, and everything is to be created]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How the outcome is written; html is one page.",
)
@click.option(
    "--shapes",
    "files",
    metavar="FILE",
    multiple=True,
    type=NamedPath(),
    help="SHACL shapes in Turtle to check the catalogue with, too. May be repeated.",
)
@lang_option
@site_option
@click.pass_context
def preflight(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    *,
    where: str | None,
    earlier: str | None,
    form: str,
    files: tuple[Path, ...],
    lang: str | None,
    site: Path | None,
) -> None:
    """Say what a portal will refuse, create, update and delete when it reads a catalogue.

    URL is the address of a catalogue; DIR the folder of a site, which is served on this machine
    and read as if it were published. Without either it is the site's own catalogue.
    """
    url, folder = _meant(where, site)
    settings = with_environment(read_settings(folder), os.environ)
    language = chosen_language(lang, settings)
    engine = wiring.load_engine()
    further = [read_shapes(read_text(file), str(file), engine) for file in files]
    with ExitStack() as open_until_done:
        network: Fetcher = open_until_done.enter_context(HttpFetcher())
        if url is None:
            with showing("serving the site"):
                target = open_until_done.enter_context(_served(folder, settings))
        else:
            target = network, url
        fetcher, address = target
        before = wait_for(
            lambda: _before(earlier, network, address), "reading the earlier catalogue"
        )
        outcome = wait_for(
            lambda: run.preflight(fetcher, address, engine, before, further),
            "reading the catalogue as a portal does",
        )
    click.echo(_rendered(outcome, form, language))
    ctx.exit(0 if outcome.report.conforms else FINDINGS)


def _meant(where: str | None, site: Path | None) -> tuple[str | None, Path]:
    """Return the address to read, if one is given, and the folder of the site."""
    if where == "":
        raise ParameterError("An empty word is neither an address nor a folder.")
    if where is None or since.is_address(where):
        return where, site_root(site)
    return None, Path(where)


@contextmanager
def _served(folder: Path, settings: Settings) -> Iterator[tuple[Fetcher, str]]:
    """Serve a site as `served_here`; DataError with the report where its data is wrong."""
    try:
        with served_here(folder, settings) as target:
            yield target
    except SiteError:
        # The server is another process, and tells no more than words.
        wiring.open_release(folder)
        raise


def _before(earlier: str | None, network: Fetcher, address: str) -> Graph | None:
    if earlier is None:
        return None
    if since.is_address(earlier):
        return since.harvested(network, earlier)
    return since.copied(Path(earlier).read_bytes(), earlier, network, address)


def _rendered(outcome: Outcome, form: str, language: str) -> str:
    if form == "json":
        return render_json(outcome).rstrip()
    if form == "html":
        return render_html(outcome, language).rstrip()
    return render_text(outcome, language, lambda text, colour: click.style(text, fg=colour))
