"""Small files: what pages refer to, what crawlers and harvesters look for, JSON-LD contexts."""

from __future__ import annotations

import json
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from reti_graph.catalogue.distributions import answer_path, in_rows
from reti_graph.catalogue.written import plain_graph
from reti_graph.html.pages import static_files
from reti_graph.naming import header_iri
from reti_graph.web.context import address_of, local, served
from reti_graph.web.negotiation import GRAPH_FORMATS, choose
from reti_graph.web.representation import FOREVER, NEVER, REVALIDATE, Described, Link
from reti_graph.web.responses import kept, plain, represented, see_other
from reti_graph.web.sitemap import index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.web.representation import Representation

_STATIC_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
)
_CONTEXT_TYPE: Final = "application/ld+json"
_SITEMAP_TYPE: Final = "application/xml"


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
    """Return what crawlers may read: everything but answers to questions nobody asked.

    Answers that the catalogue offers are allowed by name, which outweighs the rest for being
    longer (RFC 9309, 2.2.2); they come first for readers that take the first rule that fits.
    """
    site = served(request)
    offered = map(answer_path, in_rows(site.release.queries))
    lines = (
        "User-agent: *",
        *(f"Allow: {local(request, f'/{path}')}" for path in offered),
        f"Disallow: {local(request, '/query/')}",
        f"Disallow: {local(request, '/sparql?query=')}",
        f"Sitemap: {header_iri(address_of(site.settings, '/sitemap.xml'))}",
    )
    content = "".join(f"{line}\n" for line in lines).encode()
    return await _kept_bytes(request, content, "text/plain; charset=utf-8")


async def sitemap(request: Request) -> Response:
    """Return the addresses of the documents, or of the files that list them when they are many."""

    def work() -> Representation:
        site = served(request)
        maps = site.release.directory.site_maps()
        found = [
            (address_of(site.settings, f"/sitemap/{number}.xml"), each.newest)
            for number, each in enumerate(maps, start=1)
        ]
        content = maps[0].content() if len(maps) == 1 else index(found)
        return represented(request, content, _SITEMAP_TYPE, Described())

    return await kept(request, "sitemap", lambda: run_in_threadpool(work))


async def sitemap_part(request: Request) -> Response:
    """Return one of the files that list the addresses of the documents, by its number from 1."""
    number = request.path_params["number"]

    def work() -> Representation:
        found = served(request).release.directory.site_maps()
        maps = {str(place): each for place, each in enumerate(found, start=1)}
        if number not in maps:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return represented(request, maps[number].content(), _SITEMAP_TYPE, Described())

    return await kept(request, ("sitemap", number), lambda: run_in_threadpool(work))


async def well_known_void(request: Request) -> Response:
    """Return the description of the graph (VoID, 7); a browser is led to the dataset's page."""
    choice = choose(request, GRAPH_FORMATS, html_first=False)
    target = choice.target
    if target is None:
        return see_other(request, local(request, "/dataset"))

    def work() -> Representation:
        site = served(request)
        content = plain_graph(site.listing.get().void, target, site.settings)
        links = [
            Link(f"{site.settings.base_iri}dataset", "about"),
            Link(site.settings.licence, "license"),
        ]
        described = Described(vary=choice.vary, links=links)
        return represented(request, content, target.content_type, described)

    key = ("void", target.name, choice.vary)
    return await kept(request, key, lambda: run_in_threadpool(work))


async def health(request: Request) -> Response:
    """Tell whether queries and pages are answered: 503 while no worker is ready.

    With a store elsewhere that cannot be asked the server is still of use for what it has kept.
    """
    site = served(request)
    answers, upstream = site.answers, site.upstream
    ready = answers.ready + answers.running > 0
    good = upstream is None or upstream.condition == "good"
    state: dict[str, object] = {
        "status": ("ok" if good else "degraded") if ready else "unavailable",
        "release": site.release.digest,
        "workers": {
            "ready": answers.ready,
            "running": answers.running,
            "confined": answers.confined,
        },
        "waiting": answers.waiting,
    }
    if upstream is not None:
        state["store"] = {"state": upstream.condition, "seconds": upstream.stale or 0}
    status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Content-Type": "application/json", "Cache-Control": NEVER}
    if not ready:
        headers["Retry-After"] = "1"
    return plain(request, status, json.dumps(state, indent=1).encode(), headers)


async def _kept_bytes(
    request: Request, content: bytes, kind: str, keep: str = REVALIDATE
) -> Response:
    async def made() -> Representation:
        return represented(request, content, kind, Described(keep=keep))

    return await kept(request, ("file", request.url.path), made)
