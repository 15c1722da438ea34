"""`validate`: everything that can be wrong with a site's data, with file and line."""

from __future__ import annotations

from pathlib import Path

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
from reti_graph.cli.waiting import wait_for
from reti_graph.errors import ParameterError
from reti_graph.sources.site import read_site
from reti_graph.validation import validate as validating


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
    checker = wiring.load_engine(engine)
    found, problems = wait_for(lambda: read_site(site_root(site)), "reading the site")
    writer = Writer(found.root, found.settings, chosen_language(lang, found.settings))
    checked = wait_for(
        lambda: validating.validate(found, checker, texts, problems), "checking the site"
    )
    written = writer.render(checked.report, form)
    if written:
        click.echo(written)
    ctx.exit(0 if checked.report.conforms else FINDINGS)


def _source_text(name: str, file: str) -> str:
    if not file:
        raise ParameterError(
            f'--source names no file for "{name}".',
            parameter=name,
            hint=f"Write it as --source {name}={name}.txt.",
        )
    return read_text(Path(file))
