"""Stores on disk of many table files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SUBJECTS = 300
PREDICATE, VALUE, GRAPH = (ox.NamedNode(f"urn:{name}") for name in ("predicate", "value", "graph"))


def fill(folder: Path, batches: int) -> list[ox.Quad]:
    """Make a store of many table files: each load adds one to each index. Return its quads."""
    store, said = ox.Store(folder), list[ox.Quad]()
    for batch in range(batches):
        quads = list(_batch(batch))
        store.bulk_extend([*quads, *(ox.Quad(*quad.triple) for quad in quads)])
        said += quads
    return said


def _batch(batch: int) -> Iterator[ox.Quad]:
    for number in range(_SUBJECTS):
        yield ox.Quad(
            ox.NamedNode(f"urn:subject:{batch}:{number}"),
            ox.NamedNode(f"urn:predicate:{number % 3}"),
            ox.Literal(f"a text of some length {batch} {number}"),
            ox.NamedNode(f"urn:g:{batch}"),
        )


def fill_alike(folder: Path, many: int) -> list[ox.Quad]:
    """Make a store with a file for each quad, of which all say the same of some thing."""
    store, said = ox.Store(folder), list[ox.Quad]()
    for number in range(many):
        quad = ox.Quad(ox.NamedNode(f"urn:subject:{number}"), PREDICATE, VALUE, GRAPH)
        store.bulk_extend([quad, ox.Quad(*quad.triple)])
        said.append(quad)
    return said
