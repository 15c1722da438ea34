from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from reti_graph.catalogue import authorities
from reti_graph.catalogue.authority_labels import (
    FREQUENCIES,
    LANGUAGES,
    PUBLISHER_TYPES,
    THEMES,
)
from reti_graph.catalogue.statements import told
from reti_graph.formats import CSV, RDF_FORMATS
from reti_graph.setting_types import Frequency, PublisherType, Theme
from tests.unit.catalogue.conftest import types, values, whole

if TYPE_CHECKING:
    from reti_graph.catalogue.statements import Described


@pytest.mark.parametrize(
    ("codes", "labels"),
    [(Theme, THEMES), (Frequency, FREQUENCIES), (PublisherType, PUBLISHER_TYPES)],
)
def test_every_code_a_setting_takes_has_labels(codes: object, labels: dict[str, object]) -> None:
    """And no label is there in vain."""
    assert sorted(get_args(codes)) == sorted(labels)


@pytest.mark.parametrize(
    ("described", "iri", "kind"),
    [
        (authorities.theme("GOVE"), "eu:data-theme/GOVE", "skos:Concept"),
        (authorities.frequency("IRREG"), "eu:frequency/IRREG", "dcterms:Frequency"),
        (authorities.language("it"), "eu:language/ITA", "dcterms:LinguisticSystem"),
        (authorities.PUBLIC, "eu:access-right/PUBLIC", "dcterms:RightsStatement"),
        (authorities.AVAILABLE, "eu:planned-availability/AVAILABLE", "skos:Concept"),
        (authorities.SPARQL_RESULTS, "eu:file-type/SPARQLQRES", "dcterms:MediaTypeOrExtent"),
        (authorities.file_type(CSV), "eu:file-type/CSV", "dcterms:MediaTypeOrExtent"),
    ],
)
def test_a_code_is_typed_labelled_and_in_a_table_with_a_title(
    described: Described, iri: str, kind: str
) -> None:
    """A harvester checks the class of each with nothing but the catalogue at hand."""
    quads = told(described)
    assert described.node.value == whole(iri)
    assert types(quads, iri) >= {whole(kind), whole("skos:Concept")}
    assert len(values(quads, iri, "skos:prefLabel")) == 2
    (table,) = values(quads, iri, "skos:inScheme")
    assert table == whole(iri).rpartition("/")[0]
    assert types(quads, table) == {whole("skos:ConceptScheme")}
    assert len(values(quads, table, "dcterms:title")) == 2


def test_formats_have_the_codes_of_the_table() -> None:
    """Letter for letter, for portals compare them."""
    codes = {
        target.name: authorities.file_type(target).node.value.rpartition("/")[2]
        for target in (*RDF_FORMATS, CSV)
    }
    assert codes == {
        "turtle": "RDF_TURTLE",
        "trig": "RDF_TRIG",
        "ntriples": "RDF_N_TRIPLES",
        "nquads": "RDF_N_QUADS",
        "jsonld": "JSON_LD",
        "rdfxml": "RDF_XML",
        "csv": "CSV",
    }


@pytest.mark.parametrize(("tag", "code"), [("it", "ITA"), ("de-at", "DEU"), ("EN", "ENG")])
def test_a_language_is_found_by_its_tag(tag: str, code: str) -> None:
    """Whatever the region and the case."""
    found = authorities.language(tag)
    assert found is not None
    assert found.node.value == whole(f"eu:language/{code}")


@pytest.mark.parametrize("tag", ["gsw", "zh", "x", "", "ital"])
def test_no_language_is_better_than_a_wrong_one(tag: str) -> None:
    """The table knows more than the program does, which does not guess."""
    assert authorities.language(tag) is None


def test_there_are_the_official_languages_of_the_union() -> None:
    """All 24, each with a code of its own."""
    assert len(LANGUAGES) == 24
    assert len({code for code, _ in LANGUAGES.values()}) == 24


def test_each_language_is_named_once() -> None:
    """Though two of its tags are there."""
    found = authorities.languages(["it", "it-ch", "gsw", "en"])
    assert [known.node.value[-3:] for known in found] == ["ITA", "ENG"]


def test_a_media_type_is_that_of_the_registry() -> None:
    """At its address there."""
    found = authorities.media_type("text/turtle")
    assert found.node.value == "https://www.iana.org/assignments/media-types/text/turtle"
    assert whole("dcterms:MediaType") in types(told(found), found.node.value)


@pytest.mark.parametrize(
    ("iri", "table"),
    [
        ("http://publications.europa.eu/resource/authority/country/ITA", "country"),
        ("http://publications.europa.eu/resource/authority/place/ITA_MIL", "place"),
        ("https://sws.geonames.org/3173435/", None),
        ("http://publications.europa.eu/resource/authority/countryside/X", None),
    ],
)
def test_a_place_is_in_the_table_it_is_of(iri: str, table: str | None) -> None:
    """Those of GeoNames are known by their address alone."""
    quads = told(authorities.place(iri))
    assert types(quads, iri) == {whole("dcterms:Location")}
    assert values(quads, iri, "dcatapit:geographicalIdentifier") == {f'"{iri}"'}
    assert values(quads, iri, "skos:inScheme") == ({whole(f"eu:{table}")} if table else set())
