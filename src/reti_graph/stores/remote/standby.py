"""A store elsewhere that holds one release, and a copy of that release for when it holds another.

Whoever publishes changes the store first, and servers need a while to open what it has now. Until
then they answer for the release before. Every answer of a pinned store is of its release alone, so
it makes no difference from which of the two each of them comes.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from reti_graph.errors import OtherReleaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyoxigraph as ox

    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset, Solutions, Store

_Result = TypeVar("_Result")


class Standby:
    """A Store: the one elsewhere while that holds the release, else the copy. For many threads.

    Other failures of the store elsewhere are failures here, too.
    """

    def __init__(self, pinned: Store, copy: Callable[[], Store]) -> None:
        """Take a store that raises OtherReleaseError, and what makes the copy when it is needed."""
        self._pinned = pinned
        self._copy = copy
        self._copied: Store | None = None
        self._copying = threading.Lock()
        self.uses = 0
        """How often the copy was asked."""

    def ask(self, query: str) -> bool:
        """See `Store.ask`."""
        return self._either(lambda store: store.ask(query))

    def select(self, query: str) -> Solutions:
        """See `Store.select`."""
        return self._either(lambda store: store.select(query))

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """See `Store.construct`."""
        return self._either(lambda store: store.construct(query))

    def answer(self, query: str, target: Format, dataset: Dataset | None = None) -> bytes:
        """See `Store.answer`."""
        return self._either(lambda store: store.answer(query, target, dataset))

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """See `Store.replace`; the copy stays as it is."""
        self._pinned.replace(graph, triples)

    def _either(self, ask: Callable[[Store], _Result]) -> _Result:
        try:
            return ask(self._pinned)
        except OtherReleaseError:
            return ask(self._of_release())

    def _of_release(self) -> Store:
        with self._copying:
            self.uses += 1
            if self._copied is None:
                self._copied = self._copy()
            return self._copied
