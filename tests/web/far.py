"""A store elsewhere that does as it is told, and an application that is served from it."""

from __future__ import annotations

import dataclasses
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from reti_graph import wiring
from reti_graph.errors import OtherReleaseError
from reti_graph.stores.remote.held import Held
from reti_graph.web.app import create_app
from reti_graph.web.budget import Budget
from reti_graph.web.metrics import NoMetrics
from reti_graph.web.opening import opened
from reti_graph.web.publication import Publication
from reti_graph.web.upstream import Reading, Upstream, Watch, WatchedAnswers
from tests.fakes import InProcessAnswers
from tests.web.conftest import AMPLE, CHANGED

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox
    from starlette.applications import Starlette

    from reti_graph.errors import RetiError
    from reti_graph.formats import Format
    from reti_graph.release import Release
    from reti_graph.stores.port import Dataset, Solutions, Store
    from reti_graph.web.publication import Served

SELDOM: Final = 86_400.0
"""Seconds between two looks at a store in tests that look themselves."""

ADDRESS: Final = "https://10.1.2.3:8890/secret-sparql"


class FarStore:
    """Holds a release, until it fails of what it is told to."""

    def __init__(self, release: Release) -> None:
        """Hold a release, and fail of nothing."""
        self.held = Held(release.digest)
        self.error: RetiError | None = None
        self.asked = 0
        self._store = wiring.store_for(release)

    def look(self) -> Held:
        """Say what is held, or fail."""
        self._raise_if_failing()
        return self.held

    def becomes(self, release: Release) -> None:
        """Hold another release from now on."""
        self._store = wiring.store_for(release)
        self.held = Held(release.digest)

    def ask(self, query: str) -> bool:
        """Answer an ASK, or fail."""
        return self._there().ask(query)

    def select(self, query: str) -> Solutions:
        """Answer a SELECT, or fail."""
        return self._there().select(query)

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """Answer a CONSTRUCT, or fail."""
        return self._there().construct(query)

    def answer(self, query: str, target: Format, dataset: Dataset | None = None) -> bytes:
        """Answer anything, or fail."""
        return self._there().answer(query, target, dataset)

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Replace a graph, or fail."""
        self._there().replace(graph, triples)

    def _there(self) -> Store:
        self.asked += 1
        self._raise_if_failing()
        return self._store

    def _raise_if_failing(self) -> None:
        if self.error is not None:
            raise self.error


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        """Begin at some time."""
        self.now = 1_000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


class FarSite:
    """A site whose data is in a far store; its releases are published in turn."""

    def __init__(self, *releases: Release, seconds: float = SELDOM) -> None:
        """Take the releases; the store holds the first one."""
        self.store = FarStore(releases[0])
        self.clock = Clock()
        self.reloaded = threading.Event()
        self.upstreams: list[Upstream] = []
        self._releases = list(releases)
        self._seconds = seconds
        self.publication = Publication(self._publish)

    @property
    def app(self) -> Starlette:
        """The application that serves it."""
        return create_app(self.publication, Budget(AMPLE), NoMetrics())

    @property
    def upstream(self) -> Upstream:
        """The latest release's."""
        return self.upstreams[-1]

    async def _publish(self) -> Served:
        release = self._releases.pop(0) if len(self._releases) > 1 else self._releases[0]
        if self.store.held.digest != release.digest:
            raise OtherReleaseError("The store holds another release than the site is.")
        make_store = partial(wiring.local_store, settings=release.settings)
        watch = Watch(held=self.store.look, reload=self._reload, seconds=self._seconds)
        upstream = Upstream(release.digest, watch, Reading(), self.clock)
        answers = WatchedAnswers(InProcessAnswers(self.store), upstream)
        made = opened(release, CHANGED, make_store, self.store)(answers)
        upstream.begin()
        self.upstreams.append(upstream)
        return dataclasses.replace(made, upstream=upstream)

    async def _reload(self) -> None:
        await self.publication.reload()
        self.reloaded.set()
