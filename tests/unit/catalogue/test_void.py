from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue import void
from reti_graph.release import canonical_quads
from tests.unit.catalogue.conftest import ADDRESS, BASE, DATES, values, whole
from tests.unit.catalogue.described import Described, Said, site_with

if TYPE_CHECKING:
    from tests.unit.catalogue.conftest import Site

DATASET = "base:dataset"
DESCRIPTION = "base:.well-known/void"
ENDS = [
    end for name in ("nq", "trig", "ttl", "nt", "jsonld", "rdf") for end in (name, f"{name}.gz")
]


@pytest.fixture(scope="module")
def described(small: Site) -> Described:
    """Give what is said of the small site."""
    return Described(small)


def test_the_dataset_says_what_it_is_and_whose(described: Described) -> None:
    """Portals know the licence by its http IRI; the days are those the data changed on."""
    said = {
        "rdf:type": {whole("void:Dataset")},
        "dcterms:title": {'"Reti di prova"@it', '"Networks to try"@en'},
        "dcterms:description": {'"Due reti e una città."@it', '"Two networks and a city."@en'},
        "dcterms:license": {"http://creativecommons.org/licenses/by/4.0/"},
        "dcterms:issued": {f'"2026-01-10"^^<{whole("xsd:date")}>'},
        "dcterms:modified": {f'"2026-02-20"^^<{whole("xsd:date")}>'},
        "foaf:homepage": {ADDRESS},
        "void:sparqlEndpoint": {ADDRESS + "sparql"},
        "void:uriSpace": {f'"{BASE}"'},
    }
    assert {name: described.said.of(DATASET, name) for name in said} == said
    publisher = described.said.one(DATASET, "dcterms:publisher")
    assert described.said.one(publisher, "foaf:name") == '"reti-graph tests"'


def test_formats_vocabularies_and_examples_are_named(described: Described) -> None:
    """By the IRIs of W3C, the namespaces in use, and things of the site."""
    names = ("Turtle", "TriG", "N-Triples", "N-Quads", "JSON-LD", "RDF_XML")
    assert described.whole("feature") == {f"http://www.w3.org/ns/formats/{name}" for name in names}
    assert {whole("reti:"), whole("rdfs:")} <= described.whole("vocabulary")
    assert whole("sh:") not in described.whole("vocabulary")
    assert BASE + "id/network/alpha" in described.whole("exampleResource")
    assert described.said.one(DATASET, "void:rootResource") in described.whole("exampleResource")


def test_dumps_are_the_files_of_all_triples(small: Site, described: Described) -> None:
    """Compressed ones included, at the addresses they are reached at; tables are none."""
    assert described.whole("dataDump") == {f"{ADDRESS}dump.{end}" for end in ENDS}
    page = described.said.of("base:dataset/source/page", "void:dataDump")
    plain = [end for end in ENDS if not end.endswith(".gz")]
    assert page == {f"{ADDRESS}dump/source/page.{end}" for end in plain}
    assert any(file.path.startswith("table/") for file in small.files)


def test_dumps_of_a_source_are_not_those_of_one_whose_name_goes_on(small: Site) -> None:
    """A full stop may stand in a name."""
    longer = replace(small.part("source/page"), name="source/page.old")
    file = next(file for file in small.files if file.path == "dump/source/page.nq")
    files = [file, replace(file, path="dump/source/page.old.nq", part="source/page.old")]
    found = void(small.published, [*small.parts, longer], files)
    for name in ("page", "page.old"):
        dumps = values(found, f"base:dataset/source/{name}", "void:dataDump")
        assert dumps == {f"{ADDRESS}dump/source/{name}.nq"}


def test_subsets_say_since_when_they_are_as_they_are(described: Described) -> None:
    """Each by its own days and name."""
    for name in ("source/page", "ontology"):
        node, dated = f"base:dataset/{name}", DATES[name]
        assert described.said.of(node, "rdf:type") == {whole("void:Dataset")}
        assert dated.issued.isoformat() in described.said.one(node, "dcterms:issued")
        assert dated.modified.isoformat() in described.said.one(node, "dcterms:modified")
    (titles, others) = (
        described.said.of(f"base:dataset{path}", "dcterms:title") for path in ("", "/source/page")
    )
    assert titles.isdisjoint(others)


def test_shapes_and_queries_are_no_subsets(small: Site, described: Described) -> None:
    """They are no part of the graph, and beside it in the catalogue alone."""
    assert {part.name for part in small.parts} >= {"shapes", "queries"}
    assert described.whole("subset") == {f"{BASE}dataset/source/page", f"{BASE}dataset/ontology"}


def test_the_document_says_what_it_describes_and_since_when(described: Described) -> None:
    """It is the one at the well-known address."""
    said = described.said
    assert said.of(DESCRIPTION, "rdf:type") == {whole("void:DatasetDescription")}
    assert said.one(DESCRIPTION, "foaf:topic") == BASE + "dataset"
    assert said.one(DESCRIPTION, "foaf:primaryTopic") == BASE + "dataset"
    assert said.one(DESCRIPTION, "dcterms:modified") == said.one(DATASET, "dcterms:modified")


def test_links_are_sets_with_two_ends(small: Site) -> None:
    """The other data set is known by the beginning of its IRIs; both have names in words."""
    predicate = ox.NamedNode(whole("skos:closeMatch"))
    milan = ox.NamedNode(BASE + "id/city/milan")
    graph = ox.NamedNode(BASE + "source/page/alpha-joins")
    link = ox.Quad(milan, predicate, ox.NamedNode("https://example.com/place/1"), graph)
    quads = (*small.part("").quads, link)
    said = site_with(small, quads, small.published.settings).said
    target = BASE + "dataset#target-https://example.com/place/"
    start = BASE + "dataset#links-https://example.com/place/"
    (node,) = (iri for iri in said.of(DATASET, "void:subset") if iri.startswith(start))
    assert said.of(node, "rdf:type") == {whole("void:Linkset")}
    assert said.of(node, "void:target") == {BASE + "dataset", target}
    assert said.one(node, "void:subjectsTarget") == BASE + "dataset"
    assert said.one(node, "void:objectsTarget") == target
    assert said.one(node, "void:linkPredicate") == predicate.value
    assert said.number(node, "triples") == 1
    assert said.one(target, "void:uriSpace") == '"https://example.com/place/"'
    assert all(len(said.of(iri, "rdfs:label")) == 2 for iri in (node, target))


def test_parts_of_the_description_have_names(described: Described) -> None:
    """There is no blank node, nothing stands in a graph, and nothing twice."""
    assert len(canonical_quads(described.void)) == len(described.void)
    assert {quad.graph_name for quad in described.void} == {ox.DefaultGraph()}
    terms = {term for quad in described.void for term in (quad.subject, quad.object)}
    assert not any(isinstance(term, ox.BlankNode) for term in terms)


def test_names_of_partitions_are_made_of_prefixed_names(described: Described) -> None:
    """So they stay the same whatever else there is, and no two are the same."""
    assert BASE + "dataset#class-reti-Network" in described.whole("classPartition")
    assert BASE + "dataset#property-prov-wasQuotedFrom" in described.whole("propertyPartition")
    for name in ("class", "property"):
        told = ox.NamedNode(whole(f"void:{name}"))
        nodes = Counter(quad.subject for quad in described.void if quad.predicate == told)
        assert len(nodes) == nodes.total() == len(described.whole(f"{name}Partition"))


def test_words_of_the_program_are_in_the_languages_of_the_site(small: Site) -> None:
    """And in no other."""
    settings = msgspec.structs.replace(small.published.settings, languages=("en",))
    said = Said(void(replace(small.published, settings=settings), small.parts, small.files))
    assert said.one(DESCRIPTION, "rdfs:label") == '"VoID description"@en'
    assert said.one(DATASET, "rdfs:comment").endswith("@en")


@given(data=st.data())
def test_the_description_does_not_depend_on_the_order_of_quads(
    data: st.DataObject, small: Site, described: Described
) -> None:
    """Equal sites are described equally, statement by statement."""
    shuffled = data.draw(st.permutations(small.part("").quads))
    assert site_with(small, shuffled, small.published.settings).void == described.void
