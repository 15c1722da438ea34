"""The outcome of a preflight as one page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.html.pages import rendered, static_files
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
from reti_graph.preflight.since import is_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.preflight.plan import Change
    from reti_graph.preflight.run import Outcome

_TEMPLATE: Final = "preflight.html"


def render_html(outcome: Outcome, language: str) -> str:
    """Return the outcome as a page in Italian, or else in English.

    Its style is in it, it has no scripts, and whatever comes from the catalogue is escaped; only
    http and https addresses become links.
    """
    return rendered(
        _TEMPLATE,
        w=words(language),
        language="it" if language.partition("-")[0] == "it" else "en",
        style=static_files()["style.css"].decode(),
        address=shown(outcome.address),
        verdict=verdict(outcome, language),
        conforms=outcome.report.conforms,
        complete=outcome.complete,
        compared=outcome.compared,
        counts=plan_counts(outcome, language),
        findings=[
            {
                "severity": problem.severity.word,
                "message": message(problem, language),
                "details": details(problem),
            }
            for problem in outcome.report.problems
        ],
        changes=[_change(each, language) for each in outcome.changes if each.action != "keep"],
    )


def _change(change: Change, language: str) -> Mapping[str, object]:
    return {
        "action": change.action,
        "title": title(change, language) or shown(change.dataset),
        "dataset": shown(change.dataset),
        "href": change.dataset if is_address(change.dataset) else None,
        "reasons": [shown(choose(each, language, LANGUAGES)) for each in change.reasons],
    }
