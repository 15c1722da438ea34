"""Small catalogues for tests of harvesting and of files, in Turtle with its prefixes."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from reti_graph.preflight.graph import Graph

BASE: Final = "https://example.org/nets/"
CATALOG: Final = f"{BASE}catalog.ttl"
PREFIXES: Final = """\
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX hydra: <http://www.w3.org/ns/hydra/core#>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX type: <http://publications.europa.eu/resource/authority/file-type/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
BASE <https://example.org/nets/>
"""
ONE: Final = f"""{PREFIXES}
<catalog> a dcat:Catalog ; dcat:dataset <dataset> .
<dataset> a dcat:Dataset ; dct:title "Reti"@it, "Networks"@en ; dct:identifier "x:nets" .
"""


def graph_of(turtle: str) -> Graph:
    """Return the triples of Turtle text, the prefixes above put before it."""
    quads = ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE, base_iri=CATALOG)
    return Graph(quad.triple for quad in quads)
