"""Small files: what pages refer to, what crawlers look for, and JSON-LD contexts."""

from __future__ import annotations

import json
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from reti_graph.html.pages import static_files
from reti_graph.naming import header_iri
from reti_graph.terms import RDF_TYPE
from reti_graph.web.addresses import document_path
from reti_graph.web.context import address_of, local, served
from reti_graph.web.representation import FOREVER, NEVER, REVALIDATE, Described
from reti_graph.web.responses import kept, plain, represented, see_other

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.web.publication import Served
    from reti_graph.web.representation import Representation

_STATIC_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
)
_CONTEXT_TYPE: Final = "application/ld+json"
# The most addresses one sitemap may hold (sitemaps.org).
_MOST_ADDRESSES: Final = 50_000


async def static(request: Request) -> Response:
    """Return a file that pages refer to."""
    name = request.path_params["name"]
    content = static_files().get(name)
    if content is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    kind = _STATIC_TYPES[name.rpartition(".")[2]]
    return await _kept_bytes(request, content, kind)


async def context(request: Request) -> Response:
    """Return a JSON-LD context; what stands at one of these addresses never changes."""
    content = served(request).contexts.get(request.path_params["version"])
    if content is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return await _kept_bytes(request, content, _CONTEXT_TYPE, FOREVER)


async def robots(request: Request) -> Response:
    """Return what crawlers may read: everything but answers to questions nobody asked."""
    settings = served(request).settings
    lines = (
        "User-agent: *",
        f"Disallow: {local(request, '/sparql')}",
        f"Disallow: {local(request, '/query/')}",
        f"Sitemap: {header_iri(address_of(settings, '/sitemap.xml'))}",
    )
    content = "".join(f"{line}\n" for line in lines).encode()
    return await _kept_bytes(request, content, "text/plain; charset=utf-8")


async def sitemap(request: Request) -> Response:
    """Return the addresses of the documents (sitemaps.org, 0.9)."""

    def work() -> Representation:
        site = served(request)
        day = site.modified.date().isoformat()
        entries = "".join(
            f"<url><loc>{escape(header_iri(address))}</loc><lastmod>{day}</lastmod></url>\n"
            for address in _addresses(site)
        )
        content = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
        )
        return represented(request, content, "application/xml", Described())

    return await kept(request, "sitemap", lambda: run_in_threadpool(work))


async def well_known_void(request: Request) -> Response:
    """Lead to the description of the dataset (VoID, 7)."""
    return see_other(request, local(request, "/dataset"))


async def health(request: Request) -> Response:
    """Tell whether queries and pages are answered: 503 while no worker is ready."""
    site = served(request)
    answers = site.answers
    ready = answers.ready + answers.running > 0
    state = {
        "status": "ok" if ready else "unavailable",
        "release": site.release.digest,
        "workers": {
            "ready": answers.ready,
            "running": answers.running,
            "confined": answers.confined,
        },
        "waiting": answers.waiting,
    }
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Content-Type": "application/json", "Cache-Control": NEVER}
    if not ready:
        headers["Retry-After"] = "1"
    return plain(request, status, json.dumps(state, indent=1).encode(), headers)


def _addresses(site: Served) -> Iterator[str]:
    settings = site.settings
    things = {
        quad.subject.value
        for quad in site.release.quads
        if quad.predicate == RDF_TYPE and hasattr(quad.subject, "value")
    }
    base = settings.base_iri
    pages = {"/", "/queries", "/sparql"}
    paths = {document_path(iri, base) for iri in things if iri.startswith(base) and "#" not in iri}
    for path in sorted(pages | paths)[:_MOST_ADDRESSES]:
        yield address_of(settings, path)


async def _kept_bytes(
    request: Request, content: bytes, kind: str, keep: str = REVALIDATE
) -> Response:
    async def made() -> Representation:
        return represented(request, content, kind, Described(keep=keep))

    return await kept(request, ("file", request.url.path), made)
