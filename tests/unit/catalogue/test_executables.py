from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph import gate
from reti_graph.canned.header import Header, ParamKeys
from reti_graph.canned.query import CannedQuery
from reti_graph.catalogue import executable, executables
from tests.unit.catalogue.conftest import ADDRESS, BASE, types, values, whole

if TYPE_CHECKING:
    from reti_graph.catalogue import Published

TEXTS = {"it": "Prova", "en": "Try"}


def query(text: str, **params: ParamKeys) -> CannedQuery:
    """Return a canned query of some text."""
    return CannedQuery("try", Header(TEXTS, TEXTS, ("a", "b"), params), text, "queries/try.rq")


@pytest.fixture(scope="module")
def quads(published: Published) -> tuple[ox.Quad, ...]:
    """Give what is said of the small site's queries."""
    return executables(published)


def test_a_query_says_its_name_tags_and_service(quads: tuple[ox.Quad, ...]) -> None:
    """In the site's languages."""
    node = "base:query/networks"
    assert values(quads, node, "rdfs:label") == {'"Tutte le reti"@it', '"All the networks"@en'}
    assert '"Every network with its name."@en' in values(quads, node, "dcterms:description")
    assert values(quads, node, "dcat:keyword") == {'"networks"'}
    assert values(quads, node, "schema:target") == {ADDRESS + "sparql"}


@pytest.mark.parametrize(
    ("text", "kind", "predicate"),
    [
        ("SELECT * {}", "sh:SPARQLSelectExecutable", "sh:select"),
        ("ASK {}", "sh:SPARQLAskExecutable", "sh:ask"),
        ("CONSTRUCT {} WHERE {}", "sh:SPARQLConstructExecutable", "sh:construct"),
        ("DESCRIBE <urn:x>", "sh:SPARQLExecutable", "rdf:value"),
    ],
)
def test_each_form_has_its_class_and_its_property(
    text: str, kind: str, predicate: str, published: Published
) -> None:
    """SHACL has no word for DESCRIBE, so its text is a mere value."""
    found = executable(query(text), published)
    assert types(found, "base:query/try") == {whole("sh:SPARQLExecutable"), whole(kind)}
    assert values(found, "base:query/try", predicate) == {f'"{text}"'}


def test_a_text_is_without_its_header(quads: tuple[ox.Quad, ...]) -> None:
    """It begins with its prologue, and other comments stay."""
    (text,) = values(quads, "base:query/members", "sh:select")
    assert text.startswith('"PREFIX org:')
    assert (
        gate.form(ox.Literal(text).value.strip('"').replace("\\n", "\n")) is gate.QueryForm.SELECT
    )


def test_a_comment_below_the_header_stays(published: Published) -> None:
    """Even one that looks like a header."""
    found = executable(query("#+ tags: [a]\n# Why\n#+ x\nASK {}"), published)
    assert values(found, "base:query/try", "sh:ask") == {'"# Why\\n#+ x\\nASK {}"'}


def test_parameters_have_names_of_their_own(quads: tuple[ox.Quad, ...]) -> None:
    """The path ends in what stands after the `$`; there are no blank nodes."""
    (node,) = values(quads, "base:query/members", "sh:parameter")
    assert types(quads, node) == {whole("sh:Parameter")}
    assert values(quads, node, "sh:path") == {BASE + "query/members#network"}
    assert values(quads, node, "sh:name") == {'"Rete"@it', '"Network"@en'}
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in quads)


def test_a_parameter_for_things_takes_iris(quads: tuple[ox.Quad, ...]) -> None:
    """The example is the thing that its slug means; there must be a value."""
    node = "base:query/members#parameter-network"
    assert values(quads, node, "sh:nodeKind") == {whole("sh:IRI")}
    assert values(quads, node, "skos:example") == {BASE + "id/network/alpha"}
    assert values(quads, node, "sh:optional") == values(quads, node, "sh:defaultValue") == set()


def test_a_parameter_with_a_default_may_be_left_out(quads: tuple[ox.Quad, ...]) -> None:
    """Of its values, one matches its pattern."""
    node = "base:query/networks#parameter-lang"
    assert values(quads, node, "sh:optional") == {str(ox.Literal(value=True))}
    assert values(quads, node, "sh:defaultValue") == {'"it"'}
    assert values(quads, node, "sh:pattern") == {'"^(it|en)$"'}
    assert values(quads, node, "sh:datatype") == {whole("xsd:string")}


def test_parameters_are_typed_and_in_order(published: Published) -> None:
    """As the header has them."""
    one = ParamKeys("integer", TEXTS, 5, optional=True)
    two = ParamKeys("date", TEXTS, "2020-01-01")
    found = executable(query("SELECT * { ?s $b $a }", b=one, a=two), published)
    for order, (name, datatype) in enumerate([("b", "xsd:integer"), ("a", "xsd:date")]):
        node = f"base:query/try#parameter-{name}"
        assert values(found, node, "sh:order") == {str(ox.Literal(order))}
        assert values(found, node, "sh:datatype") == {whole(datatype)}
    assert values(found, "base:query/try#parameter-b", "sh:optional") != set()
    assert values(found, "base:query/try#parameter-a", "sh:optional") == set()


def test_values_are_no_regular_expressions(published: Published) -> None:
    """What means more in a pattern is escaped."""
    values_of = ParamKeys("enum", TEXTS, "a.b", values=("a.b", "c+"))
    found = executable(query("SELECT * { ?s ?p $v }", v=values_of), published)
    (pattern,) = values(found, "base:query/try#parameter-v", "sh:pattern")
    assert pattern == r'"^(a\\.b|c\\+)$"'


def test_all_queries_are_there_each_with_its_own(published: Published) -> None:
    """One after another."""
    apart = [quad for each in published.queries for quad in executable(each, published)]
    assert list(executables(published)) == apart
    assert executables(replace(published, queries=())) == ()
