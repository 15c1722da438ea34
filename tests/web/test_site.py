"""The project's own site, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from reti_graph import wiring
from reti_graph.naming import path_of
from tests.pages import check_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.web.publication import Served


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    """Give a client of the site that comes with the program."""
    with TestClient(wiring.asgi()) as client:
        yield client


@pytest.fixture(scope="module")
def served(site: TestClient) -> Served:
    """Give what the client's application serves."""
    app = site.app
    served: Served = app.state.publication.current  # type: ignore[attr-defined]
    return served


def test_the_pages_of_all_kinds_of_things_are_well_made(site: TestClient, served: Served) -> None:
    """One thing of each class, with its page in both languages and its Turtle."""
    query = "SELECT (MIN(?thing) AS ?one) WHERE { ?thing a ?class } GROUP BY ?class ORDER BY ?one"
    base = served.settings.base_iri
    rows = served.store.select(query).rows
    paths = {path_of(row[0].value, base) for row in rows if isinstance(row[0], ox.NamedNode)}
    own = sorted(path.partition("#")[0] for path in paths if path)
    assert len(own) > 15
    for path in own:
        for language in served.languages:
            check_page(site.get(path, params={"lang": language}).raise_for_status().text)
        turtle = site.get(path, headers={"accept": "text/turtle"}).raise_for_status().content
        assert list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


def test_every_link_within_a_page_leads_somewhere(site: TestClient, served: Served) -> None:
    """A passage has the places of its selectors, the ontology those of its terms."""
    base = served.settings.base_iri
    (row,) = served.store.select("SELECT ?p { ?p reti:start ?n } ORDER BY ?p LIMIT 1").rows
    assert isinstance(row[0], ox.NamedNode)
    passage = path_of(row[0].value, base)
    assert passage is not None
    parts = {"text-quote", "text-position"}
    for path, expected in ((passage, parts), ("/ontology", {"Network"})):
        page = check_page(site.get(path).raise_for_status().text)
        ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
        assert expected <= set(ids)
        assert len(ids) == len(set(ids))
        own = [href for href in page.links.values() if href.startswith(("#", f"{path}#"))]
        assert {href.partition("#")[2] for href in own} <= set(ids)


def test_every_network_on_the_home_page_has_a_page_with_quotes(site: TestClient) -> None:
    """Each card leads to what is said of the network, and to the words that say it."""
    home = check_page(site.get("/").raise_for_status().text)
    networks = [href for href in home.links.values() if href.startswith("/id/network/")]
    assert len(networks) == 15
    for href in networks:
        page = check_page(site.get(href).raise_for_status().text)
        assert page.all("blockquote")


def test_every_query_answers_its_example_in_a_page_and_as_data(
    site: TestClient, served: Served
) -> None:
    """No canned query fails with the values its own header gives."""
    for query in served.release.queries:
        values = urlencode({param.name: param.example for param in query.params})
        address = f"/query/{query.name}?{values}"
        page = check_page(site.get(address, headers={"accept": "text/html"}).text)
        assert "<td" in page.page, query.name
        data = site.get(address, headers={"accept": "*/*"}).raise_for_status()
        assert not data.headers["content-type"].startswith("text/html")


def test_the_partnership_of_two_networks_is_in_the_data_of_each(site: TestClient) -> None:
    """From the identifier of the Mayors Migration Council to Turtle that names C40."""
    answer = site.get("/id/network/mayors-migration-council", headers={"accept": "text/turtle"})
    triples = {quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
    council, c40 = (
        ox.NamedNode(f"https://w3id.org/reti-graph/id/network/{slug}")
        for slug in ("mayors-migration-council", "c40")
    )
    partners_with = ox.NamedNode("https://w3id.org/reti-graph/ontology#partnersWith")
    assert ox.Triple(council, partners_with, c40) in triples
