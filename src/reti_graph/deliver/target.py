"""The store that is published into, as this package asks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from reti_graph.errors import StoreAnswerError
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.answers import solutions

if TYPE_CHECKING:
    from reti_graph.stores.remote.transport import Reply
    from reti_graph.stores.remote.values import Remote
    from reti_graph.terms import Term


class Connection(Protocol):
    """What is needed of `stores.remote.connection.Connection`."""

    def query(self, text: str, form: QueryForm) -> Reply:
        """Answer a query."""
        ...

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Do an update."""
        ...

    def put(self, graph: str | None, content: bytes) -> None:
        """Make N-Triples the whole of a graph; None is the default graph."""
        ...

    def add(self, graph: str | None, content: bytes, *, repeatable: bool = False) -> None:
        """Add N-Triples to a graph."""
        ...

    def drop(self, graph: str | None) -> None:
        """Remove a graph."""
        ...

    def get(self, graph: str | None) -> Reply | None:
        """Return a graph, or None when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """A store, and what is known of it. What asks it raises StoreError as `Connection` does."""

    connection: Connection
    remote: Remote

    @property
    def base(self) -> str:
        """What the names of the site's graphs begin with."""
        return self.remote.base

    def rows(self, text: str) -> tuple[tuple[Term | None, ...], ...]:
        """Answer a SELECT with its rows."""
        return solutions(self.connection.query(text, QueryForm.SELECT)).rows


def number(term: Term | None) -> int:
    """Return what a COUNT gave. Raises StoreAnswerError for anything but a number."""
    if isinstance(term, ox.Literal) and term.value.isdecimal():
        return int(term.value)
    raise StoreAnswerError(f"The store was asked to count, and answered {term}.")


def iri(term: Term | None) -> str:
    """Return the IRI that is the name of a graph. Raises StoreAnswerError for any other name."""
    if isinstance(term, ox.NamedNode):
        return term.value
    raise StoreAnswerError(f"The store names a graph {term}, which is no IRI.")
