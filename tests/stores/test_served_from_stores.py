"""The site served from stores of other makes, beside the same site served from its own memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pytest

from reti_graph.gate import QueryForm
from tests.stores.asking import RICH, canned, check_same, documents, things
from tests.stores.comparing import told
from tests.stores.serving import served, served_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from reti_graph.release import Release
    from tests.stores.loading import Loaded

SUFFIXES: Final = ("it.html", "en.html", "ttl", "jsonld", "nt", "nq", "trig", "rdf")
TABLES: Final = ("json", "xml", "csv", "tsv", "html")
GRAPHS: Final = ("ttl", "nt", "trig", "html")
PAGES: Final = (
    "/",
    "/?lang=en",
    "/openapi.json",
    "/queries",
    "/sparql",
    "/doc/city/milan?page=2",
    "/doc/city/milan.trig?page=3",
    "/doc/city/milan?page=99999",
    "/doc/city/milann",
    "/id/city/milan",
    "/id/city/milann",
    "/nothing/of/the/kind",
    "/query/members?network=no-such",
    "/query/members.html?network=no-such",
    "/query/no-such",
)
C40: Final = "network:c40"
ASKED: Final = (
    "ASK { network:c40 a reti:Network }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?label { network:c40 rdfs:label ?label } ORDER BY ?label",
    "SELECT ?g { GRAPH ?g { network:c40 reti:scope ?scope } } ORDER BY ?g",
    "SELECT ?n { ?n a reti:Network MINUS { ?n reti:scope ?scope } } ORDER BY ?n",
    "SELECT ?n { ?n a reti:Network FILTER NOT EXISTS { ?n reti:topic ?t } } ORDER BY ?n",
    "SELECT ?n (COUNT(?m) AS ?c) { ?m org:organization ?n } GROUP BY ?n ORDER BY ?n",
    "SELECT ?l { VALUES ?n { network:c40 network:eurocities } ?n rdfs:label ?l } ORDER BY ?l",
    "SELECT DISTINCT ?x { network:c40 (^org:organization/org:member)|rdf:type ?x } ORDER BY ?x",
    "SELECT ?n { ?n a reti:Network } ORDER BY ?n LIMIT 3 OFFSET 2",
    "SELECT ?l (STRLEN(?l) AS ?n) { network:c40 rdfs:label ?l FILTER(LANG(?l) = 'en') }",
    "CONSTRUCT { ?n rdfs:label ?l } WHERE { ?n a reti:Network ; rdfs:label ?l }",
    "DESCRIBE network:c40",
    "SELECT * FROM <https://w3id.org/reti-graph/ontology> { ?s a owl:Class } ORDER BY ?s",
    "SELECT * { GRAPH <https://w3id.org/reti-graph/release> { ?s ?p ?o } }",
    # Names of data, though of schemes that an engine may never have seen.
    "SELECT * { ?s <a:p> ?o }",
    "SELECT ?s { ?s rdfs:label ?l FILTER(?s IN (network:c40, <file:///etc/passwd>)) } ORDER BY ?s",
    "ASK { <file:///etc/passwd> ?p ?o }",
    # What is refused, with its place.
    "SELECT * { ?s ?p }",
    "SELECT * { ?s no:no ?o }",
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
)


@pytest.fixture(scope="module")
def near(release: Release) -> Iterator[TestClient]:
    """Give the site from its own memory."""
    with served(release) as client:
        yield client


@pytest.fixture(scope="module")
def far(elsewhere: Loaded, release: Release) -> Iterator[TestClient]:
    """Give the site from each other store."""
    with served_from(elsewhere.remote, release) as client:
        yield client


def test_every_kind_of_document_is_the_same(
    near: TestClient, far: TestClient, release: Release
) -> None:
    """As a page and as quads; and so is the way there from the thing."""
    names = things(release)
    assert len(names) > 30
    check_same(near, far, documents(names, ("it.html", "trig")))
    check_same(near, far, [f"/{name}" for name in names])


def test_documents_are_the_same_in_every_format_and_language(
    near: TestClient, far: TestClient
) -> None:
    """Those of which there is much to say."""
    check_same(near, far, documents(RICH, SUFFIXES))


def test_every_other_page_is_the_same(near: TestClient, far: TestClient) -> None:
    """With what is wrong with an address, and what looks like the name it meant."""
    check_same(near, far, PAGES)


def test_every_canned_query_is_answered_the_same(
    near: TestClient, far: TestClient, release: Release
) -> None:
    """As data, and as a page."""
    for query in release.queries:
        graph = query.form not in {QueryForm.SELECT, QueryForm.ASK}
        check_same(near, far, canned(query, ("ttl", "html") if graph else ("json", "html")))


def test_canned_queries_are_answered_the_same_in_every_format(
    near: TestClient, far: TestClient, release: Release
) -> None:
    """One with rows, one with a graph."""
    queries = {query.name: query for query in release.queries}
    check_same(near, far, canned(queries["networks"], TABLES))
    check_same(near, far, canned(queries["network-map"], GRAPHS))


@pytest.mark.parametrize("query", ASKED)
def test_a_query_of_ones_own_is_answered_the_same(
    near: TestClient, far: TestClient, query: str
) -> None:
    """Or refused the same, with line and column; by GET, by POST, as a page."""
    asked = f"/sparql?query={quote(query)}"
    check_same(near, far, [asked, f"{asked}&format=html"])
    answers = [told(client.post("/sparql", data={"query": query})) for client in (near, far)]
    assert answers[0] == answers[1]


def test_the_dataset_of_the_protocol_is_the_same(near: TestClient, far: TestClient) -> None:
    """One graph, several with a triple in each, and graphs by name (2.1.4)."""
    base = "https://w3id.org/reti-graph/"
    graphs = [f"{base}ontology", f"{base}source/editorial/networks"]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    pairs = [
        [("query", query), *((kind, graph) for graph in given)]
        for query in (count, named)
        for kind in ("default-graph-uri", "named-graph-uri")
        for given in (graphs[:1], graphs)
    ]
    check_same(near, far, [f"/sparql?{urlencode(each)}" for each in pairs])


def test_health_is_good_all_the_while(far: TestClient, release: Release) -> None:
    """The store was asked whatever the other tests ask, and holds the release."""
    found = far.get("/health").json()
    assert (found["status"], found["store"]["state"]) == ("ok", "good")
    assert (found["release"], found["workers"]["confined"]) == (release.digest, True)
