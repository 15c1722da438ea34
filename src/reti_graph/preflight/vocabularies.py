"""The prefixes by which messages and reports write the names of a catalogue."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.terms import (
    ADMS,
    DCAT,
    DCATAP,
    DCATAPIT,
    DCTERMS,
    FOAF,
    HYDRA,
    OWL,
    PROV,
    RDF,
    RDFS,
    SHACL,
    SKOS,
    SPDX,
    VCARD,
    XSD,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where the names of our own shapes for portals begin.
PROFILES: Final = "https://w3id.org/reti-graph/profiles/"

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "adms": ADMS,
        "ap": PROFILES + "dcat-ap#",
        "apit": PROFILES + "dcat-ap-it#",
        "dcat": DCAT,
        "dcatap": DCATAP,
        "dcatapit": DCATAPIT,
        "dct": DCTERMS,
        "foaf": FOAF,
        "hydra": HYDRA,
        "locn": "http://www.w3.org/ns/locn#",
        "odrl": "http://www.w3.org/ns/odrl/2/",
        "owl": OWL,
        "prov": PROV,
        "rdf": RDF,
        "rdfs": RDFS,
        "sh": SHACL,
        "skos": SKOS,
        "spdx": SPDX,
        "time": "http://www.w3.org/2006/time#",
        "vcard": VCARD,
        "xsd": XSD,
    }
)
