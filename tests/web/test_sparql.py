from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages import check_page

if TYPE_CHECKING:
    from starlette.testclient import TestClient

QUERY = "SELECT ?network WHERE { ?network a reti:Network } ORDER BY ?network"
HTML = {"accept": "text/html"}
DIRECT = {"content-type": "application/sparql-query"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def test_get_form_and_direct_post_answer_alike(client: TestClient) -> None:
    """The three ways of the protocol to one answer (SPARQL 1.1 Protocol, 2.1)."""
    answers = [
        client.get("/sparql", params={"query": QUERY}),
        client.post("/sparql", data={"query": QUERY}),
        client.post("/sparql", content=QUERY, headers=DIRECT),
        client.post(
            "/sparql",
            content=QUERY,
            headers={"content-type": DIRECT["content-type"] + "; charset=utf-8"},
        ),
    ]
    assert len(answers[0].json()["results"]["bindings"]) == 2
    assert {answer.content for answer in answers} == {answers[0].content}
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (QUERY, "*/*", "application/sparql-results+json"),
        (QUERY, "text/csv", "text/csv"),
        (QUERY, "text/tab-separated-values", "text/tab-separated-values"),
        (QUERY, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "application/json, */*;q=0.1", "application/sparql-results+json"),
        ("CONSTRUCT WHERE { ?s a reti:Network }", "*/*", "text/turtle"),
        ("CONSTRUCT WHERE { ?s a reti:Network }", "application/ld+json", "application/ld+json"),
        ("DESCRIBE network:alpha", "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_each_form_is_answered_in_the_formats_made_for_it(
    client: TestClient, query: str, accept: str, media_type: str
) -> None:
    """Rows in result formats, graphs in graph formats."""
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_rows_in_a_format_for_graphs_are_not_acceptable(client: TestClient) -> None:
    """406 names the formats there are."""
    answer = client.get("/sparql", params={"query": QUERY}, headers={"accept": "text/turtle"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["hint"]


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s WHERE {\n  ?s ?p }", 2, 3),
        ("SELECT * {\n SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 2, 2),
        ("DELETE WHERE { ?s ?p ?o }", 1, 1),
        ("nonsense", 1, 1),
    ],
)
def test_what_is_refused_is_said_with_its_place(
    client: TestClient, query: str, line: int, column: int
) -> None:
    """400 with line and column, whoever found it: gate, lexer or parser."""
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 400
    problem = answer.json()
    assert (problem["line"], problem["column"]) == (line, column)


def test_deep_nesting_is_refused_before_it_reaches_the_store(client: TestClient) -> None:
    """What would end the process never gets there."""
    answer = client.get("/sparql", params={"query": "ASK " + "{" * 3000 + "}" * 3000})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/sparql?default-graph-uri=http%3A%2F%2Fe%2F",
        "/sparql?query=ASK%7B%7D&query=ASK%7B%7D",
        "/sparql?query=ASK%7B%7D&default-graph-uri=e",
        "/sparql?query=ASK%7B%7D&format=csv&format=json",
    ],
)
def test_a_wrong_request_is_a_problem_document(client: TestClient, address: str) -> None:
    """A dataset without a query, two queries, a graph without an IRI, two formats."""
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "asked", "form"),
    [
        ("GET", {"query": "ASK {}", "update": "DROP ALL"}, None),
        ("POST", {}, {"query": "ASK {}", "update": "DROP ALL"}),
        ("POST", {"update": "DROP ALL"}, {"query": "ASK {}"}),
        ("POST", {}, {"update": "DROP ALL"}),
    ],
)
def test_an_update_is_refused_rather_than_left_out(
    client: TestClient, method: str, asked: dict[str, str], form: dict[str, str] | None
) -> None:
    """Nobody is told that an update went well when nothing was done."""
    answer = client.request(method, "/sparql", params=asked, data=form)
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("Updates are not answered")


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"content-type": "application/json"}, b"{}", 415),
        ({}, b"ASK {}", 415),
        ({**DIRECT, "content-encoding": "gzip"}, b"ASK {}", 415),
        (DIRECT, b"ASK {} # \xff", 400),
        (DIRECT, b"ASK {} #" + b"x" * 110_000, 413),
        (DIRECT, b"ASK {} #" + b"x" * 40_000, 400),
        (FORM, b"query=", 400),
        (FORM, b"other=1", 400),
    ],
)
def test_a_body_that_is_no_query_is_refused(
    client: TestClient, headers: dict[str, str], content: bytes, status: int
) -> None:
    """Media type, coding, size and text each have their status."""
    assert client.post("/sparql", content=content, headers=headers).status_code == status


def test_a_browser_gets_a_form_with_a_query_that_runs(client: TestClient) -> None:
    """The page works without scripts: its form leads to a table."""
    page = check_page(client.get("/sparql?lang=en", headers=HTML).text)
    text = page.one("textarea").text
    answer = client.get("/sparql", params={"query": text}, headers=HTML)
    assert "Alfa" in check_page(answer.text).one("table").text


def test_a_browser_sees_a_mistake_beside_what_it_wrote(client: TestClient) -> None:
    """The text stays, the place of the mistake is named."""
    answer = client.get("/sparql", params={"query": "SELECT ?s {\n ?s }"}, headers=HTML)
    assert answer.status_code == 400
    page = check_page(answer.text)
    assert page.one("textarea").text.endswith("SELECT ?s {\n ?s }")
    assert "line 2" in next(tag for tag in page.tags if tag.attributes.get("role")).text


@pytest.mark.parametrize("query", ["ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s a reti:Network }"])
def test_a_browser_sees_every_form_as_a_table(client: TestClient, query: str) -> None:
    """Truth and triples have their tables too."""
    answer = client.get("/sparql", params={"query": query}, headers=HTML)
    assert check_page(answer.text).one("caption").text.startswith("Risultati")


def test_the_default_graph_holds_each_statement_once(client: TestClient) -> None:
    """A statement in two passages counts once; GRAPH asks for the passages."""
    query = "SELECT (COUNT(*) AS ?n) { city:milan reti:memberOf network:alpha }"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert rows[0]["n"]["value"] == "1"
