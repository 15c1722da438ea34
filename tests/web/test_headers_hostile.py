"""Headers made of what somebody else chose: names in the data, addresses of requests."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from reti_graph.naming import header_iri
from reti_graph.web.representation import Described, Link, represent
from reti_graph.web.responses import see_other
from tests.strategies import iris

if TYPE_CHECKING:
    from starlette.testclient import TestClient

HERE: Final = "http://here.example/a/b"
PRINTABLE: Final = re.compile(r"[\x20-\x7e]*")
PARAMETER: Final = re.compile(r'[ \t]*;[ \t]*([^\s=;,<>"]+)="([^"]*)"')
_SHARP: Final = "<>;,\"=\\'% \t\r\n\0\x0b\x85\u2028\u202e/:?#@[]{}|^`\xe9\u4e2d\U0001f9a0"

hostile = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(_SHARP, max_size=12),
    iris,
    st.sampled_from(
        (
            '>; rel="canonical", <http://evil.example/',
            "x\r\nSet-Cookie: a=b",
            "//evil.example/",
            "\\\\evil.example",
            "javascript:alert(1)",
            'a"; filename="b',
        )
    ),
)
relations = st.sampled_from(("about", "alternate", "describedby", "license", "next", "prev"))
media_types = st.sampled_from((None, "text/turtle", "application/ld+json"))
links = st.builds(Link, hostile, relations, media_types)
# What a target on the wire is made of: it never has a space or a control character.
targets = st.lists(
    st.one_of(
        st.text(_SHARP, max_size=3).map(lambda text: quote(text, safe="/:?@[]<>;,\"'=")),
        st.sampled_from(("%0D%0A", "%00", "%FF", "%2F", "%5C", "..", "//", "id", "doc", "query")),
        st.sampled_from(("network", "alpha", "networks", ".ttl", ".it", ".html", "sparql", "?")),
        st.sampled_from(("format=", "lang=", "page=", "&", "=", "+", "static", "/", "/")),
    ),
    max_size=12,
).map("".join)
accepts = st.sampled_from(("text/html", "text/turtle", "*/*", "application/json", "image/png"))


def read_links(header: str) -> list[tuple[str, dict[str, str]]]:
    """Read a Link header as RFC 8288 has it (B.2), with parameters in quotes."""
    found: list[tuple[str, dict[str, str]]] = []
    while header:
        assert header.startswith("<")
        target, _, header = header[1:].partition(">")
        parameters: dict[str, str] = {}
        while match := PARAMETER.match(header):
            parameters.setdefault(match[1].lower(), match[2])
            header = header[match.end() :]
        found.append((target, parameters))
        assert not header or header.startswith(",")
        header = header.lstrip(", ")
    return found


def _type(link: Link) -> dict[str, str]:
    return {"type": link.media_type} if link.media_type else {}


@given(st.lists(links, min_size=1, max_size=6))
def test_a_link_header_has_the_links_it_was_made_of(made: list[Link]) -> None:
    """An independent reader finds each target, in its place, and no other."""
    header = ", ".join(map(str, made))
    assert PRINTABLE.fullmatch(header)
    assert (header.count("<"), header.count(">")) == (len(made), len(made))
    assert read_links(header) == [
        (header_iri(link.target), {"rel": link.rel, **_type(link)}) for link in made
    ]


@given(hostile)
def test_an_iri_of_a_header_is_written_once(iri: str) -> None:
    """What is encoded already stays as it is."""
    assert header_iri(header_iri(iri)) == header_iri(iri)


@given(hostile, hostile, st.lists(links, max_size=3))
def test_nothing_that_describes_a_body_ends_its_header(
    location: str, body: str, made: list[Link]
) -> None:
    """Whatever is said, each header is one line of printable ASCII."""
    described = Described(links=made, location=location)
    kept = represent(body, "text/plain", "0" * 64, datetime(2026, 11, 25, tzinfo=UTC), described)
    for name, value in kept.headers:
        assert PRINTABLE.fullmatch(value.decode("ascii")), name
    assert [name for name, _ in kept.headers].count(b"etag") == 1


@given(hostile, st.binary(max_size=40))
def test_a_redirect_stays_on_the_site(rest: str, query: bytes) -> None:
    """Wherever under `/doc/` it leads, and whatever the query string of the request was."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "headers": [(b"host", b"here.example")],
        "query_string": quote(query, safe="%&=+\"<>'/:@?#").encode(),
    }
    response = see_other(Request(scope), f"/doc/{rest}")
    location = response.headers["location"]
    assert response.status_code == HTTPStatus.SEE_OTHER
    assert PRINTABLE.fullmatch(location)
    assert urlsplit(urljoin(HERE, location)).netloc == "here.example"


@settings(max_examples=200)
@given(targets, accepts)
def test_any_address_is_answered_with_sound_headers(
    session_client: TestClient, target: str, accept: str
) -> None:
    """No address fails the server, gets out of its header or leads to another host."""
    answer = session_client.get(f"http://testserver/{target}", headers={"accept": accept})
    assert answer.status_code != HTTPStatus.INTERNAL_SERVER_ERROR
    for name, value in answer.headers.multi_items():
        assert PRINTABLE.fullmatch(value), name
    leads = urljoin(HERE, answer.headers.get("location", "/"))
    assert urlsplit(leads).netloc == "here.example"
