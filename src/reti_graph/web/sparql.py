"""`/sparql`: the SPARQL 1.1 Protocol, its query half, and the service description."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from reti_graph import gate
from reti_graph.errors import CallError, PositionError
from reti_graph.html.pages import sparql_page
from reti_graph.html.views import Fault, SparqlView
from reti_graph.web.answers import answer_table, data_format, offers_for
from reti_graph.web.asking import answer, refuse_if_unconfined, while_there
from reti_graph.web.context import frame, gate_limits, local, reader, served
from reti_graph.web.failures import wants_page
from reti_graph.web.graphs import own_graph
from reti_graph.web.negotiation import GRAPH_FORMATS, alternates, choose
from reti_graph.web.protocol import Operation, operation
from reti_graph.web.representation import NEVER, REVALIDATE, Described, Link
from reti_graph.web.responses import HTML, kept, plain, represented

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.web.negotiation import Choice
    from reti_graph.web.representation import Representation

_FIRST_QUERY: Final = """SELECT ?network ?label WHERE {
  ?network a reti:Network ; rdfs:label ?label .
  FILTER(LANG(?label) = "it")
}
ORDER BY ?label"""
# Checking a longer text takes long enough for others to notice.
_SHORT: Final = 2_000


async def endpoint(request: Request) -> Response:
    """Answer a query by GET, by POST of a form or by POST of the text itself (2.1).

    Without a query the service describes itself (SPARQL 1.1 Service Description, 2), to people on
    a page where they can write one.
    """
    asked = await operation(request)
    if asked.query is None:
        page = wants_page(request)
        return await (_form(request, Operation(_FIRST_QUERY)) if page else _description(request))
    try:
        return await while_there(request, _result(request, asked, asked.query))
    except CallError as error:
        if isinstance(error, PositionError) and wants_page(request):
            return await _form(request, asked, error)
        raise


async def _result(request: Request, asked: Operation, text: str) -> Response:
    refuse_if_unconfined(request)
    limits = gate_limits(served(request).settings)
    if len(text) <= _SHORT:
        form = gate.check(text, limits)
    else:
        form = await run_in_threadpool(gate.check, text, limits)
    choice = choose(request, offers_for(form), html_first=False, lenient=True)
    again = REVALIDATE if gate.is_repeatable(text) else NEVER
    if choice.target is None:
        return await _page(request, asked, text, form, choice, again)
    target = choice.target

    async def data() -> Representation:
        content = await answer(request, text, target, asked.dataset)
        described = Described(vary=choice.vary, keep=again, from_store=True)
        return represented(request, content, target.content_type, described)

    key = ("sparql", text, asked.dataset, target.name, choice.vary)
    return await kept(request, key, data, repeatable=again != NEVER)


async def _page(
    request: Request,
    asked: Operation,
    text: str,
    form: gate.QueryForm,
    choice: Choice,
    again: str,
) -> Response:
    who = reader(request)

    async def page() -> Representation:
        content = await answer(request, text, data_format(form), asked.dataset)
        table = await run_in_threadpool(answer_table, content, form, who)
        others = alternates(local(request, "/sparql"), asked.pairs, offers_for(form))
        around = frame(request, who, others, tuple(asked.pairs))
        described = Described(vary=choice.vary, language=who.language, keep=again, from_store=True)
        shown = sparql_page(around, SparqlView(text, table, graphs=asked.pairs[1:]))
        return represented(request, shown, HTML, described)

    key = ("sparql-page", text, asked.dataset, who.language, who.keep_language, choice.vary)
    return await kept(request, key, page, repeatable=again != NEVER)


async def _form(request: Request, asked: Operation, error: PositionError | None = None) -> Response:
    who = reader(request)
    text = asked.query or ""
    view = SparqlView(
        text, error=Fault(_placed(error), error.hint) if error else None, graphs=asked.pairs[1:]
    )
    page = sparql_page(frame(request, who, query=tuple(asked.pairs) if error else ()), view)
    if error is not None:
        headers = {"Content-Type": HTML, "Cache-Control": NEVER, "Vary": "Accept, Accept-Language"}
        return plain(request, HTTPStatus.BAD_REQUEST, page.encode(), headers)
    described = Described(
        vary=("Accept", "Accept-Language"),
        language=who.language,
        links=[Link(local(request, "/dataset"), "describedby")],
    )

    async def blank() -> Representation:
        return represented(request, page, HTML, described)

    return await kept(request, ("sparql-form", who.language, who.keep_language), blank)


async def _description(request: Request) -> Response:
    choice = choose(request, GRAPH_FORMATS, html_first=False, lenient=True)
    if choice.target is None:
        return await _form(request, Operation(_FIRST_QUERY))
    licence = Link(served(request).settings.licence, "license")
    described = Described(vary=choice.vary, links=[licence])
    return await own_graph(request, "sparql", choice.target, described)


def _placed(error: PositionError) -> str:
    place = f"line {error.line}, column {error.column}"
    known = error.line is None or place in error.message
    return error.message if known else f"{error.message} ({place})"
