"""A canned query as its page shows it: what it asks, a field for each parameter, its text."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.canned.header import without_header
from reti_graph.html.views import Fault, ParameterField, QueryView, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.canned.choices import Choices
    from reti_graph.canned.query import CannedQuery, Param
    from reti_graph.html.cells import Reader

_INPUTS: Final[Mapping[str, str]] = MappingProxyType({"integer": "number", "date": "date"})


def query_view(  # noqa: PLR0913 -- what a page of a query is made of
    query: CannedQuery,
    reader: Reader,
    raw: Mapping[str, str],
    *,
    choices: Choices | None = None,
    table: Table | None = None,
    error: Fault | None = None,
    bound: str | None = None,
) -> QueryView:
    """Return the view of a query, with the parameters given and the answer or error, if any.

    `choices` are offered for parameters that are things. `bound` is the text that ran, for whoever
    wants to go on from it in SPARQL.
    """
    path = f"/query/{query.name}"
    own_language = any(param.name == "lang" for param in query.params)
    return QueryView(
        name=query.name,
        path=path,
        href=reader.link(path),
        summary=reader.text(query.summary),
        description=reader.text(query.description),
        text=query.text,
        parameters=tuple(_field(param, reader, raw, choices) for param in query.params),
        table=table,
        error=error,
        carry_language=reader.keep_language and not own_language,
        sparql=reader.link("/sparql", [("query", without_header(bound))]) if bound else None,
    )


def _field(
    param: Param, reader: Reader, raw: Mapping[str, str], choices: Choices | None
) -> ParameterField:
    offered = choices.of(param) if choices else ()
    return ParameterField(
        name=param.name,
        label=reader.text(param.label),
        value=raw.get(param.name, param.default or ""),
        optional=param.optional or param.default is not None,
        blank=param.optional,
        example=param.example,
        values=param.values,
        input=_INPUTS.get(param.type),
        choices=tuple((each.value, reader.text(each.labels)) for each in offered),
    )
