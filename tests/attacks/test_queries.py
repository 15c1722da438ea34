from __future__ import annotations

from contextlib import ExitStack
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import pytest

from tests.attacks.attack import asked, check_sound
from tests.attacks.corpus.queries import DEEP, HARD, LONG
from tests.attacks.serving import NEIGHBOUR, THIRD

if TYPE_CHECKING:
    from tests.attacks.attack import Attack
    from tests.attacks.serving import Target, Wire

WAITING: Final = 64
"""How many queries may wait (`limits.queue_length`)."""

FLOOD: Final = WAITING + 20


def endless(number: int) -> bytes:
    """Write a query that does not end, other than any with another number."""
    query = f"SELECT (COUNT(*) AS ?n{number}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }}"
    return asked(f"endless {number}", query).request


def flooded(target: Target, stack: ExitStack) -> list[Wire]:
    """Send many endless queries from one address, each on a connection that stays open."""
    wires = [stack.enter_context(target.connected()) for _ in range(FLOOD)]
    for number, wire in enumerate(wires):
        wire.send(endless(number))
    return wires


@pytest.mark.parametrize("attack", DEEP, ids=attrgetter("name"))
def test_depth_is_refused_before_it_ends_a_worker(target: Target, attack: Attack) -> None:
    """The depth that would end the process of the store is a 400, and what may pass is answered."""
    attack.check(target.attack(attack.request))


@pytest.mark.parametrize("attack", LONG, ids=attrgetter("name"))
def test_length_is_refused_or_harmless(target: Target, attack: Attack) -> None:
    """Long rows of operators and patterns are a 400; a long name or text is only long."""
    attack.check(target.attack(attack.request))


@pytest.mark.parametrize("attack", HARD, ids=attrgetter("name"))
def test_a_hard_query_ends_alone(target: Target, attack: Attack) -> None:
    """Products, growth and closures end at the limit of time, memory or bytes, with an error."""
    attack.check(target.attack(attack.request))


def test_a_flood_of_hard_queries_leaves_another_client_its_turn(target: Target) -> None:
    """Who sends more queries than may wait waits for himself, or is sent away with a 503."""
    with ExitStack() as stack:
        last = flooded(target, stack)[-1]
        target.check_neighbour()
        answer = last.answer()
    assert answer is not None
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    check_sound(answer)


def test_a_flood_of_hard_queries_leaves_several_clients_their_turn(target: Target) -> None:
    """Places to wait are no more one client's than workers are."""
    with ExitStack() as stack:
        flooded(target, stack)
        busy = stack.enter_context(target.connected(THIRD))
        busy.send(endless(FLOOD))
        target.check_neighbour()


def test_the_query_of_a_client_that_leaves_is_over(target: Target) -> None:
    """Nobody waits for queries whose connections are closed already."""
    for number in range(FLOOD):
        with target.connected(NEIGHBOUR) as wire:
            wire.send(endless(number))
    target.check_neighbour()


def test_one_hard_query_many_times_costs_one_worker(target: Target) -> None:
    """Those who ask the same while it is being answered wait for one answer."""
    with ExitStack() as stack:
        wires = [stack.enter_context(target.connected()) for _ in range(FLOOD)]
        for wire in wires:
            wire.send(endless(-1 % FLOOD))
        target.check_neighbour()
        answers = [wire.answer() for wire in wires]
    assert {answer and answer.status for answer in answers} == {504}
