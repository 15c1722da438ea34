"""An engine elsewhere, asked in the way that is right for its kind (`products`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import pyoxigraph as ox

from reti_graph.gate import QueryForm
from reti_graph.stores.answering import as_solutions, as_triples
from reti_graph.stores.remote.answers import engine_answer
from reti_graph.stores.remote.constructing import Construction
from reti_graph.stores.remote.describing import THINGS_AT_ONCE, description, selection
from reti_graph.stores.remote.listing import listed
from reti_graph.stores.remote.portable import joined, portable
from reti_graph.stores.remote.scoped import Scope, in_full, names_graphs, scoped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.lexer import Token
    from reti_graph.stores.datasets import EngineAnswer
    from reti_graph.stores.port import Dataset, Solutions
    from reti_graph.stores.remote.products import Product
    from reti_graph.stores.remote.transport import Reply

_DEFAULT: Final = "default-graph-uri"
_NAMED: Final = "named-graph-uri"


class Engaging(Protocol):
    """What asks an engine: `Connection` does."""

    def query(
        self, text: str, form: QueryForm, *, parameters: Sequence[tuple[str, str]] = ()
    ) -> Reply:
        """Return the answer over the dataset that the parameters tell."""
        ...


class Engine:
    """Answers queries whose names are whole IRIs (`portable`), over the site's graphs alone."""

    def __init__(self, connection: Engaging, product: Product, scope: Scope) -> None:
        """Take what asks the engine, which kind it is, and which graphs are the site's."""
        self._connection = connection
        self._product = product
        self._scope = scope

    def at_once(self, form: QueryForm) -> bool:
        """Tell whether one request makes the answer to a query of this form."""
        return form is not QueryForm.DESCRIBE or self._product.describes

    def answer(
        self, form: QueryForm, tokens: Sequence[Token], dataset: Dataset | None
    ) -> EngineAnswer:
        """Return the answer over a dataset of the site's graphs, or over all of them.

        Raises StoreError as `query` does.
        """
        if form is QueryForm.DESCRIBE and not self._product.describes:
            return self._described(tokens, dataset)
        if form is QueryForm.CONSTRUCT and not self._product.whole_graphs:
            construction = Construction.of(in_full(tokens))
            return construction.filled(self._rows(construction.rows, dataset))
        return self._asked(form, tokens, dataset)

    def _described(self, tokens: Sequence[Token], dataset: Dataset | None) -> EngineAnswer:
        rows = self._rows(selection(tokens), dataset).rows
        things = list(
            dict.fromkeys(
                str(term) for row in rows for term in row if isinstance(term, ox.NamedNode)
            )
        )
        store = ox.Store()
        for start in range(0, len(things), THINGS_AT_ONCE):
            query = portable(description(things[start : start + THINGS_AT_ONCE]), {})
            found = as_triples(self.answer(QueryForm.CONSTRUCT, query, dataset))
            store.extend(ox.Quad(each.subject, each.predicate, each.object) for each in found)
        return store.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def _rows(self, query: str, dataset: Dataset | None) -> Solutions:
        return as_solutions(self._asked(QueryForm.SELECT, portable(query, {}), dataset))

    def _asked(
        self, form: QueryForm, tokens: Sequence[Token], dataset: Dataset | None
    ) -> EngineAnswer:
        if not self._product.lists_graphs:
            tokens = listed(tokens)
        text, parameters = self._over(tokens, dataset)
        reply = self._connection.query(text, form, parameters=parameters)
        return engine_answer(reply, form, sort=_selects_all(tokens))

    def _over(
        self, tokens: Sequence[Token], dataset: Dataset | None
    ) -> tuple[str, list[tuple[str, str]]]:
        """Return the text and the parameters of a query over a dataset, or over all of the site."""
        if dataset is not None:
            return joined(in_full(tokens)), self._parameters(dataset)
        union = self._scope.union
        if union and self._product.open_graphs and not names_graphs(tokens):
            # What Virtuoso is best at. The standard way, to ask in a GRAPH, makes it fail more.
            return scoped(tokens, Scope(self._scope.base)), [(_DEFAULT, union)]
        return scoped(tokens, self._scope), []

    def _parameters(self, dataset: Dataset) -> list[tuple[str, str]]:
        """Return a dataset as SPARQL 1.1 Protocol, 2.1.4, has it.

        Where nothing is named a graph that is not there is, so that it does not mean everything.
        """
        nothing = (self._scope.nothing,)
        named = dataset.named or (nothing if self._product.open_graphs else ())
        default = dataset.default or (() if named else nothing)
        return [*((_DEFAULT, iri) for iri in default), *((_NAMED, iri) for iri in named)]


def _selects_all(tokens: Sequence[Token]) -> bool:
    significant = [token.upper for token in tokens if not token.blank][:3]
    return significant[:1] == ["SELECT"] and "*" in significant[1:]
