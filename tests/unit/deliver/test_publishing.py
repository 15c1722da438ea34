from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.deliver.target import Target
from reti_graph.errors import OtherReleaseError, RefusedError, StoreAnswerError
from reti_graph.stores.remote.held import Held, changing_update, read_held
from reti_graph.terms import RDF
from tests.unit.deliver.releases import NEW, OLD, holding
from tests.unit.deliver.stores import (
    BASE,
    WAYS,
    FakeStore,
    Way,
    expected,
    published,
)
from tests.unit.deliver.watchers import Quiet, Watching

each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
STEPS = WAYS["updates, union in a graph"]
FOREIGN = ox.Quad(
    ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p"), ox.Literal("theirs"), ox.NamedNode("urn:x:g")
)


@each_way
def test_a_store_holds_exactly_what_was_published(way: Way) -> None:
    """The first release, and then another in its place."""
    store = holding(way, OLD)
    assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))
    outcome = publish(way.target(store), NEW, Quiet())
    assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
    assert (outcome.digest, outcome.previous) == (NEW.digest, OLD.digest)
    assert (outcome.graphs, outcome.statements) == (3, 10)


@each_way
def test_publishing_twice_writes_nothing(way: Way) -> None:
    """The digest says what is there, and the counts agree."""
    store = holding(way, OLD, NEW)
    before = len(store.writes)
    outcome = publish(way.target(store), NEW, Quiet())
    assert (outcome.written, outcome.mended, outcome.changes) == (False, False, None)
    assert len(store.writes) == before


@each_way
def test_a_dry_run_writes_nothing(way: Way) -> None:
    """It tells what would be changed."""
    store = holding(way, OLD)
    before = len(store.writes)
    outcome = publish(way.target(store), NEW, Quiet(), dry_run=True)
    assert outcome.changes
    kinds = {change.graph: change.kind for change in outcome.changes}
    assert kinds == {
        f"{BASE}g/one": "replace",
        f"{BASE}g/three": "add",
        f"{BASE}g/gone": "drop",
    }
    assert len(store.writes) == before


@each_way
def test_the_release_before_can_be_had_back(way: Way) -> None:
    """Exactly that, once; then there is none before it."""
    store = holding(way, OLD, NEW)
    outcome = roll_back(way.target(store), Quiet())
    assert (outcome.digest, outcome.previous) == (OLD.digest, None)
    assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))
    with pytest.raises(RefusedError, match="keeps no release before"):
        roll_back(way.target(store), Quiet())


@each_way
def test_graphs_that_were_changed_by_others_are_mended(way: Way) -> None:
    """The counts tell, and it is said; the release before can be had back all the same."""
    store = holding(way, OLD, NEW)
    store.looks.clear()
    one = ox.NamedNode(f"{BASE}g/one")
    for quad in list(store.quads.quads_for_pattern(None, None, None, one)):
        store.quads.remove(quad)
    outcome = publish(way.target(store), NEW, Quiet())
    assert (outcome.written, outcome.mended) == (True, True)
    assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
    roll_back(way.target(store), Quiet())
    assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))


@each_way
def test_going_back_is_refused_where_others_have_changed_graphs(way: Way) -> None:
    """What would come out is not the release before."""
    store = holding(way, OLD, NEW)
    store.looks.clear()
    three = ox.NamedNode(f"{BASE}g/three")
    store.quads.add(ox.Quad(FOREIGN.subject, FOREIGN.predicate, FOREIGN.object, three))
    before = len(store.writes)
    with pytest.raises(OtherReleaseError, match="would not give release"):
        roll_back(way.target(store), Quiet())
    assert len(store.writes) == before


@each_way
def test_a_damaged_journal_stops_nobody_from_publishing(way: Way) -> None:
    """There is no going back then, and that is said."""
    store = holding(way, OLD, NEW)
    store.quads.update(changing_update(BASE, OLD.digest, NEW.digest))
    undo = ox.NamedNode(f"{BASE}release/undo")
    store.quads.add(ox.Quad(undo, ox.NamedNode(f"{RDF}value"), ox.Literal("damaged"), undo))
    with pytest.raises(OtherReleaseError, match="would not give release"):
        roll_back(way.target(store), Quiet())
    outcome = publish(way.target(store), NEW, Quiet())
    assert outcome.previous is None
    assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
    with pytest.raises(RefusedError, match="keeps no release before"):
        roll_back(way.target(store), Quiet())


@each_way
def test_a_graph_with_blank_nodes_of_others_is_replaced(way: Way) -> None:
    """No query can name them."""
    store = holding(way, OLD)
    store.looks.clear()
    one = ox.NamedNode(f"{BASE}g/one")
    store.quads.add(ox.Quad(ox.BlankNode(), FOREIGN.predicate, ox.BlankNode(), one))
    outcome = publish(way.target(store), NEW, Quiet())
    assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
    assert outcome.previous is None


def test_a_store_that_changes_what_it_is_given_is_found_out() -> None:
    """Before it says that the release is there."""

    class Lossy(FakeStore):
        """Loses what stands in one graph."""

        def update(self, text: str, *, repeatable: bool = False) -> None:
            """Do it, but for that."""
            super().update(text, repeatable=repeatable)
            self.quads.clear_graph(ox.NamedNode(f"{BASE}g/two"))

    store = Lossy()
    with pytest.raises(StoreAnswerError, match=f"{BASE}g/two: it has 0 statements in place of 3"):
        publish(STEPS.target(store), OLD, Quiet())
    assert store.says() is None
    assert read_held(store, BASE) == Held(changing=("", OLD.digest))


@pytest.mark.parametrize(
    ("graph", "named"), [(f"{BASE}g/two", f"{BASE}g/two"), (STEPS.remote().union, "the union of")]
)
def test_a_store_that_changes_what_a_statement_says_is_found_out(graph: str, named: str) -> None:
    """In a graph or in their union, also where the counts are right."""

    class Careless(FakeStore):
        """Has another object in one statement of a graph."""

        def update(self, text: str, *, repeatable: bool = False) -> None:
            """Do it, but for that."""
            super().update(text, repeatable=repeatable)
            for quad in list(self.quads.quads_for_pattern(None, None, None, ox.NamedNode(graph))):
                if quad.predicate.value.endswith("/share"):
                    other = ox.Literal("other")
                    self.quads.remove(quad)
                    self.quads.add(ox.Quad(quad.subject, quad.predicate, other, quad.graph_name))

    store = Careless()
    with pytest.raises(StoreAnswerError, match=f"{named}.*not those that were written"):
        publish(STEPS.target(store), OLD, Quiet())
    assert store.says() is None


def test_releases_that_compare_as_equal_need_no_change_of_graphs() -> None:
    """A number that is spelt in another way is the same statement; the digest is written."""
    for way in WAYS.values():
        one, other = published("g:a { :s :p 01 }"), published("g:a { :s :p 1 }")
        store = FakeStore()
        publish(way.target(store), one, Quiet())
        store.looks.append(says_something)
        outcome = publish(way.target(store), other, Quiet())
        assert outcome.changes == ()
        assert read_held(store, BASE) == Held(digest=other.digest, previous=one.digest)
        roll_back(way.target(store), Quiet())
        assert store.says() == one.digest


def says_something(store: FakeStore) -> None:
    """Fail when readers of neither release would be answered."""
    assert store.says() is not None


@each_way
def test_the_whole_work_is_told(way: Way) -> None:
    """Each part with what there is to do, and no more is done than that."""
    store = holding(way, OLD)
    watching = Watching()
    publish(way.target(store), NEW, watching)
    names = [name for name, _ in watching.phases]
    assert names == ["counting what is there", "reading what is there", "writing", "reading back"]
    for (name, total), done in zip(watching.phases, watching.done, strict=True):
        assert total in {done, 0}, name


def test_a_release_is_not_published_into_a_store_that_would_change_it() -> None:
    """Virtuoso makes a number of a duration: better no change than one that ends in an error."""
    store = FakeStore()
    remote = STEPS.remote()
    virtuoso = replace(remote, dialect=replace(remote.dialect, product="Virtuoso"))
    release = published(
        'g:a { :s :p "P1Y"^^<http://www.w3.org/2001/XMLSchema#duration> }',
    )
    with pytest.raises(RefusedError, match="Virtuoso does not keep literals"):
        publish(Target(store, virtuoso), release, Quiet())
    assert store.requests == []
