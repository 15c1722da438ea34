from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.pages import check_page

if TYPE_CHECKING:
    from starlette.testclient import TestClient

HTML = {"accept": "text/html"}


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("xml", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_each_result_format(client: TestClient, name: str, media_type: str) -> None:
    """By parameter or by Accept, the same bytes in a registered media type."""
    chosen = client.get(f"/query/networks?format={name}")
    assert chosen.headers["content-type"].partition(";")[0] == media_type
    assert "Alfa" in chosen.text
    assert client.get("/query/networks", headers={"accept": media_type}).content == chosen.content


def test_a_client_without_preference_gets_json(client: TestClient) -> None:
    """Queries are asked by programs first."""
    answer = client.get("/query/networks", headers={"accept": "*/*"})
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert client.get("/query/networks", headers={"accept": "application/json"}).json()


def test_parameters_are_taken_from_the_address(client: TestClient) -> None:
    """A slug, a prefixed name and an IRI mean the same thing."""
    whole = "https://example.org/nets/id/network/alpha"
    answers = [
        client.get("/query/members", params={"network": value, "format": "json"}).json()
        for value in ("alpha", "network:alpha", whole)
    ]
    assert len(answers[0]["results"]["bindings"]) == 1
    assert answers[0] == answers[1] == answers[2]


def test_labels_come_in_the_language_of_the_parameter(client: TestClient) -> None:
    """`lang` is the query's own parameter where it declares one."""
    answer = client.get("/query/networks?lang=en&format=json")
    assert "Alpha" in json.dumps(answer.json())


def test_a_query_that_makes_a_graph_comes_in_graph_formats(client: TestClient) -> None:
    """CONSTRUCT is answered with triples."""
    answer = client.get("/query/map", headers={"accept": "application/n-triples"})
    (triple,) = ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)
    assert triple.predicate.value.endswith("#memberOf")
    assert client.get("/query/map?format=csv").status_code == 406


def test_the_page_of_a_query_shows_its_rows_in_a_table(client: TestClient) -> None:
    """A thing reads as its label, in the language of the page."""
    page = check_page(client.get("/query/networks?lang=en", headers=HTML).text)
    assert [tag.text for tag in page.all("th")] == ["network"]
    assert page.links["Alpha"] == "/id/network/alpha?lang=en"
    assert page.links["CSV"].endswith("format=csv")
    assert client.get(page.links["CSV"]).headers["content-type"].startswith("text/csv")


def test_the_page_of_a_query_follows_the_browsers_language(client: TestClient) -> None:
    """Labels and page are in one language, without asking for it in the address."""
    answer = client.get("/query/networks", headers={**HTML, "accept-language": "en"})
    assert "Alpha" in check_page(answer.text).links


def test_a_query_runs_without_any_parameter(client: TestClient) -> None:
    """What must have a value has that of the example, and the answer says so."""
    answer = client.get("/query/members", headers=HTML)
    assert answer.status_code == 200
    page = check_page(answer.text)
    [field] = [tag for tag in page.all("input") if tag.attributes["name"] == "network"]
    assert field.attributes["value"] == "alpha"
    assert page.all("table")
    data = client.get("/query/members?format=csv")
    assert data.headers["content-location"] == "/query/members.csv?network=alpha"
    assert data.content == client.get(data.headers["content-location"]).content


def test_the_form_offers_the_things_that_may_be_meant(client: TestClient) -> None:
    """Each by the word that stands for it, with its name in the reader's language."""
    page = check_page(client.get("/query/members?lang=en", headers=HTML).text)
    offered = {tag.attributes["value"]: tag.text for tag in page.all("option")}
    assert offered == {"alpha": "Alpha", "beta": "Beta"}


@pytest.mark.parametrize("suffix", ["json", "csv", "tsv", "xml"])
def test_a_suffix_is_as_good_as_a_format(client: TestClient, suffix: str) -> None:
    """For spreadsheets, which take addresses and no headers."""
    by_suffix = client.get(f"/query/networks.{suffix}")
    assert by_suffix.content == client.get(f"/query/networks?format={suffix}").content
    assert "accept" not in by_suffix.headers.get("vary", "").lower().split(", ")
    assert client.get(f"/query/none.{suffix}").status_code == 404


def test_a_wrong_value_is_said_on_the_page_where_it_was_written(client: TestClient) -> None:
    """The form keeps the value; the status says that it is wrong."""
    answer = client.get("/query/members?network=alfa", headers=HTML)
    assert answer.status_code == 400
    page = check_page(answer.text)
    assert any(tag.attributes.get("value") == "alfa" for tag in page.all("input"))
    assert "alpha" in next(tag for tag in page.tags if tag.attributes.get("role")).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("network=alfa", "alfa"),
        ("network=alpha&network=beta", "twice"),
        ("network=alpha&format=csv&format=json", "twice"),
        ("network=alpha&nettwork=beta", "nettwork"),
        ("network=javascript:alert(1)", "javascript"),
    ],
)
def test_a_wrong_parameter_is_a_problem_document(client: TestClient, asked: str, said: str) -> None:
    """400 with the parameter's name in it."""
    answer = client.get(f"/query/members?{asked}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_an_unknown_query_is_not_found_and_its_neighbours_are_named(client: TestClient) -> None:
    """Both the page and the problem document help on."""
    answer = client.get("/query/network")
    assert (answer.status_code, answer.json()["nearest"][0]) == (404, "networks")
    page = check_page(client.get("/query/network", headers=HTML).text)
    assert page.links["networks"] == "/query/networks"


def test_the_text_of_a_query_is_there_with_its_header(client: TestClient) -> None:
    """What runs can be read."""
    answer = client.get("/query/networks.rq")
    assert answer.headers["content-type"].partition(";")[0] == "application/sparql-query"
    assert answer.text.startswith("#+ summary")
    assert client.get("/query/none.rq").status_code == 404


def test_the_bound_text_can_be_taken_to_sparql(client: TestClient) -> None:
    """The link holds the query with the values in it, and it answers the same."""
    page = check_page(client.get("/query/members?network=alpha", headers=HTML).text)
    link = next(href for href in page.links.values() if href.startswith("/sparql?query="))
    onward = check_page(client.get(link, headers=HTML).text)
    assert "id/network/alpha" in onward.one("textarea").text
    assert "Milano" in onward.one("table").text or "city:milan" in onward.one("table").text


def test_all_queries_are_listed(client: TestClient) -> None:
    """Each with its summary as the link."""
    page = check_page(client.get("/queries?lang=en").text)
    assert page.links["All the networks"] == "/query/networks?lang=en"
    assert page.links["The members of a network"] == "/query/members?lang=en"
