from __future__ import annotations

import threading

import pytest

from reti_graph.errors import StoreError, StoreTimeoutError
from reti_graph.stores.pool import PoolLimits
from reti_graph.stores.pooled import PooledStore
from tests.unit.stores.samples import ENDLESS, node, quad


def test_a_store_that_is_closed_answers_no_more() -> None:
    """It may be closed again, and its threads are gone."""
    before = threading.active_count()
    store = PooledStore.of([quad("a", "b", "c", "g")], {}, PoolLimits(workers=1))
    assert store.ask("ASK { ?s ?p ?o }")
    store.close()
    store.close()
    assert threading.active_count() == before
    with pytest.raises(StoreError, match="closed"):
        store.ask("ASK {}")


def test_a_query_that_runs_when_a_graph_is_replaced_ends_as_it_would() -> None:
    """It is not cut off; it is one of what was there before."""
    limits = PoolLimits(workers=1, seconds=1.5)
    store = PooledStore.of([quad("a", "b", "c", "g")], {}, limits)
    raised: list[StoreError] = []

    def ask() -> None:
        try:
            store.select(ENDLESS)
        except StoreError as error:
            raised.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    store.replace(node("g"), [])
    assert not store.ask("ASK { ?s ?p ?o }")
    asking.join()
    store.close()
    assert [type(error) for error in raised] == [StoreTimeoutError]


def test_a_store_that_does_not_start_leaves_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error is the pool's."""
    before = threading.active_count()
    monkeypatch.setattr("reti_graph.stores.children._COMMAND", ("there-is-no-such-program",))
    with pytest.raises(StoreError, match="No worker"):
        PooledStore.of([], {})
    assert threading.active_count() == before
