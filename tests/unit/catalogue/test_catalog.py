from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reti_graph.catalogue import catalog
from reti_graph.config import CatalogueSettings, Contact, Publisher, value_findings
from reti_graph.errors import FormatError
from reti_graph.formats import JSON_LD, RDF_XML, TURTLE, serialize_quads
from tests.unit.catalogue.conftest import ADDRESS, BASE, PREFIXES, Index, whole

if TYPE_CHECKING:
    from tests.unit.catalogue.conftest import Site

# What no XML can have is no setting either: drawn, it would only be thrown away.
IN_XML = st.characters(
    exclude_categories=("Cc", "Cs"), include_characters="\t\n", exclude_characters="\ufffe\uffff"
)
TEXTS = st.text(IN_XML, min_size=1, max_size=40).filter(str.strip)
BOTH = st.fixed_dictionaries({"it": TEXTS, "en": TEXTS})
KEYWORDS = st.dictionaries(st.sampled_from(["it", "en"]), st.tuples(TEXTS, TEXTS))
IRIS = st.sampled_from(
    [
        "https://creativecommons.org/licenses/by/4.0/",
        "https://example.org/a?b=c&d='e'#f",
        "urn:example:città",
        "http://example.org/%3Cx%3E/(y)",
    ]
)


def test_the_catalogue_says_what_portals_ask_for(small: Site) -> None:
    """What it is of, whose, in which languages, and which profiles it follows."""
    index, node = Index(small.catalogue), BASE + "catalog"
    expected = {
        "rdf:type": [whole("dcat:Catalog"), whole("dcatapit:Catalog")],
        "dcterms:publisher": [BASE + "catalog#publisher"],
        "dcterms:language": [whole("eu:language/ITA"), whole("eu:language/ENG")],
        "dcterms:license": ["http://creativecommons.org/licenses/by/4.0/"],
        "dcterms:spatial": [whole("eu:country/ITA")],
        "dcat:themeTaxonomy": [whole("eu:data-theme")],
        "dcterms:conformsTo": [
            "https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
            "http://dati.gov.it/onto/dcatapit",
        ],
        "foaf:homepage": [ADDRESS],
        "dcat:service": [BASE + "sparql", BASE + "queries#service"],
    }
    assert {name: index.iris(node, name) for name in expected} == expected
    assert {str(text) for text in index.values(node, "dcterms:title")} == {
        '"Catalogo: Reti di prova"@it',
        '"Catalogue: Networks to try"@en',
    }


def test_the_catalogue_lists_every_dataset(small: Site) -> None:
    """In the order of the parts: the whole graph comes first."""
    index = Index(small.catalogue)
    assert index.iris(BASE + "catalog", "dcat:dataset") == [
        BASE + path
        for path in (
            "dataset",
            "dataset/ontology",
            "dataset/shapes",
            "dataset/queries",
            "dataset/source/page",
        )
    ]
    assert index.instances("dcat:Dataset") == index.iris(BASE + "catalog", "dcat:dataset")


def test_the_catalogue_is_as_old_as_its_parts(small: Site) -> None:
    """It was there with the first of them and changed with the last."""
    index, node = Index(small.catalogue), BASE + "catalog"
    assert index.text(node, "dcterms:issued") == "2026-01-10"
    assert index.text(node, "dcterms:modified") == "2026-02-20"


def test_nothing_is_a_part_of_anything_in_words_that_readers_take_for_catalogues(
    milan: Site,
) -> None:
    """CKAN takes the first thing that has parts for the catalogue itself."""
    assert whole("dcterms:hasPart") not in {quad.predicate.value for quad in milan.catalogue}


def test_all_titles_of_datasets_differ(milan: Site) -> None:
    """In each language, for portals make names of them."""
    index = Index(milan.catalogue)
    nodes = [*index.instances("dcat:Dataset"), *index.instances("dcat:Catalog")]
    titles = [str(title) for node in nodes for title in index.values(node, "dcterms:title")]
    assert len(set(titles)) == len(titles) == 2 * len(nodes)


def test_all_identifiers_of_datasets_differ(milan: Site) -> None:
    """And begin with the IPA code of the municipality."""
    index = Index(milan.catalogue)
    nodes = index.instances("dcat:Dataset")
    found = [index.text(node, "dcterms:identifier") for node in nodes]
    assert len(set(found)) == len(found) == len(milan.parts)
    assert all(identifier.startswith("c_f205:reti-graph") for identifier in found)


def test_everything_is_said_once_and_has_a_name(milan: Site) -> None:
    """No blank nodes, no graphs, nothing twice."""
    quads = milan.catalogue
    assert len(set(quads)) == len(quads)
    assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    assert not [term for term in terms if isinstance(term, ox.BlankNode)]


def test_the_same_release_gives_the_same_catalogue(milan: Site) -> None:
    """Statement for statement, in the same order."""
    again = catalog(milan.published, milan.parts, milan.files)
    assert again == milan.catalogue


def test_addresses_of_pages_are_no_names_of_things(milan: Site) -> None:
    """Where a site is reached at its own names, a dataset would else be a document as well."""
    index = Index(milan.catalogue)
    pages = set(index.instances("foaf:Document"))
    assert milan.published.address == milan.published.settings.base_iri
    for kind in ("dcat:Dataset", "dcat:Distribution", "dcterms:Standard", "foaf:Agent"):
        assert pages.isdisjoint(index.instances(kind))


@given(
    changes=st.fixed_dictionaries(
        {
            "title": BOTH,
            "description": BOTH,
            "licence": IRIS,
            "publisher": st.builds(Publisher, TEXTS, st.none() | IRIS, st.none() | TEXTS),
            "contact": st.builds(Contact, TEXTS, st.just("a.b+c@example.org")),
            "catalogue": st.builds(CatalogueSettings, keywords=KEYWORDS),
        }
    )
)
def test_whatever_the_settings_are_the_catalogue_can_be_written_and_read(
    changes: dict[str, object], small: Site
) -> None:
    """In the formats that portals read, and it says the same there."""
    settings = msgspec.structs.replace(small.published.settings, **changes)
    assume(not list(value_findings(settings)))
    quads = catalog(replace(small.published, settings=settings), small.parts, small.files)
    for target in (TURTLE, RDF_XML, JSON_LD):
        written = serialize_quads(quads, target, PREFIXES)
        assert isinstance(target.ox, ox.RdfFormat)
        assert set(ox.parse(written, target.ox)) == set(quads)


def test_what_cannot_be_written_as_xml_is_no_setting(small: Site) -> None:
    """Or else the catalogue would be lost for those who read RDF/XML."""
    settings = msgspec.structs.replace(
        small.published.settings, title={"it": "Reti\x01", "en": "Networks"}
    )
    quads = catalog(replace(small.published, settings=settings), small.parts, small.files)
    with pytest.raises(FormatError):
        serialize_quads(quads, RDF_XML)
    assert [key for key, _ in value_findings(settings)] == ["title"]
