"""What a site says, as validation looks at it: all of it in memory here, on disk in `stored`."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.validation.checks import CheckStore
from reti_graph.validation.locate import Locator
from reti_graph.validation.originals import Originals
from reti_graph.validation.triples import TripleIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    import pyoxigraph as ox

    from reti_graph.config import Settings
    from reti_graph.sources.site import Site
    from reti_graph.stores.port import Store
    from reti_graph.validation.engine import Checker, Result
    from reti_graph.validation.triples import Index, Node


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in the files something stands, and how it is spelt there."""

    locator: Locator
    originals: Originals


class Data(Protocol):
    """The statements of a site with those derived."""

    @property
    def given(self) -> int:
        """How many statements the files say, each counted once a graph."""
        ...

    @property
    def derived(self) -> int:
        """How many statements the rules add."""
        ...

    @property
    def index(self) -> Index:
        """The triples, without their graphs."""
        ...

    def results(self, checker: Checker) -> tuple[Result, ...]:
        """Return what shapes find. Raises DataError as `Checker.check`."""
        ...

    def checking(
        self, shapes: Sequence[ox.Triple], settings: Settings
    ) -> AbstractContextManager[CheckStore]:
        """Give the store that checks look at, with the shapes beside the data."""
        ...

    def answering(self, prefixes: Mapping[str, str]) -> Store:
        """Return the store that canned queries are tried on."""
        ...

    def evidence(self, nodes: Iterable[Node]) -> Evidence:
        """Return what tells where these nodes stand, and literals with a form of these."""
        ...


class InMemory:
    """The `Data` of a site whose files are held in memory."""

    def __init__(self, site: Site, derived: Sequence[ox.Quad]) -> None:
        """Take what the files say, and what was derived from it."""
        self.quads = (*site.quads, *derived)
        self.derived = len(derived)
        self.given = len(self.quads) - self.derived
        self._triples = tuple(dict.fromkeys(quad.triple for quad in self.quads))
        self.index = TripleIndex(self._triples)
        locator = Locator((*site.ontology, *site.data, *site.shapes), derived)
        self._evidence = Evidence(locator, Originals(self._triples))

    def results(self, checker: Checker) -> tuple[Result, ...]:
        """See `Data.results`."""
        return checker.check(self._triples)

    @contextmanager
    def checking(self, shapes: Sequence[ox.Triple], settings: Settings) -> Iterator[CheckStore]:
        """See `Data.checking`."""
        yield CheckStore.of(self.quads, shapes, settings)

    def answering(self, prefixes: Mapping[str, str]) -> Store:
        """See `Data.answering`."""
        return EmbeddedStore.of(self.quads, prefixes)

    def evidence(self, nodes: Iterable[Node]) -> Evidence:  # noqa: ARG002 - it has that of all
        """See `Data.evidence`."""
        return self._evidence
