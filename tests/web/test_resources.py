from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.pages import check_page

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ALPHA = ox.NamedNode("https://example.org/nets/id/network/alpha")
MILAN = ox.NamedNode("https://example.org/nets/id/city/milan")
JOINS = ox.NamedNode("https://example.org/nets/source/page/alpha-joins")
MEMBER_OF = ox.NamedNode("https://w3id.org/reti-graph/ontology#memberOf")
DOC = "/doc/network/alpha"
FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "trig": ("application/trig", ox.RdfFormat.TRIG),
    "nq": ("application/n-quads", ox.RdfFormat.N_QUADS),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def parsed(client: TestClient, content: bytes, suffix: str) -> list[ox.Quad]:
    """Read a document; the context of JSON-LD is fetched as any reader would."""
    if suffix == "jsonld":
        document = json.loads(content)
        content = json.dumps({**document, **client.get(document["@context"]).json()}).encode()
    return list(ox.parse(content, format=FORMATS[suffix][1]))


def test_a_thing_leads_to_the_document_about_it(client: TestClient) -> None:
    """A network is no document: 303, with the rest of the address kept."""
    answer = client.get("/id/network/alpha?lang=en")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/doc/network/alpha?lang=en"
    assert client.get("/id/network/alpha.ttl").headers["location"] == "/doc/network/alpha.ttl"


def test_an_unknown_thing_is_not_found_and_its_neighbours_are_named(client: TestClient) -> None:
    """The problem document names the things of the most similar names."""
    answer = client.get("/id/network/alfa")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["nearest"] == [ALPHA.value]


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_is_had_by_accept_by_suffix_and_by_parameter(
    client: TestClient, suffix: str
) -> None:
    """Three ways to the same bytes, which hold what the data says of the thing."""
    media_type, _ = FORMATS[suffix]
    accepted = client.get(DOC, headers={"accept": media_type})
    assert accepted.headers["content-type"].partition(";")[0] == media_type
    triples = {quad.triple for quad in parsed(client, accepted.content, suffix)}
    assert ox.Triple(MILAN, MEMBER_OF, ALPHA) in triples
    assert client.get(f"{DOC}.{suffix}").content == accepted.content
    assert client.get(f"{DOC}?format={suffix}").content == accepted.content


@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld"])
def test_formats_with_graphs_keep_each_statement_in_its_passage(
    client: TestClient, suffix: str
) -> None:
    """The graph of a statement is the passage that says it."""
    quads = set(parsed(client, client.get(f"{DOC}.{suffix}").content, suffix))
    assert ox.Quad(MILAN, MEMBER_OF, ALPHA, JOINS) in quads


@pytest.mark.parametrize("accept", [None, "*/*", BROWSER, "text/turtle;q=0.5, text/html"])
def test_html_comes_first_for_documents(client: TestClient, accept: str | None) -> None:
    """Browsers, and clients that do not care, get the page."""
    headers = {"accept": accept} if accept else {}
    assert client.get(DOC, headers=headers).headers["content-type"].startswith("text/html")


def test_a_suffix_outweighs_the_accept_header(client: TestClient) -> None:
    """What stands in the address was chosen by somebody."""
    answer = client.get(f"{DOC}.nt", headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize(
    ("address", "accept"),
    [(DOC, "image/png"), (DOC, "text/html;q=0"), (f"{DOC}?format=csv", "*/*")],
)
def test_what_cannot_be_had_is_406_with_what_can(
    client: TestClient, address: str, accept: str
) -> None:
    """Nothing is sent that was not asked for."""
    answer = client.get(address, headers={"accept": accept})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["hint"]


def test_vary_names_the_headers_that_decided(client: TestClient) -> None:
    """Caches keep apart what was negotiated, and only that."""
    turtle = {"accept": "text/turtle"}
    deciding = {
        client.get(address, headers=turtle).headers["vary"].removesuffix("Accept-Encoding"): address
        for address in (DOC, f"{DOC}?lang=en", f"{DOC}.html", f"{DOC}.ttl", f"{DOC}.html?lang=en")
    }
    assert deciding == {
        "Accept, Accept-Language, ": DOC,
        "Accept, ": f"{DOC}?lang=en",
        "Accept-Language, ": f"{DOC}.html",
        "": f"{DOC}.html?lang=en",
    }


def test_the_address_of_what_was_sent_is_given(client: TestClient) -> None:
    """Content-Location leads to the same representation without negotiation."""
    turtle = client.get(DOC, headers={"accept": "text/turtle"})
    assert turtle.headers["content-location"] == f"{DOC}.ttl"
    page = client.get(DOC, headers={"accept-language": "en"})
    assert page.headers["content-location"] == f"{DOC}.en.html"
    assert client.get(f"{DOC}.html?lang=en").headers["content-language"] == "en"


def test_the_links_of_a_document_name_its_formats_subject_and_licence(client: TestClient) -> None:
    """Machines find the rest from any one representation."""
    links = client.get(f"{DOC}.ttl").headers["link"]
    assert f'<{DOC}.jsonld>; rel="alternate"; type="application/ld+json"' in links
    assert f'<{ALPHA.value}>; rel="about"' in links
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links


@pytest.mark.parametrize(
    ("asked", "status"),
    [("{tag}", 304), ('"other", W/{tag}', 304), ("*", 304), ('"other"', 200)],
)
def test_what_the_client_has_is_not_sent_again(client: TestClient, asked: str, status: int) -> None:
    """If-None-Match is compared weakly, as a list."""
    tag = client.get(f"{DOC}.ttl").headers["etag"]
    answer = client.get(f"{DOC}.ttl", headers={"if-none-match": asked.format(tag=tag)})
    assert answer.status_code == status
    assert answer.headers["etag"] == tag
    assert bool(answer.content) == (status == 200)


def test_every_representation_has_its_own_tag(client: TestClient) -> None:
    """A tag is strong: no two formats or languages share one."""
    ways = [*(f".{suffix}" for suffix in FORMATS), ".html?lang=it", ".html?lang=en"]
    assert len({client.get(DOC + way).headers["etag"] for way in ways}) == len(ways)


@pytest.mark.parametrize("address", [DOC, f"{DOC}.ttl", "/id/network/alpha", "/id/network/none"])
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, address: str) -> None:
    """What a GET would send is told without sending it."""
    whole, head = client.get(address), client.head(address)
    assert head.content == b""
    assert head.status_code == whole.status_code
    for headers in (whole.headers, head.headers):
        # Each request has a name of its own.
        del headers["x-request-id"]
    assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize(
    ("query", "accepted", "language", "title"),
    [
        ("", None, "it", "Alfa"),
        ("", "en-GB, it;q=0.5", "en", "Alpha"),
        ("", "fr", "it", "Alfa"),
        ("?lang=en", "it", "en", "Alpha"),
        ("?lang=fr", "en", "en", "Alpha"),
    ],
)
def test_a_page_comes_in_the_readers_language(
    client: TestClient, query: str, accepted: str | None, language: str, title: str
) -> None:
    """The choice in the address first, then the browser's, then the site's."""
    headers = {"accept-language": accepted} if accepted else {}
    answer = client.get(DOC + query, headers=headers)
    page = check_page(answer.text)
    assert page.one("html").attributes["lang"] == answer.headers["content-language"] == language
    assert page.one("h1").text == title


def test_the_page_of_a_thing_shows_the_words_beside_each_statement(client: TestClient) -> None:
    """The quote leads to its passage; things and properties read as their labels."""
    page = check_page(client.get("/doc/city/milan?lang=en").text)
    assert page.links["Milano ne fa parte dal settembre 2009"] == "/source/page/alpha-joins?lang=en"
    assert page.links["Alpha"] == "/id/network/alpha?lang=en"
    assert page.links["is a member of"] == "https://w3id.org/reti-graph/ontology#memberOf"


def test_a_relation_without_label_reads_as_what_it_relates(client: TestClient) -> None:
    """A membership is told by its member, its network and its time."""
    page = check_page(client.get("/doc/membership/city-milan--alpha?lang=en").text)
    assert "Milan · Alpha · September 2009" in page.one("h1").text


def test_the_page_of_a_passage_shows_its_words_and_what_they_say(client: TestClient) -> None:
    """What is derived from the words stands with what they say."""
    page = check_page(client.get("/source/page/alpha-joins").text)
    assert page.all("blockquote")[0].text.strip() == "Milano ne fa parte dal settembre 2009"
    assert page.links["Alfa"] == "/id/network/alpha"
    assert page.links["fa parte di"]


@pytest.mark.parametrize("address", ["/source/page", "/ontology", "/source/page/alpha-name"])
def test_sources_passages_and_the_ontology_are_documents_themselves(
    client: TestClient, address: str
) -> None:
    """An IRI of the site is answered at its own path."""
    check_page(client.get(address, headers={"accept": "text/html"}).text)
    turtle = client.get(f"{address}.ttl")
    subjects = {quad.subject for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)}
    assert ox.NamedNode(f"https://example.org/nets{address}") in subjects


@pytest.mark.parametrize(
    "address", ["/nothing", "/doc/network/alpha.pdf", "/doc/", "/id/", "/%00", "/%FF", "/a%20b%3E"]
)
def test_an_address_that_stands_for_nothing_is_not_found(client: TestClient, address: str) -> None:
    """Whatever is written in the address, the answer is a plain 404."""
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.json()["status"] == 404


def test_a_browser_gets_a_page_when_something_is_not_found(client: TestClient) -> None:
    """The page leads to what may have been meant."""
    answer = client.get("/doc/network/alfa?lang=en", headers={"accept": BROWSER})
    assert answer.status_code == 404
    page = check_page(answer.text)
    assert page.one("h1").text == "Page not found"
    assert page.links[ALPHA.value] == "/id/network/alpha?lang=en"


def test_the_host_a_request_came_by_is_never_repeated(client: TestClient) -> None:
    """A forged Host header reaches neither headers nor pages."""
    for address in ("/id/network/alpha", DOC, "/", "/none"):
        answer = client.get(address, headers={"host": "evil.example", "accept": "text/html"})
        assert "evil.example" not in answer.text + str(answer.headers)
