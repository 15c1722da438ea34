"""The query half of the SPARQL 1.1 Protocol, its W3C test cases among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from httpx2 import Response
    from starlette.testclient import TestClient

FORM: Final = {"content-type": "application/x-www-form-urlencoded"}
DIRECT: Final = {"content-type": "application/sparql-query"}
NAME: Final = "https://example.org/nets/source/page/alpha-name"
JOINS: Final = "https://example.org/nets/source/page/alpha-joins"
COUNT: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED: Final = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def ways(client: TestClient, pairs: list[tuple[str, str]]) -> list[Response]:
    """Ask the same in the three ways of the protocol (2.1)."""
    query = dict(pairs)["query"]
    others = urlencode([pair for pair in pairs if pair[0] != "query"])
    return [
        client.get(f"/sparql?{urlencode(pairs)}"),
        client.post("/sparql", content=urlencode(pairs), headers=FORM),
        client.post(f"/sparql?{others}", content=query, headers=DIRECT),
    ]


def number(answer: Response) -> int:
    """Read the one number of an answer."""
    assert answer.status_code == 200, answer.text
    [row] = answer.json()["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT ?p { ?s ?p ?o } LIMIT 1", "application/sparql-results+json"),
        ("ASK { ?s ?p ?o }", "application/sparql-results+json"),
        ("DESCRIBE <https://example.org/nets/id/network/alpha>", "text/turtle"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle"),
    ],
)
def test_each_form_is_answered_in_each_way(client: TestClient, query: str, media_type: str) -> None:
    """GET, POST of a form and POST of the text give the same (query_get, query_post_*)."""
    answers = ways(client, [("query", query)])
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    for answer in answers:
        assert answer.headers["content-type"].partition(";")[0] == media_type
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    ("graphs", "counted", "named"),
    [
        ([("default-graph-uri", NAME)], None, 0),
        ([("default-graph-uri", NAME), ("default-graph-uri", JOINS)], None, 0),
        ([("named-graph-uri", NAME)], 0, 1),
        ([("named-graph-uri", NAME), ("named-graph-uri", JOINS)], 0, 2),
        ([("default-graph-uri", NAME), ("named-graph-uri", JOINS)], None, 1),
    ],
)
def test_the_dataset_is_the_one_asked_for(
    client: TestClient, graphs: list[tuple[str, str]], counted: int | None, named: int
) -> None:
    """Default graphs are merged, each triple once; the named ones are those and no others."""
    default = {iri for name, iri in graphs if name == "default-graph-uri"}
    union = " UNION ".join(f"{{ GRAPH <{iri}> {{ ?s ?p ?o }} }}" for iri in default) or "{}"
    whole = f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ {union} }} }}"
    expected = number(client.get("/sparql", params={"query": whole})) if counted is None else 0
    for answer in ways(client, [("query", COUNT), *graphs]):
        assert number(answer) == expected
    for answer in ways(client, [("query", COUNT_NAMED), *graphs]):
        assert number(answer) == named


def test_the_protocols_dataset_outweighs_the_querys(client: TestClient) -> None:
    """FROM in the text gives way to the parameters (2.1.4, query_multiple_dataset)."""
    query = COUNT.replace("{", f"FROM <{JOINS}> {{")
    alone = number(client.get("/sparql", params={"query": query}))
    both = number(client.get("/sparql", params={"query": query, "default-graph-uri": NAME}))
    named = number(client.get("/sparql", params={"query": COUNT, "default-graph-uri": NAME}))
    assert (both, both != alone) == (named, True)


@pytest.mark.parametrize("iri", ["alpha", "javascript:alert(1)", "http://a b", ""])
def test_a_graph_is_named_by_an_iri(client: TestClient, iri: str) -> None:
    """Anything else is a 400 that names the parameter."""
    answer = client.get("/sparql", params={"query": COUNT, "default-graph-uri": iri})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "default-graph-uri")


def test_more_than_one_query_is_refused(client: TestClient) -> None:
    """However they come (bad_multiple_queries)."""
    twice = urlencode([("query", "ASK {}"), ("query", "SELECT * {}")])
    answers = [
        client.get(f"/sparql?{twice}"),
        client.post("/sparql", content=twice, headers=FORM),
        client.post("/sparql?query=ASK%7B%7D", content="ASK {}", headers=DIRECT),
        client.post("/sparql?query=ASK%7B%7D", content="query=ASK%7B%7D", headers=FORM),
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 400]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    """405 with those there are (bad_query_method)."""
    answer = client.request(method, "/sparql?query=ASK%7B%7D")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": ""},
        {},
        {"content-type": "application/sparql-query; charset=UTF-16"},
        {"content-type": "application/sparql-query", "content-encoding": "gzip"},
        {"content-type": "multipart/form-data; boundary=x"},
    ],
)
def test_a_body_of_another_type_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    """415 (bad_query_wrong_media_type, bad_query_missing_*_type, bad_query_non_utf8)."""
    assert client.post("/sparql", content="ASK {}", headers=headers).status_code == 415


@pytest.mark.parametrize(
    ("address", "body", "headers"),
    [
        ("/sparql?query=ASK%7B%7D%FF", None, {}),
        ("/sparql", b"query=ASK%7B%7D%FF", FORM),
        ("/sparql", "ASK {}".encode("utf-16"), DIRECT),
        ("/sparql", b"ASK { <http://e/\xff> ?p ?o }", DIRECT),
    ],
)
def test_what_is_not_utf_8_is_refused(
    client: TestClient, address: str, body: bytes | None, headers: dict[str, str]
) -> None:
    """Never guessed at."""
    method = "GET" if body is None else "POST"
    assert client.request(method, address, content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("query", ["SELECT ?s WHERE { ?s ?p", "", "ASK { ?s ?p ?o } ;"])
def test_a_mistake_in_the_query_is_said(client: TestClient, query: str) -> None:
    """400 with what is wrong (bad_query_syntax)."""
    for answer in ways(client, [("query", query)]):
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("address", "body", "kind"),
    [
        ("/sparql?update=CLEAR+ALL", None, ""),
        ("/sparql", "update=CLEAR+ALL", FORM["content-type"]),
        ("/sparql", "CLEAR ALL", "application/sparql-update"),
        ("/sparql", "CLEAR ALL", "application/sparql-update; charset=utf-8"),
    ],
)
def test_updates_are_refused_with_the_reason(
    client: TestClient, address: str, body: str | None, kind: str
) -> None:
    """403, whichever way they come."""
    method = "GET" if body is None else "POST"
    headers = {"content-type": kind} if kind else {}
    answer = client.request(method, address, content=body, headers=headers)
    assert answer.status_code == 403
    assert "release" in answer.json()["detail"]


def test_an_update_sent_as_a_query_is_refused_too(client: TestClient) -> None:
    """The gate says so with the place."""
    answer = client.get("/sparql", params={"query": "INSERT DATA { <a:a> <a:b> <a:c> }"})
    assert (answer.status_code, answer.json()["line"]) == (400, 1)


@pytest.mark.parametrize("accept", ["text/turtle", None, "*/*", "application/rdf+xml;q=0.9"])
def test_without_a_query_the_service_describes_itself(
    client: TestClient, accept: str | None
) -> None:
    """SPARQL 1.1 Service Description, 2, in every format of graphs."""
    answer = client.get("/sparql", headers={"accept": accept} if accept else {})
    assert answer.status_code == 200
    kind = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    assert kind is not None
    triples = {quad.triple for quad in ox.parse(answer.content, format=kind)}
    service = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#Service")
    assert [triple for triple in triples if triple.object == service]


def test_a_browser_gets_a_page_to_write_a_query_on(client: TestClient) -> None:
    """Not the description."""
    answer = client.get("/sparql", headers={"accept": "text/html"})
    assert "<textarea" in answer.text


def test_a_dataset_without_a_query_is_a_mistake(client: TestClient) -> None:
    """There is nothing to ask of it."""
    assert client.get("/sparql", params={"default-graph-uri": NAME}).status_code == 400


def test_unknown_parameters_are_passed_over(client: TestClient) -> None:
    """As clients send them: SPARQLWrapper has three names for the format."""
    asked = {"query": "ASK {}", "format": "xml", "output": "xml", "results": "xml", "timeout": "5"}
    answer = client.get("/sparql", params=asked)
    assert answer.headers["content-type"] == "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("query", "format_", "accept", "media_type"),
    [
        ("ASK {}", "turtle", "text/csv", "text/csv"),
        ("DESCRIBE <a:a>", "xml", "*/*", "application/rdf+xml"),
        ("DESCRIBE <a:a>", "json", "*/*", "application/ld+json"),
        ("DESCRIBE <a:a>", "json-ld", "*/*", "application/ld+json"),
        ("DESCRIBE <a:a>", "n3", "*/*", "text/turtle"),
        ("DESCRIBE <a:a>", "rdf+xml", "*/*", "application/rdf+xml"),
        ("DESCRIBE <a:a>", "csv", "application/n-triples", "application/n-triples"),
    ],
)
def test_a_format_is_taken_as_it_fits_the_answer(
    client: TestClient, query: str, format_: str, accept: str, media_type: str
) -> None:
    """One made for another kind of answer leaves the choice to the Accept header."""
    asked = {"query": query, "format": format_}
    answer = client.get("/sparql", params=asked, headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_the_sites_prefixes_are_declared_already(client: TestClient) -> None:
    """And a query that declares its own is answered alike."""
    short = "ASK { city:milan reti:memberOf network:alpha }"
    whole = (
        "PREFIX x: <https://example.org/nets/id/> PREFIX r: <https://w3id.org/reti-graph/ontology#>"
        " ASK { <https://example.org/nets/id/city/milan> r:memberOf"
        " <https://example.org/nets/id/network/alpha> }"
    )
    for query in (short, whole):
        assert client.get("/sparql", params={"query": query}).json()["boolean"] is True


def test_an_answer_to_a_post_has_no_validators(client: TestClient) -> None:
    """They belong to what a GET of that address would give."""
    answer = client.post("/sparql", content="ASK {}", headers=DIRECT)
    assert {"etag", "last-modified"} & set(answer.headers) == set()


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_an_answer_that_changes_by_itself_is_never_kept(client: TestClient, function: str) -> None:
    """No cache may have it, this server's own included."""
    asked = {"query": f"SELECT ({function} AS ?x) {{}}"}
    one, other = client.get("/sparql", params=asked), client.get("/sparql", params=asked)
    assert one.headers["cache-control"] == "no-store"
    assert "etag" not in one.headers
    assert one.text != other.text or function == "NOW()"
