from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import pytest

from tests.attacks.attack import check_sound, posted

if TYPE_CHECKING:
    from tests.attacks.serving import Answer, Target

HEALTH: Final = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
HEAD: Final = b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: "
QUERY: Final = posted("harmless", b"ASK {}").request
SLOW: Final = posted(
    "endless", b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
).request
DUMP: Final = b"GET /dump.nt HTTP/1.1\r\nHost: x\r\n\r\n"
IDLE: Final = 1_000


def sound(answer: Answer | None, status: int) -> None:
    """Fail unless there is an answer with this status."""
    assert answer is not None
    assert answer.status == status
    check_sound(answer)


def test_a_thousand_idle_connections_leave_room(target: Target) -> None:
    """Whoever only holds connections takes no place from those who ask, and is let go of."""
    with ExitStack() as stack:
        wires = [stack.enter_context(target.connected()) for _ in range(IDLE)]
        target.check_unharmed()
        assert [wire.answer() for wire in wires[::100]] == [None] * 10


def test_a_thousand_slow_heads_leave_room(target: Target) -> None:
    """A head that does not end is a 408 in time, however many there are."""
    with ExitStack() as stack:
        wires = [stack.enter_context(target.connected()) for _ in range(IDLE)]
        for wire in wires:
            wire.send(HEAD)
        target.check_unharmed()
        for wire in wires[::100]:
            sound(wire.answer(), 408)


@pytest.mark.parametrize("sent", [0, 1, 5])
def test_a_slow_body_is_given_up(target: Target, sent: int) -> None:
    """What has not come whole in time is a 408, and the connection ends."""
    with target.connected() as wire:
        wire.send(QUERY[: len(QUERY) - 6 + sent])
        target.check_neighbour()
        sound(wire.answer(), 408)
        assert wire.answer() is None


@pytest.mark.parametrize("part", [b"", b"G", b"GET /health HTTP/1.1\r\n", HEAD, HEAD + b"\r\n\r"])
def test_a_client_that_leaves_early_is_forgotten(target: Target, part: bytes) -> None:
    """In the midst of anything."""
    with target.connected() as wire:
        wire.send(part)


def test_a_client_that_leaves_its_body_early_is_forgotten(target: Target) -> None:
    """A body that never comes whole is no query, and no failure either."""
    for cut in range(0, len(QUERY), 7):
        with target.connected() as wire:
            wire.send(QUERY[:cut])


def test_a_half_closed_connection_gets_its_answer_or_its_end(target: Target) -> None:
    """Whoever says no more has perhaps gone: the connection ends either way."""
    for request in (HEALTH, QUERY, DUMP, QUERY[:-3], HEAD):
        with target.connected() as wire:
            wire.send(request)
            wire.say_no_more()
            target.check_neighbour()
            answer = wire.answer()
            assert answer is None or answer.status in {200, 400, 408}
            assert wire.answer() is None


def test_requests_sent_ahead_are_answered_in_turn(target: Target) -> None:
    """Of 50 at once, as many as are taken ahead are answered, and then the connection ends."""
    with target.connected() as wire:
        wire.send(HEALTH * 50)
        target.check_neighbour()
        answers = [wire.answer() for _ in range(50)]
    told = [answer for answer in answers if answer is not None]
    assert len(told) >= 10
    assert {answer.status for answer in told} == {200}
    assert answers == [*told, *[None] * (50 - len(told))]


def test_a_request_after_a_refused_one_is_not_answered(target: Target) -> None:
    """What follows nonsense may be part of it."""
    with target.connected() as wire:
        wire.send(b"nonsense\r\n\r\n" + HEALTH)
        sound(wire.answer(), 400)
        assert wire.answer() is None


def test_more_than_the_body_said_is_no_part_of_it(target: Target) -> None:
    """What follows would be another request, and is none."""
    with target.connected() as wire:
        wire.send(QUERY + b"SELECT * {}\r\n\r\n")
        sound(wire.answer(), 200)
        last = wire.answer()
        assert last is None or last.status == 400


def test_an_endless_body_is_cut_short(target: Target) -> None:
    """Chunks without end are a 413 long before they fill the memory."""
    head = QUERY.replace(b"Content-Length: 6", b"Transfer-Encoding: chunked")
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    with target.connected() as wire:
        wire.send(head.partition(b"ASK")[0])
        for _ in range(100):
            wire.send(chunk)
        target.check_neighbour()
        sound(wire.answer(), 413)


def test_clients_that_read_nothing_are_cut_off(target: Target) -> None:
    """Answers nobody takes are given up, and hold nobody else up."""
    with ExitStack() as stack:
        for _ in range(20):
            wire = stack.enter_context(target.connected())
            for _ in range(10):
                wire.send(DUMP)
        target.check_unharmed()


def test_a_client_that_leaves_what_it_sent_ahead_is_forgotten(target: Target) -> None:
    """The first of its requests ends like the last one, without a failure in the log."""
    with target.connected() as wire:
        wire.send(SLOW + HEALTH)
    with target.connected() as wire:
        wire.send(SLOW)
        sound(wire.answer(), 504)


def test_connections_that_come_and_go_leave_nothing(target: Target) -> None:
    """Many short ones, each closed at once."""
    for _ in range(IDLE):
        with target.connected():
            pass
