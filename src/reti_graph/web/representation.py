"""What a 200 sends: bytes and the headers that describe them, made once and sent many times."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from reti_graph.naming import header_iri
from reti_graph.web.coding import SMALLEST, encode
from reti_graph.web.conditions import CONDITIONS, http_date, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from starlette.types import Scope, Send

    RawHeaders = Sequence[tuple[bytes, bytes]]

REVALIDATE: Final = "no-cache"
FOREVER: Final = "public, max-age=31536000, immutable"
NEVER: Final = "no-store"

# What a 304 repeats of the headers of the 200 (RFC 9110, 15.4.5), and what belongs to no body.
OF_THE_BODY: Final = frozenset({"content-type", "content-length", "content-encoding"})
_RAW_OF_THE_BODY: Final = frozenset(name.encode() for name in OF_THE_BODY)
# The headers that decide which representation an address gives, and the methods that ask for one.
DECIDING: Final = frozenset({b"accept", b"accept-language", b"accept-encoding"})
READING: Final = frozenset({"GET", "HEAD"})

KEPT: Final = "reti_graph.kept"
"""Where in a request's scope its answer stands, when a later request may get the same."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is said of a body by headers, beside its type."""

    vary: tuple[str, ...] = ()
    links: Sequence[Link] = ()
    location: str | None = None
    language: str | None = None
    keep: str = REVALIDATE
    filename: str | None = None
    from_store: bool = False
    """Whether it is made of what the store answered, which may be elsewhere and fail."""


@dataclass(frozen=True, slots=True)
class Representation:
    """A body with its headers in the form that is sent, its strong entity tag and its date."""

    content: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    tag: str
    modified: datetime
    storable: bool = True
    from_store: bool = False

    def coded(self, coding: str) -> Representation:
        """Return the same in a content coding, with a tag of its own; it takes a while."""
        body = encode(self.content, coding)
        tag = f'{self.tag[:-1]}-{coding}"'
        own = {
            b"content-encoding": coding.encode(),
            b"content-length": str(len(body)).encode(),
            b"etag": tag.encode(),
        }
        kept = tuple(pair for pair in self.headers if pair[0] not in own)
        headers = (*kept, *own.items())
        return replace(self, content=body, headers=headers, tag=tag)


def represent(
    content: str | bytes,
    content_type: str,
    digest: str,
    modified: datetime,
    described: Described,
) -> Representation:
    """Return the representation of a body.

    The entity tag is strong: made of the release's digest and of the very bytes sent.
    """
    body = content.encode() if isinstance(content, str) else content
    tag = entity_tag(digest, body, content_type)
    codable = len(body) >= SMALLEST
    whole = replace(described, vary=(*described.vary, "Accept-Encoding")) if codable else described
    headers = describing_headers(content_type, len(body), tag, modified, whole)
    storable = described.keep != NEVER
    if not storable:
        del headers["etag"], headers["last-modified"]
    raw = tuple(raw_headers(headers))
    return Representation(body, raw, tag, modified, storable, described.from_store)


def describing_headers(
    content_type: str, size: int, tag: str, modified: datetime, described: Described
) -> dict[str, str]:
    """Return the headers of a 200 whose body has so many bytes, by lower-case name."""
    disposition = f'attachment; filename="{described.filename}"' if described.filename else ""
    headers = {
        "content-type": content_type,
        "content-length": str(size),
        "etag": tag,
        "last-modified": http_date(modified),
        "cache-control": described.keep,
        "vary": ", ".join(described.vary),
        "link": ", ".join(str(link) for link in described.links),
        "content-location": header_iri(described.location or ""),
        "content-language": described.language or "",
        "content-disposition": disposition,
    }
    return {name: value for name, value in headers.items() if value}


def conditions(received: RawHeaders) -> dict[str, str]:
    """Return the conditions of a request by lower-case name, lists of several lines joined."""
    found: dict[str, str] = {}
    for name, value in received:
        key = name.decode("latin-1")
        if key in CONDITIONS:
            text = value.decode("latin-1")
            found[key] = f"{found[key]}, {text}" if key in found else text
    return found


async def send_representation(
    kept: Representation, scope: Scope, send: Send, extra: Iterable[tuple[bytes, bytes]]
) -> None:
    """Answer a GET or HEAD with a representation, or with 304 or 412.

    `extra` are the headers every answer has.
    """
    asked = conditions(scope["headers"])
    status = status_of(asked, kept.tag, kept.modified) if asked else None
    body = b"" if status or scope["method"] == "HEAD" else kept.content
    headers = [*kept.headers, *extra]
    if status:
        headers = [pair for pair in headers if pair[0] not in _RAW_OF_THE_BODY]
    code = int(status or HTTPStatus.OK)
    await send({"type": "http.response.start", "status": code, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def deciding_headers(received: RawHeaders) -> RawHeaders:
    """Return the headers of a request that decide which representation it gets."""
    return tuple(pair for pair in received if pair[0] in DECIDING)


def raw_headers(headers: Mapping[str, str]) -> RawHeaders:
    """Return headers in the form that is sent."""
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]


def entity_tag(digest: str, body: bytes, content_type: str) -> str:
    """Return the strong entity tag of a body of a release, quotes included."""
    own = hashlib.sha256(content_type.encode() + b"\n" + body).hexdigest()
    return f'"{digest[:16]}-{own[:24]}"'
