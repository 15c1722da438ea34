from __future__ import annotations

import pytest

from reti_graph.errors import GateError
from reti_graph.stores.remote.guards import guard
from reti_graph.stores.remote.portable import parse, portable
from tests.unit.stores.remote.engines import PREFIXES


def guarded(query: str) -> None:
    """Let a query through or not."""
    parse(query, PREFIXES)
    guard(portable(query, PREFIXES))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s <bif:contains> 'x' }",
        "PREFIX bif: <bif:> SELECT * { ?s bif:contains 'x' }",
        "BASE <sql:x> SELECT * { ?s <y> 'x' }",
        "SELECT * { ?s <java:java.lang.System> ?o }",
        "SELECT * { ?s <tag:stardog:api:property:textMatch> ?o }",
        "SELECT * { ?s a <JAVA:x> }",
        "SELECT * { ?s ?p ?o . ?s !(<a:p>|^<sql:x>)/<a:q>* 'x' }",
        r"SELECT * { ?s <\u0062if:contains> 'x' }",
        r"PREFIX t: <tag:star\u0064og:api:> SELECT * { ?s t:x ?o }",
        "SELECT * { ?s <http://jena.apache.org/ARQ/property#splitIRI> ?o }",
        "SELECT * { ?s <http://www.openlinksw.com/schemas/bif#contains> ?o }",
        "SELECT * { <http://aws.amazon.com/neptune/vocab/v01/QueryHints#Query> ?p ?o }",
    ],
)
def test_what_belongs_to_an_engine_is_refused(query: str) -> None:
    """However its name is written."""
    with pytest.raises(GateError, match="not answered here"):
        guarded(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o FILTER :f(?o) }",
        "SELECT * { ?s ?p ?o FILTER(:f(?o)) }",
        "SELECT * { ?s ?p ?o FILTER(?o = 1 && !:f()) }",
        "SELECT (:f(?o) AS ?x) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o BIND(<http://example.org/f>(?o) AS ?x) }",
        "SELECT * { ?s ?p ?o } ORDER BY ?s :f(?o)",
        "SELECT * { ?s ?p ?o } ORDER BY DESC(:f(?o))",
        "SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY :f(?s) } }",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s :f(?o)",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING :f(?s)",
        "SELECT * { ?s ?p ?o FILTER(?o IN (1, :f(?o))) }",
        "SELECT * { ?s ?p ?o FILTER(IF(:f(?o), 1, 2)) }",
        "SELECT (COUNT(:f(?o)) AS ?n) { ?s ?p ?o }",
    ],
)
def test_a_function_with_a_name_is_refused(query: str) -> None:
    """Wherever an expression may stand; engines have some that do more than to calculate."""
    with pytest.raises(GateError, match=r"function <http://example.org/\w+>") as caught:
        guarded(query)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    "iri",
    [
        "a:p",
        "ark:/12148/btv1b8449691v",
        "did:example:123",
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "ipfs://bafybeigdyrzt",
        "javax:x",
        "mailto:a@example.org",
        "sqlite:x",
        "tag:example.org,2026:x",
        "tel:+39",
        "urn:bif:contains",
    ],
)
def test_a_name_of_data_is_let_through_whatever_its_scheme(iri: str) -> None:
    """An engine compares it with what it holds, and does nothing else with it."""
    guarded(
        f"SELECT * {{ <{iri}> <{iri}> <{iri}> ; <{iri}>/^<{iri}> ?o GRAPH <{iri}> {{ ?s a ?t }} }}"
    )
    guarded(f"DESCRIBE <{iri}>")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (xsd:integer(?o) AS ?x) { ?s ?p ?o FILTER xsd:boolean(?o) } ORDER BY xsd:date(?o)",
        "SELECT * { ?s :p (1 2) ; :q ( :a ) }",
        "SELECT * { ?s :p/(:q|:r) ?o . FILTER(?o > 1) ?s :p (1) }",
        "SELECT * { [ :p (1) ] ?p (1 (2) :a) }",
        "SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 1 } ?s :p (1) }",
        "SELECT * { VALUES (?a ?b) { (:a :b) (:c :d) } ?a (:p) ?b }",
        "SELECT * { ?s ?p <urn:x> FILTER(?s = <a:b> || ?s IN (<a:c>, <a:d>)) }",
        "CONSTRUCT { ?s :p (1) } WHERE { ?s :p () }",
        "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(*) > 1) VALUES (?s) { (:a) }",
    ],
)
def test_what_is_plain_sparql_is_let_through(query: str) -> None:
    """Casts, lists, paths and names of data."""
    guarded(query)
