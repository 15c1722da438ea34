"""The application: which path goes where, and who answers when something fails."""

from __future__ import annotations

import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from reti_graph.errors import RetiError
from reti_graph.web import catalog, dumps, files, home, openapi, queries, resources, sparql
from reti_graph.web.failures import on_http_error, on_reti_error
from reti_graph.web.front import Front
from reti_graph.web.responses import allowed_methods, plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.web.budget import Budget
    from reti_graph.web.metrics import Metrics
    from reti_graph.web.publication import Publication


def create_app(publication: Publication, budget: Budget, metrics: Metrics) -> Starlette:
    """Return the ASGI application that serves what is published.

    Its lifespan publishes the first release and closes the last one.
    """

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await publication.start()
        try:
            yield
        finally:
            await publication.close()

    app = Starlette(
        routes=_routes(),
        exception_handlers={
            RetiError: on_reti_error,
            HTTPException: on_http_error,
        },
        middleware=[Middleware(Front, publication=publication, metrics=metrics)],
        lifespan=lifespan,
    )
    # Its target would be made of the Host header.
    app.router.redirect_slashes = False
    app.state.publication = publication
    app.state.budget = budget
    app.state.metrics = metrics
    return app


def _routes() -> list[Route]:
    """Return the addresses; what is asked most comes first, for one is tried after another."""
    return [
        Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
        Route("/query/{name}.rq", queries.text),
        Route("/query/{name}", queries.run),
        Route("/id/{rest:path}", resources.thing),
        Route("/", home.home),
        Route("/health", files.health),
        Route("/queries", queries.listing),
        Route("/static/{name}", files.static),
        Route("/context/{version}.jsonld", files.context),
        Route("/robots.txt", files.robots),
        Route("/sitemap.xml", files.sitemap),
        Route("/sitemap/{number}.xml", files.sitemap_part),
        Route("/openapi.json", openapi.document),
        Route("/.well-known/void", files.well_known_void),
        Route("/dump.{suffix}", dumps.dump),
        Route("/dump/{rest:path}", dumps.dump),
        Route("/table/{name:path}", dumps.dump),
        Route("/catalog", catalog.catalog),
        Route("/catalog.{suffix}", catalog.catalog),
        Route("/dataset", catalog.dataset),
        Route("/dataset.{suffix}", catalog.dataset),
        Route("/dataset/{rest:path}", catalog.dataset),
        Route("/linkset/{rest:path}", catalog.linkset),
        Route("/{rest:path}", resources.document),
        Route("/{rest:path}", options, methods=["OPTIONS"]),
    ]


async def options(request: Request) -> Response:
    """Answer a CORS preflight: any page may read, and may post a query to `/sparql`."""
    methods = allowed_methods(request)
    headers = {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }
    return plain(request, HTTPStatus.NO_CONTENT, headers=headers)
