from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.errors import RefusedError
from reti_graph.stores.remote.held import Held, held_update, read_held, undo_update
from reti_graph.stores.remote.replacing import replace
from tests.unit.stores.remote.engines import BASE, Engine, node, quads, remote, union_of
from tests.unit.stores.remote.test_scoped import OTHERS, SITE

if TYPE_CHECKING:
    from reti_graph.stores.remote.values import Remote

OWN = remote()
APART = remote("Virtuoso", default_graph="repeated", atomic=False)
UNION = remote(default_graph="union")


def engine(union: str | None) -> Engine:
    """Give a store with a site, its union and others' graphs."""
    made = Engine.holding(quads(SITE + OTHERS))
    made.store.extend(union_of(quads(SITE), union))
    made.store.update(held_update(BASE, "a", "b"))
    return made


def held(there: Engine, graph: str | None) -> set[ox.Triple]:
    """Return what a graph has."""
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return {quad.triple for quad in there.store.quads_for_pattern(None, None, None, name)}


def triples(text: str) -> set[ox.Triple]:
    """Read Turtle."""
    return {quad.triple for quad in quads(text)}


@pytest.mark.parametrize("store", [OWN, APART], ids=["own", "apart"])
def test_a_graph_and_the_union_change_together(store: Remote) -> None:
    """What other graphs of the site say stays in the union; what graphs of others say does not."""
    there = engine(store.union)
    before = {name: held(there, name) for name in (f"{BASE}h", "http://other.example/")}
    replace(there, store, node("g"), triples(":a :p :new ."))
    assert held(there, f"{BASE}g") == triples(":a :p :new .")
    assert held(there, store.union) == triples(":a :p :b , :new , :c . :b :p :a .")
    assert {name: held(there, name) for name in before} == before
    replace(there, store, node("h"), [])
    assert held(there, store.union) == triples(":a :p :new , :c .")


def test_a_union_that_the_store_makes_is_left_to_it() -> None:
    """Nothing is written into its default graph."""
    there = engine(None)
    before = held(there, None)
    replace(there, UNION, node("g"), triples(":a :p :new ."))
    assert held(there, None) == before
    assert held(there, f"{BASE}g") == triples(":a :p :new .")


def test_the_store_holds_no_release_any_more() -> None:
    """Nor can one be gone back to: what was kept for that no longer fits."""
    there = engine(None)
    there.store.update(undo_update(BASE, "add", 1, "x"))
    replace(there, OWN, node("g"), [])
    now = read_held(there, BASE)
    assert now.digest is not None
    assert now.digest.startswith("changed-")
    assert now == Held(now.digest, None, None)
    assert held(there, f"{BASE}release/undo") == set()
    replace(there, OWN, node("g"), [])
    assert read_held(there, BASE) != now


def test_a_store_that_shows_updates_whole_gets_one() -> None:
    """However many statements there are."""
    there = engine(None)
    replace(there, OWN, node("g"), [quad.triple for quad in _numbers(100)])
    assert len(there.updated) == 1


@dataclass
class Watched(Engine):
    """An engine that is asked after each update what it holds."""

    states: list[Held] = field(default_factory=list)

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Do an update."""
        super().update(text, repeatable=repeatable)
        self.states.append(read_held(self, BASE))


def test_another_store_says_all_the_while_that_it_is_changed() -> None:
    """And gets no more statements at once than it takes."""
    there = Watched(engine(APART.union).store)
    replace(there, APART, node("g"), [quad.triple for quad in _numbers(12)])
    states = there.states
    assert all(state.changing is not None for state in states[:-1])
    assert states[-1].changing is None
    assert max(text.count(":n") for text in there.updated) <= APART.dialect.statements
    assert len(held(there, f"{BASE}g")) == 12


def test_blank_nodes_become_names_of_the_graph() -> None:
    """The same each time, and in the union too."""
    there = engine(None)
    wanted = triples(":a :p [ :q 1 ] , [ :q 2 ] .")
    replace(there, OWN, node("g"), wanted)
    once = held(there, f"{BASE}g")
    names = {triple.subject.value for triple in once} - {f"{BASE}a"}  # type: ignore[union-attr]  # no triple
    assert len(names) == 2
    assert all(name.startswith(f"{BASE}.well-known/genid/") for name in names)
    assert once <= held(there, None)
    replace(there, OWN, node("g"), triples(":a :p [ :q 1 ] , [ :q 2 ] ."))
    assert held(there, f"{BASE}g") == once
    replace(there, OWN, node("other"), wanted)
    assert not held(there, f"{BASE}other") & once


def test_a_store_that_takes_no_updates_is_left_alone() -> None:
    """The error says which setting could change that."""
    there = Engine()
    with pytest.raises(RefusedError, match="takes no updates") as caught:
        replace(there, remote("reti-graph", update=None), node("g"), [])
    assert "store.update_url" in str(caught.value.hint)
    assert there.updated == []


@pytest.mark.parametrize("name", ["http://other.example/", f"{BASE}release", f"{BASE}release/undo"])
def test_no_graph_but_the_sites_is_changed(name: str) -> None:
    """Neither others' nor what is kept beside."""
    there = Engine()
    with pytest.raises(RefusedError, match="no graph of the site"):
        replace(there, OWN, ox.NamedNode(name), [])
    assert there.updated == []


def _numbers(count: int) -> list[ox.Quad]:
    return quads(" ".join(f":s :p :n{number} ." for number in range(count)))
