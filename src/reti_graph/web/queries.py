"""Canned queries: their list, their texts, and their answers."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.canned.run import bound_text
from reti_graph.errors import ParameterError, UnknownNameError
from reti_graph.html.pages import queries_page, query_page
from reti_graph.html.views import Fault
from reti_graph.naming import nearest
from reti_graph.web.answers import answer_table, offers_for
from reti_graph.web.context import frame, page_language, reader, served
from reti_graph.web.forms import query_view
from reti_graph.web.negotiation import alternates, choose
from reti_graph.web.responses import HTML, plain, success

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.canned.query import CannedQuery
    from reti_graph.web.negotiation import Choice

# Parameters that every address takes; `lang` is also a query's own where it declares it.
_EVERYWHERE: Final = frozenset({"format", "lang"})
_TEXT_TYPE: Final = "application/sparql-query; charset=utf-8"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def listing(request: Request) -> Response:
    """Return the page that lists the queries."""
    who = reader(request)
    views = tuple(query_view(query, who, _NONE) for query in served(request).release.queries)
    page = queries_page(frame(request, who), views)
    return success(request, page, HTML, vary=("Accept-Language",), language=who.language)


def text(request: Request) -> Response:
    """Return the text of a query, header and all."""
    return success(request, _named(request).text, _TEXT_TYPE)


def run(request: Request) -> Response:
    """Return the answer of a query; a page asks for the parameters that are missing."""
    query = _named(request)
    choice = choose(request, offers_for(query.form), html_first=False)
    raw = _raw(request, query)
    if choice.target is None:
        return _page(request, query, raw, choice)
    bound = _bound(request, query, raw)
    with served(request).place_for_query() as store:
        content = store.answer(bound, choice.target)
    return success(request, content, choice.target.content_type, vary=choice.vary)


def _page(
    request: Request, query: CannedQuery, given: Mapping[str, str], choice: Choice
) -> Response:
    who = reader(request)
    raw = {**_own_language(request, query), **given}
    required = {param.name for param in query.params if param.required}
    if not given.keys() - _EVERYWHERE and required - raw.keys():
        page = query_page(frame(request, who), query_view(query, who, raw))
        return success(request, page, HTML, vary=choice.vary, language=who.language)
    try:
        bound = _bound(request, query, raw)
    except ParameterError as error:
        view = query_view(query, who, raw, error=Fault(error.message, error.hint))
        headers = {"Content-Type": HTML, "Vary": "Accept, Accept-Language"}
        page = query_page(frame(request, who), view)
        return plain(request, HTTPStatus.BAD_REQUEST, page.encode(), headers)
    with served(request).place_for_query() as store:
        rows = answer_table(store, bound, query.form, who)
    others = alternates(f"/query/{query.name}", raw.items(), offers_for(query.form))
    view = query_view(query, who, raw, table=rows, bound=bound)
    page = query_page(frame(request, who, others), view)
    return success(request, page, HTML, vary=choice.vary, language=who.language)


def _named(request: Request) -> CannedQuery:
    name = request.path_params["name"]
    queries = {query.name: query for query in served(request).release.queries}
    if name not in queries:
        raise UnknownNameError("query", name, nearest(name, queries))
    return queries[name]


def _raw(request: Request, query: CannedQuery) -> dict[str, str]:
    """Return the parameters of a query as they were given, each once."""
    declared = {param.name for param in query.params}
    raw: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in raw:
            raise ParameterError(f'The parameter "{name}" is given twice.', parameter=name)
        if name in declared or name not in _EVERYWHERE:
            raw[name] = value
    return raw


def _own_language(request: Request, query: CannedQuery) -> Mapping[str, str]:
    """Return the page's language for a query that has labels in it, as its parameter."""
    language = page_language(request)
    fits = any(param.name == "lang" and language in param.values for param in query.params)
    return {"lang": language} if fits else _NONE


def _bound(request: Request, query: CannedQuery, raw: Mapping[str, str]) -> str:
    site = served(request)
    try:
        return bound_text(site.store, query, raw, site.settings)
    except UnknownNameError as error:
        # The address is right, what is asked of it is not: 400 rather than 404.
        raise ParameterError(error.message, parameter=error.name, hint=error.hint) from error
