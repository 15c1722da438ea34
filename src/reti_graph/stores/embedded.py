"""The store in this process: Oxigraph, with the union of all graphs written out as default graph.

Oxigraph's own union flag returns a triple once per graph that holds it, so two passages that
say one thing would count it twice.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph as ox

from reti_graph.errors import StoreError
from reti_graph.gate import check
from reti_graph.stores.answering import (
    as_solutions,
    as_triples,
    as_truth,
    evaluate,
    guarded,
    write,
)
from reti_graph.stores.confine import allow_many_files
from reti_graph.stores.mistakes import UNLIMITED
from reti_graph.stores.warming import open_all_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reti_graph.formats import Format
    from reti_graph.stores.datasets import EngineAnswer
    from reti_graph.stores.port import Dataset, Solutions

_NO_PREFIXES: Final[Mapping[str, str]] = MappingProxyType({})


class EmbeddedStore:
    """A Store in this process. Reads may run in many threads, beside one another and a write."""

    def __init__(
        self, store: ox.Store, prefixes: Mapping[str, str], in_no_graph: Iterable[ox.Triple]
    ) -> None:
        """Take a store whose default graph is the union already; `of` makes one."""
        self._store = store
        self._prefixes = dict(prefixes)
        self._in_no_graph = _lines(in_no_graph)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = _NO_PREFIXES) -> Self:
        """Return a store that holds these quads; queries may use the prefixes undeclared.

        A quad that stands in no named graph is in the default graph alone.
        """
        given = set(quads)
        union = {_in_default(quad) for quad in given}
        store = ox.Store()
        store.bulk_extend(given | union)
        return cls(store, prefixes, (quad.triple for quad in given & union))

    @classmethod
    def reading(
        cls, folder: Path, prefixes: Mapping[str, str] = _NO_PREFIXES, *, wholly: bool = False
    ) -> Self:
        """Return a store on disk, to be read only; its default graph is the union already.

        With `wholly` all its files are opened now, for they may be removed later; else when
        something is looked up in them. Raises StoreError when it cannot be opened.
        """
        try:
            store = ox.Store.read_only(str(folder))
            if wholly:
                allow_many_files()
                open_all_files(store, folder)
            return cls(store, prefixes, ())
        except OSError as error:
            raise StoreError(f"The store in {folder} cannot be opened: {error}.") from error

    def close(self) -> None:
        """Let go of the data and its files; nothing is found any more."""
        self._store = ox.Store()

    def ask(self, query: str) -> bool:
        """See `Store.ask`."""
        return guarded(lambda: as_truth(self._run(query)))

    def select(self, query: str) -> Solutions:
        """See `Store.select`."""
        return guarded(lambda: as_solutions(self._run(query)))

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """See `Store.construct`."""
        return guarded(lambda: as_triples(self._run(query)))

    def answer(self, query: str, target: Format, dataset: Dataset | None = None) -> bytes:
        """See `Store.answer`."""
        return guarded(lambda: write(self._run(query, dataset), target, self._prefixes))

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """See `Store.replace`. One update, so that a reader sees all of it or nothing."""
        written = _lines(triples)
        self._store.update(f"""
            DELETE {{ ?s ?p ?o }} WHERE {{
                GRAPH {graph} {{ ?s ?p ?o }}
                FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {graph}) }}
            }} ;
            CLEAR SILENT GRAPH {graph} ;
            INSERT DATA {{ {written} {self._in_no_graph} GRAPH {graph} {{ {written} }} }}
        """)

    def _run(self, query: str, dataset: Dataset | None = None) -> EngineAnswer:
        check(query, UNLIMITED)
        return evaluate(self._store, query, self._prefixes, dataset)


def _in_default(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _lines(triples: Iterable[ox.Triple]) -> str:
    return "".join(f"{each} .\n" for each in set(triples))
