from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox
import pytest

from reti_graph.catalogue.records import identifier
from reti_graph.config import CatalogueSettings, Publisher
from reti_graph.sources.dates import Dated
from tests.unit.catalogue.conftest import ADDRESS, BASE, DIGEST, Index, record, whole

if TYPE_CHECKING:
    from tests.unit.catalogue.conftest import Site

NAMES = ("", "ontology", "shapes", "queries", "source/page")


def told(site: Site, name: str) -> Index:
    """Return what is said of a dataset."""
    return Index(record(site.published, site.part(name), site.files))


def in_english(index: Index, subject: str, predicate: str) -> str:
    """Return the English text that is said of something by a property."""
    (found,) = (
        text
        for text in index.values(subject, predicate)
        if isinstance(text, ox.Literal) and text.language == "en"
    )
    return str(found).removesuffix("@en").strip('"')


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", "x_test:nets"),
        ("ontology", "x_test:nets/ontology"),
        ("source/page", "x_test:nets/source/page"),
    ],
)
def test_an_identifier_says_whose_catalogue_it_is_of(name: str, expected: str, small: Site) -> None:
    """The owner's own identifier comes first, then the catalogue, then the part."""
    index = told(small, name)
    node = small.iri(small.part(name).path)
    assert index.text(node, "dcterms:identifier") == expected


def test_an_identifier_is_made_of_the_settings(small: Site) -> None:
    """The catalogue's name as set; an owner without identifier is left out."""
    settings = msgspec.structs.replace(
        small.published.settings,
        publisher=Publisher("Somebody"),
        catalogue=CatalogueSettings(name="city-networks"),
    )
    published = replace(small.published, settings=settings)
    assert identifier(published, small.part("shapes")) == "city-networks/shapes"


def test_a_dataset_says_what_portals_ask_for(small: Site) -> None:
    """Of the codes each is the one that is set."""
    index, node = told(small, "source/page"), BASE + "dataset/source/page"
    expected = {
        "rdf:type": [whole("dcat:Dataset"), whole("dcatapit:Dataset"), whole("void:Dataset")],
        "dcterms:publisher": [BASE + "catalog#publisher"],
        "dcterms:rightsHolder": [BASE + "catalog#publisher"],
        "dcat:contactPoint": [BASE + "catalog#contact"],
        "dcat:theme": [whole("eu:data-theme/GOVE")],
        "dcterms:accrualPeriodicity": [whole("eu:frequency/UNKNOWN")],
        "dcterms:accessRights": [whole("eu:access-right/PUBLIC")],
        "dcterms:spatial": [whole("eu:country/ITA")],
        "dcterms:language": [whole("eu:language/ITA"), whole("eu:language/ENG")],
        "dcat:landingPage": [ADDRESS + "dataset/source/page.html"],
        "foaf:page": [ADDRESS + "source/page.html"],
        "dcterms:conformsTo": [BASE + "ontology", BASE + "shapes"],
        "dcterms:relation": [BASE + "dataset"],
        "prov:wasDerivedFrom": [BASE + "source/page"],
    }
    assert {name: index.iris(node, name) for name in expected} == expected
    assert {str(word) for word in index.values(node, "dcat:keyword")} == {
        '"networks"@en',
        '"test"@en',
        '"reti"@it',
        '"prova"@it',
    }


def test_a_dataset_has_the_days_of_its_part(small: Site) -> None:
    """As days, for no hour is known."""
    index, node = told(small, "shapes"), BASE + "dataset/shapes"
    days = [index.values(node, f"dcterms:{name}") for name in ("issued", "modified")]
    date = ox.NamedNode(whole("xsd:date"))
    assert days == [
        [ox.Literal("2026-01-20", datatype=date)],
        [ox.Literal("2026-01-21", datatype=date)],
    ]


def test_the_version_of_the_whole_graph_is_the_releases(small: Site) -> None:
    """That of any other dataset is the checksum of its sorted N-Quads, and both names have it."""
    nq = next(file for file in small.files if file.path == "dump/source/page.nq")
    for name, expected in (("", DIGEST), ("source/page", nq.sha256)):
        index, node = told(small, name), small.iri(small.part(name).path)
        assert index.text(node, "dcat:version") == expected
        assert index.text(node, "owl:versionInfo") == expected


def test_without_its_file_a_dataset_has_no_version(small: Site) -> None:
    """Rather than a made-up one."""
    index = Index(record(small.published, small.part("shapes"), ()))
    assert index.values(BASE + "dataset/shapes", "dcat:version") == []


def test_a_period_runs_from_the_first_day_of_the_source_to_the_last(milan: Site) -> None:
    """In the terms of DCAT-AP and in those that readers of the Italian profile know."""
    name = "source/c40-home"
    index, node = told(milan, name), milan.iri(f"dataset/{name}")
    (period,) = index.iris(node, "dcterms:temporal")
    assert index.iris(period, "rdf:type") == [whole("dcterms:PeriodOfTime")]
    for space in ("dcat:", "http://schema.org/"):
        assert index.text(period, f"{space}startDate") == "2025-01-01"
        assert index.text(period, f"{space}endDate") == "2026-11-22"


def test_a_source_that_nothing_bounds_before_has_no_period(milan: Site) -> None:
    """DCAT-AP_IT wants a beginning."""
    index = told(milan, "source/efus-join")
    assert index.values(milan.iri("dataset/source/efus-join"), "dcterms:temporal") == []


def test_the_period_of_the_whole_graph_holds_those_of_all_sources(milan: Site) -> None:
    """From the earliest of their days to the latest."""
    index = told(milan, "")
    (period,) = index.iris(milan.iri("dataset"), "dcterms:temporal")
    each = [
        inner
        for part in milan.parts
        if part.kind == "source"
        for inner in [told(milan, part.name)]
        for _ in inner.instances("dcterms:PeriodOfTime")
    ]
    starts = [
        inner.text(node, "dcat:startDate")
        for inner in each
        for node in inner.instances("dcterms:PeriodOfTime")
    ]
    assert index.text(period, "dcat:startDate") == min(starts)
    assert index.text(period, "dcat:endDate") >= "2026-11-22"


def test_a_source_has_its_own_language_too(milan: Site) -> None:
    """Beside those its labels are in."""
    index = told(milan, "source/wikipedia-fr-efus")
    assert index.iris(milan.iri("dataset/source/wikipedia-fr-efus"), "dcterms:language") == [
        whole(f"eu:language/{code}") for code in ("ITA", "ENG", "FRA")
    ]


def test_a_description_has_the_sources_note(milan: Site) -> None:
    """After what the dataset is."""
    index = told(milan, "source/c40-home")
    text = in_english(index, milan.iri("dataset/source/c40-home"), "dcterms:description")
    assert text.startswith("What one source says, “C40’s home page”")
    assert text.endswith("An undated copy, cross-checked with the table df_tiers of c40tools.")


def test_a_dataset_says_where_it_comes_from(milan: Site) -> None:
    """Of so many sources, of one, or of the editors."""
    sources = sum(part.kind == "source" for part in milan.parts)
    for name, words in (
        ("", f"{sources} in all"),
        ("source/c40-home", "Taken from the source “C40’s home page”"),
        ("ontology", "Written by the editors"),
    ):
        index, node = told(milan, name), milan.iri(milan.part(name).path)
        (statement,) = index.iris(node, "dcterms:provenance")
        assert words in in_english(index, statement, "rdfs:label")


@pytest.mark.parametrize("name", NAMES)
def test_a_record_describes_what_it_names(name: str, small: Site) -> None:
    """Every authority, agent and page in it has a class, and no node is blank."""
    quads = record(small.published, small.part(name), small.files)
    index = Index(quads)
    subjects = {str(quad.subject) for quad in quads}
    left = {
        quad.object.value
        for quad in quads
        if isinstance(quad.object, ox.NamedNode)
        and quad.predicate.value != whole("rdf:type")
        and str(quad.object) not in subjects
    }
    files = {ADDRESS + file.path for file in small.files}
    answers = {iri for iri in left if iri.startswith(f"{ADDRESS}query/")}
    assert left - files - answers <= {
        BASE + "dataset",
        BASE + "source/page",
        ADDRESS + "sparql",
        "mailto:tests@example.org",
        "https://example.org/office-for-tests",
    }
    assert all(index.iris(str(subject)[1:-1], "rdf:type") for subject in subjects)
    assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}


@pytest.mark.parametrize("name", NAMES)
def test_a_record_is_part_of_the_catalogue(name: str, small: Site) -> None:
    """Word for word: whoever reads one reads the other."""
    quads = record(small.published, small.part(name), small.files)
    assert set(quads) <= set(small.catalogue)
    assert len(set(quads)) == len(quads)


def test_names_do_not_depend_on_what_changes(small: Site) -> None:
    """Another release on another day has the same IRIs and identifiers, and other values."""
    part = small.part("source/page")
    later = replace(
        part, quads=part.quads[:-1], dated=Dated(dt.date(2026, 1, 11), dt.date(2030, 1, 1))
    )
    changed = [replace(file, sha256="0" * 64, size=1) for file in small.files]
    before = record(small.published, part, small.files)
    after = record(replace(small.published, digest="cd" * 32), later, changed)
    assert before != after
    assert {quad.subject for quad in before} == {quad.subject for quad in after}
    kept = whole("dcterms:identifier")
    assert [q for q in before if q.predicate.value == kept] == [
        q for q in after if q.predicate.value == kept
    ]
