"""The result as Markdown: what was measured, on what, and what became of the aims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.http.aims import cell_of, outcomes
from benchmarks.http.compare import differences
from benchmarks.http.servers import NAMES, OURS
from benchmarks.http.trial import CONNECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from benchmarks.http.questions import Question
    from benchmarks.http.subjects import Subject
    from benchmarks.http.trial import Trial

_NONE: Final = "–"
_MEGABYTE: Final = 1_000_000
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Result:
    """The trials of one subject, by the name of the server, and the questions, by theirs."""

    subject: Subject
    questions: Mapping[str, Question]
    trials: Mapping[str, Trial]


def report(results: Sequence[Result], head: Iterable[str]) -> str:
    """Return the whole result; `head` are lines on when, where and how it was measured."""
    parts = ["# HTTP benchmark", "", *(f"- {line}" for line in head)]
    for result in results:
        parts += ["", f"## {_title(result)}", "", "Requests per second:", ""]
        parts += _table(("", "at once", *NAMES), _rates(result))
        parts += ["", "Aims (ratio of our rate to theirs):", ""]
        parts += _table(("", "at once", "compared with", "aim", "ratio", ""), _aims(result))
        parts += ["", "Memory (resident, the whole process tree) and start-up:", ""]
        parts += _table(
            ("", "start", "after the load", "start-up", "loading before it"), _weights(result)
        )
        parts += ["", *_remarks(result)]
    return "\n".join(parts) + "\n"


def _title(result: Result) -> str:
    name = result.subject.name
    return f"{name[0].upper()}{name[1:]} ({result.subject.statements:,} in all)"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table: text to the left, what is measured to the right."""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _rates(result: Result) -> Iterator[tuple[str, ...]]:
    for question in result.questions:
        for many in CONNECTIONS:
            cells = (_rate(result, server, question, many) for server in NAMES)
            yield (question, str(many), *cells)


def _rate(result: Result, server: str, question: str, many: int) -> str:
    trial = result.trials[server]
    cell = cell_of(trial, question, many)
    if cell is None:
        return "missing" if trial.problem else _NONE
    if cell.rate is None:
        return cell.reason
    failed = f" ({cell.rate.failed:,} failed)" if cell.rate.failed else ""
    return _number(cell.rate.per_second) + failed


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= _HUNDRED else f"{value:.3g}"


def _aims(result: Result) -> Iterator[tuple[str, ...]]:
    for outcome in outcomes(result.trials, CONNECTIONS):
        aim = outcome.aim
        if aim.question not in result.questions:
            continue
        above = "> " if outcome.at_least else ""
        ratio = _NONE if outcome.ratio is None else above + _number(outcome.ratio)
        yield (
            aim.question,
            str(outcome.connections),
            aim.other,
            f"≥ {aim.least:g}",
            ratio,
            outcome.verdict,
        )


def _weights(result: Result) -> Iterator[tuple[str, ...]]:
    for server in NAMES:
        trial = result.trials[server]
        yield (
            server,
            _megabytes(trial.memory_at_start),
            _megabytes(trial.memory_at_end),
            _seconds(trial.started),
            _seconds(trial.prepared),
        )


def _megabytes(size: int | None) -> str:
    return _NONE if size is None else f"{size / _MEGABYTE:,.0f} MB"


def _seconds(value: float | None) -> str:
    return _NONE if value is None else f"{value:.2f} s"


def _remarks(result: Result) -> Iterator[str]:
    """Yield who is missing and why, and where answers differ."""
    ours = result.trials[OURS].answers
    lines = []
    for name, trial in result.trials.items():
        if trial.problem is not None:
            lines.append(f"{name} is missing: {trial.problem}")
        elif name != OURS:
            lines += differences(name, trial.answers, ours, result.questions)
    if not lines:
        yield "All servers gave the same answers."
        return
    yield "Where servers are missing or answer differently:"
    yield ""
    yield from (f"- {' '.join(line.split())}" for line in lines)
