"""A connection to a server on which a test decides about every byte."""

from __future__ import annotations

import socket
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tests.web.served import SECONDS, Plan, Served, server

if TYPE_CHECKING:
    from collections.abc import Iterator


class Wire:
    """A connection on which a test writes and reads bytes."""

    def __init__(self, served: Served, connection: socket.socket) -> None:
        """Keep the process with the connection."""
        self.served = served
        self._connection = connection
        self._file = connection.makefile("rb")

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self._connection.sendall(data)

    def read(self, most: int) -> bytes:
        """Read bytes, until the server closes or there are so many."""
        return self._file.read(most)

    def answers(self) -> list[tuple[int, dict[str, str], bytes]]:
        """Read status, headers and body of each answer, until the server closes."""
        found = []
        while line := self._file.readline():
            headers = dict(self._fields())
            body = self._chunks() if "transfer-encoding" in headers else b""
            body += self._file.read(int(headers.get("content-length", 0)))
            found.append((int(line.split()[1]), headers, body))
        return found

    def close(self) -> None:
        """Close."""
        self._file.close()
        self._connection.close()

    def takes(self, data: bytes) -> bool:
        """Send bytes, unless the server sent something or closed within a moment."""
        self._connection.settimeout(0.05)
        try:
            self._connection.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            self._connection.sendall(data)
            return True
        finally:
            self._connection.settimeout(SECONDS)
        return False

    def _fields(self) -> Iterator[tuple[str, str]]:
        while line := self._file.readline().decode().strip():
            name, _, value = line.partition(": ")
            yield name, value

    def _chunks(self) -> bytes:
        content = b""
        while size := int(self._file.readline(), 16):
            content += self._file.read(size)
            self._file.readline()
        self._file.readline()
        return content


@contextmanager
def wire(plan: Plan) -> Iterator[Wire]:
    """Connect to a server of its own."""
    with server(plan) as (served, host, port):
        line = Wire(served, socket.create_connection((host, port), timeout=SECONDS))
        with closing(line):
            yield line
