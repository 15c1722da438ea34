"""A small context, and two readers of what is written with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from reti_graph.jsonld import make_context
from reti_graph.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

URL = "https://example.org/nets/context.jsonld"
BASE = "https://example.org/nets/"
RETI = "https://w3id.org/reti-graph/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREFIXES = {
    "reti": RETI,
    "org": "http://www.w3.org/ns/org#",
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "place": "https://example.org/place",
}
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
ONTOLOGY = f"""{HEAD}
@prefix owl: <http://www.w3.org/2002/07/owl#> .
reti:Network a owl:Class .
reti:memberOf a owl:ObjectProperty .
org:member a owl:ObjectProperty .
reti:start a owl:DatatypeProperty ; rdfs:range xsd:integer .
reti:sure a owl:DatatypeProperty ; rdfs:range xsd:boolean .
reti:date a owl:DatatypeProperty ; rdfs:range xsd:date .
reti:aim a owl:DatatypeProperty ; rdfs:range rdf:langString .
reti:since a owl:DatatypeProperty .
"""
CONTEXT = make_context(ox.parse(ONTOLOGY, format=ox.RdfFormat.TURTLE), PREFIXES, BASE)


def parsed(trig: str) -> set[ox.Quad]:
    """Return the quads of TriG under the prefixes."""
    return set(ox.parse(HEAD + trig, format=ox.RdfFormat.TRIG, base_iri=BASE))


def with_context_inside(content: bytes) -> Mapping[str, Any]:
    """Return a document with the context in the place of its address."""
    document = json.loads(content)
    inside = json.loads(CONTEXT.content)["@context"]
    given = document["@context"]
    assert given in (URL, [URL, None])
    return {**document, "@context": inside if given == URL else [inside, None]}


def read_by_pyoxigraph(content: bytes) -> set[ox.Quad]:
    """Return the quads that a document says."""
    document = json.dumps(with_context_inside(content))
    return set(ox.parse(document, format=ox.RdfFormat.JSON_LD))


def refuse(url: str, options: object) -> None:
    """Load no document."""
    pytest.fail(f"{url} was to be loaded, with {options}")


def read_by_pyld(content: bytes) -> set[ox.Quad]:
    """Return the quads that a document says to another reader."""
    options = {"format": "application/n-quads", "documentLoader": refuse}
    lines = jsonld.to_rdf(with_context_inside(content), options)
    return set(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
