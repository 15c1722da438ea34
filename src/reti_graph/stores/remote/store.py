"""A store elsewhere behind the port: any SPARQL 1.1 engine that a site was published into.

A query is parsed here first, so that it has the same mistakes as anywhere; what it must not ask of
an engine is refused (`guards`); it goes out in words all engines read alike (`portable`) and finds
the site's graphs alone (`scoped`). What comes back is brought to the embedded store's spelling
(`answers`). What an engine does not answer, or would not answer rightly, is answered here, over
what is fetched for it (`fetched`, `replica`). Whoever lets strangers ask has to bound that: it runs
in this process, and nothing ends it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol, Self

import pyoxigraph as ox

from reti_graph.errors import CallError, GateError, StoreAnswerError
from reti_graph.gate import check
from reti_graph.stores.answering import (
    UNBOUNDED,
    as_solutions,
    as_triples,
    as_truth,
    evaluate,
    guarded,
    write,
)
from reti_graph.stores.datasets import dataset_of
from reti_graph.stores.mistakes import UNLIMITED
from reti_graph.stores.port import Dataset
from reti_graph.stores.remote import products, replacing
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.engine import Engaging, Engine
from reti_graph.stores.remote.fetched import fetch
from reti_graph.stores.remote.guards import guard
from reti_graph.stores.remote.portable import joined, parse, portable
from reti_graph.stores.remote.replica import Replica
from reti_graph.stores.remote.scoped import Scope
from reti_graph.stores.remote.steady import Steady
from reti_graph.stores.remote.trust import complicated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import TracebackType

    from reti_graph.formats import Format
    from reti_graph.lexer import Token
    from reti_graph.stores.datasets import EngineAnswer
    from reti_graph.stores.port import Solutions
    from reti_graph.stores.remote.values import Remote

MOST_HERE: Final = 1_000_000
"""How many statements are fetched at most, to answer here what an engine does not."""


class Asking(Engaging, replacing.Writer, Protocol):
    """What asks and changes a store as it is: `Connection` does."""

    def close(self) -> None:
        """Close the connections."""
        ...


class RemoteStore:
    """A Store elsewhere; may be used by several threads. To be closed, or used in `with`.

    A query may also raise GateError for what an engine must not be asked, and StoreError of every
    kind; OtherReleaseError when the store holds another release than the pinned one.
    """

    def __init__(
        self,
        remote: Remote,
        prefixes: Mapping[str, str],
        connection: Asking,
        *,
        pinned: str | None = None,
        most_here: int = MOST_HERE,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        """Take what asks the store; `of` makes it. `pause` waits while the store is changed."""
        self._remote = remote
        self._prefixes = dict(prefixes)
        self._connection = connection
        self._scope = Scope.of(remote)
        self._product = products.by_name(remote.dialect.product)
        self._engine = Engine(connection, self._product, self._scope)
        self._most_here = most_here
        self._steady = Steady(connection, remote, pinned, pause)
        self._replica = Replica(
            connection, self._scope, self._steady, pinned=pinned is not None, most=most_here
        )

    @classmethod
    def of(
        cls,
        remote: Remote,
        prefixes: Mapping[str, str],
        *,
        pinned: str | None = None,
        most_here: int = MOST_HERE,
    ) -> Self:
        """Return the store at these addresses; queries may use the prefixes undeclared.

        `pinned` is the digest of the release that every answer must be of; None is whichever there
        is. `most_here` is how many statements may be fetched to answer here what the engine does
        not answer rightly. Raises SettingsError for an address that may not be asked.
        """
        connection = Connection(remote.addresses, remote.patience, remote.credentials)
        return cls(remote, prefixes, connection, pinned=pinned, most_here=most_here)

    def prepare(self) -> None:
        """Fetch what will be answered here, if the engine is one that needs it.

        Else that is done by the first query that needs it. A site too large to be fetched is no
        failure: simple queries are answered all the same. Raises StoreError.
        """
        if self._product.simple:
            with suppress(GateError):
                self._replica.store("it answers only simple queries rightly")

    def ask(self, query: str) -> bool:
        """See `Store.ask`."""
        return guarded(lambda: as_truth(self._run(query)))

    def select(self, query: str) -> Solutions:
        """See `Store.select`."""
        return guarded(lambda: as_solutions(self._run(query)))

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """See `Store.construct`. A DESCRIBE has nothing of what a blank node says."""
        return guarded(lambda: as_triples(self._run(query)))

    def answer(
        self,
        query: str,
        target: Format,
        dataset: Dataset | None = None,
        *,
        most_bytes: int = UNBOUNDED,
    ) -> bytes:
        """See `Store.answer`. Raises AnswerTooLargeError for an answer of more bytes."""
        return guarded(lambda: write(self._run(query, dataset), target, self._prefixes, most_bytes))

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """See `Store.replace`; what it does is said at `replacing.replace`."""
        replacing.replace(self._connection, self._remote, graph, triples)

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _run(self, query: str, dataset: Dataset | None = None) -> EngineAnswer:
        form = check(query, UNLIMITED)
        wanted = dataset or dataset_of(query, self._prefixes)
        parse(query, self._prefixes)
        tokens = portable(query, self._prefixes)
        guard(tokens)
        within = None if wanted is None else self._within(wanted)
        repeats = within is not None and self._repeats(within)
        if (reason := self._distrust(tokens, repeats=repeats)) is not None:
            return self._here(query, dataset, reason)
        if within is not None and repeats:
            return self._merged(joined(tokens), within)
        try:
            return self._steady.answer(
                lambda: self._engine.answer(form, tokens, within),
                at_once=self._engine.at_once(form),
            )
        except StoreAnswerError as error:
            if not self._product.simple:
                raise
            return self._here(query, dataset, error.message)

    def _distrust(self, tokens: Sequence[Token], *, repeats: bool) -> str | None:
        """Return why the engine is not asked, though it might answer; None when it is."""
        if not self._product.simple:
            return None
        if repeats:
            return "it repeats what several graphs say"
        feature = complicated(joined(tokens))
        return None if feature is None else f"it is not trusted with {feature}"

    def _repeats(self, dataset: Dataset) -> bool:
        return len(dataset.default) > 1 and not self._remote.dialect.exact_datasets

    def _here(self, query: str, dataset: Dataset | None, reason: str) -> EngineAnswer:
        return evaluate(self._replica.store(reason), query, self._prefixes, dataset)

    def _merged(self, query: str, dataset: Dataset) -> EngineAnswer:
        """Answer here over the graphs of a dataset, which the engine would not merge."""
        graphs = (*dataset.default, *dataset.named)
        held = self._steady.answer(
            lambda: fetch(self._connection, graphs, self._most_here), at_once=False
        )
        return evaluate(held, query, {}, dataset)

    def _within(self, dataset: Dataset) -> Dataset:
        """Return a dataset of the site's graphs alone, none of them twice."""

        def named(iris: Sequence[str]) -> tuple[str, ...]:
            nodes = dict.fromkeys(_graph_name(iri) for iri in iris)
            return tuple(each for each in nodes if self._scope.has(each))

        return Dataset(named(dataset.default), named(dataset.named))


def _graph_name(iri: str) -> str:
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise CallError(f'The name of a graph must be a whole IRI, and "{iri}" is none.') from error
