"""What a client gets when something fails: a page for browsers, a problem document for others."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from reti_graph.accept import negotiate
from reti_graph.errors import RetiError, UnknownNameError, UnknownThingError
from reti_graph.html.cells import Cell
from reti_graph.html.pages import message_page
from reti_graph.html.views import Message
from reti_graph.html.words import words
from reti_graph.web.context import SERVED, frame, header, reader
from reti_graph.web.negotiation import HTML_TYPE, is_format
from reti_graph.web.responses import (
    HTML,
    PROBLEM,
    allowed_methods,
    plain,
    problem_bytes,
    problem_of,
    retry_headers,
    status_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.html.cells import Reader
    from reti_graph.web.publication import Served


def on_reti_error(request: Request, error: Exception) -> Response:
    """Answer for the whole tree of errors that are raised on purpose."""
    known = cast("RetiError", error)
    site = cast("Served | None", request.scope.get(SERVED))
    again = retry_headers(known, site.upstream if site else None)
    return failure(request, known, status_of(known), again)


def on_http_error(request: Request, error: Exception) -> Response:
    """Answer for what the router refuses: an unknown path, a method that is not allowed."""
    known = cast("HTTPException", error)
    shown = RetiError(f"{known.detail}: {request.method} {request.url.path}.")
    headers = known.headers
    if known.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": allowed_methods(request)}
    return failure(request, shown, known.status_code, headers)


def on_crash(request: Request) -> Response:
    """Answer for what nobody foresaw: the client learns that it happened, the log knows why."""
    shown = RetiError("The server failed on this request. The failure has been logged.")
    return failure(request, shown, HTTPStatus.INTERNAL_SERVER_ERROR)


def on_refused(request: Request, status: HTTPStatus, message: str) -> Response:
    """Answer for what is not even read, since reading it would hold up the others."""
    content = problem_bytes(problem_of(RetiError(message), status))
    return plain(request, status, content, {"Content-Type": PROBLEM})


def wants_page(request: Request) -> bool:
    """True when a failure is best shown as a page: the client prefers HTML over JSON."""
    if is_format(request.query_params.get("format", "")):
        return False
    offers = [PROBLEM, "application/json", HTML_TYPE]
    return negotiate(header(request, "accept"), offers) == HTML_TYPE


def failure(
    request: Request,
    error: RetiError,
    status: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an error as a page or as a problem document, whichever the client takes."""
    kept = {**(headers or {}), "Vary": "Accept, Accept-Language", "Cache-Control": "no-store"}
    if request.scope.get(SERVED) is not None and wants_page(request):
        page = _page(request, error, status)
        return plain(request, status, page.encode(), {**kept, "Content-Type": HTML})
    content = problem_bytes(problem_of(error, status))
    return plain(request, status, content, {**kept, "Content-Type": PROBLEM})


def _page(request: Request, error: RetiError, status: int) -> str:
    who = reader(request)
    own = words(who.language)
    nearest = error.nearest if isinstance(error, UnknownNameError | UnknownThingError) else ()
    message = Message(
        heading=own.get(f"error_{int(status)}", own["error_other"]),
        detail=error.message,
        hint=None if nearest else error.hint,
        links_heading=own["nearest"],
        links=tuple(_link(who, error, name) for name in nearest),
    )
    return message_page(frame(request, who), message)


def _link(who: Reader, error: RetiError, name: str) -> Cell:
    if isinstance(error, UnknownNameError) and error.kind == "query":
        return Cell(name, name, who.link(f"/query/{name}"))
    return Cell(name, name, who.href(name))
