"""Who asks: clients that check each answer, and clients that mean harm."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from random import Random
from typing import TYPE_CHECKING, Final

from benchmarks.http.processes import HOST
from benchmarks.soak.asking import CANNED, DOCUMENT, POSTED, SPARQL
from benchmarks.soak.hostile import HOSTILE, verdict
from benchmarks.soak.judging import Answer, Verdict, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.soak.asking import Asked
    from benchmarks.soak.judging import Judge, Told
    from benchmarks.soak.tally import Tally
    from benchmarks.soak.timeline import Timeline
    from tests.attacks.attack import Attack

DROPPED: Final = "dropped"
"""How a connection is counted that ended without an answer, or had none in time."""

_PATIENCE: Final = 60.0
_WEIGHTS: Final = ((DOCUMENT, 6), (CANNED, 3), (SPARQL, 2), (POSTED, 1))
# Of those that can be: the others may be answered by what was kept.
_FRESH: Final = 0.5
_CONDITIONAL: Final = 0.25
# Time and turns are given by address: each client has one of its own on this machine.
_FRIENDS: Final = 10
_FOES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What all clients share: whom to ask, what is right, where to tell it, when to stop."""

    port: int
    judge: Judge
    timeline: Timeline
    tally: Tally
    over: threading.Event = field(default_factory=threading.Event)
    numbers: Iterator[int] = field(default_factory=itertools.count)


def clients(
    load: Load, everything: Sequence[Asked], attacks: Sequence[Attack], friends: int, foes: int
) -> list[threading.Thread]:
    """Return the threads of so many clients of both kinds, not started yet."""
    by_kind = {kind: [each for each in everything if each.kind == kind] for kind, _ in _WEIGHTS}
    good = [threading.Thread(target=friend, args=(load, n, by_kind)) for n in range(friends)]
    bad = [threading.Thread(target=foe, args=(load, n, attacks)) for n in range(foes)]
    return [*good, *bad]


def friend(load: Load, number: int, by_kind: Mapping[str, Sequence[Asked]]) -> None:
    """Ask and check on one connection until the load is over."""
    random = Random(number)  # noqa: S311 -- nothing is to be kept secret
    kinds = [kind for kind, _ in _WEIGHTS]
    weights = [weight for _, weight in _WEIGHTS]
    with closing(_connection(load.port, _FRIENDS + number)) as connection:
        while not load.over.is_set():
            [kind] = random.choices(kinds, weights)
            asked = random.choice(by_kind[kind])
            releases = sorted(load.judge.expected)
            condition = ""
            if random.random() < _CONDITIONAL:
                condition = load.judge.expected[random.choice(releases)][asked].tag
            varied = asked.fresh and random.random() < _FRESH
            sent = asked.varied(next(load.numbers)) if varied else asked
            _check(load, connection, asked, sent, condition)


def foe(load: Load, number: int, attacks: Sequence[Attack]) -> None:
    """Send hostile queries, each on a connection of its own, until the load is over."""
    random = Random(number)  # noqa: S311 -- nothing is to be kept secret
    for attack in _again_and_again(attacks, random):
        if load.over.is_set():
            return
        _attack(load, attack, f"127.0.0.{_FOES + number}")


def expected_of(port: int, everything: Sequence[Asked]) -> Mapping[Asked, Told]:
    """Return what a server that is asked by nobody else answers to each request.

    Raises ValueError when one answer is a failure of the server.
    """
    found = {}
    with closing(_connection(port, _FRIENDS)) as connection:
        for asked in everything:
            answer = _answer(connection, asked, "")
            if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise ValueError(f"{asked}: {answer.status} {answer.body[:300]!r}")
            found[asked] = told(asked, answer)
    return found


def _check(
    load: Load, connection: HTTPConnection, asked: Asked, sent: Asked, condition: str
) -> None:
    begun = time.monotonic()
    try:
        answer = _answer(connection, sent, condition)
    except (OSError, HTTPException) as error:
        connection.close()
        took, found = time.monotonic() - begun, Verdict(DROPPED, repr(error))
    else:
        took, allowed = time.monotonic() - begun, load.timeline.allowed(begun)
        found = load.judge.verdict(asked, answer, condition, allowed)
    load.tally.note(asked.kind, asked, found.kind, took)
    if found.wrong:
        load.tally.complain(asked, found.wrong)


def _attack(load: Load, attack: Attack, source: str) -> None:
    begun = time.monotonic()
    try:
        answer = _attacked(load.port, attack.request, source)
    except (OSError, HTTPException) as error:
        found = Verdict(DROPPED, repr(error))
    else:
        found = verdict(attack, answer)
    load.tally.note(HOSTILE, attack.name, found.kind, time.monotonic() - begun)
    if found.wrong:
        load.tally.complain(f"{HOSTILE}, {attack.name}", found.wrong)


def _connection(port: int, number: int) -> HTTPConnection:
    source = (f"127.0.0.{number}", 0)
    return HTTPConnection(HOST, port, timeout=_PATIENCE, source_address=source)


def _answer(connection: HTTPConnection, asked: Asked, condition: str) -> Answer:
    headers = dict(asked.headers)
    if condition:
        headers["If-None-Match"] = condition
    connection.request(asked.method, asked.target, asked.body, headers)
    return _read(connection.getresponse())


def _attacked(port: int, request: bytes, source: str) -> Answer:
    place = (HOST, port)
    with socket.create_connection(place, _PATIENCE, source_address=(source, 0)) as made:
        made.sendall(request)
        with closing(HTTPResponse(made)) as response:
            response.begin()
            return _read(response)


def _read(response: HTTPResponse) -> Answer:
    headers = {name.lower(): text for name, text in response.getheaders()}
    return Answer(response.status, headers, response.read())


def _again_and_again(attacks: Sequence[Attack], random: Random) -> Iterator[Attack]:
    """Yield all of them in ever another order, without end."""
    while True:
        yield from random.sample(attacks, len(attacks))
