"""The server as a user starts it, with one address that attacks it and one that just asks."""

from __future__ import annotations

import itertools
import json
import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import parse_headers
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

ATTACKER: Final = "127.0.0.1"
NEIGHBOUR: Final = "127.0.0.2"
"""Who merely asks; time and turns are given by address, so it is another one."""

THIRD: Final = "127.0.0.3"

BODY_SECONDS: Final = 1
QUERY_SECONDS: Final = 1
HEALTHY_SECONDS: Final = 2
"""How long whether the server is well may be in doubt."""

PATIENCE: Final = 20
"""Longer than anything takes; whoever waits so long fails."""

SETTINGS: Final = (
    ("RETI_WORKERS", "2"),
    ("RETI_QUERY_SECONDS", str(QUERY_SECONDS)),
    ("RETI_BODY_SECONDS", str(BODY_SECONDS)),
    ("RETI_MEMORY_BYTES", "300000000"),
    ("RETI_ANSWER_BYTES", "2000000"),
    # An attacker who has to wait attacks no more.
    ("RETI_CLIENT_SECONDS", "86400"),
    ("RETI_LOG", "requests"),
)
_GOES_ON: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# A worker that wants more memory than there is ends by SIGABRT, one that is late by SIGKILL.
_CRASHED: Final = re.compile(r"SIG(?!ABRT\b|KILL\b)[A-Z]+")
_BODILESS: Final = frozenset({100, 204, 304})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, headers and a body of the length the headers tell."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def media_type(self) -> str:
        """The type of the body, without parameters."""
        return str(self.headers.get_content_type()) if "content-type" in self.headers else ""


@dataclass(frozen=True, slots=True)
class Wire:
    """One connection, on which anything may be sent."""

    socket: socket.socket
    reader: BinaryIO

    def send(self, content: bytes) -> None:
        """Send bytes; a server that has heard enough may close meanwhile."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.socket.sendall(content)

    def say_no_more(self) -> None:
        """Close the half of the connection that sends."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def answer(self, *, head: bool = False) -> Answer | None:
        """Read the next answer, or None when the server closed without one."""
        with suppress(ConnectionResetError):
            line = self.reader.readline()
            if line:
                return self._answer(line, head=head)
        return None

    def _answer(self, line: bytes, *, head: bool) -> Answer:
        match = re.fullmatch(rb"HTTP/1\.1 (\d{3}) [A-Za-z -]+\r\n", line)
        assert match, f"no status line: {line!r}"
        status, headers = int(match[1]), parse_headers(self.reader)
        if head or status in _BODILESS:
            return Answer(status, headers, b"")
        length = headers["content-length"]
        assert length is not None, "an answer that does not tell its length"
        body = self.reader.read(int(length))
        assert len(body) == int(length), "an answer that ends early"
        return Answer(status, headers, body)


@dataclass(frozen=True, slots=True)
class Canary:
    """A socket that listens and that nobody has a reason to connect to."""

    socket: socket.socket

    @property
    def address(self) -> str:
        """Where it listens, as host and port."""
        host, port = self.socket.getsockname()
        return f"{host}:{port}"

    def check_untouched(self) -> None:
        """Fail when somebody has connected: the system takes connections before we do."""
        try:
            caller = self.socket.accept()[0]
        except BlockingIOError:
            return
        caller.close()
        raise AssertionError("The canary was called.")


@dataclass(frozen=True, slots=True)
class Target:
    """The server under attack."""

    process: subprocess.Popen[bytes]
    port: int
    log: BinaryIO
    canary: Canary
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def connected(self, source: str = ATTACKER, seconds: float = PATIENCE) -> Iterator[Wire]:
        """Give a connection from an address; each read waits so many seconds at most."""
        place = (ATTACKER, self.port)
        with (
            socket.create_connection(place, timeout=seconds, source_address=(source, 0)) as made,
            made.makefile("rb") as reader,
        ):
            yield Wire(made, reader)

    def ask(self, request: bytes, source: str = ATTACKER) -> Answer | None:
        """Send a request on a connection of its own, and read the answer."""
        with self.connected(source) as wire:
            wire.send(request)
            return wire.answer()

    def get(self, path: str, *headers: str) -> Answer:
        """Get a path that is written as it is to be sent."""
        lines = [f"GET {path} HTTP/1.1", "Host: x", *headers, "", ""]
        answer = self.ask("\r\n".join(lines).encode("latin-1"))
        assert answer is not None
        return answer

    def attack(self, request: bytes) -> Answer | None:
        """Send a request, let the neighbour ask beside it, and read the answer."""
        with self.connected() as wire:
            wire.send(request)
            self.check_neighbour()
            return wire.answer()

    def check_neighbour(self) -> None:
        """Fail unless a harmless query, one that nobody asked before, is answered."""
        number = next(self._numbers)
        query = quote(f"SELECT ({number} AS ?n) {{}}")
        lines = f"GET /sparql?query={query}&format=json HTTP/1.1\r\nHost: x\r\n\r\n"
        answer = self.ask(lines.encode(), NEIGHBOUR)
        assert answer is not None
        assert answer.status == 200, answer.text
        [row] = json.loads(answer.body)["results"]["bindings"]
        assert row["n"]["value"] == str(number)

    def check_unharmed(self) -> None:
        """Fail unless the server is well, the canary was left alone and the log is clean."""
        self.check_neighbour()
        with self.connected(NEIGHBOUR, HEALTHY_SECONDS) as wire:
            wire.send(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = wire.answer()
        assert answer is not None
        assert answer.status == 200, answer.text
        assert json.loads(answer.body)["status"] == "ok"
        self.canary.check_untouched()
        self.check_log()

    def check_log(self) -> None:
        """Fail unless each new line of the log is one JSON object, and tells of no failure."""
        # All of them before the first complaint: the rest is not the next attack's fault.
        for line in self._new_lines():
            assert not _GOES_ON.search(line), f"control characters in the log: {line!r}"
            entry = json.loads(line)
            assert "exception" not in entry, entry["exception"]
            assert entry["level"] in {"info", "warning"}, line
            assert not _CRASHED.search(entry["message"]), line

    def check_end_of_log(self) -> None:
        """Fail unless a server that has ended ended its last line, too."""
        self.check_log()
        assert self.log.read() == b""

    def _new_lines(self) -> list[str]:
        """Read the lines that are whole: the last may be just being written."""
        *lines, rest = self.log.read().split(b"\n")
        self.log.seek(-len(rest), os.SEEK_CUR)
        return [line.decode("ascii") for line in lines]


@contextmanager
def serving(site: Path, folder: Path, canary: Canary) -> Iterator[Target]:
    """Start the server on a site, its log in a folder, and end it as a user does."""
    environ = {name: text for name, text in os.environ.items() if not name.startswith("RETI_")}
    command = [sys.executable, "-m", "reti_graph", "serve", "--port", "0", "--site", str(site)]
    log = folder / "log"
    with (
        log.open("wb") as written,
        log.open("rb") as read,
        subprocess.Popen(
            command, env={**environ, **dict(SETTINGS)}, stdout=subprocess.PIPE, stderr=written
        ) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline().decode()
            assert line.startswith("Serving on "), log.read_text()
            port = urlsplit(line.removeprefix("Serving on ").strip()).port
            assert port is not None
            target = Target(process, port, read, canary)
            yield target
            process.terminate()
            process.wait(PATIENCE)
            target.check_end_of_log()
        finally:
            process.kill()
