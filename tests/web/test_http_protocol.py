from __future__ import annotations

import json
import signal
import socket
from typing import Final

import pytest

from reti_graph.config import LimitSettings, ServerSettings
from tests.web.served import FLOOD, Plan, get, server
from tests.web.wire import Wire, wire

# A target may have 3 bytes for one of a query, and 8192 for the rest.
LONGEST_TARGET: Final = 3 * 1000 + 8192
SHORT: Final = Plan(
    server=ServerSettings(port=0, log="requests"),
    limits=LimitSettings(query_bytes=1000, body_seconds=1.0),
)
LONG: Final = Plan(limits=LimitSettings(query_bytes=1000))


def refusal(line: Wire) -> int:
    """Give the status of the one answer, a problem document that says the same."""
    ((status, headers, body),) = line.answers()
    members = json.loads(body)
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    assert (members["type"], members["status"]) == ("about:blank", status)
    assert members["detail"]
    return status


def test_a_connection_on_which_nothing_comes_is_closed() -> None:
    """Nobody keeps a connection for nothing."""
    with wire(SHORT) as line:
        assert line.answers() == []


def test_a_head_that_stops_half_way_is_answered_with_408() -> None:
    """Whoever began is told why it ends."""
    with wire(SHORT) as line:
        line.send(b"GET / HTTP/1.1\r\nHost: loc")
        assert refusal(line) == 408


def test_a_head_that_comes_byte_by_byte_is_late_all_the_same() -> None:
    """The time counts from its beginning, not from its last byte."""
    with wire(SHORT) as line:
        line.send(b"GET / HTTP/1.1\r\nX: ")
        sent = 0
        while line.takes(b"x"):
            sent += 1
            assert sent < 1000
        assert sent > 0
        assert refusal(line) == 408


def test_a_second_head_on_a_connection_may_not_be_late_either() -> None:
    """The first answer is sent; what follows has the same time."""
    with wire(SHORT) as line:
        line.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n")
        statuses = [status for status, _, _ in line.answers()]
    assert statuses == [200, 408]


def test_a_slow_answer_is_not_cut_off_by_a_late_head_after_it() -> None:
    """What is being answered goes on; the connection ends with it."""
    with wire(SHORT) as line:
        line.send(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n")
        # Once another connection has run into the same time, the head's own is over.
        with wire(SHORT) as other:
            assert other.answers() == []
        line.served.goes_on()
        assert [status for status, _, _ in line.answers()] == [200]


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 414), (1_000_000, 414)])
def test_a_target_may_be_as_long_as_an_encoded_query(more: int, status: int) -> None:
    """A byte more, or a million, and it is refused, in an answer that can be read."""
    with wire(LONG) as line:
        target = b"/?" + b"q" * (LONGEST_TARGET - 2 + more)
        line.send(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert [found for found, _, _ in line.answers()] == [status]


@pytest.mark.parametrize(
    "headers",
    [
        b"X: " + b"x" * 65_600 + b"\r\n\r\n",
        b"".join(b"X-%d: y\r\n" % number for number in range(10_000)),
        b"X: " + b"x" * 1_000_000,
    ],
    ids=["one too large", "too many", "one that does not end"],
)
def test_header_fields_that_are_too_large_together_are_refused(headers: bytes) -> None:
    """Whether their end has come or not, before they take more memory."""
    with wire(LONG) as line:
        line.send(b"GET / HTTP/1.1\r\n" + headers)
        assert refusal(line) == 431


def test_large_header_fields_within_the_limit_are_taken() -> None:
    """Cookies and traces of other sites are no reason to refuse."""
    with wire(LONG) as line:
        line.send(b"GET / HTTP/1.1\r\nConnection: close\r\nX: " + b"x" * 65_000 + b"\r\n\r\n")
        assert [status for status, _, _ in line.answers()] == [200]


@pytest.mark.parametrize(
    "data", [b"\x16\x03\x01\x02\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"GET / HTTP/9.x\r\n\r\n"]
)
def test_what_is_no_http_is_refused(data: bytes) -> None:
    """TLS on a port without it, and whatever else comes along."""
    with wire(LONG) as line:
        line.send(data)
        assert refusal(line) == 400


def test_line_ends_for_ever_are_no_request() -> None:
    """The parser skips them before a head; the server does not wait for their end."""
    with wire(LONG) as line:
        line.send(b"\r\n" * 100_000)
        assert refusal(line) == 431


def test_nonsense_after_a_request_does_not_spoil_its_answer() -> None:
    """The connection ends after the answer, with no word in its midst."""
    with wire(LONG) as line:
        line.send(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n")
        line.served.goes_on()
        ((status, _, body),) = line.answers()
    assert (status, body) == (200, b"begun")


def test_requests_sent_ahead_are_answered_in_their_order() -> None:
    """HTTP/1.1 allows it (RFC 9112, 9.3.2)."""
    with wire(LONG) as line:
        for size in (b"1", b"2", b"3"):
            line.send(b"POST /body HTTP/1.1\r\nContent-Length: " + size + b"\r\n\r\n")
            line.send(b"x" * int(size))
        line.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        bodies = [body for _, _, body in line.answers()]
    assert bodies[:3] == [b"1", b"2", b"3"]
    assert len(bodies) == 4


def test_very_many_requests_sent_ahead_are_not_all_kept() -> None:
    """Some are answered, then the connection ends, and its client may ask again."""
    with wire(LONG) as line:
        line.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5000)
        answers = line.answers()
    assert {status for status, _, _ in answers} == {200}
    assert 10 < len(answers) < 100
    assert answers[-1][1]["connection"] == "close"


def test_fields_after_a_body_are_no_headers_of_the_request() -> None:
    """They came too late to be believed (RFC 9110, 6.5.1)."""
    with wire(LONG) as line:
        line.send(b"POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
        line.send(b"3\r\nabc\r\n0\r\nAuthorization: me\r\n\r\n")
        ((status, _, body),) = line.answers()
    assert (status, body) == (200, b"3")


def test_a_long_body_is_taken() -> None:
    """How much a body may hold is the application's to say."""
    with wire(LONG) as line:
        line.send(b"POST /body HTTP/1.1\r\nContent-Length: 3000000\r\nConnection: close\r\n\r\n")
        line.send(b"x" * 3_000_000)
        ((_, _, body),) = line.answers()
    assert body == b"3000000"


def test_a_broken_body_is_refused() -> None:
    """Nothing of an answer was sent yet, and the application hears that the client has gone."""
    with wire(LONG) as line:
        line.send(b"POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nno size\r\n")
        assert refusal(line) == 400
        line.served.is_told(signal.SIGTERM)
        assert line.served.ends() == (0, "ended\n", "")


def test_a_broken_body_ends_an_answer_that_has_begun() -> None:
    """There is no other answer to give: the connection is cut, and the client sees it."""
    with wire(LONG) as line:
        line.send(b"POST /slow HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert line.read(8) == b"HTTP/1.1"
        line.send(b"no size\r\n")
        assert not line.read(10_000).endswith(b"0\r\n\r\n")


def test_another_protocol_is_not_taken_up_and_the_request_answered() -> None:
    """The answer says that the connection ends, for nothing after the request would be read."""
    with wire(LONG) as line:
        line.send(b"GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
        line.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        ((status, headers, _),) = line.answers()
    assert (status, headers["connection"]) == (200, "close")


def test_a_client_that_does_not_read_its_answer_is_cut_off() -> None:
    """What it does not take would stay in memory for ever."""
    with wire(SHORT) as line:
        line.send(b"GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.served.hears() == "flooded"


def test_a_client_that_reads_late_gets_its_answer_whole() -> None:
    """The server waits for it, and writes on as it reads."""
    with wire(LONG) as line:
        line.send(b"GET /flood HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        # By the time others are answered, this one has long had to wait.
        with wire(LONG) as other:
            other.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
            assert len(other.answers()) == 1
        ((_, _, body),) = line.answers()
    assert len(body) == FLOOD * 1_000_000


def test_what_is_refused_is_in_the_log_of_requests() -> None:
    """Whoever wonders about a client that got no answer finds it."""
    with wire(SHORT) as line:
        line.send(b"nonsense\r\n\r\n")
        assert refusal(line) == 400
        line.served.is_told(signal.SIGTERM)
        lines = [json.loads(text) for text in line.served.ends()[2].splitlines()]
    assert {"status": 400, "client": "127.0.0.1"}.items() <= lines[-1].items()


def test_in_the_log_of_problems_clients_leave_nothing() -> None:
    """Nobody outside can fill the log."""
    with wire(LONG) as line:
        line.send(b"nonsense\r\n\r\n")
        assert refusal(line) == 400
        line.served.is_told(signal.SIGTERM)
        assert line.served.ends() == (0, "ended\n", "")


def test_other_connections_are_served_meanwhile() -> None:
    """A head that does not come on keeps nobody waiting."""
    with server(LONG) as (_, host, port), socket.create_connection((host, port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        assert get(host, port)["scheme"] == "http"
