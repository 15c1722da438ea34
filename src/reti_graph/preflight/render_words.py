"""What reports of a preflight are made of, in the reader's language: words, terms, details."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.language import choose
from reti_graph.naming import compact, compact_within
from reti_graph.preflight.plan import ACTIONS
from reti_graph.preflight.rules_read import LANGUAGES
from reti_graph.preflight.vocabularies import PREFIXES
from reti_graph.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.preflight.plan import Change
    from reti_graph.preflight.run import Outcome
    from reti_graph.problems import Problem, Term

LONGEST: Final = 600

_ITALIAN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "Controllo prima della raccolta",
        "violation": "violazione",
        "warning": "avviso",
        "info": "nota",
        "violations": "violazioni",
        "warnings": "avvisi",
        "infos": "note",
        "focus": "nodo",
        "path": "percorso",
        "value": "valore",
        "rule": "regola",
        "hint": "rimedio",
        "place": "dove",
        "findings": "Che cosa non va",
        "none": "Niente: un portale prende questo catalogo com’è.",
        "plan": "Che cosa farà un portale",
        "create": "crea",
        "update": "aggiorna",
        "delete": "cancella",
        "keep": "lascia",
        "broken_off": "Un portale si ferma prima della fine e non cambia nulla.",
        "not_compared": "Senza un catalogo precedente (--since) tutto è da creare.",
        "if_refused": "Così se non rifiuta nulla di quanto detto sopra.",
        "page": "pagina",
        "pages": "pagine",
        "dataset": "dataset",
        "datasets": "dataset",
        "refused": "un portale rifiuterebbe qualcosa",
        "taken": "un portale prende tutto",
        "in": "in",
        "catalogue": "Catalogo",
    }
)
_ENGLISH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "Preflight of a catalogue",
        "violation": "violation",
        "warning": "warning",
        "info": "info",
        "violations": "violations",
        "warnings": "warnings",
        "infos": "infos",
        "focus": "focus",
        "path": "path",
        "value": "value",
        "rule": "rule",
        "hint": "hint",
        "place": "place",
        "findings": "What is wrong",
        "none": "Nothing: a portal takes this catalogue as it is.",
        "plan": "What a portal will do",
        "create": "create",
        "update": "update",
        "delete": "delete",
        "keep": "keep",
        "broken_off": "A portal stops before the end and changes nothing.",
        "not_compared": "Without an earlier catalogue (--since) all is to be created.",
        "if_refused": "So if it refuses nothing of what is said above.",
        "page": "page",
        "pages": "pages",
        "dataset": "dataset",
        "datasets": "datasets",
        "refused": "a portal would refuse something",
        "taken": "a portal takes everything",
        "in": "in",
        "catalogue": "Catalogue",
    }
)


def words(language: str) -> Mapping[str, str]:
    """Return the words of reports in Italian, or else in English."""
    return _ITALIAN if language.partition("-")[0] == "it" else _ENGLISH


def shown(text: str) -> str:
    """Return a text of somebody else's catalogue on one line, and harmless to a terminal.

    What is not printable, such as what moves a terminal's cursor, is written as its code.
    """
    line = " ".join(text.split())
    line = line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
    return "".join(each if each.isprintable() else _code(each) for each in line)


def _code(character: str) -> str:
    return character.encode("unicode_escape", "replace").decode("ascii")


def message(problem: Problem, language: str) -> str:
    """Return what a finding says in a language."""
    return shown(choose(problem.messages, language, LANGUAGES))


def title(change: Change, language: str) -> str:
    """Return what a dataset of the plan is called."""
    return shown(choose(change.title, language, LANGUAGES))


def details(problem: Problem) -> tuple[tuple[str, str], ...]:
    """Return what else is known of a finding, each with its name among the words."""
    rule = " ".join(
        compact_within(name, PREFIXES) for name in (problem.component, problem.shape) if name
    )
    named = (
        ("place", shown(str(problem.location or ""))),
        ("focus", _written(problem.focus)),
        ("path", shown(compact_within(problem.path or "", PREFIXES))),
        ("value", _written(problem.value)),
        ("rule", shown(rule or problem.code)),
        ("hint", shown(problem.hint or "")),
    )
    return tuple((name, text) for name, text in named if text)


def verdict(outcome: Outcome, language: str) -> str:
    """Return one line: how many findings of each severity, in what, and what follows."""
    w = words(language)
    found = Counter(problem.severity for problem in outcome.report.problems)
    findings = ", ".join(
        _count(found[severity], severity.word, w) for severity in sorted(Severity, reverse=True)
    )
    pages, datasets = (
        _count(number, word, w)
        for number, word in ((len(outcome.pages), "page"), (outcome.datasets, "dataset"))
    )
    follows = w["taken" if outcome.report.conforms else "refused"]
    return f"{findings} {w['in']} {datasets}, {pages}: {follows}"


def plan_counts(outcome: Outcome, language: str) -> str:
    """Return one line: how many datasets are created, updated, deleted and kept."""
    w, counted = words(language), Counter(change.action for change in outcome.changes)
    return ", ".join(f"{w[action]} {counted[action]}" for action in ACTIONS)


def _count(number: int, word: str, w: Mapping[str, str]) -> str:
    return f"{number} {w[word if number == 1 else f'{word}s']}"


def _written(term: Term | None) -> str:
    """Return a term as Turtle writes it, with the prefixes of catalogues."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shown(compact(term.value, PREFIXES))
    return shown(str(term))
