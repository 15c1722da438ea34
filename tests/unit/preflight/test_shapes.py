from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.errors import CallError
from reti_graph.preflight.graph import Graph
from reti_graph.preflight.shapes import PROFILE_NAMES, check_shapes, profile, read_shapes
from reti_graph.problems import Severity
from reti_graph.terms import DCAT, DCTERMS, RDF_TYPE, XSD
from reti_graph.validation.pyshacl_engine import PyShaclEngine
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.triples import TripleIndex, sh
from reti_graph.validation.unused import idle_shapes
from reti_graph.validation.wellformed import malformed
from tests.unit.preflight.catalogues import GOOD, changed, graph, node

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE: Final = ShaclRustEngine()
SUITE: Final = Path(__file__).parents[4] / "shared" / "suites" / "dcat-ap-3.0.1" / "html-shacl"
DISTRIBUTION: Final = "dataset/trees#ttl"
# DCAT-AP_IT: what is mandatory, of which node of the good catalogue; with "1" only one will do.
MANDATORY: Final = (
    ("catalog", "dct:title", "n"),
    ("catalog", "dct:description", "n"),
    ("catalog", "dct:publisher", "1"),
    ("catalog", "dct:modified", "1"),
    ("catalog", "dcat:dataset", "n"),
    ("dataset/trees", "dct:identifier", "1"),
    ("dataset/trees", "dct:title", "n"),
    ("dataset/trees", "dct:description", "n"),
    ("dataset/trees", "dct:modified", "1"),
    ("dataset/trees", "dcat:theme", "n"),
    ("dataset/trees", "dct:rightsHolder", "1"),
    ("dataset/trees", "dct:accrualPeriodicity", "1"),
    ("dataset/trees", "dcat:distribution", "n"),
    (DISTRIBUTION, "dct:format", "1"),
    (DISTRIBUTION, "dcat:accessURL", "n"),
    (DISTRIBUTION, "dct:license", "1"),
    ("town", "dct:identifier", "1"),
    ("town", "foaf:name", "n"),
    ("office", "vcard:fn", "1"),
    ("office", "vcard:hasEmail", "1"),
)
NAMES: Final = {
    "dct": DCTERMS,
    "dcat": DCAT,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def iri(name: str) -> ox.NamedNode:
    """Return the property of a prefixed name."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMES[prefix] + local)


def refused(found: Graph) -> set[tuple[str, str | None]]:
    """Return node and property of each violation of our shapes."""
    problems = check_shapes(found, ENGINE)
    return {(str(p.focus), p.path) for p in problems if p.severity is Severity.VIOLATION}


@pytest.mark.parametrize("name", PROFILE_NAMES)
def test_the_shapes_of_a_profile_are_well_made(name: str) -> None:
    """Every shape has a name, is used, and says in both languages what is wrong."""
    shapes = TripleIndex(profile(name))
    properties = [node for _, node in shapes.pairs(sh("property"))]
    languages = {
        node: {getattr(text, "language", None) for text in shapes.objects(node, sh("message"))}
        for node in properties
    }
    assert [problem.messages["en"] for problem, _ in malformed(shapes)] == []
    assert [p for p, _ in idle_shapes(shapes, TripleIndex(())) if p.code == "unused-shape"] == []
    assert {type(node) for node in properties} == {ox.NamedNode}
    assert [node for node, found in languages.items() if found != {"it", "en"}] == []


def test_a_good_catalogue_is_against_no_shape() -> None:
    """Not even a warning."""
    assert check_shapes(graph(GOOD), ENGINE) == ()


@pytest.mark.parametrize(("path", "name", "most"), MANDATORY)
def test_what_is_mandatory_in_italy_must_be_there(path: str, name: str, most: str) -> None:
    """Without it there is a violation at that property; so there is with two where one will do."""
    good, place = graph(GOOD), (node(path), iri(name))
    without = [t for t in good.triples if (t.subject, t.predicate) != place]
    second = ox.Triple(*place, node("another"))
    assert len(without) < len(good.triples)
    assert (str(place[0]), str(place[1])) in refused(Graph(without))
    if most == "1":
        assert (str(place[0]), str(place[1])) in refused(Graph([*good.triples, second]))


def test_what_a_catalogue_lists_is_looked_at_without_its_type() -> None:
    """A type that was left out does not hide what is missing besides."""
    bare = changed(
        ("<dataset/trees> a dcat:Dataset, dcatapit:Dataset ;", "<dataset/trees>"),
        ('    dct:identifier "c_x000:trees" ;\n', ""),
    )
    assert (str(node("dataset/trees")), f"<{DCTERMS}identifier>") in refused(graph(bare))


def test_a_misspelt_namespace_hides_nothing() -> None:
    """What is said with https is looked at as if it were said with http."""
    bare = changed(
        ("http://www.w3.org/ns/dcat#", "https://www.w3.org/ns/dcat#"),
        ('    dct:identifier "c_x000:trees" ;\n', ""),
    )
    assert refused(graph(bare)) == {(str(node("dataset/trees")), f"<{DCTERMS}identifier>")}


def test_a_class_that_is_missing_is_a_warning() -> None:
    """Portals read the value all the same."""
    problems = check_shapes(graph(changed(("frequency:ANNUAL a dct:Frequency .", ""))), ENGINE)
    assert [(p.code, p.severity, p.shape and p.shape.rpartition("#")[2]) for p in problems] == [
        ("dcat-ap", Severity.WARNING, "class-of-accrualPeriodicity")
    ]


def test_a_finding_begins_with_what_it_is_about() -> None:
    """The title of the dataset, in the language of the message."""
    problems = check_shapes(graph(changed(("    dct:format type:RDF_TURTLE ;\n", ""))), ENGINE)
    assert problems[0].messages["it"].startswith("Distribuzione di “Panchine”: Ci vuole un formato")
    assert problems[0].messages["en"].startswith("Distribution of “Benches”: There must be one")


def test_further_shapes_are_checked_too() -> None:
    """Their findings have a code of their own and the words of the shape."""
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
        "<urn:shape> a sh:NodeShape ; sh:targetClass dcat:Catalog ; sh:property <urn:path> .\n"
        "<urn:path> a sh:PropertyShape ; sh:path dcat:themeTaxonomy ; sh:minCount 1 ;"
        ' sh:message "No taxonomy."@en .'
    )
    found = check_shapes(graph(GOOD), ENGINE, [read_shapes(text, "own.ttl", ENGINE)])
    assert [(p.code, p.messages["en"], p.shape) for p in found] == [
        ("shacl", "Catalogue “Test catalogue”: No taxonomy.", "urn:path")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<urn:a> <urn:b>", "Cannot read the shapes of own.ttl: line 1"),
        (
            "<urn:a> <http://www.w3.org/ns/shacl#property> <urn:gone> .",
            "Cannot check with the shapes of own.ttl: shacl-rust: ",
        ),
    ],
)
def test_further_shapes_that_will_not_do_are_a_wrong_call(text: str, said: str) -> None:
    """They are no finding about the catalogue."""
    with pytest.raises(CallError, match=said):
        read_shapes(text, "own.ttl", ENGINE)


WRONG: Final[tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal, ...], ...]] = (
    (ox.Literal("text"), ox.Literal("more")),
    (node("one"), node("two")),
    (ox.BlankNode("b"),),
    (ox.Literal("2026-13-01", datatype=ox.NamedNode(XSD + "date")),),
    (ox.Literal("-1", datatype=ox.NamedNode(XSD + "nonNegativeInteger")),),
)


def nodes_against(official: TripleIndex) -> Iterator[ox.Triple]:
    """Yield many nodes, each with one property that the official shapes name, wrong in some way."""
    numbers = count()
    for shape, kind in official.pairs(sh("targetClass")):
        for each in official.objects(shape, sh("property")):
            for path in official.objects(each, sh("path")):
                for values in WRONG if isinstance(path, ox.NamedNode) else ():
                    subject = node(f"x{next(numbers)}")
                    yield ox.Triple(subject, RDF_TYPE, kind)
                    assert isinstance(path, ox.NamedNode)
                    yield from (ox.Triple(subject, path, value) for value in values)


def spoilt(good: Graph) -> Iterator[list[ox.Triple]]:
    """Yield a catalogue again and again, without one of its statements or with a text in it."""
    for place, triple in enumerate(good.triples):
        rest = [*good.triples[:place], *good.triples[place + 1 :]]
        yield rest
        yield [*rest, ox.Triple(triple.subject, triple.predicate, ox.Literal("text"))]


@pytest.mark.skipif(not SUITE.is_dir(), reason="the official shapes are not at hand")
def test_whatever_the_official_shapes_refuse_ours_refuse() -> None:
    """At the same node and property, for each property of DCAT-AP 3.0.1's base shapes."""
    file = SUITE / "shapes.ttl"
    triples = tuple(q.triple for q in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE))
    theirs, ours = ENGINE.prepare(triples), ENGINE.prepare(profile("dcat-ap"))
    against = list(nodes_against(TripleIndex(triples)))
    refusals = 0
    for data in (against, *spoilt(graph(GOOD))):
        wanted, found = (
            {(r.focus, r.path) for r in each.check(data) if r.severity.endswith("Violation")}
            for each in (theirs, ours)
        )
        refusals += len(wanted)
        assert wanted - found == set()
    assert refusals > 500


@pytest.mark.parametrize("name", PROFILE_NAMES)
def test_both_engines_find_the_same(name: str) -> None:
    """The shapes use nothing that one of them reads in its own way."""
    broken = graph(
        changed(("dct:modified", "dct:valid"), ("contactPoint <office>", 'contactPoint "office"'))
    )
    found = [
        {
            (str(r.focus), r.path, r.shape, str(r.value))
            for r in engine.validate(data, profile(name))
        }
        for engine in (ENGINE, PyShaclEngine())
        for data in [broken.triples]
    ]
    assert found[0] == found[1] != set()
