from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.deliver import updates
from reti_graph.deliver.plan import GraphChange
from reti_graph.deliver.updates import batches, said_alone_update, said_update
from reti_graph.stores.remote.held import Held, held_triples, read_held
from tests.unit.deliver.stores import BASE, FakeStore

LINES = tuple(f"<urn:x:s{n}> <urn:x:p> {n} ." for n in range(10))
STATES = [
    Held(),
    Held(digest="a"),
    Held(digest="a", previous="b"),
    Held(changing=("a", "c")),
    Held(changing=("", "c")),
    Held(digest="c", previous="a", changing=("a", "c")),
]


def saying(held: Held) -> FakeStore:
    """Give a store that says it holds this."""
    store = FakeStore()
    graph = ox.NamedNode(f"{BASE}release")
    for triple in held_triples(BASE, held):
        store.quads.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    return store


def test_updates_have_no_more_statements_than_a_store_takes() -> None:
    """Those of several graphs stand together; nothing is lost."""
    changes = [
        GraphChange(graph="urn:x:a", remove=LINES[:3], add=LINES[3:5]),
        GraphChange(graph=None, remove=(), add=LINES[5:]),
    ]
    made = list(batches(changes, 4))
    assert [batch.statements for batch in made] == [4, 4, 2]
    text = "\n".join(batch.data for batch in made)
    assert all(line in text for line in LINES)


def test_updates_have_no_more_characters_than_one_request_should(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Long texts are not sent a thousand at a time."""
    monkeypatch.setattr(updates, "MOST_CHARACTERS", 50)
    change = GraphChange(graph=None, remove=(), add=LINES)
    assert len(list(batches([change], 1_000))) > 3


def test_updates_have_no_more_operations_than_one_request_should() -> None:
    """Each graph that loses statements takes one."""
    changes = [GraphChange(graph=f"urn:x:{n}", remove=LINES[:1], add=()) for n in range(250)]
    made = list(batches(changes, 1_000))
    assert max(batch.data.count("DELETE DATA") for batch in made) <= updates.MOST_OPERATIONS + 1
    assert sum(batch.statements for batch in made) == 250


def test_a_change_of_nothing_is_no_update() -> None:
    """There is no empty request."""
    assert list(batches([GraphChange(graph=None, remove=(), add=())], 10)) == []


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES[1:])
def test_a_store_says_something_else_in_two_updates(old: Held, new: Held) -> None:
    """After the first it says both, so that nothing is forgotten if the second never comes."""
    store = saying(old)
    store.update(said_update(BASE, old, new), repeatable=True)
    said = {str(quad.object) for quad in store.quads}
    assert {str(triple.object) for triple in held_triples(BASE, old)} <= said
    store.update(said_alone_update(BASE, new), repeatable=True)
    assert read_held(store, BASE) == new
    assert len(list(store.quads)) == len(held_triples(BASE, new))


@pytest.mark.parametrize("old", STATES[1:])
@pytest.mark.parametrize("there", STATES)
def test_a_store_that_says_something_else_than_was_read_is_left_alone(
    old: Held, there: Held
) -> None:
    """Another publisher was faster."""
    store = saying(there)
    before = set(store.quads)
    store.update(said_update(BASE, old, Held(digest="new")), repeatable=True)
    store.update(said_alone_update(BASE, Held(digest="new")), repeatable=True)
    assert (set(store.quads) == before) is (old != there)
