"""What is aimed at, as ratios of rates, and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.http.questions import (
    AGGREGATION,
    CANNED_AGAIN,
    CANNED_NEW,
    DESCRIBED,
    MANY_DOCUMENTS,
    NEW_DOCUMENTS,
    ONE_DOCUMENT,
    SELECT_AGAIN,
    SELECT_NEW,
)
from benchmarks.http.servers import OURS, OXIGRAPH, RDFLIB

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.http.trial import Cell, Trial

_EQUAL: Final = 0.9
"""Two rates count as equal when ours is not more than a tenth below the other."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Our rate for a question over another server's is at least so much."""

    question: str
    other: str
    least: float


AIMS: Final = (
    Aim(ONE_DOCUMENT, OXIGRAPH, 1.5),
    Aim(MANY_DOCUMENTS, OXIGRAPH, 1.5),
    Aim(NEW_DOCUMENTS, OXIGRAPH, 1.5),
    Aim(DESCRIBED, OXIGRAPH, 1.5),
    Aim(CANNED_NEW, OXIGRAPH, 0.6),
    Aim(CANNED_AGAIN, OXIGRAPH, 1.0),
    Aim(SELECT_NEW, OXIGRAPH, 0.6),
    Aim(SELECT_AGAIN, OXIGRAPH, 1.0),
    Aim(AGGREGATION, OXIGRAPH, _EQUAL),
    Aim(ONE_DOCUMENT, RDFLIB, 50.0),
    Aim(MANY_DOCUMENTS, RDFLIB, 50.0),
    Aim(NEW_DOCUMENTS, RDFLIB, 50.0),
    Aim(DESCRIBED, RDFLIB, 50.0),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """An aim at some number of connections, and the ratio, None where one was not measured.

    Where the other server was too slow to be measured, the ratio is `at_least` so much.
    """

    aim: Aim
    connections: int
    ratio: float | None
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """In a word."""
        if self.ratio is None or (self.at_least and self.ratio < self.aim.least):
            return "not measured"
        return "met" if self.ratio >= self.aim.least else "missed"


def outcomes(trials: Mapping[str, Trial], connections: Sequence[int]) -> tuple[Outcome, ...]:
    """Return what became of each aim, given the trials of one subject by server."""
    return tuple(_outcome(trials, aim, many) for aim in AIMS for many in connections)


def cell_of(trial: Trial, question: str, many: int) -> Cell | None:
    """Return a cell; a document of ours is what another server's DESCRIBE is compared with."""
    if trial.server == OURS and question == DESCRIBED:
        question = ONE_DOCUMENT
    return trial.cells.get((question, many))


def _outcome(trials: Mapping[str, Trial], aim: Aim, many: int) -> Outcome:
    ours = cell_of(trials[OURS], aim.question, many)
    theirs = cell_of(trials[aim.other], aim.question, many)
    if ours is None or ours.rate is None or theirs is None:
        return Outcome(aim, many, None)
    if theirs.rate is None:
        slower = theirs.at_most
        ratio = ours.rate.per_second / slower if slower else None
        return Outcome(aim, many, ratio, at_least=True)
    rate = theirs.rate.per_second
    return Outcome(aim, many, ours.rate.per_second / rate if rate else None)
