"""The port behind which every store stands: five blocking calls on values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox

    from reti_graph.formats import Format
    from reti_graph.terms import Term


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a query is answered over, by IRI (SPARQL 1.1 Protocol, 2.1.4).

    The default graph is the merge of `default`, each triple once, and empty when there is none;
    GRAPH finds exactly those in `named`.
    """

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT, in the order of the answer; an unbound variable is None."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def dicts(self) -> tuple[Mapping[str, Term], ...]:
        """Return each row by variable name, unbound variables left out."""
        return tuple(
            {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        )


class Store(Protocol):
    """A set of named graphs whose default graph is their union, each triple once.

    Every call that takes a query raises QuerySyntaxError with line and column when it is no
    SPARQL 1.1, GateError when it is not of a kind that is answered (SERVICE is not), FormatError
    when it is of another form than the call needs, and StoreError when the store fails. The
    site's prefixes need no declaration. FROM clauses make a default graph that has each triple
    once, too. Literals may come back in canonical form: `01` as `1`.
    """

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        ...

    def select(self, query: str) -> Solutions:
        """Answer a SELECT."""
        ...

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE with triples, each once."""
        ...

    def answer(self, query: str, target: Format, dataset: Dataset | None = None) -> bytes:
        """Write the answer of any query form in a format made for it.

        A dataset stands in place of what FROM and FROM NAMED say in the query. Raises FormatError
        for rows in a graph format and for a graph in a results format, CallError for a graph
        whose name is no IRI.
        """
        ...

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Make these the triples of a graph, at once for every reader, and keep the union right."""
        ...
