"""Things and the documents about them: `/id/x` leads to `/doc/x`, all else is its own document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.describe import describe, describe_quads
from reti_graph.errors import UnknownThingError
from reti_graph.formats import serialize_quads
from reti_graph.html.documents import document as document_view
from reti_graph.html.pages import document_page
from reti_graph.html.views import Alternate
from reti_graph.naming import named_node, path_of
from reti_graph.web.context import frame, path_iri, reader, served
from reti_graph.web.names import all_names
from reti_graph.web.negotiation import GRAPH_FORMATS, choose, title
from reti_graph.web.responses import HTML, Link, see_other, success

if TYPE_CHECKING:
    import pyoxigraph as ox
    from starlette.requests import Request
    from starlette.responses import Response

_SUFFIXES: Final = (*(target.extension for target in GRAPH_FORMATS), "html")


def thing(request: Request) -> Response:
    """Lead from a thing to the document about it; a format's suffix is kept."""
    base = served(request).settings.base_iri
    iri, suffix = _without_suffix(path_iri(request))
    describe(served(request).store, _node(iri))
    path = path_of(iri, base) or ""
    ending = f".{suffix}" if suffix else ""
    return see_other(request, "/doc/" + path.removeprefix("/id/") + ending)


def document(request: Request) -> Response:
    """Return the document about a thing in the format asked for."""
    site = served(request)
    base = site.settings.base_iri
    asked, suffix = _without_suffix(path_iri(request))
    node = _node(_of_thing(asked, base))
    choice = choose(request, GRAPH_FORMATS, html_first=True, suffix=suffix)
    path = path_of(asked, base) or "/"
    links = _links(path, node.value, site.settings.licence)
    if choice.target is not None:
        quads = describe_quads(site.store, node)
        content = serialize_quads(quads, choice.target, site.settings.prefixes)
        return success(
            request,
            content,
            choice.target.content_type,
            vary=choice.vary,
            links=links,
            location=f"{path}.{choice.target.extension}",
        )
    description = describe(site.store, node)
    names = all_names(site.store, description, base, site.settings.languages)
    who = reader(request, names)
    others = tuple(
        Alternate(title(target), target.media_type, f"{path}.{target.extension}")
        for target in GRAPH_FORMATS
    )
    page = document_page(frame(request, who, others), document_view(description, who))
    return success(
        request,
        page,
        HTML,
        vary=choice.vary,
        links=links,
        location=f"{path}.html?lang={who.language}",
        language=who.language,
    )


def _without_suffix(iri: str) -> tuple[str, str | None]:
    stem, dot, suffix = iri.rpartition(".")
    return (stem, suffix) if dot and suffix in _SUFFIXES else (iri, None)


def _of_thing(asked: str, base: str) -> str:
    """Return the IRI a document is about: under `/doc/` stand the things of `/id/`."""
    if asked.startswith(f"{base}doc/"):
        return f"{base}id/{asked.removeprefix(f'{base}doc/')}"
    return asked


def _node(iri: str) -> ox.NamedNode:
    node = named_node(iri)
    if node is None:
        raise UnknownThingError(iri)
    return node


def _links(path: str, iri: str, licence: str) -> list[Link]:
    """Return the links of a document: what it is about, its licence, its other formats."""
    others = (
        Link(f"{path}.{target.extension}", "alternate", target.media_type)
        for target in GRAPH_FORMATS
    )
    return [Link(iri, "about"), Link(licence, "license"), *others]
