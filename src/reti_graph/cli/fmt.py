"""`fmt`: data files in their one layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reti_graph.cli.dataset import site_root
from reti_graph.cli.exits import FINDINGS
from reti_graph.cli.options import NamedPath, read_text, site_option
from reti_graph.errors import DataError
from reti_graph.problems import Problem, Report
from reti_graph.sources.folder import check_folder, list_files
from reti_graph.sources.site import SHAPES, read_site
from reti_graph.sources.trigformat import format_trig
from reti_graph.validation.publishing import CONTEXTS, missing_context

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("files", nargs=-1, type=NamedPath())
@click.option("--check", is_flag=True, help="Change nothing; name the files that would change.")
@site_option
@click.pass_context
def fmt(ctx: click.Context, files: tuple[Path, ...], check: bool, site: Path | None) -> None:  # noqa: FBT001 - a flag of the command line
    """Put FILES into the one layout of data files; without FILES, all data of the site.

    Without FILES it also writes the JSON-LD context of the ontology and prefixes as they are now,
    where the site keeps its contexts in ontology/contexts/. Prints the name of each file that
    changed, or with --check would change, and exits with 1 when --check finds one or a file
    cannot be laid out.
    """
    texts = {path: read_text(path) for path in files or _data_files(site_root(site))}
    laid_out = {path: format_trig(text, path.as_posix()) for path, text in texts.items()}
    changed = 0
    for path, result in laid_out.items():
        if isinstance(result, str) and result != texts[path]:
            changed += 1
            click.echo(path)
            if not check:
                path.write_text(result, encoding="utf-8", newline="\n")
    if not files and (context := _missing_context(site_root(site))):
        changed += 1
        path, content = context
        click.echo(path)
        if not check:
            path.write_bytes(content)
    problems = tuple(result for result in laid_out.values() if isinstance(result, Problem))
    if problems:
        raise DataError(Report(problems))
    ctx.exit(FINDINGS if check and changed else 0)


def _missing_context(root: Path) -> tuple[Path, bytes] | None:
    """Return the file to be written, unless the site keeps no contexts or has this one."""
    if not (root / CONTEXTS).is_dir():
        return None
    site, _ = read_site(root, without=SHAPES)
    missing = missing_context(site)
    return missing and (root / missing[0], missing[1])


def _data_files(root: Path) -> list[Path]:
    check_folder(root)
    return list(list_files(root).parts["data"].values())
