"""The catalogue and its datasets: RDF for portals, in one piece, and pages for people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from reti_graph.catalogue.written import HARVESTED, plain_graph
from reti_graph.errors import UnknownThingError
from reti_graph.html.catalog import catalog_view
from reti_graph.html.dataset import dataset_view
from reti_graph.html.dataset_jsonld import Describing, catalog_data, dataset_data
from reti_graph.html.pages import catalog_page, dataset_page
from reti_graph.html.said import Said
from reti_graph.html.views import Alternate
from reti_graph.html.views_catalog import Feed
from reti_graph.naming import nearest
from reti_graph.web import signposting
from reti_graph.web.addresses import address_of_request
from reti_graph.web.context import address_of, frame, local, path_iri, reader, served
from reti_graph.web.negotiation import GRAPH_FORMATS, choose, title
from reti_graph.web.representation import Described, Link
from reti_graph.web.responses import HTML, kept, represented

if TYPE_CHECKING:
    import pyoxigraph as ox
    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.formats import Format
    from reti_graph.html.views import Frame
    from reti_graph.web.addresses import Address
    from reti_graph.web.negotiation import Choice
    from reti_graph.web.publication import Served
    from reti_graph.web.representation import Representation

_CATALOG: Final = signposting.CATALOG


@dataclass(frozen=True, slots=True)
class _Asked:
    """The catalogue or a dataset in one of its forms, ready to be made."""

    request: Request
    address: Address
    choice: Choice

    @property
    def site(self) -> Served:
        """What the request is answered from."""
        return served(self.request)

    @property
    def name(self) -> str:
        """The path of what is asked for, below the base: `catalog`, `dataset/source/c40-home`."""
        return self.address.node.value.removeprefix(self.site.settings.base_iri)

    @property
    def quads(self) -> tuple[ox.Quad, ...]:
        """What is said of it."""
        listed = self.site.listing.get()
        return listed.quads if self.address.path == _CATALOG else listed.documents[self.name]


async def catalog(request: Request) -> Response:
    """Return the catalogue, whole and in one page, in the format asked for.

    Turtle for a client without preference: harvesters send none and look at what they get. Raises
    UnknownThingError for a suffix that is no format's.
    """
    address = address_of_request(request)
    if address.path != _CATALOG:
        raise UnknownThingError(address.node.value)
    return await _document(request, address, html_first=False)


async def dataset(request: Request) -> Response:
    """Return what the catalogue says of one dataset, in the format asked for.

    Raises UnknownThingError, with the datasets of the most similar names, when there is none.
    """
    address, site = address_of_request(request), served(request)
    base = site.settings.base_iri
    names = [base + part.path for part in site.listing.parts]
    if address.node.value not in names:
        raise UnknownThingError(address.node.value, nearest(address.node.value, names))
    return await _document(request, address, html_first=True)


async def linkset(request: Request) -> Response:
    """Return the links of the catalogue or of a dataset, which are too many for a header."""
    base = served(request).settings.base_iri
    iri = base + path_iri(request).removeprefix(f"{base}linkset/")
    key = ("linkset", iri)
    return await kept(request, key, lambda: run_in_threadpool(signposting.linkset, request, iri))


async def _document(request: Request, address: Address, *, html_first: bool) -> Response:
    request.scope["document"] = address.path
    if address.language:
        request.scope["language"] = address.language
    choice = choose(request, GRAPH_FORMATS, html_first=html_first, suffix=address.suffix)
    asked, target = _Asked(request, address, choice), choice.target
    if target is not None:
        key = ("listed", address.path, target.name, choice.vary)
        return await kept(request, key, lambda: run_in_threadpool(_data, asked, target))
    who = reader(request)
    spoken = ("listed-page", address.path, who.language, who.keep_language, choice.vary)
    return await kept(request, spoken, lambda: run_in_threadpool(_page, asked))


def _data(asked: _Asked, target: Format) -> Representation:
    content = plain_graph(asked.quads, target, asked.site.settings)
    path = local(asked.request, asked.address.path)
    return represented(
        asked.request,
        content,
        target.content_type,
        Described(
            vary=asked.choice.vary,
            links=[*_links(asked), Link(path, "describes")],
            location=f"{path}.{target.extension}",
        ),
    )


def _page(asked: _Asked) -> Representation:
    request = asked.request
    path = local(request, asked.address.path)
    others = tuple(
        Alternate(title(target), target.media_type, f"{path}.{target.extension}")
        for target in GRAPH_FORMATS
    )
    around = frame(request, reader(request), others)
    made = _catalog_page if asked.address.path == _CATALOG else _dataset_page
    language = around.reader.language
    described = Described(
        vary=asked.choice.vary,
        links=_links(asked),
        location=f"{path}.{language}.html",
        language=language,
    )
    return represented(request, made(asked, around), HTML, described)


def _catalog_page(asked: _Asked, around: Frame) -> str:
    said, parts, who = Said(asked.quads), asked.site.listing.parts, around.reader
    data = catalog_data(_describing(asked, said, around), [part.path for part in parts])
    address = address_of(asked.site.settings, "/")
    view = catalog_view(said, parts, who, _feeds(asked.request), address)
    return catalog_page(replace(around, data=data), view)


def _dataset_page(asked: _Asked, around: Frame) -> str:
    said = Said(asked.quads)
    data = dataset_data(_describing(asked, said, around), asked.name)
    address = address_of(asked.site.settings, "/")
    view = dataset_view(said, asked.address.node, around.reader, address)
    return dataset_page(replace(around, data=data), view)


def _describing(asked: _Asked, said: Said, around: Frame) -> Describing:
    settings = asked.site.settings
    return Describing(
        said=said,
        language=around.reader.language,
        languages=settings.languages,
        base=settings.base_iri,
        address=address_of(settings, "/"),
    )


def _feeds(request: Request) -> tuple[Feed, ...]:
    settings = served(request).settings
    names = [(target, f"{_CATALOG}.{target.extension}") for target in HARVESTED]
    return tuple(
        Feed(title(target), target.media_type, local(request, name), address_of(settings, name))
        for target, name in names
    )


def _links(asked: _Asked) -> list[Link]:
    request, iri = asked.request, asked.address.node.value
    path = local(request, asked.address.path)
    return [
        Link(iri, "about"),
        *signposting.signposts(request, asked.address.path, iri),
        *(
            Link(f"{path}.{target.extension}", "alternate", target.media_type)
            for target in GRAPH_FORMATS
        ),
    ]
