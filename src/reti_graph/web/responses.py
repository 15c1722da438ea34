"""How answers leave: the headers all of them have, and the one table from error type to status."""

from __future__ import annotations

import json
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from reti_graph.errors import (
    AnswerTooLargeError,
    BudgetError,
    BusyError,
    CallError,
    FormatError,
    OtherReleaseError,
    ParameterError,
    PositionError,
    RefusedError,
    RetiError,
    SettingsError,
    SiteError,
    StoreAnswerError,
    StoreDeniedError,
    StoreError,
    StoreTimeoutError,
    StoreUnreachableError,
    UnknownNameError,
    UnknownThingError,
    WithdrawnThingError,
    WorkerLostError,
)
from reti_graph.naming import header_iri
from reti_graph.web.coding import coding_for
from reti_graph.web.context import SERVED, header, served
from reti_graph.web.representation import (
    KEPT,
    NEVER,
    READING,
    Described,
    Representation,
    raw_headers,
    represent,
    send_representation,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from reti_graph.web.publication import Served
    from reti_graph.web.representation import RawHeaders
    from reti_graph.web.upstream import Upstream

HTML: Final = "text/html; charset=utf-8"
PROBLEM: Final = "application/problem+json"

# Looked up along the type's ancestors: the most specific entry wins.
STATUS: Final[Mapping[type[RetiError], HTTPStatus]] = MappingProxyType(
    {
        RetiError: HTTPStatus.INTERNAL_SERVER_ERROR,
        CallError: HTTPStatus.BAD_REQUEST,
        RefusedError: HTTPStatus.FORBIDDEN,
        UnknownNameError: HTTPStatus.NOT_FOUND,
        UnknownThingError: HTTPStatus.NOT_FOUND,
        WithdrawnThingError: HTTPStatus.GONE,
        FormatError: HTTPStatus.NOT_ACCEPTABLE,
        AnswerTooLargeError: HTTPStatus.BAD_REQUEST,
        # The site is the server's own: that it cannot be read is not the client's fault.
        SiteError: HTTPStatus.INTERNAL_SERVER_ERROR,
        SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
        StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
        BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
        BudgetError: HTTPStatus.TOO_MANY_REQUESTS,
        StoreTimeoutError: HTTPStatus.GATEWAY_TIMEOUT,
        WorkerLostError: HTTPStatus.BAD_GATEWAY,
        StoreUnreachableError: HTTPStatus.SERVICE_UNAVAILABLE,
        OtherReleaseError: HTTPStatus.SERVICE_UNAVAILABLE,
        StoreDeniedError: HTTPStatus.BAD_GATEWAY,
        StoreAnswerError: HTTPStatus.BAD_GATEWAY,
    }
)
# Of errors that pass without telling when.
_SECONDS_TO_RETRY: Final = 5
_TEMPORARY: Final = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS})
# A worker that is lost or late is so by the query. Where there is a store behind it, that may be
# the reason, and mend.
_OF_GATEWAYS: Final = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})

EVERY: Final = MappingProxyType(
    {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Accept-Ranges, Allow, Cache-Status, Content-Disposition, "
        "Content-Encoding, Content-Language, Content-Location, Content-Range, ETag, "
        "Last-Modified, Link, Location, Retry-After, X-Request-Id",
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        # By this name `publish` and `serve --store` know what they talk to (RFC 9110, 10.2.4).
        "Server": "reti-graph",
        "X-Content-Type-Options": "nosniff",
    }
)
COMMON: Final = tuple(raw_headers(EVERY))


class Sending(Response):
    """An endpoint's answer that is a representation; a later request may get it at once."""

    def __init__(self, representation: Representation) -> None:
        """Take what is to be sent."""
        super().__init__()
        self._representation = representation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it, or 304 or 412 where the client's conditions say so."""
        if self._representation.storable:
            scope[KEPT] = self._representation
        extra = headers_beside(self._representation, scope.get(SERVED))
        await send_representation(self._representation, scope, send, extra)


def headers_beside(found: Representation, site: Served | None) -> RawHeaders:
    """Return the headers a representation is sent with beside its own.

    One that is made of what a store elsewhere answered and sent while that cannot be asked is
    stale, and says for how long it may be (RFC 9211, 2.4).
    """
    stale = _staleness(found, site)
    return (*COMMON, *raw_headers(stale)) if stale else COMMON


def _staleness(found: Representation, site: Served | None) -> dict[str, str]:
    seconds = site.upstream.stale if site and site.upstream and found.from_store else None
    return {} if seconds is None else {"Cache-Status": f'"reti-graph"; hit; ttl=-{seconds}'}


def status_of(error: RetiError) -> HTTPStatus:
    """Return the status that an error is answered with."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def retry_headers(error: RetiError, upstream: Upstream | None = None) -> dict[str, str]:
    """Return when to ask again, where it is only a matter of time.

    `upstream` is the store elsewhere that is asked, where there is one.
    """
    if isinstance(error, BusyError | BudgetError):
        return {"Retry-After": str(error.retry_after)}
    status = status_of(error)
    if upstream is not None and status in _TEMPORARY | _OF_GATEWAYS:
        return {"Retry-After": str(upstream.retry_after)}
    return {"Retry-After": str(_SECONDS_TO_RETRY)} if status in _TEMPORARY else {}


def allowed_methods(request: Request) -> str:
    """Return the methods of the request's address, as the Allow header lists them."""
    return "GET, HEAD, OPTIONS" + (", POST" if request.url.path == "/sparql" else "")


def plain(
    request: Request,
    status: int,
    content: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a response with the headers that every response has; a HEAD gets no body."""
    bare = request.method == "HEAD"
    length = {"Content-Length": str(len(content))} if bare and content else {}
    every = {**EVERY, **(headers or {}), **length}
    return Response(b"" if bare else content, status_code=status, headers=every)


async def kept(
    request: Request,
    key: Hashable,
    make: Callable[[], Awaitable[Representation]],
    *,
    repeatable: bool = True,
) -> Response:
    """Return a representation that is made once per release and kept under a key.

    One that is not `repeatable` is made anew each time. Raises what `make` raises.
    """
    if not repeatable:
        return await _sending(request, key, await make())
    site = served(request)
    found = site.kept.get(key)
    if found is None:

        async def work() -> Representation:
            made = await make()
            site.kept.put(key, made)
            return made

        found = await site.once.result(key, work)
    return await _sending(request, key, found)


async def _sending(request: Request, key: Hashable, found: Representation) -> Response:
    """Return a representation as it is sent to the client, compressed where that is wanted."""
    coding = coding_for(header(request, "accept-encoding"), len(found.content))
    if coding is None:
        return _sent(request, found)
    site = served(request)
    key = (key, coding)
    coded = site.kept.get(key) if found.storable else None
    if coded is None:
        coded = await run_in_threadpool(found.coded, coding)
        if found.storable:
            site.kept.put(key, coded)
    return _sent(request, coded)


def _sent(request: Request, found: Representation) -> Response:
    """A POST gets the same bytes, but no validators: they are of what a GET would give."""
    if request.method in READING:
        return Sending(found)
    headers = {name.decode(): value.decode("latin-1") for name, value in found.headers}
    headers |= _staleness(found, served(request))
    for name in ("etag", "last-modified", "content-location"):
        headers.pop(name, None)
    return plain(request, HTTPStatus.OK, found.content, {**headers, "cache-control": NEVER})


def represented(
    request: Request, content: str | bytes, content_type: str, described: Described
) -> Representation:
    """Return a body as the representation of the release that a request is answered from."""
    site = served(request)
    return represent(content, content_type, site.release.digest, site.modified, described)


def see_other(request: Request, path: str) -> Response:
    """Return a 303 to a path of this site, the query string kept (RFC 9110, 15.4.4)."""
    query = request.url.query
    target = header_iri(path) + (f"?{header_iri(query)}" if query else "")
    return plain(request, HTTPStatus.SEE_OTHER, headers={"Location": target})


def problem_of(error: RetiError, status: int) -> dict[str, object]:
    """Return an error as the members of a problem document (RFC 9457, 3)."""
    members: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": error.message,
    }
    extra: dict[str, object] = {"hint": error.hint}
    if isinstance(error, PositionError):
        extra |= {"line": error.line, "column": error.column}
    if isinstance(error, ParameterError):
        extra |= {"parameter": error.parameter}
    if isinstance(error, UnknownNameError | UnknownThingError):
        extra["nearest"] = list(error.nearest)
    return members | {name: value for name, value in extra.items() if value}


def problem_bytes(members: Mapping[str, object]) -> bytes:
    """Write a problem document."""
    return json.dumps(members, ensure_ascii=False, indent=1).encode()
