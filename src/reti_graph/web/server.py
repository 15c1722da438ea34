"""The server's life: from a free address, over requests and reloads, to a quiet end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import uvicorn

from reti_graph.logs import logging_to_stderr
from reti_graph.web.http_protocol import bounded_protocol
from reti_graph.web.lifespan import started
from reti_graph.web.listening import BACKLOG, address_of, listen
from reti_graph.web.reloads import reloading

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from starlette.types import ASGIApp

    from reti_graph.config import LimitSettings, ServerSettings
    from reti_graph.web.reloads import Watcher

_log = logging.getLogger(__name__)

_SECONDS_TO_FINISH: Final = 5.0
"""What a request may take to be sent in and out, beyond the time of its query."""

_SECONDS_TO_CLOSE: Final = 2.0
_MOST_FILES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Application:
    """What is served: an ASGI application, and how it reads its site anew, if it can."""

    app: ASGIApp
    reload: Callable[[], Awaitable[None]] | None = None


def serve(
    make_app: Callable[[], Application],
    server: ServerSettings,
    limits: LimitSettings,
    ready: Callable[[str], object],
    *,
    watchers: Sequence[Watcher] = (),
) -> None:
    """Serve an application until the process is interrupted or asked to end (SIGINT, SIGTERM).

    The application is made once the address is taken, and started by the lifespan protocol.
    `ready` is called with the address once connections are accepted. SIGHUP reloads, and so does
    a change that one of the `watchers` sees. Requests that run when the end is
    asked for may finish, within `query_seconds` and some more. Raises as `listen`, and whatever
    `make_app`, the start and the end of the application raise.
    """
    _raise_file_limit()
    with (
        logging_to_stderr(server.log),
        contextlib.closing(listen(server.host, server.port)) as listener,
        _ending_quietly(),
    ):
        application = make_app()
        running = _Server(
            _config(application.app, server, limits),
            application,
            watchers,
            lambda: ready(address_of(listener)),
            limits.query_seconds + _SECONDS_TO_FINISH,
        )
        running.run(sockets=[listener])


def _config(app: ASGIApp, server: ServerSettings, limits: LimitSettings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        interface="asgi3",
        http=bounded_protocol(limits),
        ws="none",
        # Ours raises what a start fails of.
        lifespan="off",
        # uvloop where there is one.
        loop="auto",
        # Given, for uvicorn reads all three from the environment otherwise.
        workers=1,
        proxy_headers=bool(server.trusted_proxies),
        forwarded_allow_ips=list(server.trusted_proxies),
        log_config=None,
        access_log=False,
        server_header=False,
        backlog=BACKLOG,
    )


class _Server(uvicorn.Server):
    """Starts and ends the application with itself, says when it answers, and ends in time."""

    def __init__(
        self,
        config: uvicorn.Config,
        application: Application,
        watchers: Sequence[Watcher],
        ready: Callable[[], object],
        seconds: float,
    ) -> None:
        super().__init__(config)
        self._application = application
        self._watchers = watchers
        self._ready = ready
        self._seconds = seconds
        self._beside = contextlib.AsyncExitStack()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        async with contextlib.AsyncExitStack() as stack:
            application = self._application
            await stack.enter_async_context(started(application.app, self.lifespan.state))
            if application.reload is not None:
                await stack.enter_async_context(reloading(application.reload, self._watchers))
            await super().startup(sockets)
            # uvloop does not end while it listens.
            for server in self.servers:
                stack.callback(server.close)
            if not self.should_exit:
                self._ready()
            self._beside = stack.pop_all()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(super().shutdown(sockets), self._seconds)
        try:
            await asyncio.wait_for(self._beside.aclose(), _SECONDS_TO_CLOSE)
        finally:
            await self._end_connections()

    async def _end_connections(self) -> None:
        """End what had its time: with the workers gone, requests that waited for one end too."""
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_SECONDS_TO_CLOSE)
        for connection in self.server_state.connections:
            connection.transport.abort()
        if self.server_state.tasks and _in_main_thread():
            _log.warning("Requests that had not ended: %d", len(self.server_state.tasks))
            _end_process()


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _end_process() -> None:
    """End at once: work in a thread cannot be cancelled, and the thread would be waited for."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(0)


@contextlib.contextmanager
def _ending_quietly() -> Iterator[None]:
    """Make SIGTERM end like an interrupt: the server finishes, and then raises the signal anew.

    SIGHUP, which ends a process that does not know it, is for later: the site is being read.
    """
    if not _in_main_thread():
        yield
        return
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.suppress(KeyboardInterrupt))
        stack.callback(
            signal.signal,
            signal.SIGTERM,
            signal.signal(signal.SIGTERM, signal.default_int_handler),
        )
        if sys.platform != "win32":
            stack.callback(
                signal.signal, signal.SIGHUP, signal.signal(signal.SIGHUP, signal.SIG_IGN)
            )
        yield


def _raise_file_limit() -> None:
    """Allow as many connections as the system lets a process open; each is a file."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is no such module on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # Some systems have a limit below the one they name.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
