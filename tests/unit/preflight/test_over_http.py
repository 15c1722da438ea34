from __future__ import annotations

import gzip
import socket
from typing import TYPE_CHECKING, Final, NoReturn

import pytest

from reti_graph import __version__
from reti_graph.errors import StoreError, StoreTimeoutError
from reti_graph.preflight import over_http
from reti_graph.preflight.over_http import HttpFetcher
from tests.unit.preflight.loopback import Loopback, Reply, answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.preflight.answers import Answer

PUBLIC: Final = "https://example.org/nets/"
MOST: Final = 1_000
REPLIES: Final = {
    "/plain": Reply(b"words", headers={"Content-Type": "text/turtle", "X-Two": "a"}),
    "/packed": Reply(gzip.compress(b"words"), headers={"Content-Encoding": "gzip"}),
    "/badly-packed": Reply(b"words", headers={"Content-Encoding": "gzip"}),
    "/long": Reply(b"x" * 100_000),
    "/exact": Reply(b"x" * MOST),
    "/moved": Reply(status=301, headers={"Location": "/moved-on#part"}),
    "/moved-on": Reply(status=302, headers={"Location": "{here}plain"}),
    "/loop": Reply(status=302, headers={"Location": "loop"}),
    "/public": Reply(status=302, headers={"Location": f"{PUBLIC}plain"}),
    "/to-file": Reply(status=302, headers={"Location": "file:///etc/hostname"}),
    "/to-nowhere": Reply(status=302, headers={"Location": "http://[broken/"}),
    "/half": Reply(b"words", length=100),
    "/refused": Reply(b"no", status=403),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """Give a server that answers all of this."""
    with answering(REPLIES) as loopback:
        yield loopback


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    """Give a fetcher that goes where it is told."""
    with HttpFetcher() as fetcher:
        yield fetcher


def got(fetcher: HttpFetcher, address: str, most: int = MOST) -> Answer:
    """Return the answer to GET."""
    return fetcher.fetch("GET", address, most=most)


def error(fetcher: HttpFetcher, address: str) -> StoreError:
    """Return what is raised for an address; the message names it, and there is a hint."""
    with pytest.raises(StoreError) as raised:
        got(fetcher, address)
    assert address in raised.value.message
    assert raised.value.hint
    return raised.value


def test_an_answer_is_given_as_it_came(server: Loopback, fetcher: HttpFetcher) -> None:
    """Status, body, and headers with their names in lower case."""
    answer = got(fetcher, f"{server.address}plain")
    assert (answer.status, answer.body, answer.cut) == (200, b"words", False)
    assert (answer.headers["content-type"], answer.headers["x-two"]) == ("text/turtle", "a")
    assert (answer.address, answer.redirects) == (f"{server.address}plain", ())
    assert got(fetcher, f"{server.address}refused").status == 403


def test_head_has_the_headers_and_no_body(server: Loopback, fetcher: HttpFetcher) -> None:
    """Even where a length is told."""
    answer = fetcher.fetch("HEAD", f"{server.address}long", most=0)
    assert (answer.body, answer.cut, answer.headers["content-length"]) == (b"", False, "100000")


def test_who_asks_and_for_what_is_said(server: Loopback, fetcher: HttpFetcher) -> None:
    """Anything is welcome unless something else is said."""
    got(fetcher, f"{server.address}plain?a=b#part")
    fetcher.fetch("GET", f"{server.address}plain", accept="text/csv", most=MOST)
    (_, path, first), (_, _, second) = server.requests[-2:]
    assert (path, first["accept"], second["accept"]) == ("/plain?a=b", "*/*", "text/csv")
    assert first["user-agent"] == f"reti-graph/{__version__} preflight"


def test_content_codings_are_undone(server: Loopback, fetcher: HttpFetcher) -> None:
    """What the file is counts, not how it travels."""
    assert got(fetcher, f"{server.address}packed").body == b"words"


def test_a_long_body_is_cut_after_what_was_asked_for(
    server: Loopback, fetcher: HttpFetcher
) -> None:
    """One of exactly that length is whole."""
    long, exact = (got(fetcher, f"{server.address}{name}") for name in ("long", "exact"))
    assert (len(long.body), long.cut) == (MOST, True)
    assert (len(exact.body), exact.cut) == (MOST, False)


def test_redirects_are_followed_and_told(server: Loopback, fetcher: HttpFetcher) -> None:
    """Relative and absolute ones; the fragment is not part of an address that is asked."""
    answer = got(fetcher, f"{server.address}moved")
    assert (answer.status, answer.body) == (200, b"words")
    assert (answer.address, answer.redirects) == (f"{server.address}plain", (301, 302))


def test_a_circle_of_redirects_is_broken_off(server: Loopback, fetcher: HttpFetcher) -> None:
    """After five."""
    before = len(server.requests)
    assert "redirects more than 5 times" in error(fetcher, f"{server.address}loop").message
    assert len(server.requests) - before == 6


def test_addresses_are_asked_elsewhere_and_told_as_they_are_public(server: Loopback) -> None:
    """Also those that redirects lead to, whichever of the two they name."""
    with HttpFetcher({PUBLIC: server.address, "https://example.org/": server.address}) as fetcher:
        for name in ("plain", "moved", "public"):
            answer = got(fetcher, f"{PUBLIC}{name}")
            assert (answer.status, answer.address) == (200, f"{PUBLIC}plain")


def test_no_other_scheme_than_http_is_followed(server: Loopback, fetcher: HttpFetcher) -> None:
    """Least of all to a file."""
    with pytest.raises(StoreError, match=r"file:///etc/hostname is no http or https address"):
        got(fetcher, f"{server.address}to-file")
    assert "no http or https address" in error(fetcher, "ftp://127.0.0.1/x").message


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:port/", "http:///x", f"http://{'a' * 70}.x/"]
)
def test_what_is_no_address_is_told(fetcher: HttpFetcher, address: str) -> None:
    """Wherever it comes from."""
    assert "is no address" in error(fetcher, address).message


def test_a_redirect_to_what_is_no_address_is_told(server: Loopback, fetcher: HttpFetcher) -> None:
    """With the address it leads to."""
    with pytest.raises(StoreError, match=r"http://\[broken/ is no address"):
        got(fetcher, f"{server.address}to-nowhere")


def test_a_connection_that_is_refused_is_told(fetcher: HttpFetcher) -> None:
    """The server may not run."""
    with socket.socket() as taken:
        # Bound but not listening: nobody else gets the port, and nobody answers there.
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        assert "is refused" in error(fetcher, address).message


def test_a_server_without_tls_is_told(server: Loopback, fetcher: HttpFetcher) -> None:
    """No connection is made that is not protected as asked."""
    address = server.address.replace("http:", "https:")
    assert "TLS connection" in error(fetcher, address).message


def test_a_name_that_is_not_known_is_told(
    fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked for it here."""

    def unknown(*_: object, **__: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "is not known" in error(fetcher, "http://nobody.invalid/").message


def test_half_an_answer_is_none(server: Loopback, fetcher: HttpFetcher) -> None:
    """A body shorter than its Content-Length is a broken one."""
    assert "no whole HTTP answer" in error(fetcher, f"{server.address}half").message


def test_a_body_in_another_coding_than_it_says_is_told(
    server: Loopback, fetcher: HttpFetcher
) -> None:
    """Nobody could read it."""
    message = error(fetcher, f"{server.address}badly-packed").message
    assert "not coded as its Content-Encoding says" in message


def test_an_answer_that_does_not_come_in_time_is_given_up(
    server: Loopback, fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Harvesters do not wait for ever either."""
    monkeypatch.setattr(over_http, "SECONDS", 0)
    assert isinstance(error(fetcher, f"{server.address}plain"), StoreTimeoutError)


def test_a_server_that_accepts_and_says_nothing_is_given_up(
    fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the connection stands."""
    monkeypatch.setattr(over_http, "SECONDS", 0.05)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert isinstance(error(fetcher, address), StoreTimeoutError)
