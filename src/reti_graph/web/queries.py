"""Canned queries: their list, their texts, and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool

from reti_graph.accept import negotiate
from reti_graph.canned.run import bound_text
from reti_graph.errors import ParameterError, UnknownNameError
from reti_graph.html.pages import queries_page, query_page
from reti_graph.html.views import Fault
from reti_graph.naming import nearest
from reti_graph.web.answers import answer_table, data_format, offers_for
from reti_graph.web.asking import answer, while_there
from reti_graph.web.context import (
    frame,
    header,
    local,
    page_language,
    reader,
    served,
)
from reti_graph.web.forms import query_view
from reti_graph.web.graphs import own_graph
from reti_graph.web.negotiation import (
    GRAPH_FORMATS,
    HTML_TYPE,
    TABLE_FORMATS,
    alternates,
    choose,
    short_name,
)
from reti_graph.web.representation import NEVER, Described, Link
from reti_graph.web.responses import HTML, kept, plain, represented, see_other

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox
    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.canned.parameters import Things
    from reti_graph.canned.query import CannedQuery
    from reti_graph.formats import Format
    from reti_graph.web.negotiation import Choice
    from reti_graph.web.representation import Representation

# Parameters that every address takes; `lang` is also a query's own where it declares it.
_EVERYWHERE: Final = frozenset({"format", "lang"})
_TEXT_TYPE: Final = "application/sparql-query; charset=utf-8"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_SUFFIXES: Final = frozenset(short_name(target) for target in (*TABLE_FORMATS, *GRAPH_FORMATS))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with the values it runs with, and the format of its answer."""

    query: CannedQuery
    raw: Mapping[str, str]
    choice: Choice


async def listing(request: Request) -> Response:
    """Return the list of the queries: a page, or their descriptions as RDF."""
    choice = choose(request, GRAPH_FORMATS, html_first=True)
    if choice.target is not None:
        return await own_graph(request, "queries", choice.target, Described(vary=choice.vary))
    who = reader(request)

    def page() -> Representation:
        views = tuple(query_view(query, who, _NONE) for query in served(request).release.queries)
        others = alternates(local(request, "/queries"), (), GRAPH_FORMATS)
        described = Described(vary=choice.vary, language=who.language)
        return represented(
            request, queries_page(frame(request, who, others), views), HTML, described
        )

    key = ("queries-page", who.language, who.keep_language, choice.vary)
    return await kept(request, key, lambda: run_in_threadpool(page))


async def text(request: Request) -> Response:
    """Return the text of a query, header and all."""
    query = _named(request, request.path_params["name"])

    async def made() -> Representation:
        return represented(request, query.text, _TEXT_TYPE, Described())

    return await kept(request, ("query-text", query.name), made)


async def run(request: Request) -> Response:
    """Return the answer of a query; a parameter that is not given has its default or example."""
    name, suffix = _split(request.path_params["name"])
    query = _named(request, name)
    if suffix is None and _wants_description(request, query):
        return see_other(request, local(request, f"/doc/query/{name}"))
    choice = choose(request, offers_for(query.form), html_first=False, suffix=suffix)
    given, target = _given(request, query), choice.target
    if target is None:
        asked = _Asked(query, _filled(query, {**_own_language(request, query), **given}), choice)
        return await _page(request, asked)
    asked = _Asked(query, _filled(query, given), choice)
    bound = await _bound(request, asked)
    return await while_there(request, _data(request, asked, bound, target))


async def _data(request: Request, asked: _Asked, bound: str, target: Format) -> Response:
    query = asked.query
    pairs = urlencode(list(asked.raw.items()))
    location = local(request, f"/query/{query.name}.{short_name(target)}")

    async def data() -> Representation:
        content = await answer(request, bound, target)
        described = Described(
            vary=asked.choice.vary,
            location=f"{location}?{pairs}" if pairs else location,
            links=_links(request, query),
            from_store=True,
        )
        return represented(request, content, target.content_type, described)

    return await kept(request, ("query", query.name, bound, target.name, asked.choice.vary), data)


async def _page(request: Request, asked: _Asked) -> Response:
    query, raw = asked.query, asked.raw
    choices = served(request).choices
    who = reader(request)
    try:
        bound = await _bound(request, asked)
    except ParameterError as error:
        fault = Fault(error.message, error.hint)
        view = await served(request).read(
            partial(query_view, query, who, raw, choices=choices, error=fault)
        )
        headers = {"Content-Type": HTML, "Vary": "Accept, Accept-Language", "Cache-Control": NEVER}
        shown = query_page(frame(request, who, query=tuple(raw.items())), view)
        return plain(request, HTTPStatus.BAD_REQUEST, shown.encode(), headers)

    async def page() -> Representation:
        content = await answer(request, bound, data_format(query.form))
        return await served(request).read(partial(made, content))

    def made(content: bytes) -> Representation:
        rows = answer_table(content, query.form, who)
        others = alternates(
            local(request, f"/query/{query.name}"), raw.items(), offers_for(query.form)
        )
        view = query_view(query, who, raw, choices=choices, table=rows, bound=bound)
        around = frame(request, who, others, tuple(raw.items()))
        described = Described(
            vary=asked.choice.vary,
            language=who.language,
            links=_links(request, query),
            from_store=True,
        )
        return represented(request, query_page(around, view), HTML, described)

    own = (tuple(raw.items()), who.language, who.keep_language, asked.choice.vary)
    key = ("query-page", query.name, bound, *own)
    return await while_there(request, kept(request, key, page))


def _links(request: Request, query: CannedQuery) -> list[Link]:
    return [
        Link(local(request, f"/doc/query/{query.name}"), "describedby"),
        Link(served(request).settings.licence, "license"),
    ]


def _split(name: str) -> tuple[str, str | None]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, suffix) if dot and suffix in {*_SUFFIXES, "html"} else (name, None)


def _wants_description(request: Request, query: CannedQuery) -> bool:
    """Tell whether a client wants RDF, which the answer cannot be, of what the address names."""
    if offers_for(query.form) != TABLE_FORMATS or "format" in request.query_params:
        return False
    accepted = header(request, "accept")
    rows = [HTML_TYPE, "application/json", *(target.media_type for target in TABLE_FORMATS)]
    graphs = [target.media_type for target in GRAPH_FORMATS]
    return negotiate(accepted, rows) is None and negotiate(accepted, graphs) is not None


def _named(request: Request, name: str) -> CannedQuery:
    queries = {query.name: query for query in served(request).release.queries}
    if name not in queries:
        raise UnknownNameError("query", name, nearest(name, queries))
    return queries[name]


def _given(request: Request, query: CannedQuery) -> dict[str, str]:
    """Return the parameters of a query as they were given, each once."""
    declared = {param.name for param in query.params}
    raw: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in raw:
            raise ParameterError(f'The parameter "{name}" is given twice.', parameter=name)
        if name in declared or name not in _EVERYWHERE:
            raw[name] = value
    return raw


def _filled(query: CannedQuery, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return the values a query runs with: the example stands for what must have a value."""
    examples = {
        param.name: param.example
        for param in query.params
        if param.required and not given.get(param.name)
    }
    return {**given, **examples}


def _own_language(request: Request, query: CannedQuery) -> Mapping[str, str]:
    """Return the page's language for a query that has labels in it, as its parameter."""
    language = page_language(request)
    fits = any(param.name == "lang" and language in param.values for param in query.params)
    return {"lang": language} if fits else _NONE


async def _bound(request: Request, asked: _Asked) -> str:
    """Return the text of a query with its values; what is wrong with them takes longer to say."""
    site = served(request)
    own = (asked.query, asked.raw, site.settings)
    try:
        return await site.look_up(partial(bound_text, _Unlike(site.choices), *own))
    except (ParameterError, UnknownNameError):
        pass
    try:
        return await site.read(partial(bound_text, site.choices, *own))
    except UnknownNameError as error:
        # The address is right, what is asked of it is not: 400 rather than 404.
        raise ParameterError(error.message, parameter=error.name, hint=error.hint) from error


class _Unlike:
    """Things without those that look like others, which take long to find."""

    def __init__(self, things: Things) -> None:
        self._things = things

    def has(self, node: ox.NamedNode) -> bool:
        return self._things.has(node)

    def slugs(self, space: str) -> tuple[str, ...]:  # noqa: ARG002 -- as Things has it
        return ()
