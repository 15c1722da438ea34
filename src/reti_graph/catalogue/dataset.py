"""The data as a dataset, and the catalogue it is listed in (DCAT 3, VoID)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.service import SERVICE_NAMES
from reti_graph.catalogue.statements import nodes, statements, texts
from reti_graph.formats import RDF_FORMATS
from reti_graph.terms import (
    DCAT,
    DCTERMS,
    FOAF,
    RDF_TYPE,
    RDFS_LABEL,
    VOID,
    XSD_DATE_TIME,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.statements import Value

_CATALOG_TITLES: Final[Mapping[str, str]] = {"it": "Catalogo", "en": "Catalogue"}


def dataset(published: Published) -> tuple[ox.Quad, ...]:
    """Return what `<base>dataset` is: whose, of what release, and where it is to be had."""
    settings = published.settings
    dumps = [published.reached(f"dump.{known.extension}") for known in RDF_FORMATS]
    return (
        *statements(
            published.named("dataset"),
            {
                RDF_TYPE.value: (*nodes(DCAT, "Dataset"), *nodes(VOID, "Dataset")),
                RDFS_LABEL.value: texts(settings.title),
                DCTERMS + "title": texts(settings.title),
                DCTERMS + "description": texts(settings.description),
                **_rights(published),
                DCAT + "version": ox.Literal(published.digest),
                VOID + "triples": ox.Literal(published.triples),
                VOID + "sparqlEndpoint": published.reached("sparql"),
                VOID + "uriSpace": ox.Literal(settings.base_iri),
                VOID + "dataDump": dumps,
                VOID + "vocabulary": published.vocabularies,
            },
        ),
        *_publisher(published),
    )


def catalog(published: Published) -> tuple[ox.Quad, ...]:
    """Return what `<base>catalog` is: it lists the dataset and the SPARQL service."""
    data, service = published.named("dataset"), published.named("sparql")
    titles = {
        tag: f"{_CATALOG_TITLES.get(tag, _CATALOG_TITLES['en'])}: {title}"
        for tag, title in published.settings.title.items()
    }
    return (
        *statements(
            published.named("catalog"),
            {
                RDF_TYPE.value: nodes(DCAT, "Catalog"),
                RDFS_LABEL.value: texts(titles),
                DCTERMS + "title": texts(titles),
                DCTERMS + "description": texts(published.settings.description),
                **_rights(published),
                DCAT + "dataset": data,
                DCAT + "service": service,
            },
        ),
        *statements(
            service,
            {
                RDF_TYPE.value: nodes(DCAT, "DataService"),
                RDFS_LABEL.value: texts(SERVICE_NAMES),
                DCTERMS + "title": texts(SERVICE_NAMES),
                DCAT + "endpointURL": published.reached("sparql"),
                DCAT + "servesDataset": data,
            },
        ),
        *_publisher(published),
    )


def _rights(published: Published) -> dict[str, Value]:
    """Return whose it is, under what licence, and since when it is as it is."""
    when = published.modified.isoformat().replace("+00:00", "Z")
    return {
        DCTERMS + "license": ox.NamedNode(published.settings.licence),
        DCTERMS + "publisher": _publisher_node(published),
        DCTERMS + "modified": ox.Literal(when, datatype=XSD_DATE_TIME),
    }


def _publisher(published: Published) -> tuple[ox.Quad, ...]:
    name = ox.Literal(published.settings.publisher.name)
    said: Mapping[str, Value | list[Value]] = {
        RDF_TYPE.value: nodes(FOAF, "Agent"),
        FOAF + "name": name,
    }
    return statements(_publisher_node(published), said)


def _publisher_node(published: Published) -> ox.NamedNode:
    """Return the publisher's IRI, or one of the site's own for a publisher that has none."""
    iri = published.settings.publisher.iri
    return ox.NamedNode(iri) if iri else published.named("dataset#publisher")
