"""A release served from the folder it was written into, beside the same one held in memory."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph import wiring
from reti_graph.config import with_values
from reti_graph.errors import CallError, StoreError
from reti_graph.release import write_release
from tests.stores.comparing import told
from tests.stores.serving import served
from tests.web.conftest import open_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from reti_graph.release import Release

PATHS: Final = (
    "/",
    "/en/",
    "/doc/network/alpha",
    "/doc/network/alpha.ttl",
    "/doc/network/alpha.trig",
    "/doc/network/alpha.jsonld",
    "/id/network/alpha",
    "/doc/network/alphq",
    "/ontology.ttl",
    "/shapes.ttl",
    "/queries",
    "/sitemap.xml",
    "/openapi.json",
    "/dump.nq",
    "/dump.ttl",
    "/dump.nq.gz",
    "/dump.nope",
    "/doc/city/milan.it.html",
    "/source/page",
    "/doc/query/members.ttl",
    "/nothing/of/the/kind",
    "/query/members.html",
    "/query/members.html?network=no-such",
    "/query/members?network=no-such",
    "/query/networks.csv",
    "/query/map.ttl",
    "/robots.txt",
    "/table/city.csv",
    "/dump/source/page.trig",
    "/linkset/catalog",
    "/sitemap/1.xml",
    "/sitemap/2.xml",
    "/sparql?query=SELECT+*+%7B+%3Fs+a+%3Ft+%7D&format=csv",
    "/sparql?query=SELECT+%3Fg+%7B+GRAPH+%3Fg+%7B+%3Fs+a+%3Ft+%7D+%7D",
)
# What is said of a release of many statements does not name its graphs.
NAMING_GRAPHS: Final = (
    "/sparql",
    "/catalog.ttl",
    "/catalog",
    "/dataset.ttl",
    "/dataset",
    "/.well-known/void",
)


@pytest.fixture(scope="module")
def stored(release_folder: Path) -> Iterator[TestClient]:
    """Give a client of the server that reads the folder."""
    with open_client(wiring.asgi(release=release_folder)) as client:
        yield client


@pytest.fixture(scope="module")
def listed(release_folder: Path) -> Iterator[TestClient]:
    """Give a client of a server to which so many statements are too many to look through."""
    change = partial(with_values, values={"limits.quads_in_memory": 1})
    with open_client(wiring.asgi(release=release_folder, change=change)) as client:
        # Names are known from the first time on that they are needed.
        assert client.get("/sitemap.xml").status_code == 200
        yield client


@pytest.fixture(scope="module")
def held(small_release: Release) -> Iterator[TestClient]:
    """Give a client of the server that holds the release in memory."""
    with served(small_release) as client:
        yield client


@pytest.mark.parametrize("path", [*PATHS, *NAMING_GRAPHS])
def test_a_release_on_disk_is_answered_as_one_in_memory(
    stored: TestClient, held: TestClient, path: str
) -> None:
    """With the same status, headers and content, whatever is asked for."""
    assert told(stored.get(path)) == told(held.get(path))


@pytest.mark.parametrize("path", PATHS)
def test_many_statements_are_answered_as_few_are(
    listed: TestClient, held: TestClient, path: str
) -> None:
    """Though the names in them are found in another way."""
    assert told(listed.get(path)) == told(held.get(path))


def test_every_thing_of_the_site_map_is_there(stored: TestClient, held: TestClient) -> None:
    """Each document has the statements it has from memory."""
    lines = stored.get("/sitemap.xml").text.split("<loc>")[1:]
    paths = [line.partition("</loc>")[0].partition("/doc/")[2] for line in lines]
    documents = [f"/doc/{path}.nq" for path in paths if path]
    assert documents
    assert [stored.get(path).text for path in documents] == [
        held.get(path).text for path in documents
    ]


@pytest.mark.parametrize("content", [None, "{}", "no JSON"])
def test_a_folder_that_is_no_release_is_refused(tmp_path: Path, content: str | None) -> None:
    """The hint says what writes one."""
    if content is not None:
        (tmp_path / "release.json").write_text(content)
    with (
        pytest.raises(CallError, match="release") as caught,
        open_client(wiring.asgi(release=tmp_path)),
    ):
        pass
    assert "build --store" in str(caught.value.hint)


def test_a_release_without_a_store_is_refused(small_release: Release, tmp_path: Path) -> None:
    """It has all the files, and nothing to ask."""
    write_release(small_release, tmp_path / "release")
    with pytest.raises(CallError) as caught, open_client(wiring.asgi(release=tmp_path / "release")):
        pass
    assert "build --store" in str(caught.value.hint)


def test_a_release_that_lost_its_store_is_refused(place: Path) -> None:
    """With the command that writes it anew."""
    shutil.rmtree(place / "store")
    with pytest.raises(CallError, match="store") as caught, open_client(wiring.asgi(release=place)):
        pass
    assert "build --store" in str(caught.value.hint)
    assert [path.name for path in place.parent.iterdir()] == ["release"]


def test_a_store_that_cannot_be_read_is_refused(place: Path) -> None:
    """Nothing is left of the attempt."""
    (place / "store" / "CURRENT").write_text("nonsense")
    with pytest.raises(StoreError), open_client(wiring.asgi(release=place)):
        pass
    assert [path.name for path in place.parent.iterdir()] == ["release"]
