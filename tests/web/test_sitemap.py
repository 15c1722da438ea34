"""The site map: all documents, each with the day of its last change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.parts import Part
from reti_graph.sources.dates import Dated
from reti_graph.terms import RDF_TYPE
from reti_graph.web.sitemap import MOST_ADDRESSES, documents, index, site_maps
from tests.web.conftest import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.catalogue.parts import Kind
    from reti_graph.release import Release

    Open = Callable[[Starlette], TestClient]

BASE: Final = "https://example.org/nets/"
KIND: Final = ox.NamedNode("https://example.org/Kind")
JANUARY, MARCH, MAY, JUNE, JULY = (date(2026, month, 1) for month in (1, 3, 5, 6, 7))
SPACE: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(content: str | bytes) -> ET.Element:
    """Read a file of the map."""
    return ET.fromstring(content)  # noqa: S314 -- written by ourselves


def part(name: str, day: date, *said: tuple[str, str]) -> Part:
    """Make a part that changed on a day, with types of things, each in a graph; both by path."""
    kind: Kind = "source" if name.startswith("source/") else "queries" if name else "whole"
    quads = tuple(
        ox.Quad(ox.NamedNode(BASE + thing), RDF_TYPE, KIND, ox.NamedNode(BASE + graph))
        for thing, graph in said
    )
    return Part(name=name, kind=kind, quads=quads, dated=Dated(JANUARY, day))


A: Final = (("id/city/milan", "source/a/x"), ("source/a/x", "source/a/x"))
B: Final = (("id/city/milan", "source/b/y"), ("id/city/rome", "source/b/y"), ("other", "source/c"))
PARTS: Final = (
    part("", JULY, *A, *B),
    part("queries", MAY, ("query/all", "queries"), ("query/all#parameter-x", "queries")),
    part("source/a", MARCH, *A),
    part("source/b", JUNE, *B[:2]),
)


def test_a_document_changes_with_the_latest_part_that_speaks_of_it() -> None:
    """Two sources that speak of one city, a passage of one, a query, and what no part speaks of."""
    found = documents(PARTS, BASE)
    assert found["/doc/city/milan"] == JUNE
    assert found["/doc/city/rome"] == JUNE
    assert found["/source/a/x"] == MARCH
    assert found["/doc/query/all"] == MAY
    assert found["/other"] == JULY
    assert not [path for path in found if "#" in path]


def test_the_catalogue_its_datasets_and_the_lists_are_in_the_map() -> None:
    """The lists change with anything, a dataset on its own day."""
    found = documents(PARTS, BASE)
    days = {found[path] for path in ("/", "/catalog", "/dataset", "/queries")}
    assert days == {JULY, MAY}
    assert found["/dataset/source/a"] == MARCH
    assert found["/dataset/queries"] == MAY


def test_things_of_others_are_no_documents() -> None:
    """Their IRIs do not begin with the site's base."""
    elsewhere = documents(PARTS, "https://elsewhere.example/")
    assert [path for path in elsewhere if path.startswith(("/doc", "/id", "/source"))] == []


@given(
    st.lists(st.tuples(st.text(min_size=1), st.dates()), min_size=1, max_size=30),
    st.integers(1, 10),
    st.integers(500, 2_000),
)
def test_no_file_is_larger_than_it_may_be(
    entries: list[tuple[str, date]], most: int, most_bytes: int
) -> None:
    """All files together have every address once and in order, with the day of its last change."""
    maps = site_maps(entries, most, most_bytes)
    days: list[str | None] = []
    for content, newest in maps:
        found = [each.text or "" for each in read(content).iter(f"{SPACE}lastmod")]
        assert 1 <= len(found) <= most
        assert len(found) == 1 or len(content.encode()) <= most_bytes
        assert max(found) == newest.isoformat()
        days += found
    assert days == [day.isoformat() for _, day in entries]


def test_more_addresses_than_one_file_may_hold_are_listed_by_several() -> None:
    """50,000 is what sitemaps.org allows."""
    entries = [(f"https://example.org/{number}", MAY) for number in range(MOST_ADDRESSES + 1)]
    assert len(site_maps(entries[:-1])) == 1
    first, second = site_maps(entries)
    assert first[0].count("<url>") == MOST_ADDRESSES
    assert second[0].count("<url>") == 1


def test_the_list_of_files_has_their_days() -> None:
    """A crawler fetches only those that changed."""
    found = read(index([("https://example.org/1.xml?a&b", MAY)]))
    assert found.tag == f"{SPACE}sitemapindex"
    assert [each.text for each in found.iter(f"{SPACE}loc")] == ["https://example.org/1.xml?a&b"]
    assert [each.text for each in found.iter(f"{SPACE}lastmod")] == ["2026-05-01"]


@pytest.fixture
def public(small_release: Release, client_of: Open) -> TestClient:
    """Give a client of the small site, which is reached below a path of another host."""
    settings = msgspec.structs.replace(
        small_release.settings, public_url="https://data.example.org/reti/"
    )
    names = ("ontology", "rules", "shapes", "queries", "source/page")
    dates = {name: Dated(JANUARY, MAY) for name in names} | {"queries": Dated(JANUARY, JUNE)}
    return client_of(application(replace(small_release, settings=settings, dates=dates)))


def test_the_map_has_the_public_addresses(public: TestClient) -> None:
    """With days that say nothing of the machine the site is served from."""
    answer = public.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    found = {
        each.findtext(f"{SPACE}loc"): each.findtext(f"{SPACE}lastmod")
        for each in read(answer.content)
    }
    start = "https://data.example.org/reti"
    assert found[f"{start}/doc/network/alpha"] == "2026-05-01"
    assert found[f"{start}/doc/query/members"] == "2026-06-01"
    assert found[f"{start}/catalog"] == "2026-06-01"
    assert found[f"{start}/dataset/source/page"] == "2026-05-01"
    assert found[f"{start}/shapes"] == "2026-05-01"


def test_every_document_in_the_map_is_there(public: TestClient) -> None:
    """No address of it is refused, and robots.txt asks to leave none alone."""
    found = read(public.get("/sitemap.xml").content).iter(f"{SPACE}loc")
    paths = [(each.text or "").removeprefix("https://data.example.org") for each in found]
    assert len(paths) > 10
    refused = [
        line.removeprefix("Disallow: ")
        for line in public.get("/robots.txt").text.splitlines()
        if line.startswith("Disallow: ")
    ]
    for path in paths:
        assert public.get(path, headers={"accept": "text/html"}).status_code == 200, path
        assert not path.startswith(tuple(refused))


def test_a_part_of_the_map_has_a_number(public: TestClient) -> None:
    """There is none before the first and none after the last."""
    assert public.get("/sitemap/1.xml").content == public.get("/sitemap.xml").content
    for name in ("0", "2", "01", "x"):
        assert public.get(f"/sitemap/{name}.xml").status_code == 404
