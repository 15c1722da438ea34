from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from reti_graph.catalogue.agents import contact, holder, publisher
from reti_graph.catalogue.statements import told
from reti_graph.config import Contact, Publisher, RightsHolder
from tests.unit.catalogue.conftest import BASE, types, values, whole

if TYPE_CHECKING:
    from reti_graph.catalogue import Published


def with_settings(published: Published, **changes: object) -> Published:
    """Return the same release with other settings."""
    settings = msgspec.structs.replace(published.settings, **changes)
    return replace(published, settings=settings)


def test_a_publisher_has_a_name_and_an_identifier(published: Published) -> None:
    """Both profiles know it as an agent; without an IRI it gets one of the site."""
    found = publisher(published)
    quads, node = told(found), found.node.value
    assert node == BASE + "catalog#publisher"
    assert types(quads, node) == {whole("foaf:Agent"), whole("dcatapit:Agent")}
    assert values(quads, node, "foaf:name") == {'"reti-graph tests"'}
    assert values(quads, node, "dcterms:identifier") == {'"x_test"'}
    assert values(quads, node, "dcterms:type") == set()


def test_a_publisher_keeps_its_iri_and_says_its_kind(published: Published) -> None:
    """The kind is a concept of ADMS."""
    office = Publisher("Town", "https://example.org/town", "c_x", "LocalAuthority")
    found = publisher(with_settings(published, publisher=office))
    quads = told(found)
    assert found.node.value == "https://example.org/town"
    (kind,) = values(quads, found.node.value, "dcterms:type")
    assert kind == "http://purl.org/adms/publishertype/LocalAuthority"
    assert types(quads, kind) == {whole("skos:Concept")}


def test_nothing_stands_in_for_an_identifier(published: Published) -> None:
    """A portal that wants one is told there is none, not given something else."""
    found = publisher(with_settings(published, publisher=Publisher("Somebody")))
    assert values(told(found), found.node.value, "dcterms:identifier") == set()


def test_the_data_is_the_publishers_unless_another_is_named(published: Published) -> None:
    """Who has then an IRI of the site, or its own."""
    assert holder(published).node == publisher(published).node
    for iri, expected in ((None, BASE + "catalog#rights-holder"), ("urn:x:y", "urn:x:y")):
        named = RightsHolder("Region", iri, "r_x", "RegionalAuthority")
        found = holder(with_settings(published, rights_holder=named))
        quads = told(found)
        assert found.node.value == expected
        assert values(quads, expected, "foaf:name") == {'"Region"'}
        assert values(quads, expected, "dcterms:identifier") == {'"r_x"'}


def test_the_contact_is_an_office_of_its_own(published: Published) -> None:
    """With one name, one address to write to and one page, and another IRI than the agent's."""
    found = contact(published)
    assert found is not None
    quads, node = told(found), found.node.value
    assert node == BASE + "catalog#contact" != publisher(published).node.value
    assert types(quads, node) == {
        whole("dcatapit:Organization"),
        whole("vcard:Organization"),
        whole("vcard:Kind"),
    }
    assert values(quads, node, "vcard:fn") == {'"Office for Tests"'}
    assert values(quads, node, "vcard:hasEmail") == {"mailto:tests@example.org"}
    assert values(quads, node, "vcard:hasURL") == {"https://example.org/office-for-tests"}


def test_there_is_no_contact_where_none_is_set(published: Published) -> None:
    """An office without an address to write to is none."""
    assert contact(with_settings(published, contact=Contact())) is None


def test_an_address_with_signs_of_its_own_is_one_iri(published: Published) -> None:
    """What has a meaning in such an IRI is escaped (RFC 6068)."""
    office = Contact("Office", "o'neil?{x}%#&+1@example.org")
    found = contact(with_settings(published, contact=office))
    assert found is not None
    assert values(told(found), found.node.value, "vcard:hasEmail") == {
        "mailto:o%27neil%3F%7Bx%7D%25%23%26+1@example.org"
    }
