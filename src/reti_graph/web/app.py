"""The application: which path goes where, and who answers when something fails."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route

from reti_graph.errors import RetiError
from reti_graph.html.pages import static_files
from reti_graph.web import home, queries, resources, sparql
from reti_graph.web.context import Served
from reti_graph.web.failures import on_crash, on_http_error, on_reti_error
from reti_graph.web.responses import allowed_methods, plain, success

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from reti_graph.release import Release
    from reti_graph.stores.port import Store

_log = logging.getLogger(__name__)

_STATIC_TYPES: Final[Mapping[str, str]] = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


def create_app(release: Release, store: Store) -> Starlette:
    """Return the ASGI application that serves a release from a store that holds its quads."""
    app = Starlette(
        routes=[
            Route("/", home.home),
            Route("/static/{name}", static),
            Route("/queries", queries.listing),
            Route("/query/{name}.rq", queries.text),
            Route("/query/{name}", queries.run),
            Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
            Route("/id/{rest:path}", resources.thing),
            Route("/{rest:path}", resources.document),
            Route("/{rest:path}", options, methods=["OPTIONS"]),
        ],
        exception_handlers={
            RetiError: on_reti_error,
            HTTPException: on_http_error,
        },
        middleware=[Middleware(Boundary)],
    )
    app.state.served = Served(release, store)
    return app


class Boundary:
    """The outermost layer: what nobody foresaw is logged, and the client told no more than that."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer it when that fails before an answer has begun."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            _log.debug("The client left a request for %s", scope.get("path"))
        except Exception:
            _log.exception("A request for %s failed", scope.get("path"))
            if begun or scope["type"] != "http":
                raise
            answer = on_crash(Request(scope, receive))
            await answer(scope, receive, send)


def static(request: Request) -> Response:
    """Return a file that pages refer to."""
    name = request.path_params["name"]
    content = static_files().get(name)
    if content is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return success(request, content, _STATIC_TYPES[name.rpartition(".")[2]])


def options(request: Request) -> Response:
    """Answer a CORS preflight: any page may read, and may post a query to `/sparql`."""
    methods = allowed_methods(request)
    headers = {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }
    return plain(request, HTTPStatus.NO_CONTENT, headers=headers)
