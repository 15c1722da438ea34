"""Signposts: what machines learn from the headers of a page, and from link sets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec
import pytest

from reti_graph import wiring
from reti_graph.config import Publisher
from tests.web.conftest import application
from tests.web.test_openapi import site_with

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.release import Release

    Open = Callable[[Starlette], TestClient]
    Links = set[tuple[str, str, str]]

BASE: Final = "https://example.org/nets/"
PUBLIC: Final = "https://data.example.org/reti/"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LARGEST_HEADER: Final = 8_000
QUERY: Final = """\
#+ summary: {it: "Tutto", en: "All"}
#+ description: {it: "Tutto.", en: "All."}
#+ tags: [all]
SELECT ?s { ?s ?p ?o } LIMIT %d
"""


def links(client: TestClient, address: str) -> Links:
    """Give target, relation and media type of each link of a page."""
    found = client.get(address)
    assert found.status_code == 200
    pattern = r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?'
    return set(re.findall(pattern, found.headers["link"]))


def related(found: Links, relation: str) -> dict[str, str]:
    """Give the targets of a relation with their media types."""
    return {target: kind for target, rel, kind in found if rel == relation}


@pytest.fixture
def public(small_release: Release, client_of: Open) -> TestClient:
    """Give a client of the small site, which is reached below a path of another host."""
    settings = msgspec.structs.replace(
        small_release.settings, public_url=PUBLIC, publisher=Publisher("Town", f"{BASE}town")
    )
    return client_of(application(replace(small_release, settings=settings)))


def test_a_document_leads_to_what_it_is_about_and_belongs_to(public: TestClient) -> None:
    """The IRI to cite, what describes it, its licence, its author, and the whole graph."""
    found = links(public, "/doc/network/alpha")
    assert related(found, "cite-as") == {f"{BASE}id/network/alpha": ""}
    assert related(found, "describedby") == {
        "/reti/doc/network/alpha.ttl": "text/turtle",
        "/reti/doc/network/alpha.jsonld": "application/ld+json",
    }
    assert related(found, "license") == {LICENCE: ""}
    assert related(found, "author") == {f"{BASE}town": ""}
    assert related(found, "collection") == {"/reti/dataset": "text/html"}
    assert related(found, "type") == {"https://schema.org/AboutPage": ""}


def test_a_publisher_without_name_for_machines_is_no_link(client: TestClient) -> None:
    """An author that nothing leads to is not made up."""
    assert related(links(client, "/doc/network/alpha"), "author") == {}


def test_rdf_leads_back_to_the_page(public: TestClient) -> None:
    """What describes a document says which."""
    for name in ("doc/network/alpha", "catalog", "dataset"):
        found = links(public, f"/{name}.ttl")
        assert related(found, "describes") == {f"/reti/{name}": ""}
    assert related(links(public, "/doc/network/alpha"), "describes") == {}


def test_the_catalogue_leads_to_its_datasets(public: TestClient) -> None:
    """In every form it has."""
    for address in ("/catalog", "/catalog.it.html"):
        found = links(public, address)
        assert related(found, "cite-as") == {f"{BASE}catalog": ""}
        assert "https://schema.org/DataCatalog" in related(found, "type")
        assert related(found, "collection") == {}
        assert related(found, "item") == {
            f"/reti/{path}": "text/html"
            for path in (
                "dataset",
                "dataset/ontology",
                "dataset/queries",
                "dataset/shapes",
                "dataset/source/page",
            )
        }


def test_a_dataset_leads_to_its_files_and_its_catalogue(public: TestClient) -> None:
    """Each file with the type it comes in."""
    found = links(public, "/dataset/source/page")
    assert related(found, "cite-as") == {f"{BASE}dataset/source/page": ""}
    assert related(found, "collection") == {"/reti/catalog": "text/html"}
    assert "https://schema.org/Dataset" in related(found, "type")
    items = related(found, "item")
    assert items["/reti/dump/source/page.ttl"] == "text/turtle"
    assert items["/reti/dump/source/page.jsonld"] == "application/ld+json"


def test_where_there_are_many_files_a_link_set_has_them(tmp_path: Path, client_of: Open) -> None:
    """A header with all of them would be refused by many servers."""
    queries = {f"queries__q{number}_dot_rq": QUERY % (number + 1) for number in range(30)}
    client = client_of(application(wiring.open_release(site_with(tmp_path, **queries))))
    found = links(client, "/dataset")
    assert related(found, "item") == {}
    assert related(found, "linkset") == {"/linkset/dataset": "application/linkset+json"}
    assert len(client.get("/dataset").headers["link"]) < LARGEST_HEADER
    (context,) = client.get("/linkset/dataset").json()["linkset"]
    assert {f"{BASE}query/q{number}.csv" for number in range(30)} <= {
        item["href"] for item in context["item"]
    }


@pytest.mark.parametrize("path", ["catalog", "dataset", "dataset/shapes", "dataset/source/page"])
def test_a_link_set_has_all_links_with_their_whole_addresses(public: TestClient, path: str) -> None:
    """It is read apart from the page it is of (RFC 9264, 4.2)."""
    answer = public.get(f"/linkset/{path}")
    assert answer.headers["content-type"] == "application/linkset+json"
    (context,) = answer.json()["linkset"]
    assert context.pop("anchor") == PUBLIC + path
    told = {
        (target["href"], relation, target.get("type", ""))
        for relation, targets in context.items()
        for target in targets
    }
    elsewhere = {"about", "alternate", "linkset"}
    shown = {
        (target.replace("/reti/", PUBLIC, 1) if target.startswith("/") else target, rel, kind)
        for target, rel, kind in links(public, f"/{path}")
        if rel not in elsewhere
    }
    assert {each for each in shown if each[1] != "describes"} <= told
    assert context["item"]


def test_a_compressed_file_has_the_type_of_what_is_sent(public: TestClient) -> None:
    """And not that of what is in it."""
    (context,) = public.get("/linkset/dataset").json()["linkset"]
    kinds = {item["href"]: item["type"] for item in context["item"]}
    assert kinds[f"{PUBLIC}dump.nq"] == "application/n-quads"
    assert kinds[f"{PUBLIC}dump.nq.gz"] == "application/gzip"


def test_a_name_too_long_for_a_header_is_told_without_its_documents(
    tmp_path: Path, client_of: Open
) -> None:
    """A dozen copies of it would be refused by many servers."""
    site = site_with(tmp_path)
    data = site / "data" / "page" / "networks.trig"
    name = "a" * 600
    label = f'page:beta-name {{\n    network:{name} rdfs:label "A"@it, "A"@en .\n'
    data.write_text(data.read_text().replace("page:beta-name {\n", label))
    found = links(client_of(application(wiring.open_release(site))), f"/doc/network/{name}")
    assert set(related(found, "cite-as")) == {f"{BASE}id/network/{name}"}
    assert related(found, "describedby") == {}
    assert related(found, "alternate") == {}


@pytest.mark.parametrize("path", ["", "/", "/doc/network/alpha", "/dataset/source/none", "/%00"])
def test_other_documents_have_no_link_set(client: TestClient, path: str) -> None:
    """404, as for any address that stands for nothing."""
    assert client.get(f"/linkset{path}").status_code == 404
