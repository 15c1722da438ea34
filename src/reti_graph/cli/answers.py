"""The answer of a query, written in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from reti_graph import gate
from reti_graph.cli.output import cell, write_bytes, write_table
from reti_graph.cli.waiting import wait_for
from reti_graph.errors import FormatError, did_you_mean
from reti_graph.formats import FORMATS, RDF_FORMATS, RESULTS_FORMATS, TURTLE, by_name
from reti_graph.naming import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reti_graph.cli.dataset import Dataset
    from reti_graph.formats import Format, Kind

Command = TypeVar("Command", bound="Callable[..., Any]")

TABLE: Final = "table"

_LABEL: Final = "asking"


def _names(formats: Iterable[Format]) -> str:
    return ", ".join(known.name for known in formats)


def format_option(command: Command) -> Command:
    """Add `--format NAME`; the command gets the word as it is, or None."""
    return click.option(
        "--format",
        "form",
        metavar="NAME",
        help=f"For rows: {TABLE}, {_names(RESULTS_FORMATS)}; for graphs: {_names(RDF_FORMATS)}."
        "  [default: table for rows, turtle for graphs]",
    )(command)


def named_format(name: str, kind: Kind, plain: str | None = None) -> Format:
    """Return the format of a name; FormatError when it is none or made for the other kind.

    `plain` is the word, if any, for what is written for people; a hint lists it, too.
    """
    formats = RESULTS_FORMATS if kind == "results" else RDF_FORMATS
    fitting = [*([plain] if plain else []), *(known.name for known in formats)]
    try:
        return by_name(name, kind)
    except FormatError as error:
        if name not in (TABLE, *(known.name for known in FORMATS)):
            close = nearest(name, fitting)
            hint = did_you_mean(close) or _one_of(fitting)
            raise FormatError(error.message, hint=hint) from error
    answer = "rows" if kind == "results" else "a graph"
    raise FormatError(f"The answer is {answer}, which {name} cannot hold.", hint=_one_of(fitting))


def _one_of(names: Iterable[str]) -> str:
    return f"Choose one of {', '.join(names)}."


def write_answer(dataset: Dataset, text: str, form: str | None) -> None:
    """Run a query that the gate lets through and write what it answers.

    Raises GateError and QuerySyntaxError for the query, FormatError for the format.
    """
    asked = gate.check(text)
    kind: Kind = "results" if asked in (gate.QueryForm.SELECT, gate.QueryForm.ASK) else "rdf"
    if kind == "results" and form in (None, TABLE):
        _write_rows(dataset, text, asked)
        return
    plain = TABLE if kind == "results" else None
    target = TURTLE if form is None else named_format(form, kind, plain)
    write_bytes(wait_for(lambda: dataset.store.answer(text, target), _LABEL))


def _write_rows(dataset: Dataset, text: str, asked: gate.QueryForm) -> None:
    prefixes = dataset.settings.prefixes
    if asked is gate.QueryForm.ASK:
        click.echo(str(wait_for(lambda: dataset.store.ask(text), _LABEL)).lower())
        return
    found = wait_for(lambda: dataset.store.select(text), _LABEL)
    write_table(found.variables, [[cell(term, prefixes) for term in row] for row in found.rows])
