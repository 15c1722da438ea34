"""HTTP as clients send it, within limits: how long a request's head may take and how large it is.

uvicorn reads heads of any size, waits for them for ever, and never gives up on a client that does
not read its answer. What is refused here never reaches the application.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from reti_graph.errors import RetiError
from reti_graph.logs import ACCESS_LOGGER
from reti_graph.web.responses import PROBLEM, problem_bytes, problem_of

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Mapping

    from uvicorn.config import Config
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
    from uvicorn.server import ServerState

    from reti_graph.config import LimitSettings

HEADER_BYTES: Final = 65_536
"""Header fields of one request, all together."""

_access = logging.getLogger(ACCESS_LOGGER)

# Data is read in pieces, so that what the parser holds back is never much more than the limits.
_PIECE: Final = 16_384
_MOST_PIPELINED: Final = 16
_LINGER_SECONDS: Final = 2.0
_DETAILS: Final[Mapping[HTTPStatus, str]] = {
    HTTPStatus.BAD_REQUEST: "This is not HTTP/1.1.",
    HTTPStatus.REQUEST_TIMEOUT: "The head of the request took too long.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The address is too long. Send a long query with POST.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The header fields are too large.",
}


def bounded_protocol(limits: LimitSettings) -> type[BoundedProtocol]:
    """Return the protocol class, for uvicorn to make an object of for each connection.

    An address may hold a query as long as `query_bytes` with every byte percent-encoded.
    """

    class Protocol(BoundedProtocol):
        target_bytes = 3 * limits.query_bytes + 8192
        seconds = limits.body_seconds

    return Protocol


class _RefusedError(Exception):
    """Raised in a callback to make the parser stop."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection.

    A head that is not complete `seconds` after the connection or the head itself began is
    answered with 408, or the connection closed where nothing was sent; a request target of more
    than `target_bytes` with 414 (RFC 9110, 15.5.15), header fields of more than HEADER_BYTES with
    431 (RFC 6585, 5), what is not HTTP with 400; each a problem document (RFC 9457). A client
    that takes no byte of its answer for `seconds` is cut off.
    """

    target_bytes: ClassVar[int]
    seconds: ClassVar[float]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Take what uvicorn gives."""
        super().__init__(config, server_state, app_state, _loop)
        self._cycles: list[RequestResponseCycle] = []
        self._head_timer: asyncio.TimerHandle | None = None
        self._reader_timer: asyncio.TimerHandle | None = None
        self._status = HTTPStatus.BAD_REQUEST
        # True when nothing more is read from this connection, or nothing after this request.
        self._deaf = False
        self._last = False
        self._in_head = False
        # True when a part of a head has come.
        self._heard = False
        self._header_bytes = 0
        # Bytes fed to the parser since it last handed something out.
        self._held = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Wait for the first head."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers, and let every request that runs know that its client has gone.

        uvicorn tells only the one that came last.
        """
        self._stop_waiting()
        self._stop_watching_reader()
        for cycle in self._cycles:
            if not cycle.response_complete:
                cycle.disconnected = True
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, as long as it holds no more than the limits allow."""
        if self._deaf:
            return
        self._heard = True
        if not self._busy:
            self._await_head()
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            super().data_received(piece)
            self._held += len(piece)
            if self._closing:
                return
            if self._header_bytes + self._held > HEADER_BYTES + _PIECE:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
                return

    def on_message_begin(self) -> None:
        """Begin to count and to wait."""
        if self._last:
            raise _RefusedError
        super().on_message_begin()
        self._in_head = self._heard = True
        self._header_bytes = 0
        self._await_head()

    def on_url(self, url: bytes) -> None:
        """Take a part of the request target."""
        super().on_url(url)
        self._held = 0
        if len(self.url) > self.target_bytes:
            self._stop(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field; those that follow a body are no part of the head, and dropped."""
        self._held = 0
        self._header_bytes += len(name) + len(value) + len(": \r\n")
        if self._header_bytes > HEADER_BYTES:
            self._stop(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hand the request to the application."""
        self._in_head = False
        self._heard = False
        self._stop_waiting()
        super().on_headers_complete()
        unanswered = (cycle for cycle in self._cycles if not cycle.response_complete)
        self._cycles = [*unanswered, self.cycle]
        if self.parser.should_upgrade() or len(self.pipeline) >= _MOST_PIPELINED:
            # The parser reads nothing after a request for another protocol; and whoever sends
            # many requests ahead may send the rest once these are answered.
            self._last = True
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._held = 0
        super().on_body(body)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's signature
        """Answer what made the parser stop."""
        self._refuse(self._status)

    def pause_writing(self) -> None:
        """Watch a client that does not read its answer as fast as it is written."""
        super().pause_writing()
        self._watch_reader(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Trust the client again."""
        self._stop_watching_reader()
        super().resume_writing()

    @property
    def _busy(self) -> bool:
        # uvicorn's own type leaves out that there is none before the first head.
        cycle = cast("RequestResponseCycle | None", self.cycle)
        return cycle is not None and not cycle.response_complete

    @property
    def _closing(self) -> bool:
        return self._deaf or self.transport.is_closing()

    def _await_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.seconds, self._head_is_late)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_is_late(self) -> None:
        if self._heard and not self._closing:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _watch_reader(self, before: int) -> None:
        self._reader_timer = self.loop.call_later(self.seconds, self._check_reader, before)

    def _check_reader(self, before: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left < before:
            self._watch_reader(left)
        else:
            self.transport.abort()

    def _stop_watching_reader(self) -> None:
        if self._reader_timer is not None:
            self._reader_timer.cancel()
            self._reader_timer = None

    def _stop(self, status: HTTPStatus) -> None:
        self._status = status
        raise _RefusedError

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer and close, unless that would end up in the midst of another answer."""
        self._deaf = True
        self._stop_waiting()
        if self._busy and not self.cycle.more_body:
            self.cycle.keep_alive = False
        elif self._busy and (self.cycle.response_started or self.pipeline):
            self.transport.abort()
        else:
            if self._busy:
                # Its body is what was refused: the application hears that the client has gone.
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            self.transport.write(self._problem(status))
            self._close_in_peace()
            client = self.client[0] if self.client else None
            _access.info("Refused", extra={"status": int(status), "client": client})

    def _close_in_peace(self) -> None:
        """Let the client read the answer: closing on bytes it still sends would destroy it."""
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._head_timer = self.loop.call_later(_LINGER_SECONDS, self.transport.abort)

    def _problem(self, status: HTTPStatus) -> bytes:
        body = problem_bytes(problem_of(RetiError(_DETAILS[status]), status))
        headers = [
            *self.server_state.default_headers,
            (b"content-type", PROBLEM.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"access-control-allow-origin", b"*"),
            (b"connection", b"close"),
        ]
        lines = b"".join(b"%s: %s\r\n" % header for header in headers)
        return STATUS_LINE[status] + lines + b"\r\n" + body
