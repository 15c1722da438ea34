"""The outcome of a preflight for a terminal."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.language import choose
from reti_graph.preflight.render_words import (
    details,
    message,
    plan_counts,
    shown,
    title,
    verdict,
    words,
)
from reti_graph.preflight.rules_read import LANGUAGES
from reti_graph.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from reti_graph.preflight.plan import Change
    from reti_graph.preflight.run import Outcome
    from reti_graph.problems import Problem

    # Takes a text and the name of a colour.
    Paint: TypeAlias = Callable[[str, str], str]

_COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {"create": "green", "update": "yellow", "delete": "red"}
)
_OF_SEVERITY: Final = MappingProxyType(
    {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
)


def render_text(outcome: Outcome, language: str, paint: Paint = lambda text, _colour: text) -> str:
    """Return the findings, the worst first, then the plan, then one line that sums it up.

    Italian, or else English. What is kept is only counted, and so is everything where there was
    nothing to compare with. `paint` colours words. Nothing in the text moves the cursor of a
    terminal, whatever the catalogue holds.
    """
    blocks = [_finding(problem, language, paint) for problem in outcome.report.problems]
    return "\n\n".join(
        [*blocks, "\n".join(_plan(outcome, language, paint)), verdict(outcome, language)]
    )


def _finding(problem: Problem, language: str, paint: Paint) -> str:
    w = words(language)
    severity = paint(w[problem.severity.word], _OF_SEVERITY[problem.severity])
    rows = "".join(f"\n    {w[name]:<8} {text}" for name, text in details(problem))
    return f"{severity}  {message(problem, language)}{rows}"


def _plan(outcome: Outcome, language: str, paint: Paint) -> Iterator[str]:
    w = words(language)
    if not outcome.complete:
        yield f"{w['plan']}: {w['broken_off']}"
        return
    yield f"{w['plan']}: {plan_counts(outcome, language)}"
    if not outcome.compared:
        yield f"    {w['not_compared']}"
    if not outcome.report.conforms:
        yield f"    {w['if_refused']}"
    for change in outcome.changes if outcome.compared else ():
        if change.action != "keep":
            yield _change(change, language, paint)


def _change(change: Change, language: str, paint: Paint) -> str:
    action = paint(words(language)[change.action], _COLOURS[change.action])
    why = "; ".join(shown(choose(each, language, LANGUAGES)) for each in change.reasons)
    name = " ".join(
        part for part in (title(change, language), f"<{shown(change.dataset)}>") if part
    )
    return f"    {action}  {name}" + (f": {why}" if why else "")
