"""Quads as a client gets them: compact JSON-LD with the site's context, or another format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from reti_graph.formats import JSON_LD, serialize_quads
from reti_graph.jsonld import serialize_compact
from reti_graph.web.context import address_of, served
from reti_graph.web.responses import kept, represented

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox
    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.formats import Format
    from reti_graph.web.representation import Described, Representation


def graph_bytes(request: Request, quads: Iterable[ox.Quad], target: Format) -> bytes:
    """Write quads in a graph format. Raises FormatError when it cannot hold them."""
    site = served(request)
    if target == JSON_LD:
        return serialize_compact(quads, site.context, _context_address(request))
    return serialize_quads(quads, target, site.settings.prefixes)


async def own_graph(request: Request, name: str, target: Format, described: Described) -> Response:
    """Return what the site says of itself, by its name in `Served.metadata`, in a format."""

    def made() -> Representation:
        content = graph_bytes(request, served(request).metadata[name], target)
        return represented(request, content, target.content_type, described)

    key = ("own", name, target.name, described.vary)
    return await kept(request, key, lambda: run_in_threadpool(made))


def _context_address(request: Request) -> str:
    """Return where the JSON-LD context is: below the public address, or else on the same host."""
    site = served(request)
    path = f"/context/{site.context.version}.jsonld"
    return address_of(site.settings, path) if site.settings.public_url else path
