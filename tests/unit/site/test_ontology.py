from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.unit.site.conftest import HEADERS, SITE, TYPE, header_of, ontology_quads

if TYPE_CHECKING:
    from pathlib import Path

Ask = Callable[[str], set[tuple[str, ...]]]

BASE = "https://w3id.org/reti-graph/"
OWN = BASE + "ontology#"
SUITES = SITE.parent / "shared" / "suites"
FILES = sorted((SITE / "ontology").rglob("*.ttl"))
SCHEMES = sorted((SITE / "ontology" / "schemes").glob("*.ttl"))
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "reti": OWN,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@pytest.fixture(scope="session")
def ask(site_store: ox.Store) -> Ask:
    """Return a function from a SELECT query to its rows, as text."""

    def run(query: str) -> set[tuple[str, ...]]:
        solutions = site_store.query(query, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        return {tuple(getattr(term, "value", "") for term in row) for row in solutions}

    return run


def subjects_in_order(file: Path) -> list[str]:
    """Return the terms a file describes, as it first comes to each."""
    return list(dict.fromkeys(subjects(file)))


def subjects(file: Path) -> list[str]:
    """Return the subject of each triple of a file, in its order; there are no blank nodes."""
    found = [quad.subject for quad in ox.parse(path=file)]
    names = [subject.value for subject in found if isinstance(subject, ox.NamedNode)]
    assert len(names) == len(found), f"{file} has a blank node"
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_opens_with_a_header_that_names_its_graph(file: Path) -> None:
    """The ontology or scheme comes first, and its IRI tells where the file's triples go."""
    first = next(iter(ox.parse(path=file)))
    assert first.predicate == TYPE
    assert first.object in HEADERS
    place = file.relative_to(SITE / "ontology").with_suffix("").as_posix()
    expected = {"reti": "ontology"}.get(place, place.replace("schemes/", "concept/"))
    if "/" not in expected and expected != "ontology":
        expected = f"ontology/{expected}"
    assert header_of(file).value == BASE + expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_term_is_described_in_one_block(file: Path) -> None:
    """Nothing returns to a term it has left, and no term is a blank node."""
    starts = [after for before, after in pairwise(["", *subjects(file)]) if before != after]
    assert len(starts) == len(set(starts))


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_concepts_stand_in_the_order_of_the_alphabet(file: Path) -> None:
    """A concept is found, and added, where the alphabet puts it."""
    concepts = subjects_in_order(file)[1:]
    assert concepts == sorted(concepts)


def test_own_terms_stand_in_the_order_of_the_alphabet_classes_first() -> None:
    """A term is found, and added, where the alphabet puts it."""
    subjects_in_file = subjects_in_order(SITE / "ontology" / "reti.ttl")
    terms = [term.removeprefix(OWN) for term in subjects_in_file if term.startswith(OWN)]
    assert terms == sorted(terms, key=lambda name: (name[0].islower(), name.casefold()))


def test_every_own_term_is_named_and_defined_in_both_languages(ask: Ask) -> None:
    """Each class and property has a label and a definition, Italian and English."""
    lacking = ask("""SELECT ?term ?property ?language {
        GRAPH <https://w3id.org/reti-graph/ontology> { ?term rdfs:isDefinedBy ?ontology }
        VALUES ?property { rdfs:label skos:definition } VALUES ?language { "it" "en" }
        FILTER NOT EXISTS { ?term ?property ?text FILTER(LANG(?text) = ?language) } }""")
    assert lacking == set()


def test_the_ontology_says_who_made_it_when_and_under_what_licence(ask: Ask) -> None:
    """The header holds what a reader of the ontology must know."""
    found = ask("""SELECT ?property { <https://w3id.org/reti-graph/ontology> ?property ?value }""")
    names = "title description license creator issued modified"
    expected = {PREFIXES["dcterms"] + name for name in names.split()}
    expected |= {PREFIXES["owl"] + name for name in ("versionIRI", "versionInfo")}
    expected |= {f"{PREFIXES['vann']}preferredNamespace{name}" for name in ("Prefix", "Uri")}
    assert expected <= {name for (name,) in found}


def test_every_property_and_class_in_use_is_declared_or_listed_as_external(ask: Ask) -> None:
    """No statement of the site uses a term that nobody has named and attributed."""
    unknown = ask("""SELECT DISTINCT ?term {
        { ?s ?term ?o } UNION { ?s a ?term }
        FILTER NOT EXISTS { ?term rdfs:isDefinedBy ?vocabulary ; rdfs:label ?label } }""")
    assert unknown == set()


def test_own_terms_that_the_ontology_mentions_exist(ask: Ask) -> None:
    """A domain, range, inverse or superclass of ours is declared."""
    dangling = ask("""SELECT ?term {
        { GRAPH <https://w3id.org/reti-graph/ontology> { ?s ?p ?term } }
        UNION { ?role org:roleProperty ?term }
        FILTER(isIRI(?term) && STRSTARTS(STR(?term), STR(reti:)))
        FILTER NOT EXISTS { ?term rdfs:isDefinedBy ?vocabulary } }""")
    assert dangling == set()


def test_inverses_name_one_another(ask: Ask) -> None:
    """If one of our properties is the inverse of another, the other says the same."""
    one_sided = ask("""SELECT ?one ?other { ?one owl:inverseOf ?other
        FILTER NOT EXISTS { ?other owl:inverseOf ?one } }""")
    assert one_sided == set()


def test_every_role_names_a_property_of_ours(ask: Ask) -> None:
    """The generic rule has something to derive for each role."""
    unnamed = ask("""SELECT ?role { ?role a org:Role
        FILTER NOT EXISTS { ?role org:roleProperty/rdfs:isDefinedBy ?ontology
            FILTER(?ontology = <https://w3id.org/reti-graph/ontology>) } }""")
    assert unnamed == set()


def test_whole_lists_and_records_are_passages(ask: Ask) -> None:
    """Whatever is asked of passages, or checked in them, is so for both."""
    kinds = ask("SELECT ?class { ?class rdfs:subClassOf reti:Passage }")
    assert kinds == {(f"{OWN}List",), (f"{OWN}Record",)}


def test_a_territorial_body_is_an_agent_as_a_city_is(ask: Ask) -> None:
    """It joins networks, so all that takes an agent takes it."""
    agents = ask("""SELECT ?class { ?class rdfs:subClassOf <http://xmlns.com/foaf/0.1/Agent>
        FILTER(STRSTARTS(STR(?class), STR(reti:))) }""")
    assert agents == {(f"{OWN}City",), (f"{OWN}TerritorialBody",)}


def test_a_shape_asks_for_each_scheme_and_for_no_other(ask: Ask) -> None:
    """Shapes find a concept's scheme by its IRI: one that is misspelt would let nothing pass."""
    schemes = {iri for (iri,) in ask("SELECT ?scheme { ?scheme a skos:ConceptScheme }")}
    shapes = ox.parse(path=SITE / "shapes" / "schemes.ttl")
    asked = {q.object for q in shapes if q.predicate.value.endswith("shacl#hasValue")}
    assert {scheme.value for scheme in asked if isinstance(scheme, ox.NamedNode)} == schemes


def test_broader_topics_form_no_circle(ask: Ask) -> None:
    """No concept is broader than itself, by however many steps."""
    assert ask("SELECT ?concept { ?concept skos:broader+ ?concept }") == set()


def vocabulary_terms(*folders: str) -> frozenset[str]:
    """Return every subject of the vocabularies' own files, which are not part of the project."""
    files = [file for folder in folders for file in (SUITES / folder).rglob("*.ttl")]
    if not files:
        pytest.skip("the vocabularies' own files are not at hand")
    return frozenset(
        quad.subject.value
        for file in files
        for quad in ox.parse(path=file, lenient=True, base_iri=BASE)
        if isinstance(quad.subject, ox.NamedNode)
    )


@pytest.mark.parametrize("prefix", ["org#", "prov#", "oa#"])
def test_the_external_terms_exist_in_the_w3c_vocabularies(prefix: str) -> None:
    """Each term listed of ORG, PROV and Web Annotation is in that vocabulary's own file."""
    namespace = f"http://www.w3.org/ns/{prefix}"
    listed = subjects_in_order(SITE / "ontology" / "external.ttl")
    ours = {term for term in listed if term.startswith(namespace)}
    assert len(ours) > 3
    assert ours <= vocabulary_terms("w3c-vocab")


def test_the_external_terms_of_ontopia_exist_there() -> None:
    """Each term listed of OntoPiA is in OntoPiA's own files."""
    listed = subjects_in_order(SITE / "ontology" / "external.ttl")
    ours = {term for term in listed if term.startswith("https://w3id.org/italia/onto/")}
    assert len(ours) > 0
    assert ours <= vocabulary_terms("ontopia")


def test_the_terms_of_the_alignments_exist_in_ontopia() -> None:
    """Each OntoPiA term that is aligned to is in OntoPiA's own files."""
    quads = ox.parse(path=SITE / "ontology" / "alignments.ttl")
    objects = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
    theirs = {term for term in objects if term.startswith("https://w3id.org/italia/onto/")}
    assert len(theirs) > 10
    assert theirs <= vocabulary_terms("ontopia")


def test_the_terms_of_the_alignments_are_used_or_ours() -> None:
    """An alignment starts from a term that the site declares or lists as external."""
    known = {q.subject for q in ontology_quads() if q.predicate == TYPE}
    aligned = subjects_in_order(SITE / "ontology" / "alignments.ttl")[1:]
    assert {ox.NamedNode(term) for term in aligned} <= known
