"""Specifications that data, services and the catalogue itself follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.statements import Described, nodes, texts
from reti_graph.catalogue.titles import title_of_kind
from reti_graph.terms import DCATAPIT, DCTERMS, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.catalogue.parts import Kind
    from reti_graph.catalogue.published import Published


def _standard(iri: str, titles: Mapping[str, str]) -> Described:
    """Say what DCAT-AP_IT wants of a standard: one identifier, and a title."""
    return Described(
        ox.NamedNode(iri),
        {
            RDF_TYPE.value: [*nodes(DCTERMS, "Standard"), *nodes(DCATAPIT, "Standard")],
            DCTERMS + "identifier": ox.Literal(iri),
            DCTERMS + "title": texts(titles),
        },
    )


DCAT_AP: Final = _standard(
    "https://semiceu.github.io/DCAT-AP/releases/3.0.1/", {"en": "DCAT-AP 3.0.1"}
)
DCAT_AP_IT: Final = _standard(
    DCATAPIT.removesuffix("#"),
    {
        "it": "DCAT-AP_IT, profilo italiano di DCAT-AP",
        "en": "DCAT-AP_IT, Italian profile of DCAT-AP",
    },
)
SPARQL_PROTOCOL: Final = _standard(
    "https://www.w3.org/TR/sparql11-protocol/", {"en": "SPARQL 1.1 Protocol"}
)
OPENAPI: Final = _standard("https://spec.openapis.org/oas/v3.1.1.html", {"en": "OpenAPI 3.1"})
TABULAR_DATA: Final = _standard(
    "https://www.w3.org/TR/tabular-data-model/",
    {"en": "Model for Tabular Data and Metadata on the Web (CSVW)"},
)
_OWL: Final = _standard("https://www.w3.org/TR/owl2-overview/", {"en": "OWL 2"})
_SHACL: Final = _standard("https://www.w3.org/TR/shacl/", {"en": "SHACL"})
_SPARQL: Final = _standard(
    "https://www.w3.org/TR/sparql11-query/", {"en": "SPARQL 1.1 Query Language"}
)


def standards(published: Published, kind: Kind) -> list[Described]:
    """Return what a dataset follows: data the site's ontology and shapes, these a language."""
    languages: Mapping[str, Described] = {"ontology": _OWL, "shapes": _SHACL, "queries": _SPARQL}
    if kind in languages:
        return [languages[kind]]
    own: tuple[Kind, ...] = ("ontology", "shapes")
    return [
        _standard(published.named(name).value, title_of_kind(published.settings, name))
        for name in own
    ]
