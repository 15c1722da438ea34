from __future__ import annotations

import pytest

from reti_graph.config import parse_settings
from tests.unit.settings_texts import MINIMAL, findings

HOLDER = "rights_holder"
EMPTY = "this is empty: leave the key out, or say something"


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ('rights_holder.iri = "urn:x:y"', f"{HOLDER}.name: this key is missing: whose are the"),
        ('rights_holder.identifier = "c_x"', f"{HOLDER}.name: this key is missing: whose are the"),
        ('rights_holder = {name = "A", iri = "no IRI"}', f"{HOLDER}.iri: <no IRI> is not an http"),
        ('rights_holder.name = " "', f"{HOLDER}.name: {EMPTY}"),
        ('publisher.identifier = ""', f"publisher.identifier: {EMPTY}"),
        ('publisher.type = "City"', "publisher.type: Invalid enum value 'City'; it takes"),
        ('contact.name = "Ufficio"', "contact.email: this key is missing: a contact has a name"),
        ('contact.email = "a@b.org"', "contact.name: this key is missing: a contact has a name"),
        ('contact.url = "https://b.org/"', "contact.name: this key is missing: a contact has"),
        (
            'contact = {name = "A", email = "a@b.org", url = "urn:x:y"}',
            "contact.url: <urn:x:y> is not an http or https address",
        ),
        ('catalogue.name = "Reti di città"', 'catalogue.name: "Reti di città" is not a name in'),
        (
            'catalogue.keywords.it = ["città, reti"]',
            'catalogue.keywords.it: "città, reti" is no keyword that portals take',
        ),
        ("catalogue.themes = []", "catalogue.themes: name at least one theme: portals refuse"),
        ('catalogue.themes = ["TREES"]', "catalogue.themes: Invalid enum value 'TREES'"),
        ('catalogue.frequency = "often"', "catalogue.frequency: Invalid enum value 'often'"),
        ('catalogue.spatial = ["Milano"]', "catalogue.spatial: <Milano> is not an http, https or"),
        (
            'catalogue.keywords.de = ["Netze"]',
            'catalogue.keywords.de: this is not a language of the site: "it"',
        ),
        ('catalogue.keywords.it = ["reti", ""]', f"catalogue.keywords.it: {EMPTY}"),
        (
            'catalogue.keywords.it = ["re\\u0007ti"]',
            "catalogue.keywords.it: the character U+0007 cannot be written in RDF/XML",
        ),
        (
            'publisher.identifier = "a\\uFFFFb"',
            "publisher.identifier: the character U+FFFF cannot be written in RDF/XML",
        ),
    ],
)
def test_what_portals_would_not_understand_is_refused(line: str, finding: str) -> None:
    """With the file, the line and the key, and how to mend it."""
    found = findings(f"{MINIMAL}{line}\n")
    assert any(text.partition(": ")[2].startswith(finding) for text in found), found


@pytest.mark.parametrize(
    "address",
    ["a@example.org", "reti.partnership+x@comune.example.org", "o'neil@b-c.example"],
)
def test_an_address_to_write_to_may_be_any_that_browsers_take(address: str) -> None:
    """Letters, digits and many signs before the at sign, a domain after it."""
    text = f'{MINIMAL}contact = {{name = "Ufficio", email = "{address}"}}\n'
    assert parse_settings(text).contact.email == address


@pytest.mark.parametrize(
    "address",
    ["", "a", "@b.org", "a@b", "a b@c.org", "a@b..org", "mailto:a@b.org", "a@b.org, c@d.org"],
)
def test_what_nobody_can_write_to_is_refused(address: str) -> None:
    """A name alone, two addresses, an IRI."""
    text = f'{MINIMAL}contact = {{name = "Ufficio", email = "{address}"}}\n'
    assert findings(text) == (
        f'reti.toml:8: contact.email: "{address}" is not an e-mail address such as a@example.org',
    )


def test_an_agent_is_not_described_twice() -> None:
    """One IRI with two names and two identifiers would be neither."""
    text = f'{MINIMAL}publisher.iri = "urn:x:y"\nrights_holder = {{name = "B", iri = "urn:x:y"}}\n'
    (finding,) = findings(text)
    assert finding.startswith("reti.toml:9: rights_holder.iri: this is the publisher's: leave the")


def test_texts_that_no_portal_could_read_are_refused() -> None:
    """XML has no way to write some characters."""
    (finding,) = findings(MINIMAL.replace('"Reti"', '"Re\\u0001ti"'))
    assert finding == (
        "reti.toml:4: title: the character U+0001 cannot be written in RDF/XML: take it out"
    )


def test_a_tag_that_is_no_language_in_rdf_is_refused() -> None:
    """Though it looks like one: it has two regions."""
    text = MINIMAL.replace('["it"]', '["it-ab-ab"]').replace(".it =", ".it-ab-ab =")
    assert findings(text) == (
        'reti.toml:2: languages: "it-ab-ab" is not a language tag in lower case',
    )


@pytest.mark.parametrize("key", ["url", "update_url", "graphs_url"])
def test_the_address_of_a_store_tells_no_secret(key: str) -> None:
    """Who we are is for the environment to say, and no message repeats it."""
    found = findings(f'{MINIMAL}store.{key} = "https://me:hush@example.org/sparql"\n')
    assert len(found) == 1
    assert f"store.{key}: there is a user or a password in this address" in found[0]
    assert "hush" not in found[0]
    refused = findings(f'{MINIMAL}store.{key} = "ftp://example.org/"\n')
    assert "<ftp://example.org/> is not an http or https address" in refused[0]


def test_the_address_of_a_store_may_have_an_at_sign_in_its_path() -> None:
    """Only what stands before the host tells who asks."""
    text = f'{MINIMAL}store.url = "https://example.org/@city/sparql?graph=a@b"\n'
    assert parse_settings(text).store.url == "https://example.org/@city/sparql?graph=a@b"
