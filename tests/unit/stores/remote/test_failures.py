from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.errors import (
    StoreAnswerError,
    StoreDeniedError,
    StoreError,
    StoreTimeoutError,
    StoreUnreachableError,
)
from reti_graph.gate import QueryForm
from reti_graph.stores.remote import failures
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.values import Patience
from tests.servers.scripted import (
    DROP,
    HANG,
    RESET,
    TEXT,
    Sent,
    answer,
    cut,
    cut_chunked,
    endless,
    refusing,
)
from tests.unit.stores.remote.asking import HTML, JSON, TRIPLE, TRIPLES, YES, addresses, asking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.stores.remote.failures import Failure

SHORT: Final = 0.2
VIRTUOSO: Final = b"Virtuoso %s\n\nSPARQL query:\nASK { 'timeout' }"
DIGEST: Final = {"WWW-Authenticate": 'Digest realm="r", qop="auth", nonce="n", algorithm="MD5"'}

# What the server does; the error; words of its message; words of its hint.
FAULTS: Final[Sequence[tuple[str, Sent, type[StoreError], str, str]]] = (
    ("dropped", DROP, StoreUnreachableError, "without an HTTP answer", "store's log"),
    ("reset", RESET, StoreUnreachableError, "without an HTTP answer", "store.url"),
    (
        "not HTTP",
        Sent(b"SSH-2.0-OpenSSH\r\n\r\n", "close"),
        StoreUnreachableError,
        "without an HTTP answer",
        "store.url",
    ),
    ("slow to answer", HANG, StoreTimeoutError, "within 0.2 seconds", "store.seconds"),
    (
        "slow in the headers",
        Sent(b"HTTP/1.1 200 OK\r\nX: ", "drip"),
        StoreTimeoutError,
        "within 0.2 seconds",
        "store.seconds",
    ),
    ("slow within", cut(JSON, YES, "hang"), StoreTimeoutError, "0.2 seconds", "store.seconds"),
    (
        "dripping",
        Sent(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "drip"),
        StoreTimeoutError,
        "0.2 seconds",
        "store.seconds",
    ),
    ("cut", cut(JSON, YES), StoreAnswerError, "broke off in the midst", "proxies"),
    ("cut by reset", cut(JSON, YES, "reset"), StoreAnswerError, "broke off", "proxies"),
    ("cut chunks", cut_chunked(JSON, YES), StoreAnswerError, "broke off", "proxies"),
    ("endless", endless(JSON, YES), StoreAnswerError, "where its answer ends", "HTTP/1.1"),
    (
        "badly coded",
        answer(200, {**JSON, "Content-Encoding": "gzip"}, YES),
        StoreAnswerError,
        "Content-Encoding",
        "proxies",
    ),
    ("no content", answer(204), StoreAnswerError, "204, but sends no result", "store.url"),
    (
        "a page",
        answer(200, HTML, b"<title>Log&nbsp;in</title><style>p {}</style><p>Please"),
        StoreAnswerError,
        'web page instead of application/sparql-results.json: "Log in Please"',
        "not a form",
    ),
    (
        "a graph",
        answer(200, TRIPLES, TRIPLE),
        StoreAnswerError,
        "application/n-triples",
        "store.url",
    ),
    ("no type", answer(200, {}, YES), StoreAnswerError, "no media type", "store.url"),
    (
        "moved",
        answer(301, {"Location": "https://new.example/sparql?key=1"}),
        StoreAnswerError,
        '301.*another address: "https://new.example/sparql"',
        "store.url",
    ),
    (
        "400",
        answer(400, TEXT, b"No.\n\tReally"),
        StoreAnswerError,
        '400.*: "No. Really"',
        "tells why",
    ),
    ("401", answer(401), StoreDeniedError, "who asks", "RETI_STORE_PASSWORD.*RETI_STORE_TOKEN"),
    ("403", answer(403), StoreDeniedError, "does not let us", "RETI_STORE_USER"),
    ("404", answer(404), StoreAnswerError, "nothing at this address", "store.url"),
    ("405", answer(405), StoreAnswerError, "method", "store.url"),
    ("406", answer(406), StoreAnswerError, "format", "SPARQL 1.1"),
    ("408", answer(408), StoreTimeoutError, "408", "network"),
    ("413", answer(413), StoreAnswerError, "size", "limit"),
    ("429", answer(429), StoreAnswerError, "too many requests", "later"),
    ("500", answer(500, TEXT, b"Oh"), StoreAnswerError, '500: it failed: "Oh"', "log"),
    ("502", answer(502), StoreUnreachableError, "not available", "later"),
    ("503", answer(503), StoreUnreachableError, "not available", "later"),
    ("504", answer(504), StoreTimeoutError, "in time", "proxy"),
    ("507", answer(507), StoreAnswerError, "no room", "disk"),
    ("999", answer(999), StoreAnswerError, "999: it gives a status", "SPARQL 1.1"),
    (
        "the store's own limit of time",
        answer(500, TEXT, VIRTUOSO % b"S1T00 Error SR171: Transaction timed out"),
        StoreTimeoutError,
        "time it gives itself.*SR171: Transaction timed out",
        "limit of time",
    ),
    (
        "a right that is missing",
        answer(500, TEXT, VIRTUOSO % b"42000 Error SR186:SECURITY: No permission to execute"),
        StoreDeniedError,
        "does not let us",
        "GRANT SPARQL_UPDATE",
    ),
    (
        "a full disk",
        answer(500, TEXT, b"IO error: No space left on device"),
        StoreAnswerError,
        "no room left",
        "run this again",
    ),
    (
        "a request Virtuoso refuses",
        answer(500, TEXT, VIRTUOSO % b"22023 Error SR001: no such thing"),
        StoreAnswerError,
        "refuses the request",
        "tells why",
    ),
    (
        "words of the query in an error",
        answer(500, TEXT, VIRTUOSO % b"40001 Error SR172: Transaction deadlocked"),
        StoreAnswerError,
        "500: it failed",
        "log",
    ),
)


@pytest.mark.parametrize(
    ("sent", "kind", "words", "hint"),
    [pytest.param(*fault, id=name) for name, *fault in FAULTS],
)
def test_each_fault_has_its_error_with_what_to_do(
    sent: Sent, kind: type[StoreError], words: str, hint: str
) -> None:
    """The message names the store and what happened, the hint what to look at or to set."""
    with asking([sent], seconds=SHORT) as asked, pytest.raises(StoreError) as caught:
        asked.ask()
    assert type(caught.value) is kind
    assert caught.value.message.startswith(f"The store at {asked.server.url}/query ")
    assert re.search(words, caught.value.message)
    assert re.search(hint, str(caught.value.hint))


def test_a_store_that_does_not_run_is_unreachable() -> None:
    """Nobody listens there; the hint says to start it."""
    with (
        refusing() as url,
        Connection(addresses(url), Patience(retries=0)) as connection,
        pytest.raises(StoreUnreachableError, match="refuses the connection") as caught,
    ):
        connection.query("ASK {}", QueryForm.ASK)
    assert caught.value.hint == "Start the store, or check host and port of store.url."


def test_a_host_that_has_no_name_is_unreachable() -> None:
    """The names under invalid are in no DNS (RFC 6761, 6.4)."""
    with (
        Connection(addresses("http://nobody.invalid"), Patience(retries=0)) as connection,
        pytest.raises(StoreUnreachableError, match="name is not known"),
    ):
        connection.query("ASK {}", QueryForm.ASK)


def test_what_the_caller_was_handling_is_not_taken_for_the_cause() -> None:
    """A connection that ends is told as that, even while a refusal is being dealt with."""
    with asking([DROP]) as asked:
        try:
            int("a refusal")
        except ValueError:
            with pytest.raises(StoreUnreachableError, match="without an HTTP answer"):
                asked.ask()


@pytest.mark.parametrize(
    ("kind", "challenge", "hint"),
    [
        ("basic", {"WWW-Authenticate": 'Basic realm="r"'}, "RETI_STORE_PASSWORD"),
        ("basic", {}, "RETI_STORE_PASSWORD"),
        ("basic", DIGEST, 'store.auth to "digest"'),
        ("digest", DIGEST, "RETI_STORE_PASSWORD"),
        ("digest", {"WWW-Authenticate": "Basic realm=r"}, 'store.auth to "basic"'),
        ("bearer", {"WWW-Authenticate": 'Negotiate, Basic realm="r"'}, 'store.auth to "basic"'),
    ],
)
def test_credentials_that_are_not_taken_are_told_from_those_of_another_kind(
    kind: str, challenge: dict[str, str], hint: str
) -> None:
    """The challenge says which kind the store wants."""
    credentials = Credentials(kind, "anna", "sesame")  # type: ignore[arg-type]
    with (
        asking([answer(401, challenge)], credentials=credentials) as asked,
        pytest.raises(StoreDeniedError, match="does not take these credentials") as caught,
    ):
        asked.ask()
    assert hint in str(caught.value.hint)


@pytest.mark.parametrize(
    "challenge", ['Digest realm="r", nonce="n", algorithm="ROT13"', "Digest nonsense", "Digest a=b"]
)
def test_a_challenge_without_sense_is_a_denial(challenge: str) -> None:
    """What the client cannot work out is told in words, not as a fault of the program."""
    with (
        asking(
            [answer(401, {"WWW-Authenticate": challenge})],
            credentials=Credentials("digest", "anna", "sesame"),
        ) as asked,
        pytest.raises(StoreDeniedError, match="not understood") as caught,
    ):
        asked.ask()
    assert "store.auth" in str(caught.value.hint)


def rows() -> list[Failure]:
    """List every failure of the table."""
    tables = (failures.BREAKS, failures.CUTS, failures.SAYINGS, failures.STATUSES)
    listed = [failure for table in tables for _, failure in table]
    return [*listed, failures.ANONYMOUS, failures.UNKNOWN]


@pytest.mark.parametrize("failure", rows(), ids=lambda failure: failure.words)
def test_each_row_of_the_table_says_what_to_do(failure: Failure) -> None:
    """Hints are whole sentences, and the only place kept open is for the setting."""
    assert failure.hint.endswith(".")
    assert not failure.words.endswith(".")
    assert set(re.findall(r"\{.*?\}", failure.hint)) <= {"{setting}"}
    assert failure.words.format(seconds=1)


def test_each_status_has_a_row() -> None:
    """Whatever number a store sends, somebody has thought of it; 401 has two."""
    listed = [statuses for statuses, _ in failures.STATUSES]
    assert all(any(status in row for row in listed) for status in range(300, 1000))
