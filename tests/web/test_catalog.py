"""The catalogue as harvesters, search engines and people get it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.robotparser import RobotFileParser

import msgspec
import pyoxigraph as ox
import pytest

from reti_graph.release import write_release
from reti_graph.terms import DCAT, HYDRA, RDF_TYPE, VOID
from tests.pages import check_page
from tests.web.conftest import application

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.release import Release
    from reti_graph.web.publication import Served

    Open = Callable[[Starlette], TestClient]
    Json = dict[str, Any]

BASE: Final = "https://example.org/nets/"
PUBLIC: Final = "https://data.example.org/reti/"
BROWSER: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS: Final = {
    "ttl": "text/turtle; charset=utf-8",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
DATASETS: Final = ("dataset", "dataset/ontology", "dataset/shapes", "dataset/queries")
HEX: Final = ox.NamedNode("http://www.w3.org/2001/XMLSchema#hexBinary")
DATA: Final = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def served(client: TestClient) -> Served:
    """Give what a client's application serves."""
    found: Served = client.app.state.publication.current  # type: ignore[attr-defined]
    return found


def triples(content: bytes, suffix: str) -> set[ox.Triple]:
    """Read a document as a harvester does, which fetches nothing else."""
    kind = ox.RdfFormat.from_extension(suffix)
    assert kind is not None
    return {quad.triple for quad in ox.parse(content, format=kind)}


def instances(found: set[ox.Triple], kind: str) -> set[str]:
    """Give the IRIs of what is of a class."""
    typed = (triple for triple in found if triple.predicate == RDF_TYPE)
    return {str(each.subject)[1:-1] for each in typed if each.object == ox.NamedNode(kind)}


@pytest.fixture(scope="module")
def public_release(small_release: Release) -> Release:
    """Give the small site, reached below a path of another host."""
    settings = msgspec.structs.replace(small_release.settings, public_url=PUBLIC)
    return replace(small_release, settings=settings)


@pytest.fixture
def public(public_release: Release, client_of: Open) -> TestClient:
    """Give a client of the site that is reached elsewhere."""
    return client_of(application(public_release))


@pytest.mark.parametrize("accept", [None, "*/*", "text/*", "text/turtle, */*;q=0.1"])
def test_who_wants_nothing_in_particular_gets_turtle(
    client: TestClient, accept: str | None
) -> None:
    """Harvesters send no useful Accept, and fail on HTML at the catalogue's address."""
    answer = client.get("/catalog", headers={"accept": accept} if accept else {})
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert answer.headers["content-location"] == "/catalog.ttl"
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_has_all_of_the_catalogue(client: TestClient, suffix: str) -> None:
    """In one page, by suffix, by Accept and by parameter; with nothing to be fetched besides."""
    answer = client.get(f"/catalog.{suffix}")
    assert answer.headers["content-type"] == FORMATS[suffix]
    found = triples(answer.content, suffix)
    assert found == {quad.triple for quad in served(client).listing.get().quads}
    assert not [each for each in found if each.predicate.value.startswith(HYDRA)]
    accept = FORMATS[suffix].partition(";")[0]
    assert client.get("/catalog", headers={"accept": accept}).content == answer.content
    assert client.get(f"/catalog?format={suffix}").content == answer.content


def test_every_part_of_the_site_is_a_dataset_of_the_catalogue(client: TestClient) -> None:
    """The whole graph, the ontology, the shapes, the queries, and each source."""
    found = triples(client.get("/catalog.ttl").content, "ttl")
    expected = {BASE + path for path in (*DATASETS, "dataset/source/page")}
    assert instances(found, f"{DCAT}Dataset") == expected
    listed = {str(each.object)[1:-1] for each in found if each.predicate.value == f"{DCAT}dataset"}
    assert listed == expected


def test_what_is_said_of_a_dataset_there_stands_at_the_dataset(client: TestClient) -> None:
    """Each dataset's own address has its record."""
    for path, record in served(client).listing.get().records.items():
        found = triples(client.get(f"/{path}.nt").content, "nt")
        assert {quad.triple for quad in record if str(quad.subject) == f"<{BASE}{path}>"} <= found


@pytest.mark.parametrize("path", [*DATASETS, "dataset/source/page"])
def test_a_dataset_tells_its_numbers_at_its_own_address(client: TestClient, path: str) -> None:
    """As VoID counts them; what is no part of the graph is not counted."""
    found = triples(client.get(f"/{path}.nt").content, "nt")
    counts = [each.object for each in found if each.predicate.value == f"{VOID}triples"]
    of_graph = path not in {"dataset/shapes", "dataset/queries"}
    assert bool(counts) is of_graph


def test_an_unknown_dataset_is_told_with_those_most_like_it(client: TestClient) -> None:
    """It is a 404, in whatever form."""
    for path in ("/dataset/source/pages", "/dataset/source/pages.ttl"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert f"{BASE}dataset/source/page" in answer.json()["nearest"]


def test_what_is_served_is_what_a_release_holds(
    client: TestClient, small_release: Release, tmp_path: Path
) -> None:
    """Byte for byte, wherever the release is written."""
    names = write_release(small_release, tmp_path / "out")
    served_too = [name for name in names if name.startswith(("catalog.", "dump", "table/"))]
    assert len(served_too) > 40
    for name in served_too:
        assert client.get(f"/{name}").content == (tmp_path / "out" / name).read_bytes(), name


def test_a_head_tells_the_type_and_the_length(client: TestClient) -> None:
    """Harvesters look before they read."""
    head, whole = client.head("/catalog"), client.get("/catalog")
    assert head.headers["content-type"] == "text/turtle; charset=utf-8"
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.content == b""


def test_what_a_harvester_has_is_not_sent_again(client: TestClient) -> None:
    """By its tag."""
    tag = client.get("/catalog").headers["etag"]
    again = client.get("/catalog", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("accept", ["image/png", "text/csv", "text/html;q=0"])
def test_what_the_catalogue_is_not_is_refused(client: TestClient, accept: str) -> None:
    """406, with the list of what there is."""
    answer = client.get("/catalog", headers={"accept": accept})
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["hint"]


@pytest.mark.parametrize("address", ["/catalog.csv", "/catalog.x.ttl", "/catalog."])
def test_a_suffix_that_is_no_format_stands_for_nothing(client: TestClient, address: str) -> None:
    """The catalogue is at no address that nobody gave it."""
    assert client.get(address).status_code == 404


def test_addresses_of_files_are_public_and_names_stay(public: TestClient) -> None:
    """The site moves, and its datasets are the same to every portal."""
    found = triples(public.get("/catalog.ttl").content, "ttl")
    assert f"{BASE}dataset" in instances(found, f"{DCAT}Dataset")
    files = {
        str(each.object)[1:-1] for each in found if each.predicate.value == f"{DCAT}downloadURL"
    }
    assert f"{PUBLIC}dump.ttl" in files
    assert {address for address in files if not address.startswith(PUBLIC)} == set()


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_browser_gets_a_page_with_every_dataset(public: TestClient, language: str) -> None:
    """Each with its page and its files; all links stay below the public path."""
    answer = public.get("/catalog", headers={"accept": BROWSER, "accept-language": language})
    assert answer.headers["content-location"] == f"/reti/catalog.{language}.html"
    page = check_page(answer.text)
    assert page.one("html").attributes["lang"] == language
    hrefs = {tag.attributes["href"] for tag in page.all("a")}
    wanted = {f"/reti/{path}" for path in (*DATASETS, "dataset/source/page", "dump.nq.gz")}
    assert wanted <= hrefs
    assert {href for href in hrefs if href.startswith("/")} == {
        href for href in hrefs if href.startswith("/reti/")
    }
    assert f"{PUBLIC}catalog.ttl" in page.one("main").text
    assert "/reti/catalog" in hrefs


def test_the_page_has_the_whole_checksum_of_every_file(client: TestClient) -> None:
    """Whoever has a file can tell whether it is the one that was published."""
    page = client.get("/catalog.en.html").text
    sums = re.findall(r'title="SHA-256 ([0-9a-f]{64})"', page)
    listed = {file.path: file.sha256 for file in served(client).dumps.all()}
    files = {path: found for path, found in listed.items() if not path.endswith(".json")}
    assert sorted(sums) == sorted(files.values())
    told = {quad.object for quad in served(client).listing.get().quads}
    assert {ox.Literal(found, datatype=HEX) for found in sums} <= told
    assert len(sums) > 30


def data_of(client: TestClient, address: str) -> Json:
    """Read what a page tells search engines."""
    (text,) = DATA.findall(client.get(address, headers={"accept": "text/html"}).text)
    found: Json = json.loads(text)
    return found


def test_search_engines_find_the_datasets_on_the_page(public: TestClient) -> None:
    """The catalogue and each dataset with its files, as schema.org has them."""
    catalog, *others = data_of(public, "/catalog?lang=en")["@graph"]
    datasets = [each for each in others if each["@type"] == "Dataset"]
    assert catalog["@type"] == "DataCatalog"
    assert [each["@id"] for each in datasets] == [each["@id"] for each in catalog["dataset"]]
    whole = datasets[0]
    assert (whole["@id"], whole["url"], whole["name"]) == (
        f"{BASE}dataset",
        f"{PUBLIC}dataset",
        "Networks to try",
    )
    assert f"{PUBLIC}dump.ttl" in {each["contentUrl"] for each in whole["distribution"]}


@pytest.mark.parametrize("path", [*DATASETS, "dataset/source/page"])
def test_search_engines_find_a_dataset_on_its_own_page(client: TestClient, path: str) -> None:
    """With all the files that it has."""
    found = data_of(client, f"/{path}")["@graph"][0]
    assert (found["@type"], found["@id"]) == ("Dataset", BASE + path)
    record = served(client).listing.get().records[path]
    files = {q.object.value for q in record if q.predicate.value == f"{DCAT}downloadURL"}  # type: ignore[union-attr]
    assert {each["contentUrl"] for each in found["distribution"]} == files
    check_page(client.get(f"/{path}", headers={"accept": "text/html"}).text)


def test_pages_about_no_dataset_have_no_such_data(client: TestClient) -> None:
    """A network is none."""
    assert not DATA.findall(client.get("/doc/network/alpha").text)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "text/turtle; charset=utf-8"),
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_void_is_where_it_is_looked_for(client: TestClient, accept: str | None, kind: str) -> None:
    """The well-known address has the description itself, in the format asked for."""
    answer = client.get("/.well-known/void", headers={"accept": accept} if accept else {})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    suffix = {media: name for name, media in FORMATS.items()}[kind]
    found = triples(answer.content, suffix)
    assert f"{BASE}dataset" in instances(found, f"{VOID}Dataset")
    assert found == {quad.triple for quad in served(client).listing.get().void}


def test_a_browser_that_looks_for_void_is_led_to_the_dataset(public: TestClient) -> None:
    """Where it is a page."""
    answer = public.get("/.well-known/void", headers={"accept": BROWSER})
    assert (answer.status_code, answer.headers["location"]) == (303, "/reti/dataset")
    assert public.get("/.well-known/void?format=csv").status_code == 406


def test_robots_may_read_what_the_catalogue_offers(public: TestClient) -> None:
    """The downloads and the answers it lists, but not answers to questions nobody asked."""
    robots = RobotFileParser()
    robots.parse(public.get("/robots.txt").text.splitlines())
    found = triples(public.get("/catalog.ttl").content, "ttl")
    predicates = {f"{DCAT}downloadURL", f"{DCAT}accessURL"}
    files = {str(each.object)[1:-1] for each in found if each.predicate.value in predicates}
    assert f"{PUBLIC}query/members.csv" in files
    assert {address for address in files if not robots.can_fetch("portal", address)} == set()
    for path in ("query/members?network=alpha", "query/members.json", "sparql?query=ASK%7B%7D"):
        assert not robots.can_fetch("portal", PUBLIC + path)
    assert robots.site_maps() == [f"{PUBLIC}sitemap.xml"]
