from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from reti_graph.errors import FormatError
from reti_graph.jsonld import serialize_compact
from tests.unit.jsonld.conftest import (
    BASE,
    CONTEXT,
    LABEL,
    RDF,
    RETI,
    URL,
    parsed,
    read_by_pyld,
    read_by_pyoxigraph,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def written(trig: str) -> Mapping[str, Any]:
    """Return the one node that TriG is about, as JSON."""
    (node,) = json.loads(serialize_compact(parsed(trig), CONTEXT, URL))["@graph"]
    assert isinstance(node, dict)
    return node


def test_a_document_refers_to_its_context_first() -> None:
    """By the address it is given, in UTF-8, as one line."""
    content = serialize_compact(parsed('<id/a> rdfs:label "Età"@it .'), CONTEXT, URL)
    assert content.startswith(b'{"@context":"' + URL.encode() + b'","@graph":[{"id":')
    assert "Età" in content.decode()


def test_own_terms_go_by_their_names() -> None:
    """Properties and classes; things keep their whole addresses."""
    assert written("<id/a> a reti:Network, org:Role ; reti:memberOf <id/b>, <id/c> .") == {
        "id": BASE + "id/a",
        "type": ["org:Role", "Network"],
        "memberOf": [BASE + "id/b", BASE + "id/c"],
    }


def test_texts_stand_by_their_language() -> None:
    """Several in one language stand in a list, and a text in none is there too."""
    found = written('<id/a> rdfs:label "A"@it, "B"@en, "C"@en, "D" ; reti:since "x"@it .')
    assert found["rdfs:label"] == {"@none": "D", "en": ["B", "C"], "it": "A"}
    assert found["since"] == {"@language": "it", "@value": "x"}


def test_values_of_the_expected_datatype_need_no_type() -> None:
    """Others carry it, under a name that says nothing of it."""
    found = written('<id/a> reti:date "2009-10-01"^^xsd:date, "2009"^^xsd:gYear .')
    assert found["date"] == "2009-10-01"
    assert found["reti:date"] == {"@type": "xsd:gYear", "@value": "2009"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("7", 7),
        ("-12", -12),
        ('"07"^^xsd:integer', "07"),
        ('"+7"^^xsd:integer', "+7"),
        ('"-0"^^xsd:integer', "-0"),
        ('"٣"^^xsd:integer', "٣"),
        ("9999999999999999", "9999999999999999"),
    ],
)
def test_integers_are_numbers_where_json_spells_them_so(value: str, expected: object) -> None:
    """Any other spelling, and what is too long for some readers, stays a text."""
    assert written(f"<id/a> reti:start {value} .")["start"] == expected


def test_booleans_are_those_of_json() -> None:
    """Spelt as numbers, they stay texts."""
    assert written("<id/a> reti:sure true .")["sure"] is True
    assert written('<id/a> reti:sure "1"^^xsd:boolean .')["sure"] == "1"


def test_decimals_and_doubles_keep_their_spelling() -> None:
    """A JSON number would lose it."""
    found = written('<id/a> reti:since 1.50, "1e0"^^xsd:double .')["since"]
    assert {"@type": "xsd:decimal", "@value": "1.50"} in found
    assert {"@type": "xsd:double", "@value": "1e0"} in found


def test_a_value_of_another_kind_than_its_term_has_another_name() -> None:
    """The prefixed one, or the whole IRI where that is the term's name."""
    found = written('<id/a> reti:memberOf "x" ; org:member "y" ; rdfs:label <id/b> .')
    assert found["reti:memberOf"] == "x"
    assert found["http://www.w3.org/ns/org#member"] == "y"
    assert found[LABEL] == {"id": BASE + "id/b"}


def test_named_graphs_hold_their_nodes() -> None:
    """After those of the default graph."""
    quads = parsed("<g/1> { <id/a> reti:memberOf <id/b> } <id/c> reti:memberOf <id/b> .")
    assert json.loads(serialize_compact(quads, CONTEXT, URL))["@graph"] == [
        {"id": BASE + "id/c", "memberOf": BASE + "id/b"},
        {
            "id": BASE + "g/1",
            "@graph": [{"id": BASE + "id/a", "memberOf": BASE + "id/b"}],
        },
    ]


@pytest.mark.parametrize("local", ["", "//x", "//"])
def test_an_iri_that_could_not_be_read_back_stays_whole(local: str) -> None:
    """`reti://x` would be an IRI of its own."""
    assert written(f"<id/a> reti:memberOf <{RETI}{local}> .")["memberOf"] == RETI + local


@pytest.mark.parametrize(
    "quad",
    [
        "<reti:foo> <urn:p> <urn:o> .",
        "<urn:s> <org:member> <urn:o> .",
        "<urn:s> <urn:p> <xsd:> .",
        '<urn:s> <urn:p> "x"^^<rdf:HTML> .',
        "<urn:s> <urn:p> <urn:o> <place:x> .",
    ],
)
def test_an_iri_that_looks_like_a_prefixed_name_puts_the_context_out_of_force(quad: str) -> None:
    """Nothing is shortened then, and nothing misread."""
    quads = set(ox.parse(quad, format=ox.RdfFormat.N_QUADS))
    content = serialize_compact(quads, CONTEXT, URL)
    assert json.loads(content)["@context"] == [URL, None]
    assert read_by_pyoxigraph(content) == read_by_pyld(content) == quads


def test_an_address_in_such_a_scheme_does_not() -> None:
    """With `//` after the colon it is read as it is."""
    content = serialize_compact(parsed("<id/a> reti:memberOf <org://host/x> ."), CONTEXT, URL)
    assert json.loads(content)["@graph"][0]["memberOf"] == "org://host/x"
    assert json.loads(content)["@context"] == URL


def test_blank_nodes_keep_their_labels() -> None:
    """As subjects, values, types and graphs."""
    a, b, graph_name = map(ox.BlankNode, "abg")
    quads = [
        ox.Quad(a, ox.NamedNode(RETI + "memberOf"), b, graph_name),
        ox.Quad(a, ox.NamedNode(RDF + "type"), b, graph_name),
    ]
    (graph,) = json.loads(serialize_compact(quads, CONTEXT, URL))["@graph"]
    assert graph == {"id": "_:g", "@graph": [{"id": "_:a", "type": "_:b", "memberOf": "_:b"}]}


def test_directions_are_kept() -> None:
    """They have no place in a map of languages."""
    line = f'<{BASE}a> <{LABEL}> "x"@en--rtl .'
    quads = set(ox.parse(line, format=ox.RdfFormat.N_QUADS))
    assert read_by_pyoxigraph(serialize_compact(quads, CONTEXT, URL)) == quads


def test_triples_as_terms_are_refused() -> None:
    """JSON-LD 1.1 has no way to write them."""
    line = f"<{BASE}a> <{BASE}b> <<( <{BASE}a> <{BASE}b> <{BASE}c> )>> ."
    with pytest.raises(FormatError):
        serialize_compact(ox.parse(line, format=ox.RdfFormat.N_QUADS), CONTEXT, URL)


def test_no_quads_are_an_empty_document() -> None:
    """Which says nothing."""
    assert json.loads(serialize_compact((), CONTEXT, URL)) == {"@context": URL, "@graph": []}
