"""Every term the catalogue uses, against the vocabularies' own files and the site's list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib.namespace import FOAF, VOID

from reti_graph.catalogue import (
    catalog,
    dataset,
    document_about,
    executables,
    service_description,
)
from tests.unit.catalogue.conftest import BASE, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.catalogue import Published

ROOT = Path(__file__).parents[3]
COPIES = ROOT.parent / "shared" / "suites" / "w3c-vocab"
FILES = {
    "sd:": "sparql-service-description.ttl",
    "dcat:": "dcat3.ttl",
    "sh:": "shacl.ttl",
    "schema:": "schemaorg.ttl",
}


@pytest.fixture(scope="module")
def terms(published: Published) -> frozenset[str]:
    """Give the properties and classes that the site describes itself with."""
    things = [ox.NamedNode(BASE + name) for name in ("doc/a", "id/a")]
    pages = document_about(
        document=things[0], thing=things[1], settings=published.settings, page=2, pages=3
    )
    parts = (dataset, catalog, service_description, executables)
    quads = [*pages, *(quad for part in parts for quad in part(published))]
    found = {quad.predicate.value for quad in quads} | {
        quad.object.value
        for quad in quads
        if quad.predicate.value == whole("rdf:type") and isinstance(quad.object, ox.NamedNode)
    }
    return frozenset(found)


def of(prefix: str, terms: frozenset[str]) -> set[str]:
    """Return the terms of a vocabulary."""
    return {term for term in terms if term.startswith(whole(prefix))}


def declared(file: Path) -> Iterator[str]:
    """Yield what a vocabulary's file describes."""
    if not file.exists():
        pytest.skip("the vocabularies' own files are not at hand")
    for quad in ox.parse(path=file, lenient=True, base_iri=BASE):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


@pytest.mark.parametrize("prefix", FILES)
def test_terms_are_in_the_vocabularies_own_files(prefix: str, terms: frozenset[str]) -> None:
    """None is made up."""
    used = of(prefix, terms)
    assert used
    assert used <= set(declared(COPIES / FILES[prefix]))


def test_terms_of_hydra_are_in_its_own_file(terms: frozenset[str]) -> None:
    """Which is JSON-LD, with a context in it."""
    file = COPIES / "core.jsonld"
    if not file.exists():
        pytest.skip("the vocabularies' own files are not at hand")
    known = {term["@id"] for term in json.loads(file.read_text("utf-8"))["defines"]}
    used = {term.replace(whole("hydra:"), "hydra:") for term in of("hydra:", terms)}
    assert used == {"hydra:totalItems", "hydra:next", "hydra:previous"}
    assert used <= known


def test_terms_of_void_and_foaf_are_in_rdflibs_lists(terms: frozenset[str]) -> None:
    """There is no copy of these two vocabularies."""
    for prefix, namespace in (("void:", VOID), ("foaf:", FOAF)):
        names = {term.removeprefix(whole(prefix)) for term in of(prefix, terms)}
        assert names
        assert {name for name in names if name not in namespace} == set()


def test_pages_have_a_name_for_every_term(terms: frozenset[str]) -> None:
    """The site's ontology declares it, or lists it among those of others."""
    ontology = ROOT / "ontology"
    known = {iri for name in ("reti.ttl", "external.ttl") for iri in declared(ontology / name)}
    assert terms <= known
