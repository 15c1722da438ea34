"""The first page: the networks, the queries, the dataset in figures."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.html.pages import home_page
from reti_graph.html.views import Fact, Home, NetworkCard, QueryLink
from reti_graph.terms import ORG, RETI
from reti_graph.web.context import frame, reader, served
from reti_graph.web.names import labels_of
from reti_graph.web.representation import Described
from reti_graph.web.responses import HTML, kept, represented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.catalogue.statistics import Statistics
    from reti_graph.html.cells import Cell, Reader
    from reti_graph.stores.port import Solutions
    from reti_graph.terms import Term
    from reti_graph.web.representation import Representation

    Row = tuple[Term | None, ...]

# Not every engine orders rows or counts distinct values as SPARQL has it: neither is asked for.
_NETWORKS: Final = f"""
SELECT ?network ?kind ?scope WHERE {{
  ?network a <{RETI}Network> .
  OPTIONAL {{ ?network <{ORG}classification> ?kind }}
  OPTIONAL {{ ?network <{RETI}scope> ?scope }}
}}"""
# Of more of them a page shows the first ones.
_MOST_NETWORKS: Final = 500
_FIRST_NETWORKS: Final = f"""
SELECT ?network ?kind ?scope WHERE {{
  {{ SELECT DISTINCT ?network {{ ?network a <{RETI}Network> }}
     ORDER BY ?network LIMIT {_MOST_NETWORKS} }}
  OPTIONAL {{ ?network <{ORG}classification> ?kind }}
  OPTIONAL {{ ?network <{RETI}scope> ?scope }}
}}"""
_NETWORK, _PASSAGE, _SOURCE = (
    ox.NamedNode(RETI + name) for name in ("Network", "Passage", "Source")
)


async def home(request: Request) -> Response:
    """Return the first page."""
    who = reader(request)
    key = ("home", who.language, who.keep_language)
    return await kept(request, key, lambda: served(request).read(partial(_page, request)))


def _page(request: Request) -> Representation:
    site = served(request)
    counted = site.release.published.statistics
    few = counted.classes.get(_NETWORK, 0) <= _MOST_NETWORKS
    networks = site.store.select(_NETWORKS if few else _FIRST_NETWORKS)
    named = {term for row in networks.rows for term in row if isinstance(term, ox.NamedNode)}
    who = reader(request, labels_of(site.store, named))
    view = Home(
        description=who.text(site.settings.description).text,
        networks=tuple(_cards(networks, who)),
        queries=tuple(_links(request, who)),
        facts=tuple(_facts(counted, site.release.directory.things(), who)),
    )
    page = home_page(frame(request, who), view)
    spoken = () if who.keep_language else ("Accept-Language",)
    return represented(
        request, page, HTML, Described(vary=spoken, language=who.language, from_store=True)
    )


def _cards(networks: Solutions, who: Reader) -> Iterator[NetworkCard]:
    """Yield the networks by name, each with its kinds and scopes."""
    classes: dict[Cell, dict[Cell, None]] = {}
    for network, kind, scope in sorted(networks.rows, key=_place):
        found = classes.setdefault(who.cell(network), {})
        found.update((who.cell(other), None) for other in (kind, scope) if other is not None)
    for name in sorted(classes, key=lambda cell: cell.text.casefold()):
        yield NetworkCard(name, tuple(classes[name]))


def _place(row: Row) -> tuple[str, str, str]:
    """Order rows by network, scope and kind, what is unbound first."""
    network, kind, scope = (getattr(term, "value", "") for term in row)
    return network, scope, kind


def _links(request: Request, who: Reader) -> Iterator[QueryLink]:
    for query in served(request).release.queries:
        told = who.text(query.summary)
        path = who.link(f"/query/{query.name}")
        yield QueryLink(replace(told, raw=query.name, href=path))


def _facts(counted: Statistics, things: int, who: Reader) -> Iterator[Fact]:
    numbers = {
        "networks": counted.classes.get(_NETWORK, 0),
        "things": things,
        "statements": counted.triples,
        "passages": counted.classes.get(_PASSAGE, 0),
        "sources": counted.classes.get(_SOURCE, 0),
    }
    for name, number in numbers.items():
        yield Fact(name, who.cell(ox.Literal(number)))
