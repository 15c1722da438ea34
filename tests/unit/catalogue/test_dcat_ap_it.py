"""The mandatory rows of DCAT-AP_IT, on every thing of each class in both catalogues.

From the ontology of the profile (dati.gov.it/onto/dcatapit, 2.0) and its guidelines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.terms import EU_AUTHORITY
from tests.unit.catalogue.conftest import Index, whole

if TYPE_CHECKING:
    from tests.unit.catalogue.conftest import Site

MANY: Final = 10_000
# Class, property, how often at least, and how often at most: a text once in each language.
ROWS: Final = (
    ("dcatapit:Catalog", "dcterms:title", 1, MANY),
    ("dcatapit:Catalog", "dcterms:description", 1, MANY),
    ("dcatapit:Catalog", "dcterms:publisher", 1, 1),
    ("dcatapit:Catalog", "dcterms:modified", 1, 1),
    ("dcatapit:Catalog", "dcterms:issued", 0, 1),
    ("dcatapit:Catalog", "foaf:homepage", 0, 1),
    ("dcatapit:Catalog", "dcat:dataset", 1, MANY),
    ("dcatapit:Dataset", "dcterms:identifier", 1, 1),
    ("dcatapit:Dataset", "dcterms:title", 1, MANY),
    ("dcatapit:Dataset", "dcterms:description", 1, MANY),
    ("dcatapit:Dataset", "dcterms:modified", 1, 1),
    ("dcatapit:Dataset", "dcterms:issued", 0, 1),
    ("dcatapit:Dataset", "dcat:theme", 1, MANY),
    ("dcatapit:Dataset", "dcterms:rightsHolder", 1, 1),
    ("dcatapit:Dataset", "dcterms:publisher", 0, 1),
    ("dcatapit:Dataset", "dcterms:accrualPeriodicity", 1, 1),
    ("dcatapit:Dataset", "owl:versionInfo", 0, 1),
    ("dcatapit:Dataset", "dcat:landingPage", 0, 1),
    ("dcatapit:Dataset", "dcat:contactPoint", 1, MANY),
    ("dcatapit:Dataset", "dcat:distribution", 1, MANY),
    ("dcatapit:Distribution", "dcterms:format", 1, 1),
    ("dcatapit:Distribution", "dcat:accessURL", 1, 1),
    ("dcatapit:Distribution", "dcterms:license", 1, 1),
    ("dcatapit:Distribution", "dcat:byteSize", 0, 1),
    ("dcatapit:Distribution", "dcterms:modified", 0, 1),
    ("dcatapit:Agent", "dcterms:identifier", 1, 1),
    ("dcatapit:Agent", "foaf:name", 1, MANY),
    ("dcatapit:Organization", "vcard:fn", 1, 1),
    ("dcatapit:Organization", "vcard:hasEmail", 1, 1),
    ("dcatapit:Organization", "vcard:hasURL", 0, 1),
    ("dcatapit:LicenseDocument", "dcterms:type", 1, 1),
    ("dcatapit:LicenseDocument", "owl:versionInfo", 0, 1),
    ("dcatapit:Standard", "dcterms:identifier", 1, 1),
    ("dcatapit:Standard", "dcterms:description", 0, 1),
    ("dcterms:PeriodOfTime", "dcat:startDate", 1, 1),
    ("dcterms:PeriodOfTime", "dcat:endDate", 0, 1),
    ("skos:Concept", "skos:prefLabel", 1, MANY),
    ("skos:ConceptScheme", "dcterms:title", 1, MANY),
)
# Property, and the table of the EU that its values are of.
TABLES: Final = (
    ("dcat:theme", "data-theme"),
    ("dcterms:accrualPeriodicity", "frequency"),
    ("dcterms:language", "language"),
    ("dcterms:format", "file-type"),
    ("dcterms:accessRights", "access-right"),
)
# Property, and the class that its values are of: in the profile's own terms where it has one.
RANGES: Final = (
    ("dcat:dataset", "dcatapit:Dataset"),
    ("dcat:distribution", "dcatapit:Distribution"),
    ("dcterms:publisher", "dcatapit:Agent"),
    ("dcterms:rightsHolder", "dcatapit:Agent"),
    ("dcat:contactPoint", "dcatapit:Organization"),
    ("dcterms:license", "dcatapit:LicenseDocument"),
    ("dcterms:conformsTo", "dcatapit:Standard"),
    ("dcterms:accrualPeriodicity", "dcterms:Frequency"),
    ("dcterms:language", "dcterms:LinguisticSystem"),
    ("dcterms:format", "dcterms:MediaTypeOrExtent"),
    ("dcterms:spatial", "dcterms:Location"),
    ("dcterms:temporal", "dcterms:PeriodOfTime"),
    ("dcat:theme", "skos:Concept"),
    ("dcat:themeTaxonomy", "skos:ConceptScheme"),
    ("foaf:homepage", "foaf:Document"),
    ("dcat:landingPage", "foaf:Document"),
)


@pytest.fixture(scope="module", params=["small", "milan"])
def site(request: pytest.FixtureRequest) -> Site:
    """Give each of the two sites."""
    found: Site = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def told(site: Site) -> Index:
    """Give what its catalogue says."""
    return Index(site.catalogue)


@pytest.mark.parametrize(("kind", "predicate", "least", "most"), ROWS)
def test_a_row_of_the_profile_is_kept(
    kind: str, predicate: str, least: int, most: int, told: Index
) -> None:
    """By every thing of the class; a text stands there once in each of its languages."""
    things = told.instances(kind)
    assert things or kind == "dcterms:PeriodOfTime"
    for thing in things:
        values = told.values(thing, predicate)
        assert least <= len(values) <= most, thing
        languages = [text.language for text in values if isinstance(text, ox.Literal)]
        assert len(set(languages)) == len(languages), thing


@pytest.mark.parametrize(("predicate", "table"), TABLES)
def test_codes_are_of_their_table(predicate: str, table: str, site: Site, told: Index) -> None:
    """With http and letter for letter; and the catalogue says they are of it."""
    codes = objects(site, predicate)
    assert codes
    for code in codes:
        assert code.startswith(f"{EU_AUTHORITY}{table}/")
        assert told.iris(code, "skos:inScheme") == [EU_AUTHORITY + table]


@pytest.mark.parametrize(("predicate", "kind"), RANGES)
def test_values_are_of_their_class(predicate: str, kind: str, site: Site, told: Index) -> None:
    """Every one of them is typed in the catalogue itself."""
    found = objects(site, predicate)
    assert found or predicate == "dcterms:temporal"
    assert {value for value in found if whole(kind) not in told.iris(value, "rdf:type")} == set()


@pytest.mark.parametrize("name", ["Catalog", "Dataset", "Distribution"])
def test_what_is_of_the_italian_class_is_of_the_european_one(name: str, told: Index) -> None:
    """And the other way round."""
    assert told.instances(f"dcatapit:{name}") == told.instances(f"dcat:{name}")


def test_the_namespace_is_http(site: Site) -> None:
    """The profile's own file has https here and there: no reader knows it."""
    terms = {quad.predicate.value for quad in site.catalogue} | objects(site, "rdf:type")
    of_the_profile = {term for term in terms if "dati.gov.it/onto" in term}
    assert of_the_profile
    assert all(term.startswith("http://dati.gov.it/onto/dcatapit#") for term in of_the_profile)


def test_the_contact_is_not_the_agent(told: Index) -> None:
    """It is an office with an address to write to."""
    offices = set(told.instances("dcatapit:Organization"))
    assert offices.isdisjoint(told.instances("dcatapit:Agent"))
    for office in offices:
        (email,) = told.iris(office, "vcard:hasEmail")
        assert email.startswith("mailto:")


def test_the_publisher_of_milan_is_the_municipality(milan: Site) -> None:
    """By the name it has in the data, and its IPA code; the data is its own."""
    told = Index(milan.catalogue)
    node = milan.iri("id/municipality/milan")
    assert told.instances("dcatapit:Agent") == [node]
    assert told.text(node, "dcterms:identifier") == "c_f205"
    assert told.text(node, "foaf:name") == "Comune di Milano"
    themes = {iri.rpartition("/")[2] for iri in objects(milan, "dcat:theme")}
    assert themes == {"GOVE", "INTR", "ENVI", "SOCI"}
    assert objects(milan, "dcterms:license") == {"http://creativecommons.org/licenses/by/4.0/"}


def objects(site: Site, predicate: str) -> set[str]:
    """Return the IRIs that something is said of by a property."""
    return {
        quad.object.value
        for quad in site.catalogue
        if quad.predicate.value == whole(predicate) and isinstance(quad.object, ox.NamedNode)
    }
