"""`query` and `queries`: the questions a site keeps ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reti_graph.canned.library import read_queries
from reti_graph.canned.parameters import StoredThings
from reti_graph.canned.run import bound_text
from reti_graph.cli.answers import format_option, write_answer
from reti_graph.cli.dataset import asked, open_site, raise_if_wrong, site_for
from reti_graph.cli.options import (
    assignments,
    chosen_language,
    endpoint_option,
    lang_option,
    site_option,
)
from reti_graph.cli.output import write_table
from reti_graph.cli.waiting import wait_for
from reti_graph.errors import UnknownNameError
from reti_graph.language import choose
from reti_graph.naming import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.canned.query import CannedQuery, Param
    from reti_graph.sources.site import Site


@click.command()
@click.argument("name")
@click.option(
    "-p",
    "--param",
    "params",
    metavar="NAME=VALUE",
    multiple=True,
    help="A value for a parameter, such as network=c40. A thing is given as its IRI, its prefixed"
    " name or its slug. May be repeated.",
)
@format_option
@lang_option
@endpoint_option
@site_option
def query(
    *,
    name: str,
    params: tuple[str, ...],
    form: str | None,
    lang: str | None,
    endpoint: str | None,
    site: Path | None,
) -> None:
    """Run the canned query NAME.

    `reti-graph queries` lists them all, `reti-graph queries NAME` says what one takes. --lang is
    short for -p lang=LANG.
    """
    raw = assignments(params, "-p", "network=c40")
    found = site_for(site, endpoint)
    wanted = _named(found, name)
    if any(param.name == "lang" for param in wanted.params):
        raw.setdefault("lang", chosen_language(lang, found.settings))
    with asked(found, endpoint) as dataset:
        things = StoredThings(dataset.store)
        text = wait_for(lambda: bound_text(things, wanted, raw, found.settings), "asking")
        write_answer(dataset, text, form)


@click.command()
@click.argument("name", required=False)
@lang_option
@site_option
def queries(name: str | None, lang: str | None, site: Path | None) -> None:
    """List the canned queries, or show what the one called NAME asks and takes.

    A parameter in brackets may be left out; one with a value has that value when left out.
    """
    found = open_site(site)
    language = chosen_language(lang, found.settings)
    if name is not None:
        click.echo("\n".join(_details(_named(found, name), language)))
        return
    every, problems = read_queries(found.queries, found.settings)
    raise_if_wrong(problems)
    rows = [
        (each.name, " ".join(map(_short, each.params)), choose(each.summary, language))
        for each in every
    ]
    write_table(("name", "parameters", "summary"), rows)


def _named(site: Site, name: str) -> CannedQuery:
    """Read the one query that is asked for; UnknownNameError when there is none of that name."""
    files = {file.stem: file for file in site.queries}
    if name not in files:
        raise UnknownNameError("query", name, nearest(name, files))
    found, problems = read_queries([files[name]], site.settings)
    raise_if_wrong(problems)
    return found[0]


def _short(param: Param) -> str:
    if param.default is not None:
        return f"{param.name}={param.default}"
    return f"[{param.name}]" if param.optional else param.name


def _details(asked: CannedQuery, language: str) -> Iterator[str]:
    yield click.style(asked.name, bold=True) + f": {choose(asked.summary, language)}"
    yield choose(asked.description, language)
    for param in asked.params:
        yield ""
        yield f"-p {param.name}=…  {choose(param.label, language)}"
        yield f"    {param.type}{_choices(param)}; {_need(param)}; for example {param.example}"
    examples = "".join(f" -p {param.name}={param.example}" for param in asked.params)
    yield ""
    yield f"reti-graph query {asked.name}{examples}"


def _choices(param: Param) -> str:
    choices = param.values or param.kinds
    return f" ({', '.join(choices)})" if choices else ""


def _need(param: Param) -> str:
    if param.default is not None:
        return f"{param.default} when left out"
    return "may be left out" if param.optional else "required"
