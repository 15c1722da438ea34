"""What a served document says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.catalogue.statements import nodes, statements
from reti_graph.terms import DCTERMS, FOAF, HYDRA, RDF_TYPE, VOID

if TYPE_CHECKING:
    from reti_graph.catalogue.statements import Value
    from reti_graph.config import Settings


def document_about(
    *,
    document: ox.NamedNode,
    thing: ox.NamedNode,
    settings: Settings,
    page: int = 1,
    pages: int = 1,
    total: int = 0,
) -> tuple[ox.Quad, ...]:
    """Return what a document is about, what data and licence it is of, and the pages beside it.

    The first page is the document's own IRI, the others are `?page=` of it. `total` counts the
    statements that are spread over the pages. A document that is the thing itself has no topic.
    """
    own = _of_page(document, page)
    said: dict[str, Value | list[Value]] = {
        RDF_TYPE.value: nodes(FOAF, "Document"),
        VOID + "inDataset": ox.NamedNode(f"{settings.base_iri}dataset"),
        DCTERMS + "license": ox.NamedNode(settings.licence),
    }
    if own != thing:
        said[FOAF + "primaryTopic"] = thing
    if pages > 1:
        said[HYDRA + "totalItems"] = ox.Literal(total)
        if page > 1:
            said[HYDRA + "previous"] = _of_page(document, min(page - 1, pages))
        if page < pages:
            said[HYDRA + "next"] = _of_page(document, page + 1)
    return statements(own, said)


def _of_page(document: ox.NamedNode, page: int) -> ox.NamedNode:
    return ox.NamedNode(f"{document.value}?page={page}") if page > 1 else document
