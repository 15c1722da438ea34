"""Signposts: links in headers that tell machines what a page is about (signposting.org, level 1).

Where there are more than fit into a header, a link set has them (RFC 9264).
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import UnknownNameError
from reti_graph.formats import JSON_LD, TURTLE
from reti_graph.html.distributions import distributions, location, sent_type
from reti_graph.html.said import Said
from reti_graph.naming import header_iri
from reti_graph.terms import SCHEMA
from reti_graph.web.addresses import document_path
from reti_graph.web.context import address_of, local, served
from reti_graph.web.negotiation import HTML_TYPE
from reti_graph.web.representation import Described, Link
from reti_graph.web.responses import represented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request

    from reti_graph.config import Settings
    from reti_graph.web.publication import Served
    from reti_graph.web.representation import Representation

    Place = Callable[[str], str]
    """Where a path of the site is: below a host, or with it."""

LINKSET_TYPE: Final = "application/linkset+json"
CATALOG: Final = "/catalog"
DATASET: Final = "/dataset"
# Servers and proxies take headers of 8 kB, and other links need room, too.
_MOST_ITEMS: Final = 20
LONGEST_PATH: Final = 500
"""Documents with longer ones are not linked in headers: a dozen copies would fill them."""

_ABOUT_PAGE: Final = f"{SCHEMA}AboutPage"
_DESCRIBING: Final = (TURTLE, JSON_LD)


def signposts(request: Request, path: str, iri: str) -> list[Link]:
    """Return the links of the document at a path that is about what has an IRI.

    The catalogue and the datasets have more; it may take a while to know them.
    """
    site = served(request)
    place = partial(local, request)
    if not _is_listed(site, iri):
        whole = Link(place(DATASET), "collection", HTML_TYPE)
        return [*_common(path, iri, place, site.settings), whole]
    found = _of_listed(site, iri, place)
    if sum(link.rel == "item" for link in found) <= _MOST_ITEMS:
        return found
    kept = [link for link in found if link.rel != "item"]
    return [*kept, Link(local(request, f"/linkset{path}"), "linkset", LINKSET_TYPE)]


def linkset(request: Request, iri: str) -> Representation:
    """Return all links of the catalogue or of a dataset as a link set (RFC 9264, 4.2).

    Raises UnknownNameError when the IRI is of neither.
    """
    site = served(request)
    if not _is_listed(site, iri):
        raise UnknownNameError("link set", iri)
    place = partial(address_of, site.settings)
    path = document_path(iri, site.settings.base_iri)
    context: dict[str, object] = {"anchor": header_iri(place(path))}
    for link in _of_listed(site, iri, place):
        kind = {"type": link.media_type} if link.media_type else {}
        targets = context.setdefault(link.rel, [])
        if isinstance(targets, list):
            targets.append({"href": header_iri(link.target), **kind})
    content = json.dumps({"linkset": [context]}, ensure_ascii=False, indent=1)
    licence = Link(site.settings.licence, "license")
    return represented(request, content, LINKSET_TYPE, Described(links=[licence]))


def _is_listed(site: Served, iri: str) -> bool:
    name = iri.removeprefix(site.settings.base_iri)
    return name in {"catalog", *(part.path for part in site.listing.parts)}


def _common(path: str, iri: str, place: Place, settings: Settings) -> list[Link]:
    """Return what any document has: what it stands for, whose it is, and what describes it."""
    author = settings.publisher.iri
    return [
        Link(iri, "cite-as"),
        Link(_ABOUT_PAGE, "type"),
        *([Link(author, "author")] if author else []),
        Link(settings.licence, "license"),
        *(
            Link(place(f"{path}.{target.extension}"), "describedby", target.media_type)
            for target in (_DESCRIBING if len(path) <= LONGEST_PATH else ())
        ),
    ]


def _of_listed(site: Served, iri: str, place: Place) -> list[Link]:
    """Return the links of the catalogue, whose items are datasets, or of a dataset with files."""
    base = site.settings.base_iri
    path = document_path(iri, base)
    shared = _common(path, iri, place, site.settings)
    if path == CATALOG:
        kind = Link(f"{SCHEMA}DataCatalog", "type")
        datasets = (document_path(base + part.path, base) for part in site.listing.parts)
        return [*shared, kind, *(Link(place(each), "item", HTML_TYPE) for each in datasets)]
    kind = Link(f"{SCHEMA}Dataset", "type")
    within = Link(place(CATALOG), "collection", HTML_TYPE)
    return [*shared, kind, within, *_files(site, iri, place)]


def _files(site: Served, iri: str, place: Place) -> Iterator[Link]:
    """Yield the files of a dataset; those of this site by their paths on it."""
    said = Said(site.listing.get().records[iri.removeprefix(site.settings.base_iri)])
    start = address_of(site.settings, "/")
    for each in distributions(said, ox.NamedNode(iri)):
        found = location(said, each)
        if found is not None:
            below = found.value.removeprefix(start)
            target = found.value if below == found.value else place(f"/{below}")
            yield Link(target, "item", sent_type(said, each))
