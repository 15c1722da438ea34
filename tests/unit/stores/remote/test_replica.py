from __future__ import annotations

import threading

import pytest

from reti_graph.errors import GateError
from reti_graph.stores.remote.held import held_update
from reti_graph.stores.remote.replica import Replica
from reti_graph.stores.remote.scoped import Scope
from reti_graph.stores.remote.steady import Steady
from tests.unit.stores.remote.engines import BASE, Engine, quads, remote
from tests.unit.stores.remote.test_scoped import SITE, site

STORE = remote("Virtuoso", default_graph="repeated", atomic=False)


def engine(digest: str | None = "a") -> Engine:
    """Give a store with the site."""
    made = Engine.holding(quads(SITE))
    if digest is not None:
        made.store.update(held_update(BASE, digest, None))
    return made


def replica(engine: Engine, pinned: str | None = None, most: int = 100) -> Replica:
    """Give a replica of a store."""
    steady = Steady(engine, STORE, pinned, lambda _: None)
    return Replica(engine, Scope.of(STORE), steady, pinned=pinned is not None, most=most)


def test_all_of_a_site_is_here() -> None:
    """As in the embedded store."""
    assert set(replica(engine()).store("why")) == set(site())


def test_a_pinned_release_is_read_once() -> None:
    """And then right whatever becomes of the store."""
    there = engine()
    here = replica(there, pinned="a")
    first = here.store("why")
    asked = len(there.asked)
    there.store.clear()
    assert here.store("why") is first
    assert len(there.asked) == asked


def test_another_release_is_read_again() -> None:
    """As soon as the store holds it, and not before."""
    there = engine()
    here = replica(there)
    first = here.store("why")
    assert here.store("why") is first
    there.store.update("DELETE WHERE { GRAPH <http://example.org/g> { ?s ?p ?o } }")
    there.store.update(held_update(BASE, "b", None))
    assert len(here.store("why")) < len(first)


def test_a_store_that_tells_no_release_is_read_each_time() -> None:
    """It could have been changed."""
    there = engine(None)
    here = replica(there)
    first = here.store("why")
    there.store.update("DELETE WHERE { GRAPH <http://example.org/g> { ?s ?p ?o } }")
    assert len(here.store("why")) < len(first)


def test_a_site_too_large_is_not_kept_here() -> None:
    """The error says what for."""
    with pytest.raises(GateError, match=r"cannot be asked that: why\. .* at most 4 are") as caught:
        replica(engine(), most=4).store("why")
    assert caught.value.hint is not None


def test_it_is_made_once_for_many_threads() -> None:
    """All of them wait for it."""
    there = engine()
    here = replica(there, pinned="a")
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(here.store("why"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1
    assert sum("GROUP BY ?g" in text for text in there.asked) == 2
