from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import QuerySyntaxError
from reti_graph.stores.remote.portable import joined, parse, portable, unused
from tests.unit.stores.remote.engines import BASE, PREFIXES, quads
from tests.unit.stores.remote.test_scoped import found, queries

HELD = ox.Store()
HELD.extend(quads(":a :p :b , 1 . :b :p 'x' . :g { :a :q :b }"))


def whole(query: str) -> str:
    """Return a query as it goes out."""
    parse(query, PREFIXES)
    return joined(portable(query, PREFIXES))


@given(queries, st.sampled_from([" ", "\n", ' # it\'s <not> "part"\n', "\t\t"]))
def test_a_query_means_the_same_in_other_words(query: str, blank: str) -> None:
    """Without a prologue, comments and prefixes."""
    spaced = query.replace(" ", blank)
    written = whole(spaced)
    assert "#" not in written
    assert found(HELD, written) == found(HELD, query, **PREFIXES)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { :a :p ?o FILTER(?o <2&& ?o>0) }",
        "SELECT * { :a :p ?o FILTER(?o<:b||isIRI(?o)) }",
        'SELECT * { ?s :p "x"^^xsd:string }',
        "SELECT * { ?s :p +1 }",
        "SELECT (?o-1 AS ?x) { ?s :p ?o }",
        "SELECT * { ?s :p/:p|^:p ?o }",
        "SELECT * { ?s !(:p|^a) ?o }",
        "PREFIX : <http://example.org/> BASE <http://example.org/x/> SELECT * { <../a> :p ?o }",
        "PREFIX a: <urn:no> PREFIX a: <http://example.org/> SELECT * { a:a a:p ?o }",
        r"SELECT * { <http://example.org/\u0061> :p ?o }",
        r"PREFIX e: <http://example.> SELECT * { e:org\/a :p ?o }",
        "SELECT $o { $s :p ?o }",
        "SELECT * { ?s :p '''x''' } # the end",
        "SELECT*{?s:p?o}",
    ],
)
def test_every_way_to_write_a_name_is_understood(query: str) -> None:
    """As pyoxigraph itself does."""
    assert found(HELD, whole(query)) == found(HELD, query, **PREFIXES)


def test_no_name_needs_a_prefix_when_it_goes_out() -> None:
    """Engines have prefixes of their own: bif: is not what a query declares it to be."""
    query = "PREFIX bif: <http://example.org/> SELECT * { ?s bif:p ?o ; a bif:c }"
    assert whole(query) == f"SELECT * {{ ?s  <{BASE}p>  ?o ; a  <{BASE}c>  }}"


def test_clauses_of_a_dataset_do_not_go_out() -> None:
    """The dataset goes beside the query."""
    written = whole("SELECT * FROM :g FROM NAMED <http://example.org/h> WHERE { ?from ?p 'FROM' }")
    assert written.upper().count("FROM") == 2
    assert "h>" not in written


def test_tokens_keep_their_place() -> None:
    """For messages about them."""
    tokens = portable("PREFIX e: <urn:e:>\nASK {\n ?s e:p ?o }", {})
    assert [(each.line, each.column) for each in tokens if each.text == "<urn:e:p>"] == [(3, 5)]


@pytest.mark.parametrize("query", ["ASK{}UNIONGRAPH", "SELECT * { ?s ?p ?o } LIMIT1VALUES"])
def test_words_that_stick_together_are_no_words(query: str) -> None:
    """A keyword that says what a group is must be seen."""
    with pytest.raises(QuerySyntaxError):
        portable(query, {})


def test_a_keyword_that_sticks_to_a_name_is_refused() -> None:
    """To pyoxigraph it is two words, to the grammar one name."""
    query = "ASK { { ?a ?b ?c } UNION { ?a ?b ?c FILTERx:f(?a) } }"
    with pytest.raises(QuerySyntaxError, match="space"):
        portable(query, {"x": "urn:x:"})


def test_a_query_with_a_mistake_has_a_place() -> None:
    """The one it has in the embedded store."""
    with pytest.raises(QuerySyntaxError, match="no:") as caught:
        parse("SELECT * {\n ?s no:p ?o }", PREFIXES)
    assert (caught.value.line, caught.value.column) == (2, 5)


def test_reading_a_query_evaluates_nothing() -> None:
    """Neither of these would ever end; the first has the name that is thought of first."""
    numbers = " ".join(map(str, range(100)))
    many = " ".join(f"VALUES ?v{each} {{ {numbers} }}" for each in range(8))
    parse(f"SELECT (COUNT(*) AS ?unread0) {{ {many} }}", {})
    parse(f"ASK {{ {many} FILTER(?v0 < 0) }}", {})


def test_a_new_name_is_in_no_query() -> None:
    """However many are taken."""
    assert unused("x", "?x0 ?x1") == "x2"
