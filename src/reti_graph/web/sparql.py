"""`/sparql`: the query half of the SPARQL 1.1 Protocol, in a first, simple form."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from reti_graph import gate
from reti_graph.errors import CallError, ParameterError, PositionError
from reti_graph.html.pages import sparql_page
from reti_graph.html.views import Fault, SparqlView
from reti_graph.web.answers import answer_table, offers_for
from reti_graph.web.context import frame, reader, served
from reti_graph.web.failures import wants_page
from reti_graph.web.negotiation import alternates, choose
from reti_graph.web.responses import HTML, plain, success

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_LARGEST_BODY = 1_000_000
_FIRST_QUERY = """SELECT ?network ?label WHERE {
  ?network a reti:Network ; rdfs:label ?label .
  FILTER(LANG(?label) = "it")
}
ORDER BY ?label"""


async def endpoint(request: Request) -> Response:
    """Answer a query by GET, by POST of a form or by POST of the text itself (2.1)."""
    _refuse_more_than_queries(request.query_params.multi_items())
    text = await _posted(request) if request.method == "POST" else _asked(request)
    return await run_in_threadpool(_answer, request, text)


def _answer(request: Request, text: str | None) -> Response:
    if text is None:
        return _form(request, _FIRST_QUERY)
    try:
        return _result(request, text)
    except CallError as error:
        if isinstance(error, PositionError) and wants_page(request):
            return _form(request, text, error)
        raise


def _result(request: Request, text: str) -> Response:
    form = gate.check(text)
    offers = offers_for(form)
    choice = choose(request, offers, html_first=False)
    if choice.target is not None:
        with served(request).place_for_query() as store:
            content = store.answer(text, choice.target)
        return success(request, content, choice.target.content_type, vary=choice.vary)
    who = reader(request)
    others = alternates("/sparql", [("query", text)], offers)
    with served(request).place_for_query() as store:
        view = SparqlView(text, answer_table(store, text, form, who))
    page = sparql_page(frame(request, who, others), view)
    return success(request, page, HTML, vary=choice.vary, language=who.language)


def _form(request: Request, text: str, error: PositionError | None = None) -> Response:
    who = reader(request)
    view = SparqlView(text, error=Fault(_placed(error), error.hint) if error else None)
    page = sparql_page(frame(request, who), view)
    if error is None:
        vary = ("Accept", "Accept-Language")
        return success(request, page, HTML, vary=vary, language=who.language)
    return plain(request, HTTPStatus.BAD_REQUEST, page.encode(), {"Content-Type": HTML})


def _placed(error: PositionError) -> str:
    place = f"line {error.line}, column {error.column}"
    known = error.line is None or place in error.message
    return error.message if known else f"{error.message} ({place})"


def _asked(request: Request) -> str | None:
    return _one_query(request.query_params.multi_items(), request)


def _refuse_more_than_queries(pairs: list[tuple[str, str]]) -> None:
    """Refuse what the protocol has beside queries, rather than leave it out unsaid."""
    names = {name for name, _ in pairs}
    if "update" in names:
        raise ParameterError("Updates are not answered.", parameter="update")
    if names & {"default-graph-uri", "named-graph-uri"}:
        raise ParameterError(
            "A dataset cannot be chosen by parameter.", hint="Use FROM in the query."
        )


def _one_query(pairs: list[tuple[str, str]], request: Request) -> str | None:
    texts = [value for name, value in pairs if name == "query"]
    if len(texts) > 1:
        raise ParameterError("There is more than one query.", parameter="query")
    if texts:
        return texts[0]
    if request.method in ("GET", "HEAD") and wants_page(request):
        return None
    raise ParameterError('There is no parameter "query".', parameter="query")


async def _posted(request: Request) -> str | None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_FORM, _DIRECT) or "content-encoding" in request.headers:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"A query is posted as {_FORM} or as {_DIRECT}, without a content coding",
        )
    text = _utf8(await _body(request))
    if kind == _DIRECT:
        return text
    pairs = parse_qsl(text, keep_blank_values=True)
    _refuse_more_than_queries(pairs)
    return _one_query(pairs, request)


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "")
    _refuse_larger(int(declared) if declared.isdecimal() else 0)
    body = b""
    async for chunk in request.stream():
        body += chunk
        _refuse_larger(len(body))
    return body


def _refuse_larger(size: int) -> None:
    if size > _LARGEST_BODY:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"More than {_LARGEST_BODY} bytes")


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParameterError("The query is not UTF-8.") from error
