from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reti_graph.canned.choices import Choices
from reti_graph.canned.parameters import StoredThings
from reti_graph.canned.query import Param
from reti_graph.config import parse_settings
from reti_graph.describe import Page, ThingNames, describe, is_known, quad_description
from reti_graph.errors import QuerySyntaxError, UnknownThingError
from reti_graph.lexer import tokens
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.remote.trust import complicated
from tests.strategies import sparql_like
from tests.unit.settings_texts import MINIMAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset, Solutions

DATA: Final = """
@prefix : <https://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix reti: <https://w3id.org/reti-graph/ontology#> . @prefix prov: <http://www.w3.org/ns/prov#> .
:source\\/page { :source\\/page <http://purl.org/dc/terms/title> "La pagina"@it . }
:source\\/page\\/one {
  :source\\/page\\/one reti:quote "Milano è in C40"@it ; prov:wasQuotedFrom :source\\/page .
  :id\\/city\\/milan :in :id\\/network\\/c40 ; rdfs:label "Milano"@it .
  :id\\/network\\/c40 rdfs:label "C40"@it .
}
"""

SIMPLE: Final = (
    "SELECT * { ?s ?p ?o }",
    "select ?s where { ?s a <urn:T> ; <urn:p> ?o , 'text' , \"testo\"@it . }",
    "SELECT ?o { ?s <urn:p> ?o ; <urn:q> <urn:a> ; ; a ?t ; . ?t ?p 'x' }",
    "PREFIX e: <http://e.org/> BASE <http://e.org/> SELECT ?s { ?s e:p <x> }",
    "SELECT DISTINCT ?s { ?s ?p ?o }",
    "SELECT DISTINCT ?s ?p { ?s ?p ?o } ORDER BY ?p DESC(?s)",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p",
    "SELECT ?s ?o { ?s <urn:p> ?o OPTIONAL { ?s <urn:q> ?l FILTER(LANG(?l) = 'it') } }",
    "SELECT * { ?s <urn:p> ?o OPTIONAL { GRAPH ?g { ?s <urn:p> ?o } } FILTER(!BOUND(?g)) }",
    "SELECT * { { ?s <urn:p> ?o } UNION { ?o <urn:q> ?s } UNION { GRAPH <urn:g> { ?s a ?o } } }",
    "SELECT * { VALUES ?s { <urn:a> <urn:b> } ?s ?p ?o FILTER(?p IN (<urn:p>, <urn:q>)) }",
    "SELECT * { VALUES (?s ?x) { (<urn:a> 'a') (<urn:b> 'b'@it) } ?s ?p ?x }",
    "SELECT * { ?s ?p ?o FILTER(?s != <urn:a> && (STRSTARTS(STR(?s), 'urn:'))) }",
    "SELECT * { ?s ?p ?o FILTER STRSTARTS(STR(?s), CONCAT(STR(?p), '#')) }",
    "SELECT * { ?s ?p ?o BIND(<urn:x> AS ?x) BIND(?s AS ?t) OPTIONAL { ?s <urn:q> ?y } }",
    "SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 5 OFFSET 2 } ?s <urn:q> ?l }",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 9000 OFFSET 1000",
    "SELECT ?s { ?s ?p ?o } LIMIT 3",
    "SELECT * { ?a <urn:p> ?x . ?x <urn:q> ?y . ?b <urn:q> ?x }",
    "SELECT * { ?a <urn:p> ?x OPTIONAL { ?a <urn:p> ?x . ?a <urn:q> ?y } }",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s <urn:q> ?o . <urn:s> ?p 'text' } WHERE { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s <urn:p> ?o }",
    "DESCRIBE <urn:a> <urn:b>",
    "DESCRIBE ?s { ?s a <urn:T> }",
)
# Each with the words that tell what it is, and all of them something that Virtuoso gets wrong.
COMPLICATED: Final[dict[str, str]] = {
    "SELECT * FROM <urn:g> { ?s ?p ?o }": "FROM",
    "SELECT ?s { ?s ?p ?o } LIMIT -1": '"-"',
    "SELECT ?p (COUNT(*) AS ?o) { ?s ?p ?o } GROUP BY ?p": "COUNT(*) AS ?o",
    "SELECT REDUCED ?s { ?s ?p ?o }": "REDUCED",
    "SELECT * { ?s <urn:p>+ ?o }": '"+"',
    "SELECT * { ?s <urn:p>/<urn:q> ?o }": '"/"',
    "SELECT * { ?s ^<urn:p> ?o }": '"^"',
    "SELECT * { ?s !(<urn:p>) ?o }": '"!"',
    "SELECT * { ?s ?p 1 }": "a number",
    "SELECT * { ?s ?p true }": "TRUE",
    "SELECT * { ?s ?p '2020'^^<urn:year> }": "a literal with a datatype",
    "SELECT * { ?s ?p '' }": "an empty, escaped or long text",
    r"SELECT * { ?s ?p 'a\nb' }": "an empty, escaped or long text",
    "SELECT * { ?s ?p [] }": "a blank node",
    "SELECT * { ?s ?p _:b }": "a blank node",
    "SELECT * { ?s ?p (<urn:a>) }": '"("',
    "SELECT * { ?è ?p ?o }": "a variable",
    "SELECT * { ?s ?p ?s }": "a variable twice in a pattern",
    "SELECT * { GRAPH ?s { ?s ?p ?o } }": "a variable twice in a pattern",
    "SELECT * { GRAPH ?g { ?s ?p ?o OPTIONAL { ?s ?q ?x } } }": "more than triples in GRAPH",
    "SELECT * { GRAPH ?g {} }": "a group without triples",
    "SELECT * {}": "a group without triples",
    "SELECT * { VALUES ?s { <urn:a> } }": "a group without triples",
    "SELECT * { { ?s ?p ?o } UNION { VALUES ?s { <urn:a> } } }": "a group without triples",
    "SELECT * { FILTER(BOUND(?s)) }": "a group without triples",
    "SELECT * { <urn:a> <urn:p> <urn:b> }": "SELECT * without variables",
    "SELECT * { ?s ?p ?o MINUS { ?s <urn:q> ?x } }": "MINUS",
    "SELECT * { ?s ?p ?o FILTER EXISTS { ?o ?q ?s } }": "EXISTS",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?o ?q ?s } }": "NOT",
    "SELECT * { ?s ?p ?o FILTER(?o > 1) }": '">"',
    "SELECT * { ?s ?p ?o FILTER(?s = ?p) }": "a variable",
    "SELECT * { ?s ?p ?o FILTER(?o = <urn:a>) }": "FILTER by the value of ?o",
    "SELECT * { ?s ?p ?o FILTER(?s = <urn:a> || ?p = <urn:b>) }": '"||"',
    "SELECT * { ?s ?p ?o FILTER(STRSTARTS(STR(?s), '')) }": "an empty, escaped or long text",
    "SELECT * { ?s ?p ?o FILTER(BOUND(?o)) }": "BOUND(?o)",
    "SELECT * { ?s ?p ?o FILTER REGEX(?o, 'a') }": "REGEX",
    "SELECT * { ?s ?p ?o FILTER(<urn:f>(?o)) }": '"<urn:f>"',
    "SELECT (STR(?s) AS ?t) { ?s ?p ?o }": "STR",
    "SELECT * { ?s ?p ?o BIND(STR(?s) AS ?t) }": "STR",
    "SELECT * { VALUES ?s { UNDEF } ?s ?p ?o }": "UNDEF",
    "SELECT * { ?s ?p ?o } VALUES ?s { <urn:a> }": "VALUES",
    "SELECT ?s { ?s ?p ?o } OFFSET 3": "OFFSET without ORDER BY and LIMIT",
    "SELECT ?s { ?s ?p ?o } LIMIT 9 OFFSET 3": "OFFSET without ORDER BY and LIMIT",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 9999 OFFSET 2": "more than the first 10000 rows",
    "SELECT ?s { ?s ?p ?o OPTIONAL { ?o ?q ?x } } ORDER BY ?s LIMIT 3": "the first rows of",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?p": "ORDER BY ?p",
    "SELECT ?s { ?s ?p ?o } ORDER BY STR(?s)": "STR",
    "SELECT DISTINCT ?o { ?s ?p ?o }": "DISTINCT, GROUP BY or ORDER BY of ?o",
    "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s": "DISTINCT, GROUP BY or ORDER BY of ?o",
    "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o": "DISTINCT, GROUP BY or ORDER BY of ?o",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s": "GROUP BY without COUNT(*)",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }": "COUNT(*) without GROUP BY",
    "SELECT (SUM(?o) AS ?n) { ?s ?p ?o }": "SUM",
    "SELECT (COUNT(*) AS ?n) (COUNT(*) AS ?m) { ?s ?p ?o }": '"("',
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING(COUNT(*) > 1)": "HAVING",
    "SELECT ?x { ?s ?p ?o }": "a column ?x that nothing binds",
    "SELECT * { ?a <urn:p> ?x . ?b <urn:q> ?x }": "values that ?x compares",
    "SELECT * { ?a <urn:p> ?x { ?b <urn:q> ?x } }": "values that ?x compares",
    "SELECT * { ?a <urn:p> ?x OPTIONAL { ?b <urn:q> ?x } }": "values that ?x compares",
    "SELECT * { ?a <urn:p> ?x OPTIONAL { ?x <urn:r> ?y } OPTIONAL { ?b <urn:q> ?x } }": "values",
    "SELECT * { { SELECT ?x { ?a <urn:p> ?x } } ?b <urn:q> ?x }": "values that ?x compares",
    "SELECT * { ?s ?p ?o OPTIONAL { ?s <urn:q> ?x } ?s <urn:r> ?x }": "?x, which no pattern",
    "SELECT * { ?s ?p ?o OPTIONAL { ?s <urn:q> ?x } OPTIONAL { ?s <urn:q> ?x } }": "?x, which no",
    "SELECT * { { ?s a ?x } UNION { ?s ?p ?o } ?y <urn:r> ?x }": "?x, which no pattern need bind",
    "SELECT * { ?s ?p ?o OPTIONAL { ?s <urn:q> ?x FILTER(BOUND(?o)) } }": "BOUND(?o)",
    "SELECT * { ?s ?p ?o OPTIONAL { ?s <urn:q> ?x OPTIONAL { ?s <urn:r> ?y } } }": "more than",
    "SELECT * { ?s ?p ?o BIND(?x AS ?y) }": "BIND of what may be unbound",
    "SELECT * { ?s ?p ?o BIND(<urn:a> AS ?x) VALUES ?x { <urn:b> } }": "?x, which no pattern",
    "SELECT * { GRAPH ?g { ?s ?p ?o } BIND(?s AS ?t) OPTIONAL { ?s a ?x } }": "BIND and OPTIONAL",
    "SELECT * { ?s ?p ?o OPTIONAL { ?s a ?x } BIND(?s AS ?t) FILTER(?s != <urn:a>) }": "BIND and",
    "SELECT DISTINCT ?t { ?s ?p ?o BIND(?s AS ?t) }": "DISTINCT, GROUP BY or ORDER BY of ?t",
    "CONSTRUCT { ?o <urn:p> ?s } WHERE { ?s ?p ?o }": "?o, which may be no IRI or nothing",
    "DESCRIBE ?x { ?s ?p ?o }": "?x, which may be no IRI or nothing",
    "SELECT * { " + "?s <urn:p> ?o . " * 13 + "}": "more than 12 triple patterns",
    "SELECT * { VALUES ?s { " + "<urn:abc> " * 20_001 + "} ?s ?p ?o }": "more than 200000",
    "ASK { ?s ?p ?o ": "an end too early",
    "ASK { ?s ?p ?o } }": "what cannot be read",
    "ASK { ?s ?p 'o }": "what cannot be read",
    "INSERT DATA { <urn:s> <urn:p> 'o' }": "INSERT",
}


@pytest.mark.parametrize("query", SIMPLE)
def test_a_simple_query_is_trusted(query: str) -> None:
    """What Virtuoso was seen to do right, in tests/stores."""
    ox.Store().query(query)
    assert complicated(query) is None


@pytest.mark.parametrize("query", COMPLICATED)
def test_what_is_not_trusted_is_named(query: str) -> None:
    """The first feature of the query that an engine may get wrong, in words."""
    told = complicated(query)
    assert told is not None
    assert told.startswith(COMPLICATED[query])


@given(st.one_of(sparql_like, st.sampled_from([*SIMPLE, *COMPLICATED])))
def test_only_what_parts_tokens_does_not_matter(text: str) -> None:
    """Any text is judged, and spaces and comments change nothing in it."""
    try:
        parts = list(tokens(text))
    except QuerySyntaxError:
        assert complicated(text) is not None
        return
    assume(len(text) < 1_000)
    spaced = "".join("\n# MINUS {\n" if part.blank else part.text for part in parts)
    assert complicated(spaced) == complicated(text)


class Judging:
    """A store that keeps what makes any query that it is asked complicated."""

    def __init__(self) -> None:
        self._store = EmbeddedStore.of(ox.parse(DATA, format=ox.RdfFormat.TRIG))
        self.asked = 0
        self.found: list[tuple[str, str]] = []

    def ask(self, query: str) -> bool:
        """See `Store.ask`."""
        return self._store.ask(self._judged(query))

    def select(self, query: str) -> Solutions:
        """See `Store.select`."""
        return self._store.select(self._judged(query))

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """See `Store.construct`."""
        return self._store.construct(self._judged(query))

    def answer(self, query: str, target: Format, dataset: Dataset | None = None) -> bytes:
        """See `Store.answer`."""
        return self._store.answer(self._judged(query), target, dataset)

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """See `Store.replace`."""
        self._store.replace(graph, triples)

    def _judged(self, query: str) -> str:
        self.asked += 1
        told = complicated(query)
        self.found += [] if told is None else [(told, query)]
        return query


@pytest.mark.parametrize("page", [None, Page(number=1, size=1), Page(number=2, size=1)])
@pytest.mark.parametrize("name", ["id/city/milan", "id/network/c40", "source/page/one", "no/one"])
def test_what_documents_ask_is_simple(name: str, page: Page | None) -> None:
    """So that documents come from the store itself, whatever else it is not trusted with."""
    store, thing = Judging(), ox.NamedNode(f"https://example.org/{name}")
    if is_known(store, thing):
        assert describe(store, thing, page=page).labels
        assert quad_description(store, thing, page=page).quads
    else:
        with pytest.raises(UnknownThingError):
            describe(store, thing, page=page, names=ThingNames())
    assert store.asked
    assert store.found == []


def test_what_parameters_ask_is_simple() -> None:
    """So are the choices of a parameter, and whether a name is one of them."""
    store, settings = Judging(), parse_settings(MINIMAL)
    param = Param(name="city", type="iri", label={}, example="milan", kinds=("city",))
    assert [choice.value for choice in Choices(store, settings).of(param)] == ["milan"]
    assert StoredThings(store).has(ox.NamedNode("https://example.org/id/city/milan"))
    assert list(StoredThings(store).slugs("https://example.org/id/city/")) == ["milan"]
    assert store.found == []
