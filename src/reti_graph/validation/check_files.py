"""Reading the checks of a site (`shapes/checks/*.rq`): their headers, and that they can run.

The header holds `summary` and `message` in each of the site's languages, and `severity`. A
message may name columns of the result as `{?column}`.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - dataclasses keep annotations
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec
import pyoxigraph as ox

from reti_graph.canned.header import Texts, read_header
from reti_graph.errors import QuerySyntaxError
from reti_graph.lexer import tokens
from reti_graph.problems import Location, Problem, Severity
from reti_graph.sources.findings import finding
from reti_graph.stores.mistakes import query_syntax_error
from reti_graph.validation.sparql_messages import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reti_graph.config import Settings
    from reti_graph.sources.site import TextFile


class CheckHeader(msgspec.Struct, frozen=True):
    """What the header of a check says."""

    summary: Texts
    message: Texts
    severity: Literal["violation", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check, ready to run."""

    name: str
    file: str
    text: str
    messages: Mapping[str, str]
    severity: Severity


def read_checks(
    files: Iterable[TextFile], settings: Settings
) -> tuple[tuple[Check, ...], tuple[Problem, ...]]:
    """Return the checks that can run, and what is wrong with those that cannot."""
    checks: list[Check] = []
    problems: list[Problem] = []
    for file in files:
        header, _, found = read_header(file, CheckHeader, settings.languages)
        if header is None:
            problems += found
            continue
        found = tuple(_query_problems(file, settings, header))
        problems += found
        if not found:
            severity = Severity[header.severity.upper()]
            checks.append(Check(file.stem, file.name, file.text, header.message, severity))
    return tuple(checks), tuple(problems)


def _query_problems(file: TextFile, settings: Settings, header: CheckHeader) -> Iterator[Problem]:
    """Yield why the query cannot run as a check: its syntax, or the columns it lacks."""
    try:
        columns = _columns(file.text, settings)
    except QuerySyntaxError as error:
        yield finding(
            "check-syntax",
            Location(file.name, error.line, error.column),
            it=f"Il controllo non è una SELECT di SPARQL: {error.message}",
            en=f"The check is not a SPARQL SELECT: {error.message}",
        )
        return
    named = {name for text in header.message.values() for name in VARIABLE.findall(text)}
    for name in sorted((named | {"focus"}) - columns):
        yield finding(
            "check-columns",
            Location(file.name, 1),
            it=f"Il controllo non ha la colonna ?{name}.",
            en=f"The check has no column ?{name}.",
        )


def _columns(text: str, settings: Settings) -> set[str]:
    """Return the columns of a SELECT. Raises QuerySyntaxError for any other text."""
    for token in tokens(text):
        if token.kind == "word" and token.upper == "SERVICE":
            said = "SERVICE is not allowed in a check."
            raise QuerySyntaxError(said, line=token.line, column=token.column)
    try:
        answer = ox.Store().query(text, prefixes=dict(settings.prefixes))
    except SyntaxError as error:
        raise query_syntax_error(error, text) from error
    if not isinstance(answer, ox.QuerySolutions):
        raise QuerySyntaxError("it is another form of query.", line=1)
    return {variable.value for variable in answer.variables}
