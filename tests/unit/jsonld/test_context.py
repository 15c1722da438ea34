from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from reti_graph.config import parse_settings
from reti_graph.jsonld import Context, context_of, is_frozen_context, make_context

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE = "https://example.org/nets/"
RETI = "https://w3id.org/reti-graph/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
ORG = "http://www.w3.org/ns/org#"
PREFIXES = {
    "reti": RETI,
    "org": ORG,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "city": BASE + "id/city/",
}
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + (
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    f"@prefix own: <{BASE}ontology#> .\n@prefix xsd: <{XSD}> .\n"
)
TESTS = Path(__file__).parents[2]
SITES = (TESTS / "assets" / "small_site", TESTS.parent)


def made(
    turtle: str, prefixes: Mapping[str, str] = PREFIXES, base: str = BASE
) -> Mapping[str, Any]:
    """Return the terms of the context for an ontology."""
    quads = ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)
    terms: Mapping[str, Any] = json.loads(make_context(quads, prefixes, base).content)["@context"]
    return terms


def context_for(site: Path) -> Context:
    """Return the context of a site."""
    settings = parse_settings((site / "reti.toml").read_text("utf-8"))
    files = sorted((site / "ontology").rglob("*.ttl"))
    quads = [quad for file in files for quad in ox.parse(path=file)]
    return make_context(quads, settings.prefixes, settings.base_iri)


def test_an_object_property_has_iris() -> None:
    """Under its local name, for it is our own."""
    terms = made("reti:memberOf a owl:ObjectProperty .")
    assert terms["memberOf"] == {"@id": RETI + "memberOf", "@type": "@id"}


def test_a_datatype_property_has_its_one_datatype() -> None:
    """A string needs none, and two are as good as none."""
    terms = made("""
        reti:start a owl:DatatypeProperty ; rdfs:range xsd:integer .
        reti:code a owl:DatatypeProperty ; rdfs:range xsd:string .
        reti:when a owl:DatatypeProperty ; rdfs:range xsd:date, xsd:gYear .
        reti:since a owl:DatatypeProperty .""")
    assert terms["start"] == {"@id": RETI + "start", "@type": XSD + "integer"}
    for name in ("code", "when", "since"):
        assert terms[name] == RETI + name


def test_texts_go_by_language() -> None:
    """Those that the ontology says are texts, and labels whatever it says."""
    terms = made("reti:aim a owl:DatatypeProperty ; rdfs:range rdf:langString .")
    assert terms["aim"] == {"@id": RETI + "aim", "@container": "@language"}
    assert terms["rdfs:label"] == {"@id": PREFIXES["rdfs"] + "label", "@container": "@language"}


def test_a_property_of_both_kinds_leaves_it_to_its_values() -> None:
    """Each then says what it is."""
    terms = made("reti:odd a owl:ObjectProperty, owl:DatatypeProperty ; rdfs:range xsd:date .")
    assert terms["odd"] == RETI + "odd"


def test_classes_go_by_their_names_too() -> None:
    """And what is neither class nor property does not."""
    terms = made("reti:Network a owl:Class . reti:thing a reti:Network .")
    assert terms["Network"] == RETI + "Network"
    assert "thing" not in terms


def test_a_site_can_have_terms_of_its_own() -> None:
    """Below its own ontology; the model's come first where two have one name."""
    terms = made("own:sees a owl:ObjectProperty . own:x a owl:Class . reti:x a owl:Class .")
    assert terms["sees"]["@id"] == BASE + "ontology#sees"
    assert terms["x"] in {BASE + "ontology#x", RETI + "x"}


def test_terms_of_others_go_by_prefixed_names() -> None:
    """Where there is something to say of their values; without a prefix they stay as they are."""
    terms = made("""
        org:member a owl:ObjectProperty . org:Role a owl:Class .
        <http://other.example/p> a owl:ObjectProperty .""")
    assert terms["org:member"] == {"@id": ORG + "member", "@type": "@id"}
    assert not {"org:Role", "member", "http://other.example/p"} & terms.keys()


def test_prefixes_are_prefixes() -> None:
    """Whatever their namespace ends with; those of things are left out."""
    terms = made("", {**PREFIXES, "ex": "http://example.org/x"})
    assert terms["ex"] == {"@id": "http://example.org/x", "@prefix": True}
    assert terms["reti"] == {"@id": RETI, "@prefix": True}
    assert "city" not in terms
    assert made("", PREFIXES, "")["city"]["@prefix"] is True


def test_a_term_goes_before_a_prefix_of_its_name() -> None:
    """Both cannot be in one context."""
    terms = made("reti:place a owl:ObjectProperty .", {"place": BASE + "place/", "reti": RETI})
    assert terms["place"]["@type"] == "@id"


@pytest.mark.parametrize("name", ["http", "https", "urn", "id", "type"])
def test_prefixes_that_would_catch_other_names_are_left_out(name: str) -> None:
    """As a prefix, `urn` would make another IRI of every URN."""
    assert made("", {name: ORG}).get(name) != {"@id": ORG, "@prefix": True}


def test_a_term_that_is_called_like_an_alias_has_none() -> None:
    """`id` is what a node is called by, in every context."""
    terms = made("reti:id a owl:ObjectProperty .")
    assert (terms["id"], terms["type"], terms["@version"]) == ("@id", "@type", 1.1)


def test_the_order_of_statements_and_prefixes_is_no_matter() -> None:
    """The same ontology has the same context to the byte."""
    turtle = HEAD + "reti:b a owl:Class . reti:a a owl:Class ."
    quads = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    backwards = dict(reversed(PREFIXES.items()))
    assert make_context(quads, PREFIXES, BASE) == make_context(quads[::-1], backwards, BASE)


def test_the_version_is_made_of_the_bytes() -> None:
    """Twelve digits of their SHA-256; the bytes are canonical JSON."""
    context = make_context((), PREFIXES)
    assert context.version == hashlib.sha256(context.content).hexdigest()[:12]
    document = json.loads(context.content)
    assert json.dumps(document, sort_keys=True, separators=(",", ":")).encode() == context.content


def test_a_kept_context_is_the_one_that_was_made() -> None:
    """Read again, it has the same version."""
    context = make_context((), PREFIXES)
    assert context_of(context.content) == context


def test_a_frozen_context_is_named_after_its_bytes() -> None:
    """One byte more, and it is another."""
    context = make_context((), PREFIXES)
    name = f"{context.version}.jsonld"
    assert is_frozen_context(name, context.content)
    assert not is_frozen_context(name, context.content + b"\n")
    assert not is_frozen_context(f"{context.version}.json", context.content)
    assert not is_frozen_context(f"x{name}", context.content)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_sites_own_context_has_its_terms(site: Path) -> None:
    """The bundled site's and any other's."""
    terms = json.loads(context_for(site).content)["@context"]
    assert terms["memberOf"] == {"@id": RETI + "memberOf", "@type": "@id"}
    assert terms["Network"] == RETI + "Network"
    assert "network" not in terms
