from __future__ import annotations

import logging
import shutil
import subprocess
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import pytest

from reti_graph.errors import SettingsError, StoreDeniedError, StoreError, StoreUnreachableError
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.values import Patience
from tests.servers.scripted import DROP, HANG, HOST, TEXT, Sent, answer, cut, scripted
from tests.unit.stores.remote.asking import JSON, RIGHT, YES, addresses, asking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.scripted import Received
    from tests.unit.stores.remote.asking import Asked

SECRET: Final = "open-sesame"  # noqa: S105 - no secret of anybody
ENCODED: Final = "YW5uYTpvcGVuLXNlc2FtZQ=="
CHALLENGE: Final = answer(
    401, {"WWW-Authenticate": 'Digest realm="r", qop="auth", nonce="n1", algorithm="MD5"'}
)
ONCE: Final = Patience(seconds=5, retries=0)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a key and a certificate that nobody but itself vouches for, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("the certificate is made with openssl: install it")
    path = tmp_path_factory.mktemp("tls") / "own.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    subject = ["-subj", "/CN=store", "-addext", f"subjectAltName=IP:{HOST}"]
    files = ["-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run([*command.split(), *subject, *files], check=True, capture_output=True)
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


def ask(url: str) -> bytes:
    """Ask once at an address."""
    with Connection(addresses(url), ONCE) as connection:
        return connection.query("ASK {}", QueryForm.ASK).content


def test_a_certificate_nobody_vouches_for_is_not_trusted(certificate: Path) -> None:
    """Nothing is sent to who may be another; the hint says how to trust an authority."""
    with scripted([RIGHT], certificate) as server:
        with pytest.raises(StoreUnreachableError, match="not trusted") as caught:
            ask(server.url)
        assert server.requests == []
    assert "SSL_CERT_FILE" in str(caught.value.hint)


def test_an_authority_of_ones_own_can_be_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_FILE names its certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with scripted([RIGHT], certificate) as server:
        assert ask(server.url) == YES


@pytest.mark.parametrize("text", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_told(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip in the variable is no fault of the store."""
    path = tmp_path / "authority.pem"
    if text:
        path.write_text(text)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        ask("https://store.example")
    assert "SSL_CERT_FILE" in str(caught.value.hint)


def test_https_at_a_port_that_speaks_http_is_told() -> None:
    """The hint is about the port."""
    with scripted([RIGHT]) as server, pytest.raises(StoreUnreachableError, match="TLS") as caught:
        ask(server.url.replace("http:", "https:"))
    assert "https" in str(caught.value.hint)


def test_redirects_are_not_followed() -> None:
    """Whoever answers at another address learns neither query nor credentials."""
    credentials = Credentials("basic", "anna", SECRET)
    with scripted([RIGHT]) as other:
        moved = answer(307, {"Location": f"{other.url}/query"})
        with (
            asking([moved], credentials=credentials) as asked,
            pytest.raises(StoreError, match="another address"),
        ):
            asked.ask()
        assert other.requests == []


def test_one_connection_serves_many_requests() -> None:
    """A page takes many queries: none pays for a connection of its own."""
    with asking([RIGHT]) as asked:
        for _ in range(5):
            asked.ask()
        assert len({request.port for request in asked.server.requests}) == 1


def test_each_thread_gets_its_own_answer() -> None:
    """Several threads may ask at once."""

    def script(request: Received) -> Sent:
        return answer(200, JSON, request.body)

    with asking(script) as asked, ThreadPoolExecutor(8) as threads:
        texts = [f"ASK {{ ?x{number} ?p ?o }}" for number in range(40)]
        replies = threads.map(lambda text: asked.connection.query(text, QueryForm.ASK), texts)
        sent = [dict(parse_qsl(reply.content.decode()))["query"] for reply in replies]
    assert sent == texts


@pytest.mark.parametrize(
    "failing",
    [
        answer(500, TEXT, b"Oh " * 1_000_000),
        Sent(
            b"HTTP/1.1 500 No\r\nContent-Length: 9\r\nContent-Type: text/plain\r\n\r\nOh", "close"
        ),
        Sent(b"HTTP/1.1 500 No\r\nContent-Length: 9\r\nContent-Type: text/plain\r\n\r\nOh", "hang"),
    ],
    ids=["large", "cut", "slow"],
)
def test_a_failure_is_told_however_its_text_ends(failing: Sent) -> None:
    """The status is what counts; of the text its beginning is enough."""
    with asking([failing], seconds=0.2) as asked, pytest.raises(StoreError, match=r'500.*"Oh'):
        asked.ask()


def test_the_environment_has_no_say_in_where_a_request_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A proxy of the environment would see the credentials."""
    with scripted([RIGHT]) as proxy, asking([RIGHT]) as asked:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        with Connection(addresses(asked.server.url), ONCE) as connection:
            connection.query("ASK {}", QueryForm.ASK)
        assert (len(proxy.requests), len(asked.server.requests)) == (0, 1)


@pytest.mark.parametrize(
    ("credentials", "header"),
    [
        (None, None),
        (Credentials("basic", "anna", SECRET), f"Basic {ENCODED}"),
        (Credentials("bearer", "", SECRET), f"Bearer {SECRET}"),
    ],
)
def test_credentials_go_with_every_request(
    credentials: Credentials | None, header: str | None
) -> None:
    """Basic and bearer need no challenge first."""
    with asking([RIGHT], credentials=credentials) as asked:
        asked.ask()
        asked.connection.update("x")
    assert [request.headers.get("authorization") for request in asked.server.requests] == [
        header,
        header,
    ]


def test_digest_answers_a_challenge_once() -> None:
    """The first request is challenged, those that follow use what was learnt; no secret is sent."""

    def script(request: Received) -> Sent:
        return RIGHT if "authorization" in request.headers else CHALLENGE

    with asking(script, credentials=Credentials("digest", "anna", SECRET)) as asked:
        asked.ask()
        asked.ask()
        asked.connection.update("x")
    said = [request.headers.get("authorization", "") for request in asked.server.requests]
    assert said[0] == ""
    assert all(header.startswith('Digest username="anna", realm="r"') for header in said[1:])
    assert [header.partition("nc=")[2][:8] for header in said[1:]] == [
        "00000001",
        "00000002",
        "00000003",
    ]
    assert SECRET not in "".join(said)


ECHO: Final = f"You sent {SECRET} and {ENCODED}".encode()


@pytest.mark.parametrize(
    "sent",
    [
        RIGHT,
        DROP,
        HANG,
        CHALLENGE,
        cut(JSON, YES),
        answer(200, TEXT, ECHO),
        answer(200, {"Content-Type": "text/html"}, ECHO),
        answer(200, {"Content-Type": f"x/{SECRET}"}),
        answer(302, {"Location": f"/{SECRET}"}),
        answer(401, TEXT, ECHO),
        answer(500, TEXT, ECHO),
        Sent(ECHO, "close"),
    ],
)
@pytest.mark.parametrize(
    "credentials",
    [
        Credentials("basic", "anna", SECRET),
        Credentials("digest", "anna", SECRET),
        Credentials("bearer", "", SECRET),
    ],
    ids=lambda credentials: str(credentials.kind),
)
def test_no_secret_comes_to_light(
    sent: Sent, credentials: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    """Not in a log of any level, not in an error, not in what led to it, not even by an echo."""
    caplog.set_level(logging.DEBUG)
    secrets = [SECRET] if credentials.kind == "bearer" else [SECRET, ENCODED]
    with asking([sent], seconds=0.2, retries=1, credentials=credentials) as asked:
        said = f"{told(asked)} {asked.connection!r} {vars(asked.connection)}"
    said += " ".join(
        f"{record.getMessage()} {record.args}"
        for record in caplog.records
        if not repeats_the_answer(record)
    )
    assert f"{asked.server.url}/query" in said
    assert not any(secret in said for secret in secrets)


def told(asked: Asked) -> str:
    """Give all that can be got out of the error that asking raises, if it raises one."""
    try:
        asked.ask()
    except StoreError as error:
        trace = "".join(traceback.format_exception(error))
        return f"{error!r} {error.hint} {error.__cause__!r} {error.__context__!r} {trace}"
    return ""


def test_an_error_holds_no_request() -> None:
    """What led to it held the request, with its credentials, and is let go."""
    with asking([DROP]) as asked, pytest.raises(StoreError) as caught:
        asked.ask()
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def repeats_the_answer(record: logging.LogRecord) -> bool:
    """httpcore2 logs the headers of an answer at the level for debugging: an echo is in them."""
    return record.levelno == logging.DEBUG and "receive_response_headers" in record.getMessage()


def test_a_denial_says_nothing_of_who_was_denied() -> None:
    """The user is named by the variable alone."""
    with (
        asking([answer(401)], credentials=Credentials("basic", "anna", SECRET)) as asked,
        pytest.raises(StoreDeniedError) as caught,
    ):
        asked.ask()
    assert "anna" not in f"{caught.value.message} {caught.value.hint}"
