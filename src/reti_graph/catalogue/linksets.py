"""The links from a site's things to those of other data sets (VoID, 5).

A link is a triple from a thing of the site to a thing elsewhere. No links are what is said of or by
classes, properties and ontologies, for vocabularies are not data; what RDFS and OWL say, but for
`owl:sameAs`; and references to web pages, licences and sources, which are documents.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.namespaces import namespace_of
from reti_graph.naming import named_node
from reti_graph.terms import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDF_TYPE, RDFS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reti_graph.catalogue.published import Published

_SAME_AS: Final = OWL + "sameAs"
_ABOUT_VOCABULARIES: Final = (RDF, RDFS, OWL)
# The classes of what belongs to a vocabulary.
_TERMS: Final = frozenset(
    {
        *(RDFS + name for name in ("Class", "Datatype")),
        RDF + "Property",
        *(OWL + name for name in ("Class", "Ontology", "ObjectProperty", "DatatypeProperty")),
        *(OWL + name for name in ("AnnotationProperty", "SymmetricProperty")),
    }
)
_TO_DOCUMENTS: Final = frozenset(
    {
        *(FOAF + name for name in ("page", "homepage", "depiction", "img", "logo", "weblog")),
        *(FOAF + name for name in ("isPrimaryTopicOf", "primaryTopic", "workplaceHomepage")),
        *(DCTERMS + name for name in ("license", "rights", "accessRights", "source")),
        *(DCTERMS + name for name in ("conformsTo", "references")),
        *(PROV + name for name in ("hadPrimarySource", "wasQuotedFrom", "wasDerivedFrom")),
        *(SCHEMA + name for name in ("url", "image", "logo", "license", "citation")),
        *(DCAT + name for name in ("landingPage", "accessURL", "downloadURL", "endpointURL")),
    }
)


@dataclass(frozen=True, slots=True)
class Linkset:
    """How many links by one property lead to one data set, which is known by its namespace."""

    space: str
    predicate: ox.NamedNode
    triples: int


def linksets(quads: Iterable[ox.Quad], published: Published) -> tuple[Linkset, ...]:
    """Return the linksets of a site, sorted by namespace and property.

    A data set is a namespace that has a prefix in the site's settings, the longest that fits, or
    else what stands before the last segment of an IRI.
    """
    triples = {quad.triple for quad in quads}
    vocabularies = {space.value for space in published.vocabularies}
    counted: Counter[tuple[str, str]] = Counter()
    for predicate, target in _links(triples, published):
        space = namespace_of(target, published.settings.prefixes)
        if space not in vocabularies:
            counted[space, predicate] += 1
    return tuple(
        Linkset(space, ox.NamedNode(predicate), count)
        for (space, predicate), count in sorted(counted.items())
    )


def _links(triples: Iterable[ox.Triple], published: Published) -> Iterator[tuple[str, str]]:
    """Yield property and object of each triple that leads from a thing out of the site."""
    base = published.settings.base_iri
    terms = {*published.statistics.properties, *published.statistics.classes, *_terms(triples)}
    for subject, predicate, target in triples:
        if (
            _leads_to_things(predicate.value)
            and isinstance(target, ox.NamedNode)
            and not target.value.startswith(base)
            and isinstance(subject, ox.NamedNode)
            and subject.value.startswith(base)
            and terms.isdisjoint((subject, target))
            and named_node(target.value)
        ):
            yield predicate.value, target.value


def _leads_to_things(predicate: str) -> bool:
    if predicate.startswith(_ABOUT_VOCABULARIES):
        return predicate == _SAME_AS
    return predicate not in _TO_DOCUMENTS


def _terms(triples: Iterable[ox.Triple]) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Triple]:
    """Yield what says of itself that it belongs to a vocabulary."""
    for triple in triples:
        kind = triple.object
        if triple.predicate == RDF_TYPE and isinstance(kind, ox.NamedNode) and kind.value in _TERMS:
            yield triple.subject
