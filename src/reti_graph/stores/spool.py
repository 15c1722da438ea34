"""The data of a pool on disk, in a folder of its own, where its workers find it.

The default graph is written out as the union of the graphs: workers load a file as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_FILE: Final = "quads.nq"
_STORE: Final = "store"


@dataclass(frozen=True, slots=True)
class Spool:
    """Where the data is: an N-Quads file to be loaded, or the folder of a store to be opened."""

    source: Path
    on_disk: bool


def spool(quads: Iterable[ox.Quad], folder: Path, quads_in_memory: int) -> Spool:
    """Write quads and their union into a folder, as a store when there are more than so many.

    The quads are read once, in the thread of the call. Raises StoreError when the disk fails.
    """
    file = folder / _FILE
    counted = _Counted(quads)
    try:
        ox.serialize(_with_union(counted), file, ox.RdfFormat.N_QUADS)
        if counted.count <= quads_in_memory:
            return Spool(file, on_disk=False)
        store = ox.Store(folder / _STORE)
        store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS, lenient=True)
        store.optimize()
        file.unlink()
    except OSError as error:
        raise StoreError(f"The data cannot be written for the workers: {error}.") from error
    return Spool(folder / _STORE, on_disk=True)


class _Counted:
    """Quads that are counted as they pass."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._quads = quads
        self.count = 0

    def __iter__(self) -> Iterator[ox.Quad]:
        for quad in self._quads:
            self.count += 1
            yield quad


def _with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield each quad, and its triple in the default graph, where a store keeps it once."""
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
