"""Listening for HTTP on this machine: from a free address to a quiet end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import os
import signal
import socket
import sys
import threading
from typing import TYPE_CHECKING, Final

import uvicorn

from reti_graph.errors import AddressInUseError, ParameterError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp

_LAST_PORT: Final = 65535
_SECONDS_TO_FINISH: Final = 5


def serve(
    make_app: Callable[[], ASGIApp], host: str, port: int, ready: Callable[[str], object]
) -> None:
    """Serve an application until the process is interrupted or asked to end.

    The application is made once the address is taken. `ready` is called with the address once
    connections are accepted; port 0 takes a free one. Requests that run when the end is asked for
    have some seconds to finish; where one has not by then, and this is the main thread, the
    process ends with it. Raises ParameterError for a host other machines could reach,
    AddressInUseError, and StoreError when the address cannot be used for another reason.
    """
    # The address first: a port in use should not cost the time of reading the site.
    with contextlib.closing(_listen(host, port)) as listener:
        config = uvicorn.Config(
            make_app(),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        server = _Server(config, lambda: ready(_address(listener)))
        with _ending_quietly():
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it answers, for before that no signal ends it quietly; and ends in time."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(super().shutdown(sockets), _SECONDS_TO_FINISH)
        if self.server_state.tasks and _in_main_thread():
            _end_process()


def _listen(host: str, port: int) -> socket.socket:
    if not _is_loopback(host):
        raise ParameterError(
            f"This version serves only the machine it runs on, so not on {host}.",
            parameter="host",
            hint="Use --host 127.0.0.1.",
        )
    if not 0 <= port <= _LAST_PORT:
        raise ParameterError(f"A port is a number from 0 to {_LAST_PORT}.", parameter="port")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressInUseError(host, port) from error
        raise StoreError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _end_process() -> None:
    """End at once: a query that runs cannot be cancelled, and its thread would be waited for."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(0)


@contextlib.contextmanager
def _ending_quietly() -> Iterator[None]:
    """Make SIGTERM end like an interrupt: the server finishes, and then raises the signal anew."""
    if not _in_main_thread():
        yield
        return
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, previous)
