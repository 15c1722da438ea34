"""The site map: every document, and the day it last changed (sitemaps.org, 0.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import pyoxigraph as ox

from reti_graph.naming import header_iri
from reti_graph.register import PAGES
from reti_graph.terms import RDF_TYPE
from reti_graph.web.addresses import document_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from reti_graph.catalogue import Part

    Entry = tuple[str, date]
    """An address and the day on which what stands there last changed."""

# What one file may hold.
MOST_ADDRESSES: Final = 50_000
MOST_BYTES: Final = 50_000_000

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def documents(parts: Sequence[Part], base: str) -> dict[str, date]:
    """Return the path of each document below `base`, with the day it last changed, by path.

    A document changes with the parts that say something of what it is about; one that no part
    speaks of with the whole, which is the first part.
    """
    whole, *others = parts
    changed = _changed(others)
    days = dict.fromkeys((f"/{page}" for page in PAGES), whole.dated.modified)
    days |= {document_path(base + part.path, base): part.dated.modified for part in parts}
    for quad in (quad for part in parts for quad in part.quads if quad.predicate == RDF_TYPE):
        iri = _name(quad.subject)
        # Things with a fragment are parts of documents.
        if iri.startswith(base) and "#" not in iri:
            days[document_path(iri, base)] = changed.get(iri, whole.dated.modified)
    # Of shapes and the like nobody says what they are as a whole.
    own = {base + part.name for part in others} & changed.keys()
    days |= {document_path(iri, base): changed[iri] for iri in own}
    return dict(sorted(days.items()))


def site_maps(
    entries: Iterable[Entry], most: int = MOST_ADDRESSES, most_bytes: int = MOST_BYTES
) -> tuple[tuple[str, date], ...]:
    """Return the files that list some addresses, each with the day of its last change.

    None has more than `most` addresses, nor more than `most_bytes` of them.
    """
    return tuple(map(site_map, chunked(entries, most, most_bytes)))


def site_map(entries: Sequence[Entry]) -> tuple[str, date]:
    """Return the file that lists these addresses, with the day of the last change of any."""
    content = _file("urlset", (_entry("url", *entry) for entry in entries))
    return content, max(day for _, day in entries)


def chunked(
    entries: Iterable[Entry], most: int = MOST_ADDRESSES, most_bytes: int = MOST_BYTES
) -> Iterator[list[Entry]]:
    """Yield as many addresses at a time as one file may have."""
    room = most_bytes - len(_file("urlset", ()))
    chunk: list[Entry] = []
    size = 0
    for entry in entries:
        own = len(_entry("url", *entry))
        if chunk and (len(chunk) >= most or size + own > room):
            yield chunk
            chunk, size = [], 0
        chunk.append(entry)
        size += own
    if chunk:
        yield chunk


def index(maps: Iterable[Entry]) -> str:
    """Return the file that lists the addresses of others."""
    return _file("sitemapindex", (_entry("sitemap", *entry) for entry in maps))


def _changed(parts: Iterable[Part]) -> Mapping[str, date]:
    """Return the last day on which a part changed that speaks of an IRI, without its fragment."""
    days: dict[str, date] = {}
    for part in parts:
        day = part.dated.modified
        nodes = {node for quad in part.quads for node in (quad.subject, quad.graph_name)}
        for name in {_name(node).partition("#")[0] for node in nodes}:
            days[name] = max(day, days.get(name, day))
    return days


def _name(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


def _entry(kind: str, address: str, day: date) -> str:
    place = escape(header_iri(address))
    return f"<{kind}><loc>{place}</loc><lastmod>{day.isoformat()}</lastmod></{kind}>\n"


def _file(kind: str, entries: Iterable[str]) -> str:
    return f'{_HEAD}<{kind} xmlns="{_NAMESPACE}">\n{"".join(entries)}</{kind}>\n'
