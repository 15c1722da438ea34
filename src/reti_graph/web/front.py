"""The outermost layer: one release a request, what was sent before, and what nobody foresaw."""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from starlette.requests import ClientDisconnect, Request

from reti_graph.logs import ACCESS_LOGGER, REQUEST_ID, new_request_id
from reti_graph.web.context import MOST_PARAMETERS, SERVED, root_of
from reti_graph.web.failures import on_crash, on_refused
from reti_graph.web.representation import (
    KEPT,
    READING,
    deciding_headers,
    send_representation,
)
from reti_graph.web.responses import headers_beside

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from reti_graph.web.metrics import Metrics
    from reti_graph.web.publication import Publication, Served
    from reti_graph.web.representation import RawHeaders

_log = logging.getLogger(__name__)
_access: Final = logging.getLogger(ACCESS_LOGGER)

_ROUTE_OF_KEPT: Final = "kept"
# Browsers send some hundred bytes.
_LONGEST_WISHES: Final = 8_192


class Front:
    """Gives each request its release and its id, and answers at once what was answered before."""

    def __init__(self, app: ASGIApp, publication: Publication, metrics: Metrics) -> None:
        """Wrap an application."""
        self._app = app
        self._publication = publication
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        sent = _Sent(send, new_request_id())
        REQUEST_ID.set(sent.request_id)
        served = self._publication.enter()
        scope[SERVED] = served
        if served is not None:
            _strip_root(scope, root_of(served.settings))
        try:
            await self._answer(scope, receive, sent, served)
        finally:
            if served is not None:
                self._publication.leave(served)
            self._note(scope, sent, time.perf_counter() - begun)

    async def _answer(
        self, scope: Scope, receive: Receive, sent: _Sent, served: Served | None
    ) -> None:
        key = None
        deciding = deciding_headers(scope["headers"])
        if refused := _refusal(scope, deciding):
            await on_refused(Request(scope, receive), *refused)(scope, receive, sent)
            return
        if served is not None and scope["method"] in READING:
            key = (scope["raw_path"], scope["query_string"], deciding)
            kept = served.exact.get(key)
            if kept is not None:
                sent.cached = True
                await send_representation(kept, scope, sent, headers_beside(kept, served))
                return
        await self._pass_on(scope, receive, sent)
        made = scope.get(KEPT)
        if key is not None and made is not None and served is not None:
            served.exact.put(key, made)

    async def _pass_on(self, scope: Scope, receive: Receive, sent: _Sent) -> None:
        try:
            await self._app(scope, receive, sent)
        except ClientDisconnect:
            _log.debug("The client left")
        except Exception:
            _log.exception("A request for %s failed", scope.get("path"))
            if sent.status:
                raise
            answer = on_crash(Request(scope, receive))
            await answer(scope, receive, sent)

    def _note(self, scope: Scope, sent: _Sent, seconds: float) -> None:
        route = scope.get("route")
        name = _ROUTE_OF_KEPT if route is None else getattr(route, "path", "")
        self._metrics.request(name, sent.status, seconds, cached=sent.cached)
        if _access.isEnabledFor(logging.INFO):
            _access.info(
                "%s %s",
                scope["method"],
                scope["path"],
                extra={
                    "status": sent.status,
                    "bytes": sent.bytes,
                    "seconds": round(seconds, 6),
                    "client": (scope.get("client") or ("",))[0],
                },
            )


def _refusal(scope: Scope, deciding: RawHeaders) -> tuple[HTTPStatus, str] | None:
    """Return why a request is not read, or None: what takes long to read holds up the others."""
    if sum(len(value) for _, value in deciding) > _LONGEST_WISHES:
        return (
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "The headers that choose format, language and coding are too long.",
        )
    if scope["query_string"].count(b"&") > MOST_PARAMETERS:
        return HTTPStatus.BAD_REQUEST, f"There are more than {MOST_PARAMETERS} parameters."
    return None


def _strip_root(scope: Scope, root: str) -> None:
    """Take off the path the site is reached under, where a proxy has left it on."""
    if root and scope["path"].startswith(f"{root}/"):
        scope["path"] = scope["path"].removeprefix(root)
        scope["raw_path"] = scope["raw_path"].removeprefix(root.encode())


class _Sent:
    """Passes on what is sent, with the request's id, and remembers what it was."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status = 0
        self.bytes = 0
        self.cached = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"].append((b"x-request-id", self.request_id.encode()))
        else:
            self.bytes += len(message.get("body", b""))
        await self._send(message)
