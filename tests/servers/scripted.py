"""A server on loopback that does to each request what a test tells it: answers, or misbehaves.

A script is what is sent for each request in turn, the last for all that follow, or a function
from a request to what is sent for it.
"""

from __future__ import annotations

import os
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST: Final = "127.0.0.1"
TEXT: Final[Mapping[str, str]] = MappingProxyType({"Content-Type": "text/plain"})

# A client that waits for each byte, and not for all of them, must see an end.
_BYTE_EVERY: Final = 0.01
_BYTES: Final = 300
# SO_LINGER with no time: the connection is reset instead of ended.
_RESET: Final = struct.pack("ii", 1, 0)

Then: TypeAlias = Literal["go on", "close", "reset", "hang", "drip"]
"""What follows: the next request, the end, a reset, silence, or a byte now and then."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came; names of headers are in lower case.

    `port` is the client's: requests that have the same came by one connection.
    """

    port: int
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent for a request, to the byte, and what follows."""

    content: bytes
    then: Then = "go on"


Script: TypeAlias = Sequence[Sent] | Callable[[Received], Sent]

DROP: Final = Sent(b"", "close")
RESET: Final = Sent(b"", "reset")
HANG: Final = Sent(b"", "hang")


def answer(status: int = 200, headers: Mapping[str, str] = TEXT, body: bytes = b"") -> Sent:
    """Answer as one should."""
    return Sent(_head(status, headers, f"Content-Length: {len(body)}") + body)


def chunked(headers: Mapping[str, str], *chunks: bytes) -> Sent:
    """Answer 200 with a body in chunks (RFC 9112, 7.1)."""
    return Sent(_chunks(headers, chunks) + b"0\r\n\r\n")


def cut(headers: Mapping[str, str], body: bytes, then: Then = "close") -> Sent:
    """Begin an answer whose Content-Length promises one byte more."""
    return Sent(_head(200, headers, f"Content-Length: {len(body) + 1}") + body, then)


def cut_chunked(headers: Mapping[str, str], *chunks: bytes) -> Sent:
    """Send chunks and no last one."""
    return Sent(_chunks(headers, chunks), "close")


def endless(headers: Mapping[str, str], body: bytes) -> Sent:
    """Answer with a body that only the end of the connection ends."""
    return Sent(_head(200, headers, "Connection: close") + body, "close")


def _head(status: int, headers: Mapping[str, str], last: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {text}" for name, text in headers.items())]
    return "\r\n".join([*lines, last, "", ""]).encode()


def _chunks(headers: Mapping[str, str], chunks: Sequence[bytes]) -> bytes:
    written = (b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return _head(200, headers, "Transfer-Encoding: chunked") + b"".join(written)


class Scripted(ThreadingHTTPServer):
    """The server; `requests` is what it received so far."""

    daemon_threads = True
    # Whoever hangs is released before.
    block_on_close = True

    def __init__(self, script: Script, certificate: Path | None) -> None:
        """Listen on a free port, by TLS with the certificate and key in a file if there is one."""
        self.requests: list[Received] = []
        self.released = threading.Event()
        self._script = script
        self._lock = threading.Lock()
        self._scheme = "https" if certificate else "http"
        super().__init__((HOST, 0), _Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"{self._scheme}://{HOST}:{self.server_port}"

    def next(self, request: Received) -> Sent:
        """Record a request and return what is sent for it."""
        with self._lock:
            self.requests.append(request)
            if callable(self._script):
                return self._script(request)
            return self._script[min(len(self.requests), len(self._script)) - 1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients leave in the midst of what is done to them."""


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Scripted

    def handle_one_request(self) -> None:
        """Read a request whatever its method, and do as the script says."""
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        headers = {name.lower(): text for name, text in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        self._do(
            self.server.next(
                Received(self.client_address[1], self.command, self.path, headers, body)
            )
        )

    def _do(self, sent: Sent) -> None:
        self.wfile.write(sent.content)
        self.close_connection = sent.then != "go on"
        if sent.then == "hang":
            self.server.released.wait()
        elif sent.then == "drip":
            for _ in range(_BYTES):
                if self.server.released.wait(_BYTE_EVERY):
                    break
                self.wfile.write(b"x")
        elif sent.then == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            os.close(self.connection.detach())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep the output of the tests clean."""


@contextmanager
def scripted(script: Script, certificate: Path | None = None) -> Iterator[Scripted]:
    """Serve a script in a thread; whoever hangs is released in the end."""
    server = Scripted(script, certificate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.released.set()
        server.server_close()
        thread.join()


@contextmanager
def refusing() -> Iterator[str]:
    """Give an address of this machine where connections are refused: its port is taken, unheard."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        yield f"http://{HOST}:{taken.getsockname()[1]}"
