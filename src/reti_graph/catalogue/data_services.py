"""The two services that answer questions about the data: SPARQL, and the canned queries.

A harvester sees a service only where the catalogue itself names it (dcat:service).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.agents import contact, publisher
from reti_graph.catalogue.authorities import PUBLIC, theme
from reti_graph.catalogue.licences import licence
from reti_graph.catalogue.service import SERVICE_NAMES
from reti_graph.catalogue.standards import OPENAPI, SPARQL_PROTOCOL
from reti_graph.catalogue.statements import Described, nodes, texts
from reti_graph.catalogue.titles import worded
from reti_graph.terms import DCAT, DCTERMS, RDF_TYPE, RDFS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue.published import Published

_SPARQL_DESCRIPTIONS: Final[Mapping[str, str]] = {
    "it": "Risponde a interrogazioni SPARQL 1.1 su tutto il grafo; senza interrogazione descrive"
    " sé stesso.",
    "en": "Answers SPARQL 1.1 queries on the whole graph; without a query it describes itself.",
}
_QUERY_NAMES: Final[Mapping[str, str]] = {
    "it": "Servizio delle interrogazioni pronte",
    "en": "Service of the canned queries",
}
_QUERY_DESCRIPTIONS: Final[Mapping[str, str]] = {
    "it": "Risponde alle interrogazioni preparate dai redattori, ciascuna con i suoi parametri.",
    "en": "Answers the queries that the editors prepared, each with its parameters.",
}


def sparql_service(published: Published) -> Described:
    """Return the SPARQL service, `<base>sparql`, as a data service."""
    return _service(
        published,
        published.named("sparql"),
        names=SERVICE_NAMES,
        descriptions=_SPARQL_DESCRIPTIONS,
        endpoint="sparql",
        described_at="sparql",
        standard=SPARQL_PROTOCOL,
    )


def query_service(published: Published) -> Described:
    """Return the service that answers the canned queries, `<base>queries#service`."""
    return _service(
        published,
        published.named("queries#service"),
        names=_QUERY_NAMES,
        descriptions=_QUERY_DESCRIPTIONS,
        endpoint="queries",
        described_at="openapi.json",
        standard=OPENAPI,
    )


def _service(  # noqa: PLR0913 - each is one of the facts that tell the two apart
    published: Published,
    node: ox.NamedNode,
    *,
    names: Mapping[str, str],
    descriptions: Mapping[str, str],
    endpoint: str,
    described_at: str,
    standard: Described,
) -> Described:
    settings = published.settings
    own = worded(settings, names)
    titles = {tag: f"{settings.title[tag]}: {name}" for tag, name in own.items()}
    office = contact(published)
    return Described(
        node,
        {
            # No rdfs:label: CKAN would put it in the place of the address, where both are one IRI.
            RDF_TYPE.value: nodes(DCAT, "DataService"),
            DCTERMS + "title": texts(titles),
            DCTERMS + "description": texts(worded(settings, descriptions)),
            DCAT + "endpointURL": _resource(published, endpoint),
            DCAT + "endpointDescription": _resource(published, described_at),
            DCAT + "servesDataset": published.named("dataset"),
            DCAT + "theme": [theme(code) for code in settings.catalogue.themes],
            DCAT + "keyword": keywords(published),
            DCAT + "contactPoint": [office] if office else [],
            DCTERMS + "conformsTo": standard,
            DCTERMS + "publisher": publisher(published),
            DCTERMS + "license": licence(settings.licence),
            DCTERMS + "accessRights": PUBLIC,
        },
    )


def _resource(published: Published, path: str) -> Described:
    """Return an address of the site, of the class that DCAT-AP checks."""
    return Described(published.reached(path), {RDF_TYPE.value: nodes(RDFS, "Resource")})


def keywords(published: Published) -> list[ox.Literal]:
    """Return the keywords of the settings, each in its language."""
    by_language = published.settings.catalogue.keywords
    return [
        ox.Literal(word, language=tag) for tag in sorted(by_language) for word in by_language[tag]
    ]
