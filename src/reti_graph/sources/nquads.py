"""Statements as lines of N-Quads, taken apart without making terms of them.

A line is as pyoxigraph writes it: terms with one space between them, and a space, a full stop and
a line feed at the end (RDF 1.1 N-Quads, canonical form). No name of a node has a space in it, nor
a quotation mark.
"""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

_END: Final = b" .\n"
# Subject, predicate, object, and one before the full stop.
_SPACES_OF_A_TRIPLE: Final = 3


def lines_of(statements: Iterable[ox.Quad] | Iterable[ox.Triple]) -> list[bytes]:
    """Return each statement as a line, that of a triple without a graph."""
    written = ox.serialize(statements, format=ox.RdfFormat.N_QUADS) or b""
    return written.splitlines(keepends=True)


def graph_of(line: bytes) -> bytes | None:
    """Return the graph of a line, or None when it is in the default graph."""
    last = line[line.rfind(b" ", 0, -len(_END)) + 1 : -len(_END)]
    # What looks so may be the end of a literal, or the object.
    if last[:1] not in b"<_" or b'"' in last or line.count(b" ") == _SPACES_OF_A_TRIPLE:
        return None
    return last


def parted(line: bytes) -> tuple[bytes, bytes | None]:
    """Return a line without its graph, and the graph, which is None for the default graph."""
    graph = graph_of(line)
    return (line if graph is None else line[: -len(_END) - len(graph) - 1] + _END), graph


def triple_line(line: bytes) -> bytes:
    """Return a line without its graph."""
    return parted(line)[0]


def triple_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the triples of lines that are in order, each once, in order."""
    return (line for line, _ in groupby(map(triple_line, lines)))


def terms_of(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Return subject, predicate and object of the line of a triple."""
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest[: -len(_END)]


def spread_lines(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield so many lines from all over a file, or fewer: none is the first, and none comes twice.

    `file` can be sought in.
    """
    size, last = file.seek(0, os.SEEK_END), -1
    for number in range(most):
        file.seek(number * size // most)
        file.readline()
        at = file.tell()
        if last < at < size:
            yield file.readline()
        last = max(at, last)


def read_lines(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Yield the quads of some lines."""
    return ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS)
