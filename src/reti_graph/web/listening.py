"""The address that the server listens on: found, taken and written down."""

from __future__ import annotations

import errno
import socket
from typing import Final

from reti_graph.errors import AddressInUseError, ParameterError, StoreError

BACKLOG: Final = 2048
"""Connections that may wait to be accepted; the system may allow fewer."""

_LAST_PORT: Final = 65_535


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a port of an address of this machine; port 0 is a free one.

    A name that has several addresses stands for the first, IPv4 before IPv6. Raises
    ParameterError for a host that is no address of this machine and for a port out of range,
    AddressInUseError, and StoreError when the address cannot be used for another reason.
    """
    if not 0 <= port <= _LAST_PORT:
        raise ParameterError(f"A port is a number from 0 to {_LAST_PORT}.", parameter="port")
    family, address = _resolved(host)
    try:
        return socket.create_server((address, port), family=family, backlog=BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressInUseError(host, port) from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise _no_address(host, "it is another machine's") from error
        raise StoreError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error


def address_of(listener: socket.socket) -> str:
    """Return the HTTP address of a socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _resolved(host: str) -> tuple[socket.AddressFamily, str]:
    if not host:
        raise _no_address(host, "it is empty")
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise _no_address(host, error.strerror or str(error)) from error
    except ValueError as error:
        # What cannot be a name at all fails on the way to the resolver.
        raise _no_address(host, str(error)) from error
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, str(address[0])


def _no_address(host: str, reason: str) -> ParameterError:
    return ParameterError(
        f'"{host}" is no address of this machine: {reason}.',
        parameter="host",
        hint="Use 127.0.0.1 for this machine alone, 0.0.0.0 for whoever can reach it.",
    )
