"""Publishing into real servers, while somebody reads."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count
from threading import Event
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.deliver.target import Target
from reti_graph.errors import OtherReleaseError, StoreUnreachableError
from reti_graph.settings import StoreSettings
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.detecting import find_remote
from reti_graph.stores.remote.store import RemoteStore
from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server
from tests.unit.deliver.stores import BASE, FakeStore, Way, published
from tests.unit.deliver.watchers import Quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.deliver.wanted import Published
    from reti_graph.gate import QueryForm
    from reti_graph.stores.remote.transport import Reply
    from reti_graph.stores.remote.values import Remote
    from tests.servers.running import WritableServer
    from tests.unit.deliver.stores import Fault

XSD: Final = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
# What sites say, and what stores are known to change of it.
OLD: Final = published(f"""{XSD}
g:one {{ :a a :Network ; :label "Alfa"@it, "Alpha"@en ; :members 12 ; :site <https://a.example/> ;
    :quote "https://a.example/" ; :since "2009-09"^^xsd:gYearMonth ; :on "2009-09-01"^^xsd:date . }}
g:two {{ :a a :Network . :b :share 1.50, 0.25 ; :open true ; :at "2009"^^xsd:gYear ;
    :text "a\\nb \\"c\\" \\\\ d\\te  ", "Épinay", "中", "" . }}
g:gone {{ :c a :Network ; :closed false ; :text "{"long " * 2000}" . }}
""")
NEW: Final = published(f"""{XSD}
g:one {{ :a a :Network ; :label "Alfa"@it, "Alpha"@en-gb ; :members 13 ;
    :site <https://a.example/> ; :quote "https://a.example/" ; :since "2009"^^xsd:gYear ;
    :on "2009-09-01"^^xsd:date . }}
g:two {{ :a a :Network . :b :share 1.5, 0.25 ; :open false ; :at "2009"^^xsd:gYear ;
    :text "a\\nb \\"c\\" \\\\ d\\te  ", "中", "" . }}
g:three {{ {" ".join(f":d{n} a :Network ; :label 'n{n}' ." for n in range(40))} :a a :Network . }}
""")
RELEASES: Final = {release.digest: release for release in (OLD, NEW)}
NAMES: Final = "SELECT ?s ?p ?o { ?s ?p ?o }"
GRAPHS: Final = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"


class Broken:
    """A connection that breaks at the k-th change, before it is made or after."""

    def __init__(self, connection: Connection, at: int, fault: Fault) -> None:
        """Count the changes from 1."""
        self._connection = connection
        self._left = at
        self._fault = fault

    def query(self, text: str, form: QueryForm) -> Reply:
        """Ask."""
        return self._connection.query(text, form)

    def get(self, graph: str | None) -> Reply | None:
        """Ask for a graph."""
        return self._connection.get(graph)

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Change, or break."""
        self._left -= 1
        if self._left or self._fault == "done":
            self._connection.update(text, repeatable=repeatable)
        self._end()

    def put(self, graph: str | None, content: bytes) -> None:
        """Change, or break."""
        self._left -= 1
        if self._left or self._fault == "done":
            self._connection.put(graph, content)
        self._end()

    def add(self, graph: str | None, content: bytes, *, repeatable: bool = False) -> None:
        """Change, or break."""
        self._left -= 1
        if self._left or self._fault == "done":
            self._connection.add(graph, content, repeatable=repeatable)
        self._end()

    def drop(self, graph: str | None) -> None:
        """Change, or break."""
        self._left -= 1
        if self._left or self._fault == "done":
            self._connection.drop(graph)
        self._end()

    def _end(self) -> None:
        if not self._left:
            raise StoreUnreachableError("The connection broke.")


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[WritableServer]:
    """Start Oxigraph once."""
    with oxigraph_server() as server:
        yield server


@pytest.fixture(scope="module")
def virtuoso() -> Iterator[WritableServer]:
    """Start Virtuoso once."""
    with virtuoso_server() as server:
        yield server


KINDS: Final = ("oxigraph", "oxigraph in steps", "oxigraph by graphs", "virtuoso")


@pytest.fixture(params=KINDS)
def remote(request: pytest.FixtureRequest) -> Iterator[Remote]:
    """Give each server, and each way to write into it; it is empty afterwards."""
    name, _, how = request.param.partition(" ")
    server: WritableServer = request.getfixturevalue(name)
    found = find_remote(StoreSettings(url=server.query_url), BASE, {})
    if how:
        found = replace(found, dialect=replace(found.dialect, atomic=False, statements=20))
    if how == "by graphs":
        found = replace(found, addresses=replace(found.addresses, update=None))
    yield found
    emptied(server, found)


def emptied(server: WritableServer, remote: Remote) -> None:
    """Remove what tests have written."""
    known = find_remote(StoreSettings(url=server.query_url), BASE, {})
    with Connection(known.addresses) as connection:
        names = [f"{BASE}g/{name}" for name in ("one", "two", "three", "gone")]
        for graph in (*names, remote.held, f"{remote.held}/undo", f"{remote.held}/union"):
            connection.update(f"CLEAR SILENT GRAPH <{graph}>", repeatable=True)
        if remote.union is None:
            connection.update("CLEAR DEFAULT", repeatable=True)


@contextmanager
def writing(remote: Remote) -> Iterator[Target]:
    """Give a server to publish into."""
    with Connection(remote.addresses) as connection:
        yield Target(connection, remote)


def rows(store: RemoteStore, query: str) -> set[tuple[object, ...]]:
    """Give the rows of a query, which are not to repeat."""
    found = store.select(query).rows
    assert len(set(found)) == len(found)
    return set(found)


def reads(remote: Remote, release: Published) -> bool:
    """Read all that there is for whoever wants this release; False when it is not there.

    Whatever is answered has to be of that release alone.
    """
    with closing(RemoteStore.of(remote, {}, pinned=release.digest)) as store:
        try:
            triples, quads = rows(store, NAMES), rows(store, GRAPHS)
        except OtherReleaseError:
            return False
    expected = ox.Store()
    for graph, of_graph in release.triples.items():
        for each in of_graph:
            name = ox.NamedNode(graph)
            expected.add(ox.Quad(each.subject, each.predicate, each.object, name))
    assert quads == {(q.graph_name, q.subject, q.predicate, q.object) for q in expected}
    assert triples == {(q.subject, q.predicate, q.object) for q in expected}
    return True


def test_what_was_published_is_read(remote: Remote) -> None:
    """The first release, the next one, and the first again."""
    with writing(remote) as target:
        publish(target, OLD, Quiet())
        assert reads(remote, OLD)
        outcome = publish(target, NEW, Quiet())
        assert reads(remote, NEW)
        assert not reads(remote, OLD)
        assert outcome.previous == OLD.digest
        assert not publish(target, NEW, Quiet()).written
        roll_back(target, Quiet())
        assert reads(remote, OLD)


@pytest.mark.parametrize("fault", ["lost", "done"])
def test_publishing_that_is_broken_off_is_never_seen_and_ends_right(
    remote: Remote, fault: Fault
) -> None:
    """At each change: readers of a release have it or an error; run again, and undone.

    One that is lost leaves what the one before it left when it was done.
    """
    with writing(remote) as target:
        publish(target, OLD, Quiet())
        for at in count(1, 2):
            try:
                broken = Broken(target.connection, at, fault)  # type: ignore[arg-type]
                publish(Target(broken, remote), NEW, Quiet())
            except StoreUnreachableError:
                ended = False
            else:
                ended = True
            assert sum(reads(remote, release) for release in RELEASES.values()) <= 1
            publish(target, NEW, Quiet())
            assert reads(remote, NEW)
            roll_back(target, Quiet())
            assert reads(remote, OLD)
            if ended:
                return


def test_whoever_reads_meanwhile_never_gets_a_mixture(remote: Remote) -> None:
    """Readers who ask all the time, for the release before and for the next one."""
    ended = Event()
    found: Counter[str] = Counter()

    def read() -> None:
        while not ended.is_set():
            for release in RELEASES.values():
                found[release.digest] += reads(remote, release)

    with writing(remote) as target, ThreadPoolExecutor(2) as readers:
        publish(target, OLD, Quiet())
        reading = [readers.submit(read) for _ in range(2)]
        try:
            for release in (NEW, OLD, NEW, OLD, NEW):
                publish(target, release, Quiet())
            roll_back(target, Quiet())
        finally:
            ended.set()
        for each in reading:
            each.result()
    assert set(found) == set(RELEASES)


def test_the_hash_and_the_counts_are_those_of_the_release(remote: Remote) -> None:
    """Read back from the server, equal for every store."""
    with writing(remote) as target:
        outcome = publish(target, NEW, Quiet())
    assert outcome.content_hash == publish_hash(NEW)
    assert (outcome.graphs, outcome.statements) == (3, 97)


def publish_hash(release: Published) -> str:
    """Give the content hash as a store in this process has it."""
    return publish(Way("own").target(FakeStore()), release, Quiet()).content_hash or ""
