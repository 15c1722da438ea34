"""How answers leave: headers, validators, and the one table from error type to status."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

from reti_graph.errors import (
    CallError,
    FormatError,
    PositionError,
    RetiError,
    SettingsError,
    SiteError,
    StoreError,
    UnknownNameError,
    UnknownThingError,
)
from reti_graph.naming import header_iri
from reti_graph.web.context import served

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

HTML: Final = "text/html; charset=utf-8"
PROBLEM: Final = "application/problem+json"

# Looked up along the type's ancestors: the most specific entry wins.
STATUS: Final[Mapping[type[RetiError], HTTPStatus]] = MappingProxyType(
    {
        RetiError: HTTPStatus.INTERNAL_SERVER_ERROR,
        CallError: HTTPStatus.BAD_REQUEST,
        UnknownNameError: HTTPStatus.NOT_FOUND,
        UnknownThingError: HTTPStatus.NOT_FOUND,
        FormatError: HTTPStatus.NOT_ACCEPTABLE,
        # The site is the server's own: that it cannot be read is not the client's fault.
        SiteError: HTTPStatus.INTERNAL_SERVER_ERROR,
        SettingsError: HTTPStatus.INTERNAL_SERVER_ERROR,
        StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
    }
)

_COMMON: Final = MappingProxyType(
    {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Allow, Content-Location, ETag, Link",
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a Link header (RFC 8288); `target` is a path or an IRI."""

    target: str
    rel: str
    media_type: str | None = None

    def __str__(self) -> str:
        """Write the entry; nothing in the target can end it early."""
        kind = f'; type="{self.media_type}"' if self.media_type else ""
        return f'<{header_iri(self.target)}>; rel="{self.rel}"{kind}'


def status_of(error: RetiError) -> HTTPStatus:
    """Return the status that an error is answered with."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


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
    every = {**_COMMON, **(headers or {}), **length}
    return Response(b"" if bare else content, status_code=status, headers=every)


def success(  # noqa: PLR0913 -- what a representation is, each by its own header's name
    request: Request,
    content: str | bytes,
    content_type: str,
    *,
    vary: Sequence[str] = (),
    links: Sequence[Link] = (),
    location: str | None = None,
    language: str | None = None,
) -> Response:
    """Return a representation, or 304 when the client has it already (RFC 9110, 13.1.2).

    The entity tag is strong: made of the release's digest and of the very bytes sent.
    """
    body = content.encode() if isinstance(content, str) else content
    tag = _entity_tag(served(request).release.digest, body, content_type)
    optional = {
        "Vary": ", ".join(vary),
        "Link": ", ".join(str(link) for link in links),
        "Content-Location": header_iri(location or ""),
        "Content-Language": language or "",
    }
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    headers |= {name: value for name, value in optional.items() if value}
    if _client_has(request, tag):
        return plain(request, HTTPStatus.NOT_MODIFIED, headers=headers)
    return plain(request, HTTPStatus.OK, body, {"Content-Type": content_type, **headers})


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
    if isinstance(error, UnknownNameError | UnknownThingError):
        extra["nearest"] = list(error.nearest)
    return members | {name: value for name, value in extra.items() if value}


def problem_bytes(members: Mapping[str, object]) -> bytes:
    """Write a problem document."""
    return json.dumps(members, ensure_ascii=False, indent=1).encode()


def _entity_tag(digest: str, body: bytes, content_type: str) -> str:
    own = hashlib.sha256(content_type.encode() + b"\n" + body).hexdigest()
    return f'"{digest[:16]}-{own[:24]}"'


def _client_has(request: Request, tag: str) -> bool:
    if request.method not in ("GET", "HEAD"):
        return False
    header = request.headers.get("if-none-match", "").strip()
    known = [entry.strip().removeprefix("W/") for entry in header.split(",")]
    return header == "*" or tag in known
