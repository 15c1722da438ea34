"""What every implementation of the store port must do when a graph is replaced."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from reti_graph.formats import N_TRIPLES
from tests.contract.samples import DATA, LOCAL, PREFIXES, WRITABLE, count, node, quads, triples

if TYPE_CHECKING:
    from reti_graph.stores.port import Store
    from tests.contract.samples import Make


@pytest.fixture(params=[*LOCAL, *WRITABLE])
def kind(request: pytest.FixtureRequest) -> str:
    """Give the name of each implementation that can be changed."""
    name: str = request.param
    return name


@pytest.fixture
def store(make: Make) -> Store:
    """Give a store with two passages, to be changed."""
    return make(quads(DATA), PREFIXES)


def test_replace_changes_one_graph_and_the_union(store: Store) -> None:
    """What only that graph said is gone, what is new is there."""
    store.replace(node("g"), triples(":c :memberOf :n ."))
    assert count(store, "GRAPH :g { ?s ?p ?o }") == 1
    assert store.ask("ASK { :c :memberOf :n }")
    assert not store.ask("ASK { :a :label ?l }")


def test_replace_keeps_what_another_graph_says_too(store: Store) -> None:
    """The union loses a triple only with its last graph."""
    store.replace(node("g"), [])
    assert store.ask("ASK { :a :memberOf :n }")
    store.replace(node("h"), [])
    assert count(store) == 0


def test_replace_keeps_what_no_graph_says(make: Make) -> None:
    """Also where a graph said it for a while."""
    store = make(quads(":c :p :d ."), PREFIXES)
    store.replace(node("g"), triples(":c :p :d ."))
    store.replace(node("g"), [])
    assert count(store) == 1


def test_replace_can_add_a_graph(store: Store) -> None:
    """One that was not there."""
    store.replace(node("new"), triples(':d :label "a \\"b\\"\\n{c}"@it, 1, "x"^^:type .'))
    assert count(store, "GRAPH :new { ?s ?p ?o }") == 3
    assert store.ask('ASK { :d :label "a \\"b\\"\\n{c}"@it, 1, "x"^^:type }')


def test_replace_with_the_same_changes_nothing(store: Store) -> None:
    """Blank nodes aside, a graph replaced by itself is the same graph."""
    before = store.answer("CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES)
    store.replace(node("h"), triples(":a :memberOf :n . :b :memberOf :n ."))
    assert store.answer("CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES) == before


def test_replace_takes_blank_nodes(store: Store) -> None:
    """They come and go with their graph."""
    for _ in range(2):
        store.replace(node("g"), triples(":a :p [ :q 1 ] ."))
        assert count(store, "GRAPH :g { :a :p ?b . ?b :q 1 }") == 1
        assert count(store, ":a :p ?b . ?b :q 1") == 1


def test_many_threads_may_read_while_one_writes(store: Store, kind: str) -> None:
    """A reader sees a graph before a change or after it, never between."""
    # New workers take long enough for many reads to fall into one change.
    changes = 60 if kind == "embedded" else 5
    one, two = triples(":x :in :g ; :as 1 ."), triples(":y :in :g ; :as 2 .")
    store.replace(node("g"), one)
    seen: set[int] = set()
    failures: list[str] = []
    start = threading.Barrier(5)

    def read() -> None:
        start.wait()
        for _ in range(60):
            found = store.select("SELECT ?s ?p { GRAPH :g { ?s ?p ?o } ?s ?p ?o }").rows
            seen.add(len(found))
            if len({row[0] for row in found}) != 1:
                failures.append(str(found))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    start.wait()
    for turn in range(changes):
        store.replace(node("g"), two if turn % 2 else one)
    for reader in readers:
        reader.join()
    assert failures == []
    assert seen == {2}
