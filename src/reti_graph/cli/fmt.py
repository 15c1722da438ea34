"""`fmt`: data files in their one layout, and what the site keeps of its contexts and dates."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from reti_graph.cli.dataset import site_root
from reti_graph.cli.exits import FINDINGS
from reti_graph.cli.options import NamedPath, read_text, site_option
from reti_graph.errors import DataError
from reti_graph.problems import Problem, Report
from reti_graph.sources.dates import part_of, renewed
from reti_graph.sources.dates_file import read_dates, today, write_dates
from reti_graph.sources.folder import DATES_FILE, check_folder, list_files
from reti_graph.sources.site import SHAPES, read_site
from reti_graph.sources.trigformat import format_trig
from reti_graph.validation.publishing import CONTEXTS, missing_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@click.command()
@click.argument("files", nargs=-1, type=NamedPath())
@click.option("--check", is_flag=True, help="Change nothing; name the files that would change.")
@site_option
@click.pass_context
def fmt(ctx: click.Context, files: tuple[Path, ...], check: bool, site: Path | None) -> None:  # noqa: FBT001 - a flag of the command line
    """Put FILES into the one layout of data files; without FILES, all data of the site.

    Without FILES it also writes the JSON-LD context of the ontology and prefixes as they are now,
    where the site keeps its contexts in ontology/contexts/, and today's date for each part that
    changed, where it keeps these dates in modified.toml (SOURCE_DATE_EPOCH says what is today).
    Prints the name of each file that changed, or with --check would change, and exits with 1 when
    --check finds one or a file cannot be laid out.
    """
    texts = {path: read_text(path) for path in files or _data_files(site_root(site))}
    results = {path: format_trig(text, path.as_posix()) for path, text in texts.items()}
    laid_out = {path: text for path, text in results.items() if isinstance(text, str)}
    changes = {path: text.encode() for path, text in laid_out.items() if text != texts[path]}
    if not files:
        changes |= _missing_context(site_root(site))
    _apply(changes, check=check)
    _refuse(result for result in results.values() if isinstance(result, Problem))
    if not files:
        dates = _renewed_dates(site_root(site), laid_out)
        _apply(dates, check=check)
        changes |= dates
    ctx.exit(FINDINGS if check and changes else 0)


def _apply(changes: Mapping[Path, bytes], *, check: bool) -> None:
    for path, content in changes.items():
        click.echo(path)
        if not check:
            path.write_bytes(content)


def _refuse(problems: Iterable[Problem]) -> None:
    """Raise DataError when there is a problem."""
    found = tuple(problems)
    if found:
        raise DataError(Report(found))


def _missing_context(root: Path) -> Mapping[Path, bytes]:
    """Return the file to be written, unless the site keeps no contexts or has this one."""
    if not (root / CONTEXTS).is_dir():
        return {}
    site, _ = read_site(root, without=SHAPES)
    missing = missing_context(site)
    return {root / missing[0]: missing[1]} if missing else {}


def _renewed_dates(root: Path, laid_out: Mapping[Path, str]) -> Mapping[Path, bytes]:
    """Return the file of dates to be written, unless the site keeps none or all are right.

    `laid_out` are texts that files have or would have without --check.
    """
    path = root / DATES_FILE
    if not path.exists():
        return {}
    recorded, problems = read_dates(root)
    _refuse(problems)
    files = {
        name: file
        for kind in list_files(root).parts.values()
        for name, file in kind.items()
        if part_of(name)
    }
    texts = {
        name: laid_out[file] if file in laid_out else read_text(file)
        for name, file in files.items()
    }
    content = write_dates(renewed(recorded, texts, today(os.environ))).encode()
    return {} if content == path.read_bytes() else {path: content}


def _data_files(root: Path) -> list[Path]:
    check_folder(root)
    return list(list_files(root).parts["data"].values())
