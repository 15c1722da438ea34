"""The store in memory: Oxigraph, with the union of all graphs written out as default graph.

Oxigraph's own union flag returns a triple once per graph that holds it, so two passages that
say one thing would count it twice.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self, TypeVar

import pyoxigraph as ox

from reti_graph.errors import FormatError
from reti_graph.formats import RDF_FORMATS, RESULTS_FORMATS, Format, serialize_triples
from reti_graph.gate import check
from reti_graph.stores.mistakes import UNLIMITED, query_syntax_error
from reti_graph.stores.port import Solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    _Answer: TypeAlias = ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples

_Wanted = TypeVar("_Wanted", ox.QueryBoolean, ox.QuerySolutions, ox.QueryTriples)

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

    def ask(self, query: str) -> bool:
        """See `Store.ask`."""
        return bool(_expect(self._run(query), ox.QueryBoolean, "an ASK"))

    def select(self, query: str) -> Solutions:
        """See `Store.select`."""
        found = _expect(self._run(query), ox.QuerySolutions, "a SELECT")
        variables = tuple(variable.value for variable in found.variables)
        return Solutions(variables, tuple(tuple(row) for row in found))

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """See `Store.construct`."""
        found = _expect(self._run(query), ox.QueryTriples, "a CONSTRUCT or DESCRIBE")
        return tuple(dict.fromkeys(found))

    def answer(self, query: str, target: Format) -> bytes:
        """See `Store.answer`."""
        found = self._run(query)
        if isinstance(found, ox.QueryTriples):
            triples = set(found)
            del found
            if target.kind != "rdf":
                raise _wrong_format(target, "graph", RDF_FORMATS)
            return serialize_triples(triples, target, self._prefixes)
        if isinstance(target.ox, ox.QueryResultsFormat):
            return found.serialize(format=target.ox) or b""
        del found
        raise _wrong_format(target, "table", RESULTS_FORMATS)

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

    def _run(self, query: str) -> _Answer:
        check(query, UNLIMITED)
        try:
            return self._store.query(query, prefixes=self._prefixes)
        except SyntaxError as error:
            raise query_syntax_error(error, query, self._prefixes) from error


def _in_default(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _lines(triples: Iterable[ox.Triple]) -> str:
    return "".join(f"{each} .\n" for each in set(triples))


def _expect(found: _Answer, wanted: type[_Wanted], form: str) -> _Wanted:
    if isinstance(found, wanted):
        return found
    # An error keeps what is in its frames; pyoxigraph's answers must not end in another thread.
    del found
    raise FormatError(f"This query is not {form}.")


def _wrong_format(target: Format, answer: str, formats: Iterable[Format]) -> FormatError:
    return FormatError(
        f"The answer is a {answer}, which {target.name} cannot hold.",
        hint=f"Choose one of {', '.join(known.name for known in formats)}.",
    )
