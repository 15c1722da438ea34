"""Every term the catalogue uses, against the vocabularies' own files and the site's list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib.namespace import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VOID

from reti_graph.catalogue import document_about, executables, service_description, void
from tests.unit.catalogue.conftest import BASE, PREFIXES, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.catalogue.conftest import Site

ROOT = Path(__file__).parents[3]
SUITES = ROOT.parent / "shared" / "suites"
PROFILE = "dcat-ap-3.0.1/shacl/dcat-ap-SHACL.ttl"
ITALIAN_PROFILE = "ontopia/DCAT/DCAT-AP_IT.ttl"
# The terms a file describes, and for profiles of others' terms those that it names.
FILES = {
    "sd:": "w3c-vocab/sparql-service-description.ttl",
    "dcat:": "w3c-vocab/dcat3.ttl",
    "prov:": "w3c-vocab/prov-o.ttl",
    "sh:": "w3c-vocab/shacl.ttl",
    "schema:": "w3c-vocab/schemaorg.ttl",
    "dcatap:": PROFILE,
    "dcatapit:": ITALIAN_PROFILE,
    "spdx:": PROFILE,
    "vcard:": ITALIAN_PROFILE,
}
LISTS = {
    "dcterms:": DCTERMS,
    "foaf:": FOAF,
    "owl:": OWL,
    "rdf:": RDF,
    "rdfs:": RDFS,
    "skos:": SKOS,
    "void:": VOID,
}
# Italian readers know it, and so does the text of the profile, but not the profile's file.
NOT_IN_A_FILE = {"dcatapit:": {"geographicalIdentifier"}}
# A portal reads days of periods by the http names of schema.org, whose own file has https.
OTHER_SPELLING = ("http://schema.org/", "https://schema.org/")


@pytest.fixture(scope="module")
def terms(small: Site, milan: Site) -> frozenset[str]:
    """Give the properties and classes that sites describe themselves with."""
    things = [ox.NamedNode(BASE + name) for name in ("doc/a", "id/a")]
    quads = [
        *document_about(
            document=things[0],
            thing=things[1],
            settings=small.published.settings,
            page=2,
            pages=3,
        )
    ]
    for site in (small, milan):
        quads += site.catalogue
        quads += void(site.published, site.parts, site.files)
        quads += service_description(site.published)
        quads += executables(site.published)
    found = {quad.predicate.value for quad in quads} | {
        quad.object.value
        for quad in quads
        if quad.predicate.value == whole("rdf:type") and isinstance(quad.object, ox.NamedNode)
    }
    return frozenset(term.replace(*OTHER_SPELLING) for term in found)


def of(prefix: str, terms: frozenset[str]) -> set[str]:
    """Return the terms of a vocabulary, without its namespace."""
    space = whole(prefix)
    return {term.removeprefix(space) for term in terms if term.startswith(space)}


def subjects(file: Path) -> Iterator[str]:
    """Yield what a vocabulary's file describes."""
    for quad in ox.parse(path=file, lenient=True, base_iri=BASE):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def named(file: Path) -> Iterator[str]:
    """Yield whatever has an IRI in a file, which some copies spell with https."""
    for quad in ox.parse(path=file, lenient=True, base_iri=BASE):
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                yield term.value


@pytest.mark.parametrize("prefix", FILES)
def test_terms_are_in_the_vocabularies_own_files(prefix: str, terms: frozenset[str]) -> None:
    """None is made up."""
    file = SUITES / FILES[prefix]
    if not file.exists():
        pytest.skip("the vocabularies' own files are not at hand")
    read = named if FILES[prefix] in (PROFILE, ITALIAN_PROFILE) else subjects
    known = of(prefix, frozenset(read(file))) | NOT_IN_A_FILE.get(prefix, set())
    used = of(prefix, terms)
    assert used
    assert used - known == set()


def test_terms_of_hydra_are_in_its_own_file(terms: frozenset[str]) -> None:
    """Which is JSON-LD, with a context in it."""
    file = SUITES / "w3c-vocab" / "core.jsonld"
    if not file.exists():
        pytest.skip("the vocabularies' own files are not at hand")
    known = {term["@id"] for term in json.loads(file.read_text("utf-8"))["defines"]}
    assert of("hydra:", terms) == {"totalItems", "next", "previous"}
    assert {f"hydra:{name}" for name in of("hydra:", terms)} <= known


@pytest.mark.parametrize("prefix", LISTS)
def test_other_terms_are_in_rdflibs_lists(prefix: str, terms: frozenset[str]) -> None:
    """There are no copies of these vocabularies."""
    used = of(prefix, terms)
    assert used
    assert {name for name in used if name not in LISTS[prefix]} == set()


def test_no_other_vocabulary_is_used(terms: frozenset[str]) -> None:
    """But the project's own, whose terms its ontology declares."""
    spaces = tuple(PREFIXES[prefix.removesuffix(":")] for prefix in (*FILES, *LISTS, "hydra:"))
    own = {term for term in terms if not term.startswith(spaces)}
    declared = set(subjects(ROOT / "ontology" / "reti.ttl"))
    assert own
    assert own - declared == set()


def test_pages_have_a_name_for_every_term(terms: frozenset[str]) -> None:
    """The site's ontology declares it, or lists it among those of others."""
    ontology = ROOT / "ontology"
    known = {iri for name in ("reti.ttl", "external.ttl") for iri in subjects(ontology / name)}
    assert terms - {iri.replace(*OTHER_SPELLING) for iri in known} == set()
