"""Which field of CKAN's datasets and resources holds which property, and with what value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import RDF, Graph, Literal, Namespace, URIRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node

ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
DCT: Final = Namespace("http://purl.org/dc/terms/")
FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")

LANGUAGE: Final = "en"
"""The language of CKAN's own texts, where nothing else is configured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field, the path of properties its values are found by, and how it holds them.

    `many` fields hold a list; the others one value. With `always` every dataset, or every resource
    with a file, must have it.
    """

    name: str
    path: tuple[URIRef, ...]
    many: bool = False
    always: bool = True


DATASET: Final = (
    Field(name="title", path=(DCT.title,)),
    Field(name="notes", path=(DCT.description,)),
    Field(name="url", path=(DCAT.landingPage,)),
    Field(name="version", path=(DCAT.version,)),
    Field(name="tags", path=(DCAT.keyword,), many=True),
    Field(name="issued", path=(DCT.issued,)),
    Field(name="modified", path=(DCT.modified,)),
    Field(name="identifier", path=(DCT.identifier,)),
    Field(name="frequency", path=(DCT.accrualPeriodicity,)),
    Field(name="provenance", path=(DCT.provenance, RDFS.label)),
    Field(name="access_rights", path=(DCT.accessRights,)),
    Field(name="language", path=(DCT.language,), many=True),
    Field(name="theme", path=(DCAT.theme,), many=True),
    Field(name="conforms_to", path=(DCT.conformsTo,), many=True, always=False),
    Field(name="documentation", path=(FOAF.page,), many=True, always=False),
    Field(name="related_resource", path=(DCT.relation,), many=True, always=False),
    Field(name="contact_uri", path=(DCAT.contactPoint,)),
    Field(name="contact_name", path=(DCAT.contactPoint, VCARD.fn)),
    Field(name="contact_email", path=(DCAT.contactPoint, VCARD.hasEmail)),
    Field(name="contact_url", path=(DCAT.contactPoint, VCARD.hasURL), always=False),
    Field(name="publisher_uri", path=(DCT.publisher,)),
    Field(name="publisher_name", path=(DCT.publisher, FOAF.name)),
    Field(name="publisher_identifier", path=(DCT.publisher, DCT.identifier)),
    Field(name="publisher_type", path=(DCT.publisher, DCT.type), always=False),
    Field(name="creator_uri", path=(DCT.creator,), always=False),
    Field(name="creator_name", path=(DCT.creator, FOAF.name), always=False),
    Field(name="temporal_start", path=(DCT.temporal, DCAT.startDate), always=False),
    Field(name="temporal_end", path=(DCT.temporal, DCAT.endDate), always=False),
    Field(name="spatial_uri", path=(DCT.spatial,)),
)
RESOURCE: Final = (
    Field(name="name", path=(DCT.title,)),
    Field(name="description", path=(DCT.description,)),
    Field(name="access_url", path=(DCAT.accessURL,)),
    Field(name="download_url", path=(DCAT.downloadURL,), always=False),
    Field(name="issued", path=(DCT.issued,)),
    Field(name="modified", path=(DCT.modified,)),
    Field(name="license", path=(DCT.license,)),
    Field(name="rights", path=(DCT.rights, RDFS.label), always=False),
    Field(name="status", path=(ADMS.status,), always=False),
    Field(name="availability", path=(DCATAP.availability,), always=False),
    Field(name="language", path=(DCT.language,), many=True, always=False),
    Field(name="conforms_to", path=(DCT.conformsTo,), many=True, always=False),
    Field(name="documentation", path=(FOAF.page,), many=True, always=False),
    Field(name="format", path=(DCT["format"],)),
    Field(name="mimetype", path=(DCAT.mediaType,), always=False),
    Field(name="compress_format", path=(DCAT.compressFormat,), always=False),
    Field(name="size", path=(DCAT.byteSize,), always=False),
    Field(name="hash", path=(SPDX.checksum, SPDX.checksumValue), always=False),
    Field(name="hash_algorithm", path=(SPDX.checksum, SPDX.algorithm), always=False),
)


def expected(graph: Graph, subject: Node, fields: Iterable[Field]) -> Mapping[str, object]:
    """Return the value that each field must have, of those the graph has a value for.

    A list is sorted. Of a text in several languages the one of CKAN's own language counts, but of
    the labels of a thing any may arrive: those are given as a set.
    """
    found = {
        field.name: _value(list(_reached(graph, subject, field.path)), field) for field in fields
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def datasets(graph: Graph) -> tuple[URIRef, ...]:
    """Return the datasets, in the order of their IRIs."""
    return tuple(sorted(s for s in graph.subjects(RDF.type, DCAT.Dataset) if isinstance(s, URIRef)))


def _reached(graph: Graph, subject: Node, path: tuple[URIRef, ...]) -> Iterator[Node]:
    first, rest = path[0], path[1:]
    for node in graph.objects(subject, first):
        if rest:
            yield from _reached(graph, node, rest)
        else:
            yield node


def _value(nodes: list[Node], field: Field) -> object:
    if field.many:
        return sorted(map(str, nodes))
    if field.path[-1] == RDFS.label:
        return frozenset(map(str, nodes)) or None
    spoken = [node for node in nodes if isinstance(node, Literal) and node.language == LANGUAGE]
    return next((_written(node, field) for node in spoken or nodes), None)


def _written(node: Node, field: Field) -> object:
    """CKAN counts bytes as a number, and knows that an address of mail is one."""
    if field.name == "size":
        return int(str(node))
    return str(node).removeprefix("mailto:")
