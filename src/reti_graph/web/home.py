"""The first page: the networks, the queries, the dataset in figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool

from reti_graph.binding import bind
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

    from reti_graph.html.cells import Cell, Reader
    from reti_graph.stores.port import Solutions, Store
    from reti_graph.web.representation import Representation

_NETWORKS: Final = f"""
SELECT ?network ?kind ?scope WHERE {{
  ?network a <{RETI}Network> .
  OPTIONAL {{ ?network <{ORG}classification> ?kind }}
  OPTIONAL {{ ?network <{RETI}scope> ?scope }}
}} ORDER BY ?network ?scope ?kind"""
_FACTS: Final = f"""
SELECT ?networks ?things ?statements ?passages ?sources WHERE {{
  {{ SELECT (COUNT(*) AS ?networks) {{ ?network a <{RETI}Network> }} }}
  {{ SELECT (COUNT(DISTINCT ?thing) AS ?things) {{
     ?thing a ?class FILTER(STRSTARTS(STR(?thing), $things)) }} }}
  {{ SELECT (COUNT(*) AS ?statements) {{ ?subject ?predicate ?object }} }}
  {{ SELECT (COUNT(*) AS ?passages) {{ ?passage a <{RETI}Passage> }} }}
  {{ SELECT (COUNT(*) AS ?sources) {{ ?source a <{RETI}Source> }} }}
}}"""


async def home(request: Request) -> Response:
    """Return the first page."""
    who = reader(request)
    key = ("home", who.language, who.keep_language)
    return await kept(request, key, lambda: run_in_threadpool(_page, request))


def _page(request: Request) -> Representation:
    site = served(request)
    networks = site.store.select(_NETWORKS)
    named = {term for row in networks.rows for term in row if isinstance(term, ox.NamedNode)}
    who = reader(request, labels_of(site.store, named))
    view = Home(
        description=who.text(site.settings.description).text,
        networks=tuple(_cards(networks, who)),
        queries=tuple(_links(request, who)),
        facts=tuple(_facts(site.store, site.settings.base_iri, who)),
    )
    page = home_page(frame(request, who), view)
    spoken = () if who.keep_language else ("Accept-Language",)
    return represented(request, page, HTML, Described(vary=spoken, language=who.language))


def _cards(networks: Solutions, who: Reader) -> Iterator[NetworkCard]:
    """Yield the networks by name, each with its kinds and scopes."""
    classes: dict[Cell, dict[Cell, None]] = {}
    for network, *others in networks.rows:
        found = classes.setdefault(who.cell(network), {})
        found.update((who.cell(other), None) for other in others if other is not None)
    for name in sorted(classes, key=lambda cell: cell.text.casefold()):
        yield NetworkCard(name, tuple(classes[name]))


def _links(request: Request, who: Reader) -> Iterator[QueryLink]:
    for query in served(request).release.queries:
        told = who.text(query.summary)
        path = who.link(f"/query/{query.name}")
        yield QueryLink(replace(told, raw=query.name, href=path))


def _facts(store: Store, base: str, who: Reader) -> Iterator[Fact]:
    found = store.select(bind(_FACTS, {"things": ox.Literal(f"{base}id/")}))
    for name, count in found.dicts()[0].items():
        yield Fact(name, who.cell(count))
