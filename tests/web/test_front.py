"""The layer in front: what was answered once, and what every answer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from starlette.testclient import TestClient

from reti_graph import wiring
from reti_graph.stores.remote.products import product_of
from tests.fakes import InProcessAnswers
from tests.web.conftest import application
from tests.web.test_coding import DECODERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette

    from reti_graph.release import Release

    Open = Callable[[Starlette], TestClient]

SPARQL: Final = "/sparql?query=ASK%7B%7D"
EVERY: Final = (
    "/",
    "/doc/network/alpha",
    "/doc/network/alpha.ttl",
    "/queries",
    "/query/networks?format=csv",
    SPARQL,
    "/sparql",
    "/shapes",
    "/openapi.json",
    "/robots.txt",
    "/sitemap.xml",
    "/static/style.css",
)


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("validator", ["if-none-match", "if-modified-since"])
def test_a_repeated_request_costs_no_query(
    small_release: Release, client_of: Open, address: str, validator: str
) -> None:
    """With a validator it is a 304; without one the same bytes come again."""
    answers = InProcessAnswers(wiring.store_for(small_release))
    client = client_of(application(small_release, answers))
    first = client.get(address)
    asked = list(answers.asked)
    source = "etag" if validator == "if-none-match" else "last-modified"
    again = client.get(address, headers={validator: first.headers[source]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-type" not in again.headers
    assert client.get(address).content == first.content
    assert answers.asked == asked


def test_the_same_thing_asked_for_otherwise_is_not_made_again(
    small_release: Release, client_of: Open
) -> None:
    """However a client writes that it wants Turtle."""
    answers = InProcessAnswers(wiring.store_for(small_release))
    client = client_of(application(small_release, answers))
    query = "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D"
    accepted = ("text/turtle", "text/turtle;q=0.9", "text/turtle, */*;q=0.1")
    bodies = {client.get(query, headers={"accept": accept}).content for accept in accepted}
    assert len(bodies) == len(answers.asked) == 1


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
@pytest.mark.parametrize("address", ["/doc/network/alpha", "/doc/network/alpha.ttl", "/shapes"])
def test_large_answers_are_compressed_for_whoever_takes_that(
    client: TestClient, address: str, coding: str
) -> None:
    """The same after decoding, with a tag of its own, and said in Vary."""
    plain = client.get(address)
    coded = client.get(address, headers={"accept-encoding": coding})
    assert coded.headers["content-encoding"] == coding
    assert int(coded.headers["content-length"]) < len(plain.content)
    # The client of these tests decodes all but this one.
    body = DECODERS[coding](coded.content) if coding == "zstd" else coded.content
    assert body == plain.content
    assert coded.headers["etag"] != plain.headers["etag"]
    for answer in (plain, coded):
        assert "Accept-Encoding" in answer.headers["vary"]
    again = {"accept-encoding": coding, "if-none-match": coded.headers["etag"]}
    assert client.get(address, headers=again).status_code == 304


@pytest.mark.parametrize("address", [*EVERY, "/health", "/none", "/id/network/alpha"])
def test_every_answer_has_a_name_of_its_own(client: TestClient, address: str) -> None:
    """For the log; also when it is the same answer again."""
    names = {client.get(address).headers["x-request-id"] for _ in range(2)}
    assert len(names) == 2


@pytest.mark.parametrize("address", [*EVERY, "/health", "/none", "/id/network/alpha", "/dump.nq"])
def test_every_answer_says_what_it_comes_from(client: TestClient, address: str) -> None:
    """By that name others know whose `/sparql` it is; also when it is the same answer again."""
    for _ in range(2):
        assert product_of("", client.get(address).headers["server"]).name == "reti-graph"


@pytest.mark.parametrize("address", [*EVERY, "/health", "/none", "/id/network/alpha"])
def test_head_is_get_without_the_body(client: TestClient, address: str) -> None:
    """Everywhere, before and after it was kept."""
    for _ in range(2):
        whole, head = client.get(address), client.head(address)
        assert head.content == b""
        assert head.status_code == whole.status_code
        for headers in (whole.headers, head.headers):
            del headers["x-request-id"]
        assert dict(head.headers) == dict(whole.headers)


def test_two_lines_of_accept_are_one_list(client: TestClient) -> None:
    """The second line counts as much as the first (RFC 9110, 5.3)."""
    lines = [("accept", "image/png"), ("accept", "application/n-triples")]
    answer = client.get("/doc/network/alpha", headers=lines)
    assert answer.headers["content-type"] == "application/n-triples"
    other = client.get(
        "/doc/network/alpha", headers=[("accept", "image/png"), ("accept", "text/turtle")]
    )
    assert other.headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("name", ["accept", "accept-language", "accept-encoding"])
def test_wishes_too_long_to_read_are_refused(client: TestClient, name: str) -> None:
    """431, however they are split over lines."""
    long = [(name, "x/y;q=0.1, " * 400)] * 2
    answer = client.get("/doc/network/alpha", headers=long)
    assert (answer.status_code, answer.json()["status"]) == (431, 431)
    assert client.get("/doc/network/alpha", headers=long[:1]).status_code in {200, 406}


def test_parameters_too_many_to_read_are_refused(client: TestClient) -> None:
    """Before they are taken apart."""
    answer = client.get("/doc/network/alpha?" + "a&" * 201)
    assert (answer.status_code, answer.json()["status"]) == (400, 400)


def test_before_anything_is_published_the_server_asks_to_wait(small_release: Release) -> None:
    """503 with the time, as a problem document."""
    client = TestClient(application(small_release))
    answer = client.get("/doc/network/alpha", headers={"accept": "text/html"})
    assert (answer.status_code, answer.json()["status"]) == (503, 503)
    assert int(answer.headers["retry-after"]) > 0


def test_a_condition_that_does_not_hold_is_412(client: TestClient) -> None:
    """Before and after the answer was kept."""
    for _ in range(2):
        answer = client.get("/doc/network/alpha.ttl", headers={"if-match": '"other"'})
        assert (answer.status_code, answer.content) == (412, b"")
