from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.stores.datasets import dataset_of, query_over
from reti_graph.stores.port import Dataset

PREFIXES = {"e": "urn:e:"}
NODES = [ox.NamedNode(f"urn:n:{letter}") for letter in "abc"]
NAMES = [f"urn:e:{letter}" for letter in "abcd"]

nodes = st.sampled_from(NODES)
names = st.lists(st.sampled_from(NAMES), max_size=4)
quads = st.lists(
    st.builds(ox.Quad, nodes, nodes, nodes, st.sampled_from([ox.NamedNode(n) for n in NAMES]))
)
spaces = st.sampled_from([" ", "\n", "\t", " # FROM <urn:e:none>\n", "  "])
forms = st.sampled_from(
    [
        "SELECT * {} WHERE {{ ?s ?p ?o }}",
        "SELECT (COUNT(*) AS ?n) {}{{ {{ SELECT ?s {{ ?s ?p ?o }} }} }}",
        "SELECT (EXISTS {{ ?a ?b ?c }} AS ?x) {} {{}}",
        "ASK {}{{ ?from ?p 'FROM <urn:e:none>' }}",
        "CONSTRUCT {{ ?s ?p [] }} {} WHERE {{ ?s ?p ?o }}",
        "CONSTRUCT {} WHERE {{ ?s ?p ?o }}",
        "DESCRIBE ?s e:from {} WHERE {{ ?s ?p ?o }} ORDER BY ?s",
        "DESCRIBE <urn:n:a> {}",
        "PREFIX from: <urn:f:> BASE <urn:g:> SELECT DISTINCT ?s {}{{ ?s from:p ?o }}",
    ]
)


@given(st.data(), names, names)
def test_clauses_name_the_dataset(
    data: st.DataObject, default: list[str], named: list[str]
) -> None:
    """Whatever the form, the white space and the way to write a name, in the order written."""

    def written(iri: str) -> str:
        name = data.draw(st.sampled_from([f"<{iri}>", iri.replace("urn:e:", "e:")]))
        return name + data.draw(spaces)

    word = data.draw(st.sampled_from(["FROM", "from", "From"]))
    clauses = [f"{word}{data.draw(spaces)}{written(iri)}" for iri in default]
    clauses += [f"{word} NAMED{data.draw(spaces)}{written(iri)}" for iri in named]
    query = data.draw(forms).format("".join(clauses))
    expected = Dataset(tuple(default), tuple(named)) if clauses else None
    assert dataset_of(query, PREFIXES) == expected
    query_over(ox.Store(), query, PREFIXES, None)


@given(quads, names, names, st.sampled_from(["in the query", "beside it"]))
def test_the_default_graph_is_the_merge_and_named_graphs_are_apart(
    held: list[ox.Quad], default: list[str], named: list[str], said: str
) -> None:
    """Rows are the set of what the graphs hold, said in the query or beside it."""
    store = ox.Store()
    store.extend(held)
    clauses = [f"FROM <{iri}>" for iri in default] + [f"FROM NAMED <{iri}>" for iri in named]
    in_text = said == "in the query" and bool(clauses)
    dataset = None if in_text else Dataset(tuple(default), tuple(named))
    head = f"SELECT ?s ?p ?o ?g {' '.join(clauses) if in_text else ''}"

    def rows(pattern: str) -> list[tuple[object, ...]]:
        found = query_over(store, f"{head} {{ {pattern} }}", {}, dataset)
        assert isinstance(found, ox.QuerySolutions)
        return sorted((tuple(row) for row in found), key=str)

    def expected(graphs: list[str]) -> set[ox.Quad]:
        return {quad for quad in held if getattr(quad.graph_name, "value", "") in graphs}

    merged = {quad.triple for quad in expected(default)}
    assert rows("?s ?p ?o") == sorted(((*triple, None) for triple in merged), key=str)
    apart = {(*quad.triple, quad.graph_name) for quad in expected(named)}
    assert rows("GRAPH ?g { ?s ?p ?o }") == sorted(apart, key=str)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "from",
        "PREFIX from: <urn:x>",
        "SELECT * FROM",
        "SELECT * FROM NAMED",
        "FROM <urn:e:a> SELECT * {}",
        "SELECT * FROM no:g {}",
    ],
)
def test_what_is_no_query_is_left_to_the_engine(query: str) -> None:
    """It says what is wrong."""
    with pytest.raises(SyntaxError):
        query_over(ox.Store(), query, PREFIXES, None)
