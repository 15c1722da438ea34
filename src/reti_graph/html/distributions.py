"""The distributions of a dataset (DCAT) as tables of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.formats import GZIP_ENDING, GZIP_TYPE
from reti_graph.html.literals import readable_size
from reti_graph.html.views_catalog import FileRow, FileTable, FileView
from reti_graph.terms import DCAT, DCTERMS, SPDX

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from reti_graph.html.cells import Reader
    from reti_graph.html.said import Said

# Names of distributions begin with what they are; those of the graph itself with neither.
_KINDS: Final = (("table-", "files_tables"), ("query-", "files_answers"), ("", "files_graph"))


def distributions(said: Said, dataset: ox.NamedNode) -> tuple[ox.NamedNode, ...]:
    """Return the distributions of a dataset in their order."""
    return said.nodes(dataset, DCAT + "distribution")


def location(said: Said, distribution: ox.NamedNode) -> ox.NamedNode | None:
    """Return the address of a distribution's file, or None for one that only a service gives."""
    return said.node(distribution, DCAT + "downloadURL")


def checksum(said: Said, distribution: ox.NamedNode) -> str | None:
    """Return the SHA-256 of a distribution's file in hexadecimal, or None when it is not told."""
    node = said.node(distribution, SPDX + "checksum")
    value = said.literal(node, SPDX + "checksumValue")
    return value.value if value else None


def size(said: Said, distribution: ox.NamedNode) -> int | None:
    """Return the bytes of a distribution's file, or None when they are not told."""
    value = said.literal(distribution, DCAT + "byteSize")
    return int(value.value) if value and value.value.isdecimal() else None


def media_type(said: Said, distribution: ox.NamedNode) -> str | None:
    """Return the media type of what a distribution holds, or None when it is not told.

    DCAT names it by its IRI at IANA, whose last two parts are the type.
    """
    node = said.node(distribution, DCAT + "mediaType")
    return "/".join(node.value.split("/")[-2:]) if node else None


def sent_type(said: Said, distribution: ox.NamedNode) -> str | None:
    """Return the media type that a distribution's file is sent with, which hides a packed one's."""
    return GZIP_TYPE if is_packed(distribution) else media_type(said, distribution)


def is_packed(distribution: ox.NamedNode) -> bool:
    """Tell by its name whether the file of a distribution of the site is compressed."""
    return distribution.value.endswith(GZIP_ENDING)


def file_tables(
    said: Said, dataset: ox.NamedNode, reader: Reader, address: str
) -> tuple[FileTable, ...]:
    """Return the files of a dataset: those of the graph, then tables, then answers of queries.

    `address` is where the site is reached.
    """
    known = distributions(said, dataset)
    compressed = {node.value: node for node in known if is_packed(node)}
    rows: dict[str, list[FileRow]] = {"files_graph": [], "files_tables": [], "files_answers": []}
    for node in known:
        file = _file(said, node, reader, address)
        if node.value in compressed or file is None:
            continue
        other = compressed.get(node.value + GZIP_ENDING)
        packed = _file(said, other, reader, address) if other else None
        name = reader.text(said.texts(node, DCTERMS + "title"))
        rows[_kind(node)].append(FileRow(name, file, packed))
    return tuple(_tables(rows.items()))


def _tables(found: Iterable[tuple[str, list[FileRow]]]) -> Iterable[FileTable]:
    return (FileTable(heading, tuple(rows)) for heading, rows in found if rows)


def _kind(distribution: ox.NamedNode) -> str:
    name = distribution.value.rpartition("#")[2]
    return next(kind for start, kind in _KINDS if name.startswith(start))


def _file(said: Said, distribution: ox.NamedNode, reader: Reader, address: str) -> FileView | None:
    found = location(said, distribution)
    if found is None:
        return None
    count = size(said, distribution)
    path = found.value.removeprefix(address)
    return FileView(
        href=found.value if path == found.value else reader.local(f"/{path}"),
        size=readable_size(count, reader.language) if count is not None else None,
        sha256=checksum(said, distribution),
    )
