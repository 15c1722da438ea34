"""Documents in full: pages, languages by path, withdrawn names, the site on itself."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox
import pytest

from tests.pages import check_page
from tests.web.conftest import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.config import LimitSettings
    from reti_graph.release import Release

    Open = Callable[[Starlette], TestClient]

BASE: Final = "https://example.org/nets/"
HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
VOID: Final = "http://rdfs.org/ns/void#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SHACL: Final = "http://www.w3.org/ns/shacl#"
SOURCE: Final = "/source/page"
RDF_XML: Final = ox.RdfFormat.RDF_XML


def with_settings(release: Release, **changes: object) -> Release:
    """Return the release with other settings."""
    return replace(release, settings=msgspec.structs.replace(release.settings, **changes))


def with_pages_of(release: Release, size: int) -> Release:
    """Return the release with so many incoming statements on a page."""
    limits: LimitSettings = msgspec.structs.replace(release.settings.limits, page_size=size)
    return with_settings(release, limits=limits)


def quads_at(client: TestClient, address: str) -> set[ox.Quad]:
    """Read what stands at an address as N-Quads."""
    answer = client.get(address, headers={"accept": "application/n-quads"})
    assert answer.status_code == 200, answer.text
    return set(ox.parse(answer.content, format=ox.RdfFormat.N_QUADS))


def values(quads: set[ox.Quad], predicate: str) -> list[str]:
    """Return the values of a property, in alphabetical order."""
    return sorted(quad.object.value for quad in quads if quad.predicate.value == predicate)  # type: ignore[union-attr]


def pointing(quads: set[ox.Quad], thing: str) -> set[ox.Triple]:
    """Return the statements that point at a thing, but for those of the document itself."""
    return {
        quad.triple
        for quad in quads
        if quad.object == ox.NamedNode(thing) and quad.graph_name != ox.DefaultGraph()
    }


def test_what_points_at_a_thing_comes_in_pages(small_release: Release, client_of: Open) -> None:
    """Each page has so many statements, all pages together have all, and each leads on."""
    whole = client_of(application(small_release))
    paged = client_of(application(with_pages_of(small_release, 2)))
    every = pointing(quads_at(whole, SOURCE), f"{BASE}source/page")
    assert len(every) > 2
    found: set[ox.Triple] = set()
    address, pages = f"{SOURCE}.nq", 0
    while address:
        answer = paged.get(address)
        quads = set(ox.parse(answer.content, format=ox.RdfFormat.N_QUADS))
        here = pointing(quads, f"{BASE}source/page")
        assert 1 <= len(here) <= 2
        assert not here & found
        assert values(quads, f"{HYDRA}totalItems") == [str(len(every))]
        found |= here
        pages += 1
        links = {
            part.partition(">; rel=")[2].strip('"; '): part
            for part in answer.headers["link"].split(", <")
        }
        address = links["next"].partition(">")[0].replace("?", ".nq?") if "next" in links else ""
    assert found == every
    assert pages == -(-len(every) // 2)


def test_a_page_says_how_many_there_are(small_release: Release, client_of: Open) -> None:
    """In all, of each property, and the way to the others."""
    client = client_of(application(with_pages_of(small_release, 2)))
    first = check_page(client.get(f"{SOURCE}?lang=en").text)
    assert first.links["Next page"] == f"{SOURCE}?page=2&lang=en"
    assert "Previous page" not in first.links
    second = check_page(client.get(f"{SOURCE}?page=2&lang=en").text)
    assert second.links["Previous page"] == f"{SOURCE}?lang=en"
    assert "page=2" in second.links["IT"]


@pytest.mark.parametrize(
    ("page", "status"),
    [("1", 200), ("2", 404), ("0", 400), ("x", 400), ("-1", 400), ("9" * 40, 400)],
)
def test_there_is_no_page_before_the_first_or_after_the_last(
    client: TestClient, page: str, status: int
) -> None:
    """A number that is no page is a mistake, one beyond the last stands for nothing."""
    assert client.get("/doc/network/alpha.ttl", params={"page": page}).status_code == status


def test_the_language_of_a_page_is_in_its_path(client: TestClient) -> None:
    """Whatever the browser says; the page leads on in that language."""
    answer = client.get("/doc/network/alpha.en.html", headers={"accept-language": "it"})
    page = check_page(answer.text)
    assert page.one("h1").text == "Alpha"
    assert answer.headers["content-language"] == "en"
    assert "accept-language" not in answer.headers.get("vary", "").lower()
    assert page.links["IT"] == "/doc/network/alpha?lang=it"
    assert client.get("/doc/network/alpha.fr.html").status_code == 404


def test_a_suffix_of_a_thing_leads_to_the_document_with_that_suffix(client: TestClient) -> None:
    """Language and all."""
    answer = client.get("/id/network/alpha.en.html")
    assert answer.headers["location"] == "/doc/network/alpha.en.html"


def test_a_withdrawn_name_is_gone(small_release: Release, client_of: Open) -> None:
    """410, for the thing and its document, to programs and people."""
    omega = f"{BASE}id/network/omega"
    client = client_of(application(with_settings(small_release, withdrawn=(omega,))))
    for address in ("/id/network/omega", "/doc/network/omega", "/doc/network/omega.ttl"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["status"]) == (410, 410)
    page = client.get("/doc/network/omega?lang=en", headers={"accept": "text/html"})
    assert page.status_code == 410
    assert check_page(page.text).one("h1").text == "Page withdrawn"
    assert client.get("/id/network/omicron").status_code == 404


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf"])
def test_a_document_speaks_of_itself(client: TestClient, suffix: str) -> None:
    """What it is about, its licence, its dataset."""
    kinds = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": RDF_XML}
    answer = client.get(f"/doc/network/alpha.{suffix}")
    triples = {quad.triple for quad in ox.parse(answer.content, format=kinds[suffix])}
    document = ox.NamedNode(f"{BASE}doc/network/alpha")
    said = {
        triple.predicate.value: triple.object for triple in triples if triple.subject == document
    }
    assert said["http://xmlns.com/foaf/0.1/primaryTopic"] == ox.NamedNode(f"{BASE}id/network/alpha")
    assert said[f"{VOID}inDataset"] == ox.NamedNode(f"{BASE}dataset")
    assert str(said[f"{DCTERMS}license"]) == "<https://creativecommons.org/licenses/by/4.0/>"


def test_json_ld_is_compact_and_its_context_is_served_for_ever(client: TestClient) -> None:
    """The context is at its own address; with it the document is what the other formats are."""
    answer = client.get("/doc/network/alpha.jsonld")
    document = answer.json()
    address = document["@context"]
    context = client.get(address)
    assert context.headers["content-type"] == "application/ld+json"
    assert "immutable" in context.headers["cache-control"]
    inline = {**document, **context.json()}
    found = set(ox.parse(json.dumps(inline).encode(), format=ox.RdfFormat.JSON_LD))
    assert found == quads_at(client, "/doc/network/alpha")
    assert client.get("/context/000000000000.jsonld").status_code == 404


def test_the_context_has_the_public_address(small_release: Release, client_of: Open) -> None:
    """Whoever keeps a document can still find its context."""
    client = client_of(
        application(with_settings(small_release, public_url="https://data.example.org/reti/"))
    )
    document = client.get("/doc/network/alpha.jsonld").json()
    assert document["@context"].startswith("https://data.example.org/reti/context/")


def test_shapes_are_a_document(client: TestClient) -> None:
    """As RDF with all that the shapes say, and as a page."""
    said = {quad.triple for quad in quads_at(client, "/shapes")}
    shape = ox.NamedNode(f"{BASE}shapes#Network")
    assert [triple for triple in said if triple.subject == shape]
    check_page(client.get("/shapes", headers={"accept": "text/html"}).text)


@pytest.mark.parametrize("address", ["/catalog", "/dataset"])
def test_the_site_describes_itself(client: TestClient, address: str) -> None:
    """With its title in every language and its licence."""
    quads = quads_at(client, address)
    assert any("Networks to try" in title for title in values(quads, f"{DCTERMS}title"))
    assert values(quads, f"{DCTERMS}license")
    check_page(client.get(address, headers={"accept": "text/html"}).text)


def test_a_canned_query_is_described_as_rdf(client: TestClient) -> None:
    """By its own document, and in the list of all."""
    node = ox.NamedNode(f"{BASE}query/members")
    for address in ("/doc/query/members", "/queries"):
        quads = quads_at(client, address)
        select = [
            q.object for q in quads if q.subject == node and q.predicate.value == f"{SHACL}select"
        ]
        assert len(select) == 1
        assert "$network" in select[0].value  # type: ignore[union-attr]
    check_page(client.get("/doc/query/members", headers={"accept": "text/html"}).text)
    assert client.get("/doc/query/none").status_code == 404


def test_who_wants_rdf_of_a_query_with_rows_gets_its_description(client: TestClient) -> None:
    """The answer has no such form; what the address names has."""
    answer = client.get("/query/members", headers={"accept": "text/turtle"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/query/members")


def test_below_a_path_of_a_proxy_all_links_stay_below_it(
    small_release: Release, client_of: Open
) -> None:
    """Whether the proxy takes the path off or leaves it on."""
    client = client_of(
        application(with_settings(small_release, public_url="https://data.example.org/reti/"))
    )
    assert client.get("/id/network/alpha").headers["location"] == "/reti/doc/network/alpha"
    for address in ("/doc/network/alpha", "/reti/doc/network/alpha", "/", "/queries", "/sparql"):
        answer = client.get(address, headers={"accept": "text/html"})
        page = check_page(answer.text)
        inner = [href for href in page.links.values() if href.startswith("/")]
        assert inner
        assert [href for href in inner if not href.startswith("/reti/")] == []
        styles = [
            tag.attributes["href"]
            for tag in page.all("link")
            if tag.attributes["rel"] == "stylesheet"
        ]
        assert styles == ["/reti/static/style.css"]
    data = client.get("/doc/network/alpha.ttl")
    assert data.headers["content-location"] == "/reti/doc/network/alpha.ttl"
