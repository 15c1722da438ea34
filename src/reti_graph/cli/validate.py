"""`validate`: everything that can be wrong with a site's data, with file and line."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reti_graph import wiring
from reti_graph.cli.dataset import site_root
from reti_graph.cli.exits import FINDINGS
from reti_graph.cli.findings import FORMATS, Writer
from reti_graph.cli.options import (
    assignments,
    chosen_language,
    lang_option,
    read_text,
    site_option,
)
from reti_graph.cli.steps import in_steps
from reti_graph.cli.waiting import wait_for
from reti_graph.environment import with_environment
from reti_graph.errors import ParameterError, StoreError
from reti_graph.release import check_large
from reti_graph.sources.site import read_settings, read_site
from reti_graph.sources.size import says_more_than
from reti_graph.validation import validate as validating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.problems import Report
    from reti_graph.sources.site import Site
    from reti_graph.validation.engine import Engine


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How the findings are written; turtle is a SHACL validation report.",
)
@click.option(
    "--engine",
    type=click.Choice(wiring.ENGINES),
    default=wiring.DEFAULT_ENGINE,
    show_default=True,
    help="The SHACL engine.",
)
@click.option(
    "--source",
    "sources",
    metavar="NAME=FILE",
    multiple=True,
    help="The text of a source, such as milan-page=page.txt: its quotes are looked up in it."
    " May be repeated.",
)
@lang_option
@site_option
@click.pass_context
def validate(
    ctx: click.Context,
    form: str,
    engine: str,
    sources: tuple[str, ...],
    lang: str | None,
    site: Path | None,
) -> None:
    """Check all of a site: syntax, derivation, SHACL, checks, examples, queries, quotes.

    Every finding has its file and line. Exits with 1 when one of them is a violation; warnings
    and infos alone leave it at 0.
    """
    files = assignments(sources, "--source", "milan-page=page.txt")
    texts = {name: _source_text(name, file) for name, file in files.items()}
    root, checker = site_root(site), wiring.load_engine(engine)
    limits = with_environment(read_settings(root), os.environ).limits
    if says_more_than(root, limits.quads_in_memory):
        found, report = _checked_in_steps(root, checker, texts)
    else:
        found, problems = wait_for(lambda: read_site(root), "reading the site")
        report = wait_for(
            lambda: validating.validate(found, checker, texts, problems), "checking the site"
        ).report
    writer = Writer(found.root, found.settings, chosen_language(lang, found.settings))
    written = writer.render(report, form)
    if written:
        click.echo(written)
    ctx.exit(0 if report.conforms else FINDINGS)


def _checked_in_steps(root: Path, engine: Engine, texts: Mapping[str, str]) -> tuple[Site, Report]:
    """Check a site of more statements than memory should hold."""
    try:
        with tempfile.TemporaryDirectory(prefix="reti-graph-") as work:
            checked = in_steps(lambda step: check_large(root, engine, Path(work), texts, step))
    except OSError as error:
        raise StoreError(f"The site cannot be checked: {error.strerror or error}.") from error
    return checked.site, checked.report


def _source_text(name: str, file: str) -> str:
    if not file:
        raise ParameterError(
            f'--source names no file for "{name}".',
            parameter=name,
            hint=f"Write it as --source {name}={name}.txt.",
        )
    return read_text(Path(file))
