"""What the release says, in the forms that clients bring it back in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reti_graph.stores.port import Store

BASE: Final = "https://w3id.org/reti-graph/"
EUROCITIES: Final = f"{BASE}id/network/eurocities"
MILAN: Final = f"{BASE}id/city/milan"

# Who is what in which network: IRIs and, in the labels, text with more than ASCII in it.
MEMBERSHIPS: Final = """SELECT ?member ?role ?network ?label WHERE {
  ?membership org:member ?member ; org:role ?role ; org:organization ?network .
  ?network rdfs:label ?label
}"""
ABOUT: Final = "CONSTRUCT { network:eurocities ?p ?o } WHERE { network:eurocities ?p ?o }"


def rows(store: Store, query: str) -> set[tuple[str, ...]]:
    """Give the rows of a SELECT as texts, without types and languages."""
    found = store.select(query).rows
    assert found
    return {tuple(str(getattr(term, "value", "")) for term in row) for row in found}


def triples(store: Store, query: str) -> set[ox.Triple]:
    """Give the triples of a CONSTRUCT or a DESCRIBE."""
    found = set(store.construct(query))
    assert found
    return found


def said_of(store: Store, iri: str) -> set[ox.Triple]:
    """Give all triples about a thing."""
    return triples(store, f"CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}")


def parsed(content: bytes, media_type: str) -> set[ox.Triple]:
    """Read triples in the format of a Content-Type header."""
    kind = ox.RdfFormat.from_media_type(media_type)
    assert kind is not None, media_type
    return {quad.triple for quad in ox.parse(content, format=kind)}


def parsed_rows(content: bytes, media_type: str) -> set[tuple[str, ...]]:
    """Read rows in the format of a Content-Type header, as texts without types and languages.

    CSV and JSON are read by the libraries that clients have for them.
    """
    kind = ox.QueryResultsFormat.from_media_type(media_type)
    assert kind is not None, media_type
    found = ox.parse_query_results(content, format=kind)
    assert isinstance(found, ox.QuerySolutions)
    return {_texts(solution) for solution in found}


def _texts(terms: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(getattr(term, "value", "")) for term in terms)
