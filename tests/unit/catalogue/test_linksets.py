from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox
import pytest

from reti_graph.catalogue.linksets import linksets
from reti_graph.catalogue.published import Published
from reti_graph.terms import OWL, PROV
from tests.unit.catalogue.conftest import BASE, DIGEST, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

WIKIDATA = "http://www.wikidata.org/entity/"
ITALY = "http://publications.europa.eu/resource/authority/country/ITA"
MILAN = BASE + "id/city/milan"


def found(
    published: Published, *said: tuple[str, str, str], prefixes: Mapping[str, str] | None = None
) -> list[tuple[str, str, int]]:
    """Return namespace, property and number of the linksets among some triples."""
    quads = [
        ox.Quad(subject, predicate, target, ox.NamedNode(BASE + graph))
        for triple in said
        for subject, predicate, target in [[ox.NamedNode(whole(name)) for name in triple]]
        for graph in ("g", "h")
    ]
    known = published.settings.prefixes
    settings = msgspec.structs.replace(published.settings, prefixes={**known, **(prefixes or {})})
    release = Published.of(quads, settings=settings, digest=DIGEST, queries=(), limits={})
    return [
        (linked.space, linked.predicate.value, linked.triples)
        for linked in linksets(quads, release)
    ]


def test_links_are_counted_by_data_set_and_property(published: Published) -> None:
    """Each link once, in however many graphs it stands."""
    assert found(
        published,
        (MILAN, "skos:closeMatch", WIKIDATA + "Q490"),
        (MILAN, OWL + "sameAs", WIKIDATA + "Q490"),
        (BASE + "id/city/rome", OWL + "sameAs", WIKIDATA + "Q220"),
        (MILAN, BASE + "country", ITALY),
    ) == [
        ("http://publications.europa.eu/resource/authority/country/", BASE + "country", 1),
        (WIKIDATA, OWL + "sameAs", 2),
        (WIKIDATA, whole("skos:closeMatch"), 1),
    ]


def test_a_prefix_decides_what_a_data_set_is(published: Published) -> None:
    """The longest that fits; without one, all but the last segment does."""
    links = [
        (MILAN, "skos:exactMatch", "https://example.com/a/b/1"),
        (MILAN, "skos:exactMatch", "https://example.com/a/c/2/"),
    ]
    assert [space for space, _, _ in found(published, *links)] == [
        "https://example.com/a/b/",
        "https://example.com/a/c/",
    ]
    prefixes = {"all": "https://example.com/", "some": "https://example.com/a/"}
    assert found(published, *links, prefixes=prefixes) == [
        ("https://example.com/a/", whole("skos:exactMatch"), 2)
    ]


@pytest.mark.parametrize(
    "triple",
    [
        (MILAN, "rdf:type", "https://example.com/City"),
        (MILAN, "rdfs:seeAlso", "https://example.com/milan"),
        (MILAN, "foaf:page", "https://example.com/milan"),
        (MILAN, "foaf:homepage", "https://example.com/milan"),
        (MILAN, "dcterms:license", "http://creativecommons.org/licenses/by/4.0/"),
        (MILAN, PROV + "hadPrimarySource", "https://example.com/milan"),
        (MILAN, "schema:url", "https://example.com/milan"),
        (MILAN, "skos:related", BASE + "id/city/rome"),
        (MILAN, BASE + "mail", "mailto:city@example.com"),
        (ITALY, OWL + "sameAs", WIKIDATA + "Q38"),
        (MILAN, "skos:related", "skos:Concept"),
    ],
    ids=lambda triple: f"{triple[1]} {triple[2]}",
)
def test_other_statements_are_no_links(triple: tuple[str, str, str], published: Published) -> None:
    """Of documents, of vocabularies in use, within the site, or of others among themselves."""
    assert found(published, triple) == []


@pytest.mark.parametrize(
    "kind", [OWL + "Class", OWL + "ObjectProperty", "rdf:Property", "rdfs:Class"]
)
def test_terms_of_the_site_are_not_linked(kind: str, published: Published) -> None:
    """What is like a class elsewhere is a class, and no thing."""
    term = BASE + "ontology#City"
    link = (term, "skos:closeMatch", "https://example.com/onto/City")
    assert found(published, link, (term, "rdf:type", kind)) == []
    assert len(found(published, link)) == 1


def test_what_is_used_as_a_class_or_a_property_is_no_thing(published: Published) -> None:
    """Nor is anything else of its namespace."""
    link = (MILAN, "skos:closeMatch", "https://example.com/onto/City")
    assert len(found(published, link)) == 1
    for used in (
        (BASE + "id/city/rome", "rdf:type", "https://example.com/onto/Town"),
        (BASE + "id/city/rome", "https://example.com/onto/near", MILAN),
    ):
        assert found(published, link, used) == []
