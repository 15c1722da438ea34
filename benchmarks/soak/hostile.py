"""Queries that mean harm, of those that the tests attack the server with."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from benchmarks.soak.judging import NOT_NOW, Verdict, waits
from tests.attacks.corpus.queries import DEEP, HARD, LONG

if TYPE_CHECKING:
    from benchmarks.soak.judging import Answer
    from tests.attacks.attack import Attack

HOSTILE: Final = "hostile query"

_COSTS_A_WORKER: Final = (502, 504)
_HARD_NAMES: Final = frozenset(attack.name for attack in HARD)
# Oxigraph's server (0.5.13) ends these when their time is over, or nobody reads their answer any
# more. At others it goes on, until it has no memory left.
_ENDED_BY_A_STORE: Final = frozenset(
    (
        "product given out",
        "product of exists",
        "product taken away",
        "tables given out",
        "text given out",
        "pattern that repeats",
        "pattern that backtracks",
        "everything described",
        "hashes",
    )
)


def all_attacks() -> tuple[Attack, ...]:
    """Return the queries that are too deep, too long, or far harder than they look."""
    return (*DEEP, *LONG, *HARD)


def attacks_for_a_store() -> tuple[Attack, ...]:
    """Return those that may be passed on to a store that limits time alone, and not always."""
    hard = [attack for attack in HARD if attack.name in _ENDED_BY_A_STORE]
    return (*DEEP, *LONG, *hard)


def verdict(attack: Attack, answer: Answer) -> Verdict:
    """Judge an answer to a hostile query.

    On this machine and on this data a hard one may always end at a limit, or have to wait.
    """
    status = answer.status
    if status == HTTPStatus.SERVICE_UNAVAILABLE and waits(answer):
        return Verdict(NOT_NOW)
    allowed = (*attack.statuses, *(_COSTS_A_WORKER if attack.name in _HARD_NAMES else ()))
    told = f"{status} is none of {sorted(filter(None, allowed))}: {answer.body[:300]!r}"
    return Verdict(str(status), "" if status in allowed else told)
