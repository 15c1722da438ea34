"""A catalogue in the terms of DCAT, small enough to be read, for the tests of its page."""

from __future__ import annotations

from datetime import date
from typing import Final

import pyoxigraph as ox

from reti_graph.catalogue.parts import Part
from reti_graph.html.cells import Reader
from reti_graph.html.said import Said
from reti_graph.html.views import Alternate, Frame
from reti_graph.sources.dates import Dated

BASE: Final = "https://example.org/nets/"
ADDRESS: Final = "https://data.example.org/reti/"
SHA256: Final = "0123456789abcdef" * 4
DAY: Final = date(2026, 11, 20)
READER: Final = Reader(BASE, {}, "it", ("it", "en"), root="/reti")
FRAME: Final = Frame(
    reader=READER,
    site_title="Reti",
    languages=("it", "en"),
    publisher="Ufficio",
    licence="https://creativecommons.org/licenses/by/4.0/",
    licence_name="CC BY 4.0",
    digest="abc123",
    path="/reti/catalog",
    alternates=(Alternate("Turtle", "text/turtle", "/reti/catalog.ttl"),),
)

_TEXT: Final = f"""
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX vcard: <http://www.w3.org/2006/vcard/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX file: <https://www.iana.org/assignments/media-types/text/>
PREFIX eu: <http://publications.europa.eu/resource/authority/>
BASE <{BASE}>

<catalog> dct:title "Catalogo"@it, "Catalogue"@en ;
    dct:description "Tutto."@it, "All."@en ;
    dct:publisher <agent> ; dct:license <http://creativecommons.org/licenses/by/4.0/> ;
    dct:modified "2026-11-20"^^xsd:date ; dct:language eu:language\\/ITA ;
    dcat:dataset <dataset>, <dataset/source/b>, <dataset/source/a> ; dcat:service <sparql> .
<agent> foaf:name "Ufficio" .
<http://creativecommons.org/licenses/by/4.0/> foaf:name "CC BY 4.0" .
<sparql> dct:title "Servizio"@it, "Service"@en ; dcat:endpointURL <{ADDRESS}sparql> .
<dataset> dct:title "Grafo"@it, "Graph"@en ; dct:description "Tutto </script>"@it ;
    dct:identifier "c_x:nets" ; dct:issued "2026-11-01"^^xsd:date ;
    dct:modified "2026-11-20"^^xsd:date ; dct:rightsHolder <agent> ; dct:publisher <agent> ;
    dct:language eu:language\\/ITA, eu:language\\/ENG ; dcat:version "1.2" ;
    dcat:keyword "reti"@it, "networks"@en ; dcat:theme <theme> ;
    dct:temporal <dataset#time> ; dct:spatial <https://sws.geonames.org/3173435/> ;
    dcat:contactPoint <office> ;
    dcat:distribution <dataset#ttl>, <dataset#ttl.gz>, <dataset#table-city>, <dataset#query-all> .
<dataset#time> dcat:startDate "2000-01-01"^^xsd:date .
<theme> skos:prefLabel "Governo"@it, "Government"@en .
<office> vcard:fn "Sportello" ; vcard:hasEmail <mailto:reti@example.org> ;
    vcard:hasURL <https://example.org/ufficio> .
<dataset#ttl> dct:title "Turtle" ; dcat:downloadURL <{ADDRESS}dump.ttl> ;
    dct:license <http://creativecommons.org/licenses/by/4.0/> ;
    dcat:mediaType file:turtle ; dcat:byteSize 12345 ; spdx:checksum <dataset#ttl-sha256> .
<dataset#ttl-sha256> spdx:checksumValue "{SHA256}" .
<dataset#ttl.gz> dct:title "Turtle, gzip" ; dcat:downloadURL <{ADDRESS}dump.ttl.gz> ;
    dcat:mediaType file:turtle ; dcat:byteSize 999 .
<dataset#table-city> dct:title "Città"@it, "Cities"@en ;
    dcat:downloadURL <{ADDRESS}table/city.csv> ; dcat:mediaType file:csv .
<dataset#query-all> dct:title "Tutto"@it ; dcat:downloadURL <https://elsewhere.example/all.csv> .
<dataset/source/a> dct:title "Zeta"@it ; dct:description "La fonte a."@it .
<dataset/source/b> dct:title "Alfa"@it ; dct:description "La fonte b."@it .
"""


def parts() -> tuple[Part, ...]:
    """Return the datasets of the catalogue."""
    dated = Dated(DAY, DAY)
    return tuple(
        Part(name=name, kind="source" if name else "whole", quads=(), dated=dated)
        for name in ("", "source/a", "source/b")
    )


def said(more: str = "") -> Said:
    """Return what the catalogue says, and more in Turtle."""
    return Said(ox.parse(_TEXT + more, format=ox.RdfFormat.TURTLE))
