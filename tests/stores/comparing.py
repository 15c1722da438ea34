"""When two answers over HTTP say the same: rows that tie may come in any order."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from httpx2 import Response

# Made of the bytes, which another order of rows makes others of; or of the very request.
_OF_THE_BYTES: Final = frozenset({"etag", "x-request-id"})
_READ: Final[Mapping[str, ox.RdfFormat | ox.QueryResultsFormat]] = MappingProxyType(
    {
        known.media_type: known.ox
        for known in FORMATS
        # The context of JSON-LD would have to be fetched; rows of CSV and TSV are lines.
        if known.name not in {"jsonld", "csv", "tsv"}
    }
)


def told(answer: Response) -> tuple[int, Mapping[str, str], list[str]]:
    """Return what an answer says: its status, its headers, and what is in it, sorted."""
    headers = {name: text for name, text in answer.headers.items() if name not in _OF_THE_BYTES}
    return answer.status_code, headers, sorted(_said(answer))


def _said(answer: Response) -> list[str]:
    kind = answer.headers.get("content-type", "").partition(";")[0]
    target = _READ.get(kind)
    if isinstance(target, ox.RdfFormat):
        return [str(quad) for quad in ox.parse(answer.content, format=target)]
    if isinstance(target, ox.QueryResultsFormat):
        found = ox.parse_query_results(answer.content, format=target)
        if isinstance(found, ox.QueryBoolean):
            return [str(bool(found))]
        return [str([*map(str, found.variables)]), *(str([*row]) for row in found)]
    return answer.text.splitlines()
