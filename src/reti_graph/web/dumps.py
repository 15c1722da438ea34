"""The whole graph as files: written once for each format asked for, and read from disk."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import threading
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from reti_graph.accept import negotiate_coding
from reti_graph.errors import FormatError
from reti_graph.formats import serialize_quads
from reti_graph.web.conditions import status_of
from reti_graph.web.context import header, served
from reti_graph.web.negotiation import GRAPH_FORMATS
from reti_graph.web.representation import (
    OF_THE_BODY,
    Described,
    Link,
    conditions,
    describing_headers,
    entity_tag,
)
from reti_graph.web.responses import EVERY, plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from reti_graph.formats import Format
    from reti_graph.release import Release

_CHUNK: Final = 65_536
_BY_EXTENSION: Final = tuple((target.extension, target) for target in GRAPH_FORMATS)


@dataclass(frozen=True, slots=True)
class Dump:
    """A file of the whole graph, and its entity tag."""

    path: Path
    size: int
    tag: str


class Dumps:
    """The dumps of one release, in a folder of their own that goes with them."""

    def __init__(self, release: Release) -> None:
        """Write nothing yet."""
        self._release = release
        self._folder = Path(tempfile.mkdtemp(prefix="reti-graph-dumps-"))
        self._lock = threading.Lock()
        self._made: dict[tuple[str, str | None], Dump] = {}

    def get(self, target: Format, coding: str | None) -> Dump:
        """Return the dump in a format, compressed by gzip or not; the first call writes it."""
        with self._lock:
            key = (target.extension, coding)
            if key not in self._made:
                self._made[key] = self._zipped(target) if coding else self._written(target)
            return self._made[key]

    def close(self) -> None:
        """Remove the files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _written(self, target: Format) -> Dump:
        content = serialize_quads(self._release.quads, target, self._release.settings.prefixes)
        path = self._folder / f"dump.{target.extension}"
        path.write_bytes(content)
        tag = entity_tag(self._release.digest, content, target.content_type)
        return Dump(path, len(content), tag)

    def _zipped(self, target: Format) -> Dump:
        plain_dump = self._made.get((target.extension, None)) or self._written(target)
        self._made[target.extension, None] = plain_dump
        path = plain_dump.path.with_name(f"{plain_dump.path.name}.gz")
        with (
            plain_dump.path.open("rb") as source,
            path.open("wb") as raw,
            # Without name and time equal content gives equal bytes.
            gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed,
        ):
            shutil.copyfileobj(source, packed)
        return Dump(path, path.stat().st_size, f'{plain_dump.tag[:-1]}-gzip"')


async def dump(request: Request) -> Response:
    """Return the whole graph in the format of the suffix."""
    suffix = request.path_params["suffix"]
    target = dict(_BY_EXTENSION).get(suffix)
    if target is None:
        names = ", ".join(f"/dump.{extension}" for extension, _ in _BY_EXTENSION)
        raise FormatError(f'There is no dump in the format "{suffix}".', hint=f"There are {names}.")
    site = served(request)
    coding = negotiate_coding(header(request, "accept-encoding"), ["gzip"])
    found = await run_in_threadpool(site.dumps.get, target, coding)
    described = Described(
        vary=("Accept-Encoding",),
        links=[Link(site.settings.licence, "license")],
        filename=f"{site.release.digest[:12]}.{suffix}",
    )
    headers = describing_headers(
        target.content_type, found.size, found.tag, site.modified, described
    )
    if coding:
        headers["content-encoding"] = coding
    status = status_of(conditions(request.scope["headers"]), found.tag, site.modified)
    if status:
        kept = {name: value for name, value in headers.items() if name not in OF_THE_BODY}
        return plain(request, status, headers=kept)
    if request.method == "HEAD":
        return plain(request, HTTPStatus.OK, headers=headers)
    return StreamingResponse(_chunks(found.path), headers={**EVERY, **headers})


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    async with await anyio.open_file(path, "rb") as file:
        while chunk := await file.read(_CHUNK):
            yield chunk
