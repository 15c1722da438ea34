from __future__ import annotations

from dataclasses import replace

import msgspec
import pyoxigraph as ox

from reti_graph.catalogue import Published, catalog, dataset, executables, service_description
from reti_graph.config import Publisher
from reti_graph.release import canonical_quads
from tests.unit.catalogue.conftest import ADDRESS, BASE, DIGEST, types, values, whole


def test_the_dataset_says_whose_it_is_and_of_which_release(published: Published) -> None:
    """Its name stays the same in all of them."""
    found, node = dataset(published), "base:dataset"
    assert types(found, node) == {whole("dcat:Dataset"), whole("void:Dataset")}
    assert values(found, node, "dcterms:title") == {'"Reti di prova"@it', '"Networks to try"@en'}
    assert values(found, node, "dcterms:description") >= {'"Two networks and a city."@en'}
    assert values(found, node, "dcterms:license") == {published.settings.licence}
    assert values(found, node, "dcat:version") == {f'"{DIGEST}"'}
    assert values(found, node, "dcterms:modified") == {
        f'"2026-03-01T08:30:00Z"^^<{whole("xsd:dateTime")}>'
    }


def test_the_dataset_says_how_it_is_had(published: Published) -> None:
    """At addresses of the site, though its things are named otherwise."""
    found, node = dataset(published), "base:dataset"
    dumps = {f"{ADDRESS}dump.{end}" for end in ("nq", "trig", "ttl", "nt", "jsonld", "rdf")}
    assert values(found, node, "void:dataDump") == dumps
    assert values(found, node, "void:sparqlEndpoint") == {ADDRESS + "sparql"}
    assert values(found, node, "void:uriSpace") == {f'"{BASE}"'}
    assert values(found, node, "void:triples") == {str(ox.Literal(published.triples))}


def test_vocabularies_are_those_in_use(published: Published) -> None:
    """Of the prefixes, those of some property or class; SHACL is not in the data."""
    found = values(dataset(published), "base:dataset", "void:vocabulary")
    assert {whole("reti:"), whole("rdfs:"), "http://www.w3.org/ns/org#"} <= found
    assert whole("sh:") not in found
    assert not any(iri.startswith(BASE) for iri in found)


def test_a_publisher_without_an_iri_gets_one_of_the_site(published: Published) -> None:
    """And one with an IRI keeps it."""
    office = "https://example.org/office"
    named = Publisher("reti-graph tests", office)
    settings = msgspec.structs.replace(published.settings, publisher=named)
    for release, expected in (
        (published, BASE + "dataset#publisher"),
        (replace(published, settings=settings), office),
    ):
        found = dataset(release)
        assert values(found, "base:dataset", "dcterms:publisher") == {expected}
        assert types(found, expected) == {whole("foaf:Agent")}
        assert values(found, expected, "foaf:name") == {'"reti-graph tests"'}


def test_the_catalogue_lists_the_dataset_and_the_service(published: Published) -> None:
    """The service says where it is and what it serves."""
    found = catalog(published)
    assert types(found, "base:catalog") == {whole("dcat:Catalog")}
    assert values(found, "base:catalog", "dcat:dataset") == {BASE + "dataset"}
    assert values(found, "base:catalog", "dcat:service") == {BASE + "sparql"}
    assert types(found, "base:sparql") == {whole("dcat:DataService")}
    assert values(found, "base:sparql", "dcat:endpointURL") == {ADDRESS + "sparql"}
    assert values(found, "base:sparql", "dcat:servesDataset") == {BASE + "dataset"}
    assert values(found, "base:catalog", "dcterms:title") == {
        '"Catalogo: Reti di prova"@it',
        '"Catalogue: Networks to try"@en',
    }


def test_the_address_is_that_of_the_settings(published: Published) -> None:
    """The public one, else the one names start with, unless another is given."""
    assert published.reached("x").value == ADDRESS + "x"
    assert published.named("x").value == BASE + "x"


def test_all_that_is_said_can_be_said_together(published: Published) -> None:
    """Nothing of it has a blank node or a graph, and nothing stands twice in one part."""
    for part in (dataset, catalog, service_description, executables):
        quads = part(published)
        assert len(canonical_quads(quads)) == len(quads) > 0
        assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}
        assert not any(isinstance(quad.subject, ox.BlankNode) for quad in quads)
