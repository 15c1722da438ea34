"""The data as files: dumps and tables, whole or in part, as they are or compressed."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from reti_graph.accept import negotiate_coding
from reti_graph.catalogue.csvw import CSVW_METADATA, metadata_path
from reti_graph.catalogue.parts import dataset_path
from reti_graph.errors import CallError
from reti_graph.formats import CSV, GZIP_ENDING
from reti_graph.web.conditions import is_current, status_of
from reti_graph.web.context import header, local, served
from reti_graph.web.failures import failure
from reti_graph.web.negotiation import HTML_TYPE
from reti_graph.web.ranges import Range, between, ranges_of
from reti_graph.web.representation import (
    OF_THE_BODY,
    Described,
    Link,
    conditions,
    describing_headers,
)
from reti_graph.web.responses import EVERY, plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.catalogue.parts import File
    from reti_graph.web.dump_files import Dump

_CHUNK: Final = 65_536
_DIGEST_SHOWN: Final = 12
# Who sends If-Range has these already (RFC 9110, 15.3.7).
_KNOWN_ALREADY: Final = frozenset(
    {"content-type", "content-encoding", "content-disposition", "last-modified"}
)


async def dump(request: Request) -> Response:
    """Return the file at the request's path, or those bytes of it that are asked for."""
    site = served(request)
    path = request.scope["path"].removeprefix("/")
    coding = negotiate_coding(header(request, "accept-encoding"), ["gzip"])
    found = await run_in_threadpool(site.dumps.get, path, coding)
    headers = _headers(request, found)
    status = status_of(conditions(request.scope["headers"]), found.tag, site.modified)
    if status:
        kept = {name: value for name, value in headers.items() if name not in OF_THE_BODY}
        return plain(request, status, headers=kept)
    # Of all methods only GET has ranges.
    if request.method == "HEAD":
        return plain(request, HTTPStatus.OK, headers=headers)
    validator = header(request, "if-range")
    ranges = None
    if is_current(validator, found.tag, site.modified):
        ranges = ranges_of(header(request, "range"), found.sent.size)
    if ranges is None:
        whole = [Range(0, found.sent.size)]
        return StreamingResponse(_read(found.place, whole), headers={**EVERY, **headers})
    if not ranges:
        return _beyond(request, found.sent)
    if validator:
        headers = {name: value for name, value in headers.items() if name not in _KNOWN_ALREADY}
    return _partial(found, ranges, headers)


def _headers(request: Request, found: Dump) -> dict[str, str]:
    """Return the headers of a file that is sent whole."""
    site = served(request)
    described = Described(
        vary=() if found.file.coding else ("Accept-Encoding",),
        links=_links(request, found.file),
        filename=_filename(found.file, site.release.digest[:_DIGEST_SHOWN]),
    )
    headers = describing_headers(
        found.content_type, found.sent.size, found.tag, site.modified, described
    )
    headers["accept-ranges"] = "bytes"
    if found.coding:
        headers["content-encoding"] = found.coding
    return headers


def _links(request: Request, file: File) -> list[Link]:
    """Return the signposts of a file: the dataset it is of, and what a table means (CSVW, 5.2)."""
    settings = served(request).settings
    dataset = dataset_path(file.part)
    page = local(request, f"/{dataset}")
    links = [
        Link(settings.licence, "license"),
        Link(settings.base_iri + dataset, "cite-as"),
        Link(page, "collection", HTML_TYPE),
        Link(page, "describedby"),
    ]
    if file.target == CSV and not file.coding:
        metadata = local(request, f"/{metadata_path(file.path)}")
        links.append(Link(metadata, "describedby", CSVW_METADATA.media_type))
    return links


def _filename(file: File, digest: str) -> str:
    """Return the name under which a browser saves a file: it tells the release it is of."""
    ending = f".{file.target.extension}{GZIP_ENDING * bool(file.coding)}"
    name = file.path.removesuffix(ending)
    part = name.removeprefix("dump").removeprefix("/").replace("/", "-")
    # Only characters that need no escape in a header, in whatever letters the slug is.
    plain_part = re.sub(r"[^A-Za-z0-9._-]", "_", part)
    return f"{plain_part}-{digest}{ending}" if part else f"{digest}{ending}"


def _beyond(request: Request, sent: File) -> Response:
    """Return the answer when all that is asked for lies beyond the end of the file."""
    error = CallError(
        "None of the bytes asked for are in the file.", hint=f"It has {sent.size} bytes."
    )
    headers = {"Content-Range": f"bytes */{sent.size}"}
    return failure(request, error, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)


def _partial(found: Dump, ranges: Sequence[Range], headers: Mapping[str, str]) -> Response:
    """Return some bytes of a file: one range as it is, several as parts of one body."""
    size = found.sent.size
    pieces: list[bytes | Range] = [*ranges]
    own = {"content-range": ranges[0].content_range(size)}
    if len(ranges) > 1:
        # No file contains its own checksum.
        boundary = found.sent.sha256
        *heads, end = between(ranges, size, found.content_type, boundary)
        pieces = [piece for pair in zip(heads, ranges, strict=True) for piece in pair]
        pieces.append(end)
        own = {"content-type": f"multipart/byteranges; boundary={boundary}"}
    length = sum(piece.size if isinstance(piece, Range) else len(piece) for piece in pieces)
    own["content-length"] = str(length)
    return StreamingResponse(
        _read(found.place, pieces), HTTPStatus.PARTIAL_CONTENT, {**EVERY, **headers, **own}
    )


async def _read(path: Path, pieces: Sequence[bytes | Range]) -> AsyncIterator[bytes]:
    """Yield bytes, and those of ranges as they are read from a file."""
    async with await anyio.open_file(path, "rb") as file:
        for piece in pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            await file.seek(piece.start)
            left = piece.size
            while left and (chunk := await file.read(min(_CHUNK, left))):
                left -= len(chunk)
                yield chunk
