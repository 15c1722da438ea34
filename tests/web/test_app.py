from __future__ import annotations

import dataclasses
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import pytest
from starlette.routing import Route

from reti_graph import errors
from reti_graph.web.representation import Link
from reti_graph.web.responses import STATUS, status_of
from tests.pages import check_page
from tests.web.conftest import application, open_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.release import Release
    from reti_graph.stores.port import Store

DOCUMENTATION: Final = (Path(__file__).resolve().parents[2] / "docs" / "http.md").read_text("utf-8")
EVERY_KIND = [
    "/",
    "/queries",
    "/query/networks",
    "/query/networks.rq",
    "/query/none",
    "/sparql?query=ASK%7B%7D",
    "/sparql?query=x",
    "/id/network/alpha",
    "/doc/network/alpha",
    "/doc/network/alpha.ttl",
    "/static/style.css",
    "/static/none.css",
]


def test_the_home_page_shows_networks_queries_and_figures(client: TestClient) -> None:
    """Italian unless the reader asks for English."""
    page = check_page(client.get("/").text)
    assert page.one("h1").text == "Reti di prova"
    assert page.links["Alfa"] == "/id/network/alpha"
    assert page.links["I membri di una rete"] == "/query/members"
    figures = [tag.text for tag in page.all("dd")]
    assert figures[0] == "2"
    english = check_page(client.get("/?lang=en").text)
    assert english.links["Alpha"] == "/id/network/alpha?lang=en"


@pytest.mark.parametrize("address", EVERY_KIND)
def test_every_answer_has_the_headers_that_protect(client: TestClient, address: str) -> None:
    """No scripts, no frames, no guessing of types; readable from everywhere."""
    headers = client.get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("address", EVERY_KIND)
def test_other_sites_may_read_and_only_that(client: TestClient, address: str) -> None:
    """A preflight is told which methods there are; POST is for queries alone."""
    answer = client.options(address)
    assert answer.status_code == 204
    methods = answer.headers["access-control-allow-methods"].split(", ")
    assert ("POST" in methods) == address.startswith("/sparql")
    assert {"GET", "HEAD"} <= set(methods)


@pytest.mark.parametrize("address", ["/", "/doc/network/alpha", "/query/networks", "/none"])
def test_what_only_reads_cannot_be_posted_to(client: TestClient, address: str) -> None:
    """405 with the methods there are."""
    answer = client.post(address)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["/", "/sparql", "/queries", "/doc/network/alpha"])
def test_a_refused_method_names_the_methods_that_a_preflight_names(
    client: TestClient, address: str
) -> None:
    """405 and OPTIONS say the same of one address."""
    refused = client.put(address)
    assert refused.status_code == 405
    assert refused.headers["allow"] == client.options(address).headers["allow"]


@pytest.mark.parametrize(
    "address", ["/doc/network/alpha", "/query/networks", "/sparql?query=ASK{}"]
)
def test_a_browser_gets_a_page_about_a_format_that_there_is_not(
    client: TestClient, address: str
) -> None:
    """A name that stands for no format does not turn the reader into a program."""
    asked = address + ("&" if "?" in address else "?") + "format=nope"
    answer = client.get(asked, headers={"accept": "text/html"})
    assert answer.status_code == 406
    check_page(answer.text)
    data = client.get(asked.replace("nope", "xml"), headers={"accept": "text/html"})
    assert not data.headers["content-type"].startswith("text/html")


def test_the_style_is_served_and_kept_by_caches(client: TestClient) -> None:
    """The one style sheet has its type and a tag."""
    style = client.get("/static/style.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    kept = client.get("/static/style.css", headers={"if-none-match": style.headers["etag"]})
    assert kept.status_code == 304


class BrokenStore:
    """A store that fails in a way nobody foresaw."""

    def select(self, query: str) -> object:
        """Fail."""
        raise ZeroDivisionError(query)


@pytest.fixture
def broken(small_release: Release) -> Iterator[TestClient]:
    """Give a client of an application whose store is broken."""
    store = cast("Store", BrokenStore())
    app = application(small_release, change=lambda served: dataclasses.replace(served, store=store))
    with open_client(app) as client:
        yield client


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_a_fault_of_the_program_is_a_500_without_its_story(
    broken: TestClient, caplog: pytest.LogCaptureFixture, accept: str
) -> None:
    """The client learns that it happened; the log, once, learns why."""
    answer = broken.get("/", headers={"accept": accept})
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "SELECT" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.exc_info and record.exc_info[0] for record in logged] == [ZeroDivisionError]


def every_error(
    kind: type[errors.RetiError] = errors.RetiError,
) -> Iterator[type[errors.RetiError]]:
    """Yield the tree of errors."""
    yield kind
    for below in kind.__subclasses__():
        yield from every_error(below)


@pytest.mark.parametrize("kind", [*every_error()])
def test_every_error_has_a_status(kind: type[errors.RetiError]) -> None:
    """An error of the caller is a 4xx, one of the site or the store a 5xx.

    That a client has used its time is its own doing, though it passes.
    """
    status = status_of(kind.__new__(kind))
    own_fault = issubclass(kind, errors.CallError) and kind not in (
        errors.SiteError,
        errors.SettingsError,
    )
    assert (status < 500) == (own_fault or kind is errors.BudgetError)


def test_no_target_can_end_a_link_early() -> None:
    """A Link header holds one entry for one target, whatever the target holds."""
    link = str(Link('http://e/>;rel="x",<http://evil\r\nX: y', "about"))
    assert link.count("<") == link.count(">") == 1
    assert "\r" not in link
    assert link.endswith('>; rel="about"')


def test_every_route_is_documented(app: Starlette) -> None:
    """docs/http.md has a heading for each address, and for nothing else."""
    paths = {route.path.replace(":path", "") for route in app.routes if isinstance(route, Route)}
    assert set(re.findall(r"^### `(/[^`]*)`$", DOCUMENTATION, re.MULTILINE)) == paths


def test_every_status_of_an_error_is_documented() -> None:
    """The table of failures in docs/http.md has each status that an error can have."""
    told = set(re.findall(r"\b[45]\d\d\b", DOCUMENTATION))
    assert {str(int(status)) for status in STATUS.values()} <= told
