"""Things and the documents about them: `/id/x` leads to `/doc/x`, all else is its own document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool

from reti_graph.catalogue import document_about
from reti_graph.describe import Page, describe, is_known, quad_description
from reti_graph.errors import UnknownThingError
from reti_graph.html.documents import document as document_view
from reti_graph.html.pages import document_page
from reti_graph.html.views import Alternate
from reti_graph.web.addresses import Address, address_of_request, document_path, is_own, page_number
from reti_graph.web.context import frame, local, reader, served
from reti_graph.web.graphs import graph_bytes
from reti_graph.web.names import all_names
from reti_graph.web.negotiation import GRAPH_FORMATS, choose, title
from reti_graph.web.representation import Described, Link, Representation
from reti_graph.web.responses import HTML, kept, represented, see_other
from reti_graph.web.signposting import LONGEST_PATH, signposts

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.formats import Format
    from reti_graph.stores.port import Store
    from reti_graph.web.negotiation import Choice


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document in one of its forms, ready to be made."""

    request: Request
    address: Address
    choice: Choice
    page: int

    @property
    def own(self) -> bool:
        """Whether the site says it of itself, so that nobody else need be asked."""
        return is_own(self.address.node, served(self.request).settings)

    @property
    def store(self) -> Store:
        """The store that knows what the document is about."""
        site = served(self.request)
        return site.own if self.own else site.store

    async def made(self, work: Callable[[], Representation]) -> Representation:
        """Return what work gives that asks this store; it raises as `Served.read`."""
        return await (run_in_threadpool(work) if self.own else served(self.request).read(work))

    @property
    def paging(self) -> Page:
        """The part of what points at the thing that is wanted."""
        return Page(self.page, served(self.request).settings.limits.page_size)


async def thing(request: Request) -> Response:
    """Lead from a thing to the document about it; the suffix of a format is kept."""
    site = served(request)
    address = address_of_request(request)
    if not await site.look_up(partial(is_known, site.store, address.node)):
        near = await site.read(partial(site.names.nearest, site.store, address.node.value))
        raise UnknownThingError(address.node.value, near)
    path = document_path(address.node.value, site.settings.base_iri)
    return see_other(request, local(request, path + address.ending))


async def document(request: Request) -> Response:
    """Return the document about a thing in the format asked for."""
    address = address_of_request(request)
    request.scope["document"] = address.path
    if address.language:
        request.scope["language"] = address.language
    choice = choose(request, GRAPH_FORMATS, html_first=True, suffix=address.suffix)
    asked = _Asked(request, address, choice, page_number(request))
    target = choice.target
    if target is not None:
        key = ("document", address.node.value, address.path, target.name, asked.page)
        whole = (*key, choice.vary)
        return await kept(request, whole, lambda: asked.made(partial(_data, asked, target)))
    who = reader(request)
    key = ("page", address.node.value, address.path, who.language, asked.page)
    spoken = (*key, who.keep_language, choice.vary)
    return await kept(request, spoken, lambda: asked.made(partial(_page, asked)))


def _data(asked: _Asked, target: Format) -> Representation:
    site = served(asked.request)
    settings = site.settings
    node = asked.address.node
    found = quad_description(asked.store, node, page=asked.paging, names=site.names)
    pages = _pages(asked, found.pages)
    about = document_about(
        document=ox.NamedNode(settings.base_iri + asked.address.path.removeprefix("/")),
        thing=node,
        settings=settings,
        page=asked.page,
        pages=pages,
        total=found.incoming_total,
    )
    content = graph_bytes(asked.request, (*about, *found.quads), target)
    path = local(asked.request, asked.address.path)
    links = [*_links(asked, pages), Link(_paged(path, asked.page), "describes")]
    return represented(
        asked.request,
        content,
        target.content_type,
        Described(
            vary=asked.choice.vary,
            links=links,
            location=_paged(f"{path}.{target.extension}", asked.page),
            from_store=not asked.own,
        ),
    )


def _page(asked: _Asked) -> Representation:
    request = asked.request
    site = served(request)
    description = describe(asked.store, asked.address.node, page=asked.paging, names=site.names)
    pages = _pages(asked, description.pages)
    base, languages = site.settings.base_iri, site.settings.languages
    who = reader(request, all_names(asked.store, description, base, languages))
    path = local(request, asked.address.path)
    others = tuple(
        Alternate(
            title(target), target.media_type, _paged(f"{path}.{target.extension}", asked.page)
        )
        for target in GRAPH_FORMATS
    )
    own = (("page", str(asked.page)),) if asked.page > 1 else ()
    around = frame(request, who, others, own)
    view = document_view(description, who, asked.address.path, asked.paging.size)
    return represented(
        request,
        document_page(around, view),
        HTML,
        Described(
            vary=asked.choice.vary,
            links=_links(asked, pages),
            location=_paged(f"{path}.{who.language}.html", asked.page),
            language=who.language,
            from_store=not asked.own,
        ),
    )


def _pages(asked: _Asked, pages: int) -> int:
    """Return how many pages there are; none of them comes after the last."""
    if asked.page > pages:
        raise UnknownThingError(f"{asked.address.node.value}, page {asked.page}")
    return pages


def _paged(address: str, page: int) -> str:
    return f"{address}?page={page}" if page > 1 else address


def _links(asked: _Asked, pages: int) -> list[Link]:
    """Return the links of a document: what it is about, its signposts, other forms and pages."""
    request, iri = asked.request, asked.address.node.value
    path = local(request, asked.address.path)
    others = GRAPH_FORMATS if len(path) <= LONGEST_PATH else ()
    found = [
        Link(iri, "about"),
        *signposts(request, asked.address.path, iri),
        *(
            Link(_paged(f"{path}.{target.extension}", asked.page), "alternate", target.media_type)
            for target in others
        ),
    ]
    if asked.page > 1:
        found.append(Link(_paged(path, asked.page - 1), "prev"))
    if asked.page < pages:
        found.append(Link(_paged(path, asked.page + 1), "next"))
    return found
