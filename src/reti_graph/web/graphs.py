"""Quads as a client gets them: compact JSON-LD with the site's context, or another format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.formats import JSON_LD, serialize_quads
from reti_graph.jsonld import serialize_compact
from reti_graph.web.context import address_of, served

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox
    from starlette.requests import Request

    from reti_graph.formats import Format


def graph_bytes(request: Request, quads: Iterable[ox.Quad], target: Format) -> bytes:
    """Write quads in a graph format. Raises FormatError when it cannot hold them."""
    site = served(request)
    if target == JSON_LD:
        return serialize_compact(quads, site.context, _context_address(request))
    return serialize_quads(quads, target, site.settings.prefixes)


def _context_address(request: Request) -> str:
    """Return where the JSON-LD context is: below the public address, or else on the same host."""
    site = served(request)
    path = f"/context/{site.context.version}.jsonld"
    return address_of(site.settings, path) if site.settings.public_url else path
