"""What every implementation of the store port must do; one suite runs over all of them."""

from __future__ import annotations

import csv
import io
import json
import sys
import threading
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.errors import FormatError, GateError, QuerySyntaxError, StoreAnswerError
from reti_graph.formats import (
    CSV,
    FORMATS,
    JSON,
    N_QUADS,
    RDF_FORMATS,
    RESULTS_FORMATS,
    TURTLE,
    Format,
)
from tests.contract.samples import PREFIXES, ROWS, TRIPLES, count, node, quads, triples

if TYPE_CHECKING:
    from collections.abc import Callable

    from reti_graph.stores.port import Store
    from tests.contract.samples import Make


def test_ask_says_whether_there_is_an_answer(store: Store) -> None:
    """The site's prefixes need no declaration."""
    assert store.ask("ASK { :a :memberOf :n }")
    assert not store.ask("ASK { :n :memberOf :a }")


def test_select_gives_variables_and_rows_in_order(store: Store) -> None:
    """Terms are pyoxigraph's."""
    found = store.select(ROWS)
    assert found.variables == ("s", "o")
    assert found.rows == ((node("a"), node("n")), (node("b"), node("n")))


def test_an_unbound_variable_is_none(store: Store) -> None:
    """In a row it is None, in a row by names it is left out."""
    found = store.select("SELECT ?s ?l { ?s :memberOf :n OPTIONAL { ?s :label ?l } } ORDER BY ?s")
    assert found.rows[1] == (node("b"), None)
    assert found.dicts()[1] == {"s": node("b")}


def test_construct_gives_each_triple_once(store: Store) -> None:
    """Although two passages say it."""
    expected = set(triples(":n :has :a, :b ."))
    found = store.construct(TRIPLES)
    assert len(found) == 2
    assert set(found) == expected


def test_describe_is_a_graph_too(store: Store) -> None:
    """It has the triples about a thing."""
    assert set(store.construct("DESCRIBE :b")) == set(triples(":b :memberOf :n ."))


def test_the_default_graph_is_the_union_with_each_triple_once(store: Store) -> None:
    """A triple of two passages does not count twice, alone or joined."""
    assert count(store) == 3
    assert count(store, "?s :memberOf ?n . ?t :memberOf ?n") == 4


def test_a_named_graph_is_its_passage(store: Store) -> None:
    """GRAPH finds who says what, and never the union."""
    assert count(store, "GRAPH :h { ?s ?p ?o }") == 2
    assert count(store, "GRAPH ?g { :a :memberOf :n }") == 2


def test_a_quad_of_no_graph_is_in_the_default_graph_alone(make: Make) -> None:
    """A check can find it by that."""
    store = make(quads(":g { :a :p :b } :c :p :d ."), PREFIXES)
    assert count(store) == 2
    assert count(store, "?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }") == 1


def test_an_empty_store_answers(make: Make) -> None:
    """With nothing."""
    store = make([], {})
    assert store.select("SELECT * { ?s ?p ?o }").rows == ()
    assert count(store) == 0


def test_answer_writes_rows_as_the_standards_have_them(store: Store) -> None:
    """SPARQL 1.1 Query Results JSON and CSV."""
    document = json.loads(store.answer(ROWS, JSON))
    assert document["head"]["vars"] == ["s", "o"]
    assert document["results"]["bindings"][0]["s"] == {
        "type": "uri",
        "value": "http://example.org/a",
    }
    table = list(csv.reader(io.StringIO(store.answer(ROWS, CSV).decode())))
    assert table[0] == ["s", "o"]
    assert table[2] == ["http://example.org/b", "http://example.org/n"]


def test_answer_writes_an_ask(store: Store) -> None:
    """As a results document with a boolean."""
    assert json.loads(store.answer("ASK { :a :memberOf :n }", JSON))["boolean"] is True


@pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda known: known.name)
def test_answer_writes_a_graph_in_every_graph_format(store: Store, target: Format) -> None:
    """Read back, it is the same graph, each triple once."""
    written = store.answer(TRIPLES, target)
    assert isinstance(target.ox, ox.RdfFormat)
    found = [quad.triple for quad in ox.parse(written, format=target.ox)]
    assert sorted(map(str, found)) == sorted(map(str, triples(":n :has :a, :b .")))


def test_answer_uses_the_prefixes_of_the_site(store: Store) -> None:
    """People read Turtle."""
    assert "@prefix : <http://example.org/>" in store.answer(TRIPLES, TURTLE).decode()


@pytest.mark.parametrize(
    ("query", "target"),
    [(query, target) for query in (ROWS, "ASK {}") for target in RDF_FORMATS]
    + [(query, target) for query in (TRIPLES, "DESCRIBE :a") for target in RESULTS_FORMATS],
    ids=lambda part: part.name if isinstance(part, Format) else part[:6],
)
def test_an_answer_needs_a_format_made_for_it(store: Store, query: str, target: Format) -> None:
    """The error names the formats that will do."""
    with pytest.raises(FormatError) as caught:
        store.answer(query, target)
    others = RDF_FORMATS if target in RESULTS_FORMATS else RESULTS_FORMATS
    assert caught.value.hint is not None
    assert all(known.name in caught.value.hint for known in others)


def test_each_call_takes_its_own_query_form(store: Store) -> None:
    """A SELECT is no ASK."""
    with pytest.raises(FormatError, match="not an ASK"):
        store.ask(ROWS)
    with pytest.raises(FormatError, match="not a SELECT"):
        store.select(TRIPLES)
    with pytest.raises(FormatError, match="not a CONSTRUCT"):
        store.construct(ROWS)


@pytest.mark.parametrize(
    ("query", "place", "word"),
    [
        ("SELECT * {\n ?s no:p ?o }", (2, 5), "no:"),
        ("SELECT * {\n ?s <p> ?o }", (2, 5), "whole IRI"),
        ("SELECT * {\n ?s ?p ?o", (1, 10), "never closed"),
        ("SELECT * {\n ?s ?p ?o }}", (2, 12), "closes no"),
        ("SELECT * {\n ?s ?p }", (2, 2), "?s"),
        ("SELECT * {\n ?s ?p 'x }", (2, 8), "string"),
    ],
)
def test_a_query_that_does_not_parse_has_a_place(
    store: Store, query: str, place: tuple[int, int], word: str
) -> None:
    """Line, column and a reason, whichever call it was."""
    calls: list[Callable[[], object]] = [
        lambda: store.ask(query),
        lambda: store.select(query),
        lambda: store.construct(query),
        lambda: store.answer(query, JSON),
    ]
    for call in calls:
        with pytest.raises(QuerySyntaxError) as caught:
            call()
        assert (caught.value.line, caught.value.column) == place
        assert word in caught.value.message


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:9/> {} }",
        "ASK { ?a ?b ?c FILTER(trueSERVICEx:y{}) }",
        "INSERT DATA { :a :b :c }",
        "CLEAR ALL",
    ],
)
def test_no_service_and_no_update(store: Store, query: str) -> None:
    """Nothing is fetched and nothing changed by asking."""
    with pytest.raises(GateError):
        store.answer(query, JSON)
    assert count(store) == 3


def test_a_large_query_of_the_programs_own_is_answered(
    store: Store, kind: str, request: pytest.FixtureRequest
) -> None:
    """Limits are kept where strangers ask, not here."""
    if kind == "served":
        ours = "We are strangers to our own server: it takes 64 triple patterns in a group."
        request.applymarker(pytest.mark.xfail(reason=ours, raises=StoreAnswerError, strict=True))
    patterns = " ".join("?s :memberOf ?o ." for _ in range(70))
    assert store.ask(f"ASK {{ {patterns} }}")


@pytest.mark.parametrize(
    ("query", "target"), [(ROWS, TURTLE), (TRIPLES, JSON)], ids=["rows", "graph"]
)
def test_an_error_may_end_in_another_thread(
    store: Store, monkeypatch: pytest.MonkeyPatch, query: str, target: Format
) -> None:
    """It holds no unfinished answer, which the engine would want back in the thread it is of."""
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    wrong: list[Callable[[], object]] = [
        lambda: store.answer(query, target),
        lambda: store.ask(query),
    ]
    held: list[FormatError] = []
    for call in wrong:
        try:
            call()
        except FormatError as error:
            held.append(error)
    assert len(held) == 2
    other = threading.Thread(target=held.clear)
    other.start()
    other.join()
    assert complaints == []


def test_formats_are_all_tried_here() -> None:
    """A new format would need a line above."""
    assert set(RDF_FORMATS) | set(RESULTS_FORMATS) == set(FORMATS)
    assert N_QUADS in RDF_FORMATS
