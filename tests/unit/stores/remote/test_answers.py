from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import StoreAnswerError
from reti_graph.formats import N_TRIPLES, TURTLE
from reti_graph.gate import QueryForm
from reti_graph.stores.answering import as_triples
from reti_graph.stores.remote.answers import engine_answer, solutions, truth
from reti_graph.terms import XSD
from tests.unit.stores.remote.engines import node, reply

# As Virtuoso 7.2.5 writes it, but for the white space.
VIRTUOSO = """{ "head": { "link": [], "vars": ["s", "o"] },
  "results": { "distinct": false, "ordered": true, "bindings": [
    { "s": { "type": "uri", "value": "http://example.org/a" },
      "o": { "type": "typed-literal",
             "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1" }},
    { "s": { "type": "bnode", "value": "nodeID://b10000" },
      "o": { "type": "literal", "xml:lang": "en-GB", "value": "x" }},
    { "s": { "type": "bnode", "value": "nodeID://b10001" },
      "o": { "type": "literal", "value": "\\u00e8 \\"x\\"" }},
    { "s": { "type": "bnode", "value": "nodeID://b10000" } } ] } }"""

STORE = ox.Store()
letters = st.characters(codec="utf-8")
literals = st.one_of(
    st.builds(ox.Literal, st.text(letters)),
    st.builds(ox.Literal, st.integers()),
    st.builds(ox.Literal, st.floats()),
    st.builds(ox.Literal, st.booleans()),
    st.builds(lambda text: ox.Literal(text, language="it"), st.text(letters)),
    st.builds(lambda text: ox.Literal(text, datatype=node("type")), st.text(letters)),
)


def test_what_virtuoso_writes_is_read() -> None:
    """Its own kind of literals, its blank nodes, its booleans; a language as the others tell it."""
    found = solutions(reply(VIRTUOSO))
    assert found.variables == ("s", "o")
    first, second, third, fourth = found.rows
    assert first == (node("a"), ox.Literal(True))  # noqa: FBT003 - the value that is written
    assert second[1] == ox.Literal("x", language="en-gb")
    assert third[1] == ox.Literal('è "x"')
    assert fourth == (second[0], None)
    assert third[0] != second[0]


@given(literals)
def test_a_term_comes_through_as_it_is_in_the_embedded_store(literal: ox.Literal) -> None:
    """Whatever characters are in it."""
    STORE.clear()
    STORE.add(ox.Quad(node("s"), node("p"), literal))
    rows = STORE.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(rows, ox.QuerySolutions)
    written = io.BytesIO()
    rows.serialize(written, ox.QueryResultsFormat.JSON)
    assert solutions(reply(written.getvalue())).rows == ((next(iter(STORE)).object,),)


def test_a_triple_may_be_a_term() -> None:
    """As RDF 1.2 has it; in it are terms again."""
    part = {"type": "uri", "value": "urn:a"}
    triple = {"subject": part, "predicate": part, "object": {"type": "literal", "value": "x"}}
    document = {
        "head": {"vars": ["t"]},
        "results": {"bindings": [{"t": {"type": "triple", "value": triple}}]},
    }
    a = ox.NamedNode("urn:a")
    assert solutions(reply(json.dumps(document))).rows == ((ox.Triple(a, a, ox.Literal("x")),),)


def test_a_truth_is_read() -> None:
    """And nothing else counts as one."""
    assert truth(reply('{"head": {"link": []}, "boolean": true}'))
    assert not truth(reply('{"boolean": false}'))


def test_a_graph_is_read_in_the_spelling_of_the_embedded_store() -> None:
    """N-Triples or Turtle, each triple once."""
    lines = f'<urn:a> <urn:b> "01"^^<{XSD}integer> .\n' * 2 + "# Empty NT\n"
    found = engine_answer(reply(lines, N_TRIPLES.media_type), QueryForm.CONSTRUCT)
    assert [str(triple.object) for triple in as_triples(found)] == [f'"1"^^<{XSD}integer>']
    turtle = reply("@prefix : <urn:> . :a :b 1 .", TURTLE.media_type)
    assert len(as_triples(engine_answer(turtle, QueryForm.DESCRIBE))) == 1


def test_variables_can_be_put_in_order() -> None:
    """In which the embedded store has those of `SELECT *`."""
    rows = '{"head": {"vars": ["b", "a"]}, "results": {"bindings": []}}'
    found = engine_answer(reply(rows), QueryForm.SELECT, sort=True)
    assert isinstance(found, ox.QuerySolutions)
    assert [variable.value for variable in found.variables] == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("", QueryForm.SELECT),
        ("[1]", QueryForm.SELECT),
        ('{"head": {"vars": ["x"]}, "resu', QueryForm.SELECT),
        ('{"head": {}, "boolean": true}', QueryForm.SELECT),
        ('{"head": {"vars": []}, "results": {"bindings": []}}', QueryForm.ASK),
        ('{"results": {"bindings": [{"x": {"type": "uri"}}]}}', QueryForm.SELECT),
        (
            '{"results": {"bindings": [{"x": {"type": "uri", "value": "no iri"}}]}}',
            QueryForm.SELECT,
        ),
        (
            '{"results": {"bindings": [{"x": {"type": "literal", "value": "", "xml:lang": "?"}}]}}',
            QueryForm.SELECT,
        ),
    ],
)
def test_what_is_no_answer_is_an_error_of_the_store(content: str, form: QueryForm) -> None:
    """The error says what was wanted, and what to look at."""
    with pytest.raises(StoreAnswerError, match=f"no {form.value} answer") as caught:
        engine_answer(reply(content), form)
    assert caught.value.hint is not None
    assert "store.url" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "media_type"),
    [("<urn:a> <urn:b> .", N_TRIPLES.media_type), ("<html>", "text/html"), ("", "")],
)
def test_what_is_no_graph_is_an_error_too(content: str, media_type: str) -> None:
    """Also of a type that no graph has."""
    with pytest.raises(StoreAnswerError, match="no CONSTRUCT answer"):
        engine_answer(reply(content, media_type), QueryForm.CONSTRUCT)


@pytest.mark.parametrize(
    ("headers", "setting"),
    [
        ({"x_sparql_maxrows": "10000"}, "ResultSetMaxRows"),
        ({"x_sql_state": "S1TAT"}, "MaxQueryExecutionTime"),
    ],
)
def test_half_an_answer_is_none(headers: dict[str, str], setting: str) -> None:
    """Virtuoso says in a header that there is more, with status 200."""
    rows = '{"head": {"vars": ["x"]}, "results": {"bindings": []}}'
    with pytest.raises(StoreAnswerError, match="cut its answer short") as caught:
        solutions(reply(rows, **headers))
    assert setting in str(caught.value.hint)
