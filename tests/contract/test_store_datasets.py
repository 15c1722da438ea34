"""What every implementation of the store port must make of FROM clauses and of a dataset given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import CallError, QuerySyntaxError
from reti_graph.formats import JSON, N_TRIPLES, XML
from reti_graph.stores.port import Dataset
from tests.contract.samples import node, triples

if TYPE_CHECKING:
    from reti_graph.stores.port import Store

G, H = node("g").value, node("h").value
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


def rows(store: Store, query: str, dataset: Dataset | None = None) -> list[tuple[str, ...]]:
    """Return the local names in the rows of an answer, in order of name."""
    document = json.loads(store.answer(query, JSON, dataset))
    return sorted(
        tuple(cell["value"].rpartition("/")[2] for cell in row.values())
        for row in document["results"]["bindings"]
    )


def test_a_default_graph_of_several_has_each_triple_once(store: Store) -> None:
    """Both graphs say that :a is a member of :n."""
    merged = Dataset((G, H), ())
    assert len(rows(store, ALL, merged)) == 3
    assert len(rows(store, "SELECT ?s ?p ?o FROM :g FROM :h { ?s ?p ?o }")) == 3
    assert len(rows(store, "SELECT * FROM :h FROM :g { ?s :memberOf ?n . ?t :memberOf ?n }")) == 4


def test_a_default_graph_of_one_is_that_graph(store: Store) -> None:
    """Also when it is named twice."""
    assert len(rows(store, ALL, Dataset((H,), ()))) == 2
    assert len(rows(store, ALL, Dataset((H, H), ()))) == 2
    assert len(rows(store, "SELECT * FROM :h FROM :h { ?s ?p ?o }")) == 2


def test_without_default_graphs_the_default_graph_is_empty(store: Store) -> None:
    """SPARQL 1.1 Query Language, 13.2."""
    assert rows(store, ALL, Dataset((), (G,))) == []
    assert rows(store, "SELECT * FROM NAMED :g { ?s ?p ?o }") == []


def test_named_graphs_are_exactly_those_named(store: Store) -> None:
    """None when none is, however many there are in the default graph."""
    assert rows(store, GRAPHS, Dataset((G, H), (H,))) == [("h",)]
    assert rows(store, GRAPHS, Dataset((H,), (G, H))) == [("g",), ("h",)]
    assert rows(store, GRAPHS, Dataset((G,), ())) == []
    assert rows(store, GRAPHS, Dataset((G, H), ())) == []
    assert rows(store, "SELECT DISTINCT ?g FROM :g FROM :h FROM NAMED :h { GRAPH ?g {} }") == [
        ("h",)
    ]


def test_a_dataset_stands_in_place_of_the_clauses(store: Store) -> None:
    """SPARQL 1.1 Protocol, 2.1.4."""
    query = "SELECT DISTINCT ?s ?g FROM :g FROM NAMED :g { ?s ?p ?o OPTIONAL { GRAPH ?g {} } }"
    assert rows(store, query, Dataset((H,), (H,))) == [("a", "h"), ("b", "h")]
    assert rows(store, query, Dataset((G, H), (H,))) == [("a", "h"), ("b", "h")]
    assert rows(store, query, Dataset((), (H,))) == []


def test_a_graph_that_is_not_there_is_empty(store: Store) -> None:
    """It is no error."""
    assert rows(store, ALL, Dataset((node("no").value,), ())) == []
    assert len(rows(store, ALL, Dataset((node("no").value, H), ()))) == 2


@pytest.mark.parametrize(
    "clauses",
    [
        "FROM <http://example.org/g> FROM <http://example.org/h>",
        "from :g\nFrom # the other :n\n :h",
        "FROM<http://example.org/g>FROM<http://example.org/h>",
        r"FROM <http://example.org/\u0067> FROM :h",
        "FROM :g FROM NAMED :h FROM :h",
    ],
)
def test_clauses_may_be_written_in_any_way(store: Store, clauses: str) -> None:
    """However they are written, the triples are there once."""
    assert len(rows(store, f"SELECT ?s ?p ?o {clauses} WHERE {{ ?s ?p ?o }}")) == 3


def test_names_of_graphs_are_resolved_as_in_the_query(store: Store) -> None:
    """By its own BASE and its own prefixes, the last of which counts."""
    query = """
        BASE <http://example.org/x/y>
        PREFIX up: <no/>
        PREFIX up: <../>
        SELECT ?s ?p ?o FROM <../g> FROM up:h { ?s ?p ?o }
    """
    assert len(rows(store, query)) == 3


def test_every_form_has_clauses(store: Store) -> None:
    """After the template of a CONSTRUCT, after what is described, and before an ASK's pattern."""
    both = "FROM :g FROM :h"
    assert store.ask(f"ASK {both} {{ :a :label ?l . :b :memberOf :n }}")
    assert not store.ask(f"ASK {both} {{ GRAPH ?g {{}} }}")
    assert set(store.construct(f"CONSTRUCT {{ ?s :p ?o }} {both} {{ ?s :memberOf ?o }}")) == set(
        triples(":a :p :n . :b :p :n .")
    )
    assert len(store.construct(f"CONSTRUCT {both} WHERE {{ ?s ?p ?o }}")) == 3
    assert len(store.construct(f"DESCRIBE :a :b {both}")) == 3
    counted = f"SELECT (COUNT(*) AS ?n) {both} {{ {{ SELECT ?s {{ ?s ?p ?o }} }} }}"
    [[number]] = store.select(counted).rows
    assert "3" in str(number)


def test_a_dataset_goes_with_every_form(store: Store) -> None:
    """ASK and CONSTRUCT take it as SELECT does."""
    merged = Dataset((G, H), ())
    assert b"true" in store.answer("ASK { :a :label ?l . :b :memberOf :n }", XML, merged)
    written = store.answer("CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES, merged)
    assert len(written.splitlines()) == 3


def test_the_word_from_elsewhere_is_no_clause(store: Store) -> None:
    """In a string, in a comment, in the name of a variable."""
    query = """SELECT ?from { ?from :label ?l FILTER(?l != "FROM <g> FROM <h>") } # FROM :g FROM :h
    """
    assert rows(store, query) == [("a",)]


def test_a_graph_needs_a_whole_iri_for_a_name(store: Store) -> None:
    """The error quotes what is none."""
    with pytest.raises(CallError, match="no iri"):
        store.answer(ALL, JSON, Dataset(("no iri",), ()))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROMx:g FROM :h { ?s ?p ?o }",
        "SELECT * FROMNAMED<http://example.org/g> FROM :h { ?s ?p ?o }",
        "SELECT * FROM NAMEDx:g { ?s ?p ?o }",
        "DESCRIBE :a FROMx:g",
    ],
)
def test_a_clause_with_two_readings_is_refused(store: Store, query: str) -> None:
    """By the grammar one name, to the engine a keyword and a name."""
    with pytest.raises(QuerySyntaxError, match="space") as caught:
        store.answer(f"PREFIX x: <http://example.org/> {query}", JSON)
    assert caught.value.line == 1


def test_a_clause_that_does_not_parse_has_a_place(store: Store) -> None:
    """As everything else in a query has."""
    with pytest.raises(QuerySyntaxError) as caught:
        store.answer("SELECT *\n FROM no:g FROM :h { ?s ?p ?o }", JSON)
    assert (caught.value.line, caught.value.column) == (2, 7)
