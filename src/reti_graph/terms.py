"""The vocabulary terms the code itself uses, and the type of an RDF term."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from reti_graph.problems import Term

__all__ = ["Term"]

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SHACL: Final = "http://www.w3.org/ns/shacl#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
VOID: Final = "http://rdfs.org/ns/void#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
SCHEMA: Final = "https://schema.org/"
SPDX: Final = "http://spdx.org/rdf/terms#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
ADMS: Final = "http://www.w3.org/ns/adms#"
# The terms that DCAT-AP itself adds.
DCATAP: Final = "http://data.europa.eu/r5r/"
# The Italian profile of DCAT-AP: http, though its own file is spelt with https here and there.
DCATAPIT: Final = "http://dati.gov.it/onto/dcatapit#"
# The tables of codes that the Publications Office of the EU keeps.
EU_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
# The terms of the model the program knows, whatever the base IRI of a site.
RETI: Final = "https://w3id.org/reti-graph/ontology#"

RDF_TYPE: Final = ox.NamedNode(RDF + "type")
RDFS_LABEL: Final = ox.NamedNode(RDFS + "label")
RDFS_CLASS: Final = ox.NamedNode(RDFS + "Class")
OWL_ONTOLOGY: Final = ox.NamedNode(OWL + "Ontology")
SKOS_CONCEPT_SCHEME: Final = ox.NamedNode(SKOS + "ConceptScheme")

XSD_STRING: Final = ox.NamedNode(XSD + "string")
XSD_BOOLEAN: Final = ox.NamedNode(XSD + "boolean")
XSD_INTEGER: Final = ox.NamedNode(XSD + "integer")
XSD_DECIMAL: Final = ox.NamedNode(XSD + "decimal")
XSD_DATE: Final = ox.NamedNode(XSD + "date")
XSD_DATE_TIME: Final = ox.NamedNode(XSD + "dateTime")
XSD_G_YEAR_MONTH: Final = ox.NamedNode(XSD + "gYearMonth")
XSD_G_YEAR: Final = ox.NamedNode(XSD + "gYear")
