from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.unit.catalogue.conftest import ADDRESS, Index, record, whole

if TYPE_CHECKING:
    from reti_graph.catalogue import File
    from tests.unit.catalogue.conftest import Site

MEDIA = "https://www.iana.org/assignments/media-types/"
DUMPS = {
    "nq": ("RDF_N_QUADS", "application/n-quads"),
    "trig": ("RDF_TRIG", "application/trig"),
    "ttl": ("RDF_TURTLE", "text/turtle"),
    "jsonld": ("JSON_LD", "application/ld+json"),
    "nt": ("RDF_N_TRIPLES", "application/n-triples"),
    "rdf": ("RDF_XML", "application/rdf+xml"),
}


@pytest.fixture(scope="module")
def whole_graph(small: Site) -> Index:
    """Give what is said of the whole graph."""
    return Index(record(small.published, small.part(""), small.files))


def file_of(small: Site, path: str) -> File:
    """Return a file by its path."""
    return next(file for file in small.files if file.path == path)


@pytest.mark.parametrize("coding", ["", ".gz"])
@pytest.mark.parametrize("extension", DUMPS)
def test_a_dump_says_all_of_its_file(
    extension: str, coding: str, small: Site, whole_graph: Index
) -> None:
    """Where it is, in which format, how large it is, and its checksum."""
    code, media_type = DUMPS[extension]
    node = small.iri(f"dataset#{extension}{coding}")
    file = file_of(small, f"dump.{extension}{coding}")
    expected = {
        "dcat:accessURL": [f"{ADDRESS}dump.{extension}{coding}"],
        "dcat:downloadURL": [f"{ADDRESS}dump.{extension}{coding}"],
        "dcterms:format": [whole(f"eu:file-type/{code}")],
        "dcat:mediaType": [MEDIA + media_type],
        "dcat:compressFormat": [MEDIA + "application/gzip"] if coding else [],
        "dcterms:license": ["http://creativecommons.org/licenses/by/4.0/"],
        "dcatap:availability": [whole("eu:planned-availability/AVAILABLE")],
    }
    assert {name: whole_graph.iris(node, name) for name in expected} == expected
    assert whole_graph.values(node, "dcat:byteSize") == [
        ox.Literal(str(file.size), datatype=ox.NamedNode(whole("xsd:nonNegativeInteger")))
    ]
    (checksum,) = whole_graph.iris(node, "spdx:checksum")
    assert whole_graph.iris(checksum, "spdx:algorithm") == [whole("spdx:checksumAlgorithm_sha256")]
    assert whole_graph.values(checksum, "spdx:checksumValue") == [
        ox.Literal(file.sha256, datatype=ox.NamedNode(whole("xsd:hexBinary")))
    ]


def test_a_dump_says_whether_it_has_the_graphs(small: Site, whole_graph: Index) -> None:
    """For without them, words and statements do not come together."""
    for name, words in (("nq", "with the graphs"), ("ttl.gz", "without the graphs")):
        found = whole_graph.values(small.iri(f"dataset#{name}"), "dcterms:description")
        assert any(words in str(text) for text in found)


def test_a_table_names_its_metadata(small: Site, whole_graph: Index) -> None:
    """It follows CSVW, and the file that says how to read it is a page about it, no dump."""
    node = small.iri("dataset#table-network")
    assert whole_graph.iris(node, "dcat:downloadURL") == [f"{ADDRESS}table/network.csv"]
    assert whole_graph.iris(node, "dcterms:format") == [whole("eu:file-type/CSV")]
    assert whole_graph.iris(node, "foaf:page") == [f"{ADDRESS}table/network.csv-metadata.json"]
    assert whole_graph.iris(node, "dcterms:conformsTo") == [
        "https://www.w3.org/TR/tabular-data-model/"
    ]


def test_every_file_is_a_distribution_or_is_named_by_one(small: Site) -> None:
    """Nothing that can be downloaded is left out of the catalogue."""
    told = Index(small.catalogue)
    named = {
        address
        for node in told.instances("dcat:Distribution")
        for predicate in ("dcat:downloadURL", "foaf:page")
        for address in told.iris(node, predicate)
    }
    assert {ADDRESS + file.path for file in small.files} <= named


def test_the_endpoint_is_a_way_to_have_the_whole_graph(small: Site, whole_graph: Index) -> None:
    """With its service; there is nothing to download."""
    node = small.iri("dataset#sparql")
    assert whole_graph.iris(node, "dcat:accessURL") == [f"{ADDRESS}sparql"]
    assert whole_graph.iris(node, "dcat:accessService") == [small.iri("sparql")]
    assert whole_graph.iris(node, "dcat:downloadURL") == []
    assert whole_graph.instances("dcat:DataService")


def test_answers_of_canned_queries_are_tables(small: Site, whole_graph: Index) -> None:
    """Of those that answer with rows; no size is known of them, and no checksum."""
    names = ["members", "networks"]
    found = [node for node in whole_graph.instances("dcat:Distribution") if "#query-" in node]
    assert found == [small.iri(f"dataset#query-{name}") for name in names]
    node = small.iri("dataset#query-members")
    assert whole_graph.iris(node, "dcat:downloadURL") == [f"{ADDRESS}query/members.csv"]
    assert whole_graph.iris(node, "dcat:accessService") == [small.iri("queries#service")]
    assert whole_graph.values(node, "dcat:byteSize") == []
    assert ox.Literal("The members of a network", language="en") in whole_graph.values(
        node, "dcterms:title"
    )


def test_a_query_that_gives_a_graph_is_no_table(milan: Site) -> None:
    """The network map is a CONSTRUCT."""
    nodes = Index(milan.catalogue).instances("dcat:Distribution")
    assert milan.iri("dataset#query-chairs") in nodes
    assert milan.iri("dataset#query-network-map") not in nodes


def test_only_the_whole_graph_is_queried(small: Site) -> None:
    """Other datasets are files, and each has only its own."""
    told = Index(record(small.published, small.part("ontology"), small.files))
    own = [file.path for file in small.files if file.part == "ontology"]
    assert len(own) >= len(DUMPS)
    assert told.instances("dcat:Distribution") == [
        small.iri(f"dataset/ontology#{path.removeprefix('dump/ontology.')}") for path in own
    ]
    assert told.instances("dcat:DataService") == []


def test_a_source_speaks_of_its_rights_at_its_files(milan: Site) -> None:
    """In the site's languages, and its own licence goes before the site's."""
    told = Index(record(milan.published, milan.part("source/geonames"), milan.files))
    node = milan.iri("dataset/source/geonames#ttl")
    (rights,) = told.iris(node, "dcterms:rights")
    assert ox.Literal(
        "GeoNames, Creative Commons Attribution 4.0 International", language="en"
    ) in told.values(rights, "rdfs:label")
    assert whole("dcterms:RightsStatement") in told.iris(rights, "rdf:type")
