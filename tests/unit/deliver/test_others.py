from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.errors import OtherReleaseError, RefusedError
from reti_graph.stores.remote.held import changing_update
from tests.unit.deliver.releases import NEW, OLD, THIRD, holding
from tests.unit.deliver.stores import (
    BASE,
    WAYS,
    BrokenConnection,
    FakeStore,
    Way,
    expected,
)
from tests.unit.deliver.watchers import Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
OWN = WAYS["one update"]
FOREIGN = ox.Quad(
    ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), ox.Literal("theirs"), ox.NamedNode("urn:x:g")
)


@each_way
def test_graphs_of_others_are_left_alone(way: Way) -> None:
    """They are counted."""
    store = holding(way)
    store.quads.add(FOREIGN)
    outcome = publish(way.target(store), OLD, Quiet())
    publish(way.target(store), NEW, Quiet())
    roll_back(way.target(store), Quiet())
    assert FOREIGN in store.quads
    assert outcome.foreign == 1


@each_way
def test_what_is_in_the_namespace_and_in_no_release_is_dropped(way: Way) -> None:
    """Whoever has put it there."""
    store = holding(way)
    other = ox.NamedNode(f"{BASE}g/other")
    store.quads.add(ox.Quad(FOREIGN.subject, FOREIGN.predicate, FOREIGN.object, other))
    publish(way.target(store), OLD, Quiet())
    assert store.holds() == expected(OLD)


@pytest.mark.parametrize("name", ["updates, own default graph", "graphs alone", "one update"])
def test_a_change_to_another_release_is_not_taken_over_unasked(name: str) -> None:
    """Another publisher may be at work."""
    way = WAYS[name]
    store = holding(way, OLD)
    store.looks.clear()
    store.quads.update(changing_update(BASE, OLD.digest, THIRD.digest))
    before = len(store.writes)
    with pytest.raises(OtherReleaseError, match="is being changed to release") as caught:
        publish(way.target(store), NEW, Quiet())
    assert caught.value.hint
    assert "--take-over" in caught.value.hint
    assert len(store.writes) == before
    publish(way.target(store), NEW, Quiet(), take_over=True)
    assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))


class Meanwhile(BrokenConnection):
    """A connection beside another publisher, who says after some changes what he begins."""

    def __init__(self, store: FakeStore, changes: int) -> None:
        """Let the other come after so many changes of ours; `then` is what was there."""
        super().__init__(store, -1, "lost")
        self.store = store
        self.changes = changes
        self.then: frozenset[ox.Quad] = frozenset()

    def _do(self, change: Callable[[FakeStore], None]) -> None:
        super()._do(change)
        self.changes -= 1
        if not self.changes:
            self.store.quads.update(changing_update(BASE, None, THIRD.digest))
            self.then = self.store.holds()


@pytest.mark.parametrize(
    "name", ["updates, own default graph", "updates and graphs", "graphs alone"]
)
@pytest.mark.parametrize("changes", [4, 5, 6])
def test_a_publisher_stops_when_another_one_begins(name: str, changes: int) -> None:
    """It changes no graph any more, and does not say that its release is there."""
    way = WAYS[name]
    store = holding(way, OLD)
    store.looks.clear()
    meanwhile = Meanwhile(store, changes)
    with pytest.raises(OtherReleaseError, match="Another publisher has changed the store"):
        publish(way.target(meanwhile), NEW, Quiet())
    assert store.says() is None
    assert store.holds() == meanwhile.then


def test_one_update_does_nothing_when_another_release_was_published_meanwhile() -> None:
    """It is for what was read, and the store says something else by then."""
    store = holding(OWN, OLD)

    class Late(FakeStore):
        """Publishes another release just before an update comes in."""

        def update(self, text: str, *, repeatable: bool = False) -> None:
            """Let the other be first."""
            publish(OWN.target(store), THIRD, Quiet())
            store.update(text, repeatable=repeatable)

    late = Late()
    late.quads = store.quads
    with pytest.raises(OtherReleaseError, match=f"it says {THIRD.digest[:12]}"):
        publish(OWN.target(late), NEW, Quiet())
    assert (store.says(), store.holds()) == (THIRD.digest, expected(THIRD))


def test_statements_of_others_in_the_default_graph_are_not_lost() -> None:
    """Where it has to be the union of the site's graphs, nothing is published."""
    for way in (OWN, WAYS["updates, own default graph"], WAYS["graphs alone, own default graph"]):
        store = holding(way, OLD)
        store.looks.clear()
        theirs = ox.Quad(FOREIGN.subject, FOREIGN.predicate, FOREIGN.object)
        store.quads.add(theirs)
        with pytest.raises(RefusedError, match=r"has 1 statements of others.*urn:x:s"):
            publish(way.target(store), NEW, Quiet())
        assert theirs in store.quads
        assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))
