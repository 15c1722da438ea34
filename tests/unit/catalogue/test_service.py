from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.catalogue import EXTENSION_FUNCTIONS, LIMITS, service_description
from tests.unit.catalogue.conftest import ADDRESS, BASE, types, values, whole

if TYPE_CHECKING:
    from reti_graph.catalogue import Published

GEOF = "http://www.opengis.net/def/function/geosparql/"
# All functions of GeoSPARQL 1.1.
GEOSPARQL = """
aggBoundingBox aggBoundingCircle aggCentroid aggConcaveHull aggConvexHull aggUnion area asDGGS
asGML asGeoJSON asKML asWKT boundary boundingCircle buffer centroid concaveHull convexHull
coordinateDimension difference dimension distance ehContains ehCoveredBy ehCovers ehDisjoint
ehEquals ehInside ehMeet ehOverlap envelope geometryN geometryType getSRID intersection is3D
isEmpty isMeasured isSimple length maxX maxY maxZ metricArea metricBuffer metricDistance
metricLength metricPerimeter minX minY minZ numGeometries perimeter rcc8dc rcc8ec rcc8eq rcc8ntpp
rcc8ntppi rcc8po rcc8tpp rcc8tppi relate sfContains sfCrosses sfDisjoint sfEquals sfIntersects
sfOverlaps sfTouches sfWithin spatialDimension symDifference transform union
"""
TRIES = sorted({*EXTENSION_FUNCTIONS, *(GEOF + name for name in GEOSPARQL.split()), GEOF + "none"})


@pytest.fixture(scope="module")
def quads(published: Published) -> tuple[ox.Quad, ...]:
    """Give the description of the service."""
    return service_description(published)


def is_known_to_pyoxigraph(function: str) -> bool:
    """Tell whether a query that calls it is answered."""
    try:
        ox.Store().query(f'SELECT (<{function}>("POINT(1 2)") AS ?value) {{}}')
    except RuntimeError as error:
        return "is not supported" not in str(error)
    return True


def test_the_service_says_where_it_answers_and_what(quads: tuple[ox.Quad, ...]) -> None:
    """Its name is the site's, its endpoint where the site is reached."""
    assert types(quads, "base:sparql") == {whole("sd:Service")}
    assert values(quads, "base:sparql", "sd:endpoint") == {ADDRESS + "sparql"}
    assert values(quads, "base:sparql", "sd:supportedLanguage") == {whole("sd:SPARQL11Query")}


def test_federated_queries_are_not_offered(quads: tuple[ox.Quad, ...]) -> None:
    """The default graph is the union, and that is the one feature."""
    assert values(quads, "base:sparql", "sd:feature") == {whole("sd:UnionDefaultGraph")}


def test_every_format_of_an_answer_is_named(quads: tuple[ox.Quad, ...]) -> None:
    """By the IRIs that W3C gave them, though pyoxigraph has another for one."""
    found = values(quads, "base:sparql", "sd:resultFormat")
    results = {f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")}
    graphs = {"Turtle", "TriG", "N-Triples", "N-Quads", "JSON-LD", "RDF_XML"}
    assert found == {f"http://www.w3.org/ns/formats/{name}" for name in results | graphs}


def test_the_default_graph_says_how_it_counts(quads: tuple[ox.Quad, ...]) -> None:
    """In both languages: each triple once."""
    (dataset,) = values(quads, "base:sparql", "sd:defaultDataset")
    (graph,) = values(quads, dataset, "sd:defaultGraph")
    assert types(quads, dataset) == {whole("sd:Dataset")}
    assert types(quads, graph) == {whole("sd:Graph"), whole("void:Dataset")}
    tags = {text[-3:] for text in values(quads, graph, "rdfs:comment")}
    assert tags == {"@it", "@en"}


def test_the_default_graph_counts_each_triple_once(published: Published) -> None:
    """However many graphs it stands in."""
    triple = (ox.NamedNode(BASE + "a"), ox.NamedNode(BASE + "b"), ox.NamedNode(BASE + "c"))
    said = [ox.Quad(*triple, ox.NamedNode(BASE + graph)) for graph in ("g", "h")]
    again = published.of(
        said,
        settings=published.settings,
        digest=published.digest,
        queries=(),
        limits={},
    )
    found = service_description(again)
    assert values(found, "base:sparql#default-graph", "void:triples") == {str(ox.Literal(1))}
    assert values(found, "base:sparql#dataset", "sd:namedGraph") == {BASE + "g", BASE + "h"}


def test_the_default_graph_has_the_numbers_of_void(
    quads: tuple[ox.Quad, ...], published: Published
) -> None:
    """All totals, as VoID tells them of the dataset, which is named."""
    found = {
        quad.predicate.value: quad.object
        for quad in quads
        if quad.subject == published.named("sparql#default-graph")
    }
    told = published.statistics.in_void()
    assert {name: found[name] for name in told} == told
    assert values(quads, "base:sparql#dataset", "dcterms:relation") == {BASE + "dataset"}


def test_no_other_graphs_can_be_asked_for(quads: tuple[ox.Quad, ...]) -> None:
    """FROM chooses among them, and fetches nothing."""
    assert values(quads, "base:sparql", "sd:availableGraphs") == {BASE + "sparql#dataset"}


def test_every_named_graph_is_there_under_its_name(
    quads: tuple[ox.Quad, ...], published: Published
) -> None:
    """A passage is a graph, and says itself how many triples it holds."""
    graphs = values(quads, "base:sparql#dataset", "sd:namedGraph")
    assert BASE + "source/page/alpha-joins" in graphs
    assert len(graphs) == len(published.graphs)
    for graph in graphs:
        assert values(quads, graph, "sd:name") == values(quads, graph, "sd:graph") == {graph}
        assert types(quads, graph) == {whole("sd:NamedGraph"), whole("sd:Graph")}
        triples = published.statistics.graphs[ox.NamedNode(graph)]
        assert values(quads, graph, "void:triples") == {str(ox.Literal(triples))}


def test_limits_are_told(quads: tuple[ox.Quad, ...]) -> None:
    """Seconds may have parts; of what is not known nothing is said."""
    expected = {"querySeconds": '"2.5"^^decimal', "clientSeconds": '"60"^^decimal'}
    expected |= {"queryBytes": '"32768"^^integer', "workers": '"4"^^integer'}
    for name in LIMITS.values():
        found = values(quads, "base:sparql", f"reti:{name}")
        assert [re.sub(r"<.*#(\w+)>", r"\1", text) for text in found] == [
            expected[name] for _ in range(name in expected)
        ]


def test_limits_are_written_out(published: Published) -> None:
    """Neither rounded nor with an exponent."""
    limits = {"query_seconds": 0.000001, "answer_bytes": 20_000_000}
    found = service_description(replace(published, limits=limits))
    assert values(found, "base:sparql", "reti:answerBytes") == {str(ox.Literal(20_000_000))}
    (seconds,) = values(found, "base:sparql", "reti:querySeconds")
    assert seconds.startswith('"0.000001"')


def test_every_limit_has_a_property_of_the_ontology() -> None:
    """With its range, which is how it is written."""
    ontology = Path(__file__).parents[3] / "ontology" / "reti.ttl"
    ranges = {
        quad.subject.value: str(quad.object)
        for quad in ox.parse(path=ontology)
        if quad.predicate.value == whole("rdfs:range") and isinstance(quad.subject, ox.NamedNode)
    }
    for name in LIMITS.values():
        number = "decimal" if name.endswith("Seconds") else "integer"
        assert ranges[whole(f"reti:{name}")] == f"<{whole(f'xsd:{number}')}>"


def test_extension_functions_are_named(quads: tuple[ox.Quad, ...]) -> None:
    """Each once."""
    assert values(quads, "base:sparql", "sd:extensionFunction") == set(EXTENSION_FUNCTIONS)
    assert len(set(EXTENSION_FUNCTIONS)) == len(EXTENSION_FUNCTIONS)


@pytest.mark.parametrize("function", TRIES, ids=lambda iri: iri.removeprefix(GEOF))
def test_a_function_is_named_if_pyoxigraph_has_it(function: str) -> None:
    """Of GeoSPARQL, some; whoever updates pyoxigraph sees which are new."""
    assert is_known_to_pyoxigraph(function) == (function in EXTENSION_FUNCTIONS)


def test_pyoxigraph_has_no_other_function_of_geosparql() -> None:
    """Every such IRI in its code is one that is named, whatever stands after it there."""
    compiled = importlib.util.find_spec("pyoxigraph.pyoxigraph")
    assert compiled
    code = Path(str(compiled.origin)).read_bytes().decode("latin-1")
    found = re.findall(rf"{re.escape(GEOF)}\w+", code.replace("http", "\nhttp"))
    assert found
    assert [iri for iri in found if not iri.startswith(EXTENSION_FUNCTIONS)] == []
