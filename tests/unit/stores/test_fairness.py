from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.stores.fairness import FairQueue

clients = st.lists(st.sampled_from("abc"), max_size=30)


def queue_of(waiting: str, share: int = 100) -> FairQueue[tuple[str, int]]:
    """Return a queue in which these clients wait, in this order."""
    queue: FairQueue[tuple[str, int]] = FairQueue(share)
    for number, client in enumerate(waiting):
        queue.put(client, (client, number))
    return queue


def test_clients_are_served_in_turn() -> None:
    """One that asks much waits behind those that ask little."""
    queue = queue_of("aaaabbc")
    served = [queue.take() for _ in range(7)]
    assert [item[0] for item in served if item] == list("abcabaa")


def test_nobody_holds_more_than_a_share() -> None:
    """The others are served, and in time the rest."""
    queue = queue_of("aaab", share=2)
    assert [queue.take() for _ in range(4)] == [("a", 0), ("b", 3), ("a", 1), None]
    queue.give_back("b")
    assert queue.take() is None
    queue.give_back("a")
    assert queue.take() == ("a", 2)


def test_who_leaves_is_not_served() -> None:
    """And is told whether it was still there."""
    queue = queue_of("ab")
    assert queue.remove("a", ("a", 0))
    assert not queue.remove("a", ("a", 0))
    assert (len(queue), queue.take(), queue.take()) == (1, ("b", 1), None)


def test_all_may_be_sent_away() -> None:
    """Nothing waits afterwards."""
    queue = queue_of("aba")
    assert sorted(queue.drain(), key=str) == [("a", 0), ("a", 2), ("b", 1)]
    assert (len(queue), list(queue), queue.take()) == (0, [], None)


@given(clients)
def test_whoever_has_most_waiting_gives_way(asking: list[str]) -> None:
    """With the last that came; a client that has fewer keeps its place."""
    queue = queue_of("".join(asking))
    while len(queue):
        counts = Counter(client for client, _ in queue)
        latest = dict(sorted(queue, key=lambda item: item[1]))
        client, number = queue.push_out()
        assert counts[client] == max(counts.values())
        assert number == latest[client]
    with pytest.raises(IndexError):
        queue.push_out()


@given(clients, st.integers(1, 3), st.data())
def test_everybody_is_served_once_in_order_and_within_the_share(
    asking: list[str], share: int, data: st.DataObject
) -> None:
    """Whenever places are given back."""
    queue = queue_of("".join(asking), share)
    held: Counter[str] = Counter()
    served: list[tuple[str, int]] = []
    while len(queue):
        item = queue.take()
        if item is None or (held.total() and data.draw(st.booleans())):
            client = data.draw(st.sampled_from(sorted(held.elements())))
            held[client] -= 1
            queue.give_back(client)
        if item is not None:
            served.append(item)
            held[item[0]] += 1
            assert held[item[0]] <= share
    assert sorted(number for _, number in served) == list(range(len(asking)))
    for client in set(asking):
        own = [number for each, number in served if each == client]
        assert own == sorted(own)
