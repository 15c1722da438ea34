"""A SPARQL store written by hand, connections to it that break, and releases to put into it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pyoxigraph as ox

from reti_graph.deliver.target import Target
from reti_graph.deliver.wanted import Published
from reti_graph.errors import StoreUnreachableError
from reti_graph.formats import JSON, N_TRIPLES
from reti_graph.release import canonical_quads, digest_of
from reti_graph.stores.remote.transport import Reply
from reti_graph.stores.remote.values import Addresses, Dialect, Remote

if TYPE_CHECKING:
    from collections.abc import Callable

    from reti_graph.gate import QueryForm
    from reti_graph.setting_types import DefaultGraph

Fault: TypeAlias = Literal["lost", "done", "half"]
"""What becomes of the request at which a connection breaks: the store never gets it, does it but
its answer is lost, or does half of it."""

FAULTS: Final[tuple[Fault, ...]] = ("lost", "done", "half")
BASE: Final = "https://example.org/nets/"
HELD: Final = ox.NamedNode(f"{BASE}release")
VERSION: Final = ox.NamedNode("http://www.w3.org/ns/dcat#version")


class FakeStore:
    """Oxigraph behind the calls of a connection; tells whoever looks of every change."""

    def __init__(self, *, rows: int | None = None) -> None:
        """Be empty; with `rows`, cut longer answers off without a word."""
        self.quads = ox.Store()
        self.requests: list[str] = []
        self.looks: list[Callable[[FakeStore], None]] = []
        self._rows = rows

    def query(self, text: str, form: QueryForm) -> Reply:
        """Answer a query."""
        del form
        self.requests.append("query")
        answer = self.quads.query(text)
        assert isinstance(answer, ox.QuerySolutions)
        content = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if self._rows is not None:
            content = _cut(content, self._rows)
        return Reply(200, {"content-type": JSON.media_type}, content)

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Do an update."""
        assert repeatable
        self._change("update", lambda store: store.update(text))

    def put(self, graph: str | None, content: bytes) -> None:
        """Make N-Triples the whole of a graph."""

        def do(store: ox.Store) -> None:
            store.clear_graph(_name(graph))
            store.load(content, format=ox.RdfFormat.N_TRIPLES, to_graph=_name(graph))

        self._change("put", do)

    def add(self, graph: str | None, content: bytes, *, repeatable: bool = False) -> None:
        """Add N-Triples to a graph."""
        assert repeatable
        self._change(
            "add",
            lambda store: store.load(content, format=ox.RdfFormat.N_TRIPLES, to_graph=_name(graph)),
        )

    def drop(self, graph: str | None) -> None:
        """Remove a graph."""
        self._change("drop", lambda store: store.remove_graph(_name(graph)))

    def get(self, graph: str | None) -> Reply | None:
        """Return a graph."""
        self.requests.append("get")
        triples = [
            quad.triple for quad in self.quads.quads_for_pattern(None, None, None, _name(graph))
        ]
        content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        if self._rows is not None:
            content = b"".join(content.splitlines(keepends=True)[: self._rows])
        return Reply(200, {"content-type": N_TRIPLES.media_type}, content)

    def copy(self) -> FakeStore:
        """Give a store with the same statements, and the same who look at it."""
        copy = FakeStore(rows=self._rows)
        copy.quads.extend(self.quads)
        copy.looks.extend(self.looks)
        return copy

    def half(self, change: Callable[[FakeStore], None]) -> None:
        """Do half of what a change would remove, and half of what it would add."""
        copy = self.copy()
        copy.looks.clear()
        change(copy)
        gone = sorted(set(self.quads) - set(copy.quads), key=str)
        come = sorted(set(copy.quads) - set(self.quads), key=str)
        for quad in gone[: (len(gone) + 1) // 2]:
            self.quads.remove(quad)
        self.quads.extend(come[: (len(come) + 1) // 2])
        self._look()

    def _change(self, kind: str, do: Callable[[ox.Store], object]) -> None:
        self.requests.append(kind)
        do(self.quads)
        self._look()

    def _look(self) -> None:
        for look in self.looks:
            look(self)

    @property
    def writes(self) -> list[str]:
        """The requests that were no questions."""
        return [each for each in self.requests if each not in ("query", "get")]

    def says(self) -> str | None:
        """Give the digest of the release that is said to be wholly there."""
        found = self.quads.quads_for_pattern(HELD, VERSION, None, HELD)
        return next((quad.object.value for quad in found), None)  # type: ignore[union-attr]

    def holds(self) -> frozenset[ox.Quad]:
        """Give what is in the site's graphs."""
        return frozenset(
            quad for quad in self.quads if str(quad.graph_name).startswith(f"<{BASE}g/")
        )

    def union(self, graph: str | None) -> frozenset[ox.Triple]:
        """Give what is in the graph of the union."""
        return frozenset(
            quad.triple for quad in self.quads.quads_for_pattern(None, None, None, _name(graph))
        )


class BrokenConnection:
    """A connection that breaks at the k-th request, questions included, counted from 1."""

    def __init__(self, store: FakeStore, at: int, fault: Fault) -> None:
        """Break at this request, and leave the store with it lost, done or half done."""
        self._store = store
        self._left = at
        self._fault = fault
        self.broke = False

    def query(self, text: str, form: QueryForm) -> Reply:
        """See `FakeStore.query`."""
        self._left -= 1
        if not self._left:
            raise self._failure()
        return self._store.query(text, form)

    def get(self, graph: str | None) -> Reply | None:
        """See `FakeStore.get`."""
        self._left -= 1
        if not self._left:
            raise self._failure()
        return self._store.get(graph)

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """See `FakeStore.update`."""
        self._do(lambda store: store.update(text, repeatable=repeatable))

    def put(self, graph: str | None, content: bytes) -> None:
        """See `FakeStore.put`."""
        self._do(lambda store: store.put(graph, content))

    def add(self, graph: str | None, content: bytes, *, repeatable: bool = False) -> None:
        """See `FakeStore.add`."""
        self._do(lambda store: store.add(graph, content, repeatable=repeatable))

    def drop(self, graph: str | None) -> None:
        """See `FakeStore.drop`."""
        self._do(lambda store: store.drop(graph))

    def _do(self, change: Callable[[FakeStore], None]) -> None:
        self._left -= 1
        if self._left:
            change(self._store)
            return
        if self._fault == "done":
            change(self._store)
        elif self._fault == "half":
            self._store.half(change)
        raise self._failure()

    def _failure(self) -> StoreUnreachableError:
        self.broke = True
        return StoreUnreachableError("The connection broke.")


@dataclass(frozen=True, slots=True)
class Way:
    """How a store takes what is published."""

    default_graph: DefaultGraph
    atomic: bool = False
    statements: int = 10_000
    updates: bool = True
    graphs: bool = False

    def remote(self) -> Remote:
        """Give what is known of such a store."""
        return Remote(
            addresses=Addresses(
                query="http://127.0.0.1/query",
                update="http://127.0.0.1/update" if self.updates else None,
                graphs="http://127.0.0.1/graphs" if self.graphs else None,
            ),
            dialect=Dialect(
                product="fake",
                default_graph=self.default_graph,
                exact_datasets=True,
                atomic=self.atomic,
                statements=self.statements,
            ),
            base=BASE,
        )

    def target(self, connection: FakeStore | BrokenConnection) -> Target:
        """Give such a store as a target."""
        return Target(connection, self.remote())


WAYS: Final = {
    "one update": Way("own", atomic=True),
    "updates, own default graph": Way("own", statements=3),
    "updates, union in a graph": Way("repeated", statements=3),
    "updates and graphs": Way("repeated", statements=1, graphs=True),
    "graphs alone": Way("repeated", updates=False, graphs=True),
    "graphs alone, own default graph": Way("own", updates=False, graphs=True),
    "default graph is the union": Way("union", statements=2),
}


def quads_of(text: str) -> tuple[ox.Quad, ...]:
    """Read TriG whose graphs are `g:name`, with things as `:name`."""
    header = f"@prefix g: <{BASE}g/> . @prefix : <{BASE}id/> . "
    return canonical_quads(ox.parse(header + text, format=ox.RdfFormat.TRIG))


def published(text: str) -> Published:
    """Make a release of TriG."""
    quads = quads_of(text)
    return Published.of_release(digest_of(quads), quads, BASE)


def expected(release: Published) -> frozenset[ox.Quad]:
    """Give the statements of a release as a store has them."""
    store = ox.Store()
    store.extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
        for graph, triples in release.triples.items()
        for triple in triples
    )
    return frozenset(store)


def _name(graph: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if graph is None else ox.NamedNode(graph)


def _cut(content: bytes, rows: int) -> bytes:
    document = json.loads(content)
    document["results"]["bindings"] = document["results"]["bindings"][:rows]
    return json.dumps(document).encode()
