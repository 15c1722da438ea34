"""The site that comes with the program, built and served from disk, beside the same in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reti_graph import wiring
from reti_graph.gate import QueryForm
from reti_graph.release import MANIFEST, write_release
from reti_graph.sources.folder import SETTINGS_FILE
from tests.stores.asking import RICH, canned, check_same, documents, things
from tests.stores.serving import CHANGED, served
from tests.web.conftest import open_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from reti_graph.release import Release


@pytest.fixture(scope="module")
def held(release: Release) -> Iterator[TestClient]:
    """Give the site from memory."""
    with served(release) as client:
        yield client


@pytest.fixture(scope="module")
def stored(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give the site from the folder that `build --store` writes."""
    folder = tmp_path_factory.mktemp("releases") / "release"
    text = (wiring.bundled_site() / SETTINGS_FILE).read_text(encoding="utf-8")
    write_release(release, folder, settings=text)
    # The day is that of what is made in memory.
    os.utime(folder / MANIFEST, (CHANGED.timestamp(), CHANGED.timestamp()))
    with open_client(wiring.asgi(release=folder)) as client:
        yield client


def test_every_canned_query_is_answered_the_same_from_disk(
    held: TestClient, stored: TestClient, release: Release
) -> None:
    """With its examples, as data: the page is made of that."""
    for query in release.queries:
        graph = query.form not in {QueryForm.SELECT, QueryForm.ASK}
        check_same(held, stored, canned(query, ("ttl",) if graph else ("json",)))


def test_every_kind_of_document_is_the_same_from_disk(
    held: TestClient, stored: TestClient, release: Release
) -> None:
    """As quads, and as a page where there is much to say."""
    names = things(release)
    assert len(names) > 30
    check_same(held, stored, documents(names, ("trig",)))
    check_same(held, stored, documents(RICH, ("it.html",)))


@pytest.mark.parametrize(
    "address",
    ["/", "/sitemap.xml", "/ontology.ttl", "/shapes.ttl", "/id/network/eurocitiez"],
)
def test_what_is_said_of_the_site_is_the_same_from_disk(
    held: TestClient, stored: TestClient, address: str
) -> None:
    """With its dates, and the names that look like another one."""
    check_same(held, stored, [address])


def test_a_dump_of_the_whole_graph_is_the_same_from_disk(
    held: TestClient, stored: TestClient
) -> None:
    """Byte for byte: what is made on demand and what was written once."""
    for ending in ("nq", "trig"):
        near, far = (client.get(f"/dump.{ending}") for client in (held, stored))
        assert near.status_code == 200
        assert (far.content, far.headers["etag"]) == (near.content, near.headers["etag"])
