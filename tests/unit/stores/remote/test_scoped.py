from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.stores.remote.portable import joined, parse, portable
from reti_graph.stores.remote.scoped import Scope, in_full, names_graphs, scoped
from tests.unit.stores.remote.engines import BASE, PREFIXES, quads, union_of

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN = Scope(BASE)
APART = Scope(BASE, f"{BASE}release/union")
SITE = """
    :g { :a :p :b . :a :q "1" } :h { :a :p :b . :b :p :a } :released { :a :p :c }
"""
OTHERS = """
    :release { :a :p :b . :release :version "1" } <http://example.org/release/undo> { :a :q :x }
    <http://other.example/> { :a :p :x . :b :q :b } <http://example.or/> { :a :p :y }
"""


def site() -> ox.Store:
    """Give the embedded store: the site's graphs and their union."""
    return _store(quads(SITE), None)


def elsewhere(scope: Scope) -> ox.Store:
    """Give a store that also holds what is none of the site's; the union is where it is written."""
    store = _store(quads(SITE), scope.union)
    store.extend(quads(OTHERS))
    return store


def _store(held: Sequence[ox.Quad], union: str | None) -> ox.Store:
    store = ox.Store()
    store.extend([*held, *union_of(held, union)])
    return store


def said(query: str, scope: Scope) -> str:
    """Return what goes out for a query."""
    parse(query, PREFIXES)
    return scoped(portable(query, PREFIXES), scope)


def found(store: ox.Store, query: str, **prefixes: str) -> Counter[str]:
    """Return the rows, triples or truth of an answer; a query without prefixes has whole IRIs."""
    answer = store.query(query, prefixes=prefixes)
    if isinstance(answer, ox.QueryBoolean):
        return Counter([str(bool(answer))])
    if isinstance(answer, ox.QueryTriples):
        return Counter(set(map(str, answer)))
    names = sorted(variable.value for variable in answer.variables)
    return Counter(str([str(row[name]) for name in names]) for row in answer)


subjects = st.sampled_from(["?s", "?s", "?o", ":a"])
values = st.sampled_from(["?o", "?x", "?o", ":b"])
triples = st.builds("{} {} {} .".format, subjects, st.sampled_from([":p", "?p", ":p"]), values)
variables = st.sampled_from(["?g", "?h", "?g", "?x"])
graphs = st.sampled_from(["?g", "?h", "?g", "?o", ":g", ":release", "<http://other.example/>"])
# With no triple of its own in it, Oxigraph leaves the variable of a GRAPH unbound.
passages = st.builds("GRAPH {} {{ {} }} .".format, graphs, triples)


def groups(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Give what has groups in it."""
    return st.one_of(
        st.builds("GRAPH {} {{ {} {} }} .".format, graphs, triples, inside),
        st.builds("{} {}".format, passages, inside),
        st.builds("OPTIONAL {{ {} }}".format, inside),
        st.builds("{{ {} }} UNION {{ {} }}".format, inside, inside),
        st.builds("{} MINUS {{ {} }}".format, triples, inside),
        st.builds("{} FILTER EXISTS {{ {} }}".format, triples, inside),
        st.builds("{} FILTER NOT EXISTS {{ {} }}".format, triples, inside),
    )


plain = st.recursive(st.one_of(passages, passages, triples), groups, max_leaves=4)
# In a GRAPH, Oxigraph asks a SELECT of all graphs when it does not give the variable of the GRAPH.
patterns = st.one_of(
    plain, st.builds("{{ SELECT {} {{ {} }} }} {}".format, variables, plain, plain)
)
queries = st.one_of(
    st.builds("SELECT * {{ {} }}".format, patterns),
    st.builds("SELECT * {{ {} }} VALUES ?g {{ :g :release }}".format, patterns),
    st.builds("SELECT (COUNT(*) AS ?n) WHERE {{ {} }}".format, patterns),
    st.builds("SELECT (EXISTS {{ {} }} AS ?is) {{ {} }}".format, patterns, patterns),
    st.builds("ASK {{ {} }}".format, patterns),
    st.builds("CONSTRUCT {{ ?s :has ?g }} WHERE {{ {} }}".format, patterns),
    st.builds("CONSTRUCT WHERE {{ {} }}".format, triples),
)


@given(queries, st.sampled_from([OWN, APART]))
def test_a_query_finds_what_it_finds_in_the_embedded_store(query: str, scope: Scope) -> None:
    """Whatever else the store has, and wherever the union is kept."""
    assert found(elsewhere(scope), said(query, scope)) == found(site(), query, **PREFIXES)


@pytest.mark.parametrize(
    "name", ["release", "release/", "release/undo", "release/union", "release/default"]
)
def test_what_is_kept_beside_the_graphs_is_none_of_them(name: str) -> None:
    """It stands in `<base>release` and below."""
    assert not OWN.has(BASE + name)


@pytest.mark.parametrize("name", ["", "g", "released", "a/release", "release-notes"])
def test_graphs_of_the_site_are_those_below_its_base(name: str) -> None:
    """They may begin with the word that is kept."""
    assert OWN.has(BASE + name)


def test_other_namespaces_are_none_of_the_sites() -> None:
    """Not even one that the base begins with."""
    assert not OWN.has("http://other.example/")
    assert not OWN.has(BASE[:-1])


def test_a_graph_that_is_not_the_sites_is_not_asked_for() -> None:
    """Its name does not even go out."""
    assert "other.example" not in said("ASK { GRAPH <http://other.example/> {} }", OWN)
    assert f"<{BASE}g>" in said("ASK { GRAPH :g {} }", OWN)


def test_no_pattern_of_data_or_of_a_template_is_put_in_a_graph() -> None:
    """Nor one in a GRAPH already."""
    text = said("CONSTRUCT { :a :b ?x } { ?x ?y ?z } VALUES ?x { :a }", APART)
    assert text.count("GRAPH") == 1
    parse(text, {})


def test_the_short_form_of_construct_gets_a_template() -> None:
    """GRAPH could not stand in it."""
    query = portable("CONSTRUCT FROM :g WHERE { ?s :p ?o . } LIMIT 2", PREFIXES)
    text = joined(in_full(query))
    assert text.count("{") == 2
    assert set(ox.Store().query(text)) == set()  # type: ignore[arg-type]  # a graph
    other = portable("CONSTRUCT { ?s :p ?o } WHERE { ?s :p ?o }", PREFIXES)
    assert in_full(other) == other


def test_whether_a_graph_is_named_outright_is_seen() -> None:
    """A variable names none."""
    assert names_graphs(portable("ASK { ?a ?b ?c GRAPH :g {} }", PREFIXES))
    assert not names_graphs(portable("ASK { GRAPH ?g { ?a :p ?c } }", PREFIXES))
