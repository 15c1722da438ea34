"""The numbers of VoID, counted again: by SPARQL, and in the dumps."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from reti_graph.catalogue import service_description
from reti_graph.formats import N_QUADS, N_TRIPLES
from tests.unit.catalogue.conftest import Site, whole
from tests.unit.catalogue.described import Described, Said, dump, plain, read

TOTALS = {
    "triples": "COUNT(*)",
    "distinctSubjects": "COUNT(DISTINCT ?s)",
    "distinctObjects": "COUNT(DISTINCT ?o)",
    "properties": "COUNT(DISTINCT ?p)",
}
TYPED = {"entities": "COUNT(DISTINCT ?s)", "classes": "COUNT(DISTINCT ?c)"}
COUNTED = (*TOTALS, *TYPED)


@pytest.fixture(scope="module", params=["small", "milan"])
def described(request: pytest.FixtureRequest) -> Described:
    """Give what is said of one site after the other."""
    site = request.getfixturevalue(str(request.param))
    assert isinstance(site, Site)
    return Described(site)


@pytest.fixture(scope="module")
def triples(described: Described) -> list[ox.Quad]:
    """Give what stands in the N-Triples file of the whole graph."""
    return read(described.site.part(""), N_TRIPLES)


def links(described: Described) -> dict[tuple[str, str], int]:
    """Return how many links lead to which namespace, by which property."""
    found, said, dataset = {}, described.said, described.site.iri("dataset")
    for node in described.whole("subset"):
        if whole("void:Linkset") in said.of(node, "rdf:type"):
            target = said.one(node, "void:objectsTarget")
            space = said.one(target, "void:uriSpace").strip('"')
            found[space, said.one(node, "void:linkPredicate")] = said.number(node, "triples")
            assert said.of(node, "void:target") == {target, dataset}
            assert said.of(node, "void:subjectsTarget") == {dataset}
            assert said.of(target, "rdf:type") == {whole("void:Dataset")}
    return found


def test_totals_are_what_sparql_counts(described: Described) -> None:
    """Over the union of all graphs, in the store that answers queries."""
    for expressions, pattern in ((TOTALS, "?s ?p ?o"), (TYPED, "?s a ?c")):
        for name, expression in expressions.items():
            ((total,),) = described.rows(f"SELECT ({expression} AS ?n) {{ {pattern} }}")
            assert described.number(name) == int(total), name


def test_totals_are_those_of_the_dump(described: Described, triples: list[ox.Quad]) -> None:
    """A triple is a line of the N-Triples file."""
    lines = dump(described.site.part(""), N_TRIPLES).count(b"\n")
    assert described.number("triples") == lines == len(set(triples))
    assert described.number("distinctSubjects") == len({triple.subject for triple in triples})
    assert described.number("distinctObjects") == len({triple.object for triple in triples})


def test_a_comment_says_what_the_files_with_graphs_hold(described: Described) -> None:
    """Which count a triple once in every graph."""
    quads = read(described.site.part(""), N_QUADS)
    graphs = len({quad.graph_name for quad in quads})
    comments = described.said.of(described.site.iri("dataset"), "rdfs:comment")
    assert any(f" {len(quads)} quads in {graphs} graphs." in comment for comment in comments)


def test_property_partitions_are_what_sparql_counts(described: Described) -> None:
    """Together they hold every triple."""
    expected = described.rows(
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os)"
        " { ?s ?p ?o } GROUP BY ?p"
    )
    said, nodes = described.said, described.whole("propertyPartition")
    found = {
        said.one(node, "void:property"): [said.number(node, name) for name in list(TOTALS)[:3]]
        for node in nodes
    }
    assert found == {name: list(map(int, numbers)) for name, *numbers in expected}
    assert described.number("properties") == len(found) == len(nodes)
    assert described.number("triples") == sum(said.number(node, "triples") for node in nodes)


def test_class_partitions_are_what_sparql_counts(described: Described) -> None:
    """None is larger than the whole, and each entity is in one at least."""
    expected = described.rows("SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    said, nodes = described.said, described.whole("classPartition")
    found = {said.one(node, "void:class"): said.number(node, "entities") for node in nodes}
    assert found == {kind: int(count) for kind, count in expected}
    assert described.number("classes") == len(found) == len(nodes)
    assert max(found.values()) <= described.number("entities") <= sum(found.values())


def test_every_link_is_in_the_dump(described: Described, triples: list[ox.Quad]) -> None:
    """From a thing of the site to one whose IRI begins as the other data set's do."""
    base = described.site.published.settings.base_iri
    targets = [
        (triple.predicate.value, triple.object.value)
        for triple in triples
        if isinstance(triple.object, ox.NamedNode) and plain(triple.subject).startswith(base)
    ]
    for (space, predicate), told in links(described).items():
        found = [by == predicate and target.startswith(space) for by, target in targets]
        assert told == sum(found) > 0, (space, predicate)


def test_milan_is_linked_to_the_data_of_others(milan: Site, small: Site) -> None:
    """To things, and not to vocabularies or web pages; the small site has no links."""
    spaces = {space for space, _ in links(Described(milan))}
    assert spaces >= {
        "http://publications.europa.eu/resource/authority/country/",
        "http://www.wikidata.org/entity/",
        "https://ror.org/",
        "https://sws.geonames.org/",
    }
    assert not any("/onto/" in space or "wikipedia" in space for space in spaces)
    assert links(Described(small)) == {}


def test_sources_and_ontology_are_subsets_with_their_numbers(
    described: Described, triples: list[ox.Quad]
) -> None:
    """Those of their own dumps, all of which is in the whole."""
    subsets = described.whole("subset")
    for part in described.site.parts:
        node = described.site.iri(part.path)
        assert (node in subsets) == (part.kind in ("source", "ontology"))
        if node in subsets:
            own = set(read(part, N_TRIPLES))
            assert own <= set(triples)
            assert described.said.number(node, "triples") == len(own)
            numbers = [described.said.of(node, f"void:{name}") for name in COUNTED]
            assert set(map(len, numbers)) == {1}
            assert described.said.of(node, "void:classPartition") == set()
            assert len(described.said.of(node, "dcterms:title")) == 2


def test_vocabularies_are_those_of_the_terms_in_the_dump(
    described: Described, triples: list[ox.Quad]
) -> None:
    """Every property and class is of one of them, and none is named that has none."""
    kinds = {plain(quad.object) for quad in triples if quad.predicate.value == whole("rdf:type")}
    used = {quad.predicate.value for quad in triples} | kinds
    spaces = described.whole("vocabulary")
    assert {term for term in used if not term.startswith(tuple(spaces))} == set()
    assert all(any(term.startswith(space) for term in used) for space in spaces)


def test_examples_are_things_of_the_dump(described: Described, triples: list[ox.Quad]) -> None:
    """Of different kinds, each described."""
    shown = described.whole("exampleResource")
    assert shown <= {plain(triple.subject) for triple in triples}
    assert len({iri.split("/id/")[1].split("/")[0] for iri in shown}) == len(shown) > 0


def test_the_service_description_tells_the_same(described: Described) -> None:
    """The same numbers, endpoint, dataset and graphs."""
    site = described.site
    service = Said(service_description(site.published))
    data = service.one(site.iri("sparql"), "sd:defaultDataset")
    graph = service.one(data, "sd:defaultGraph")
    for name in COUNTED:
        assert service.number(graph, name) == described.number(name), name
    assert service.of(site.iri("sparql"), "sd:endpoint") == described.whole("sparqlEndpoint")
    assert service.of(data, "dcterms:relation") == {site.iri("dataset")}
    named = service.of(data, "sd:namedGraph")
    told = {name: service.number(service.one(name, "sd:graph"), "triples") for name in named}
    quads = read(site.part(""), N_QUADS)
    assert told == Counter(plain(quad.graph_name) for quad in quads)
