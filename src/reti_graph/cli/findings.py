"""The findings of a report, written for a terminal, for a program, for GitHub and as SHACL."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click

from reti_graph.cli.lines import SENTENCE, TERM, shortened
from reti_graph.cli.output import written
from reti_graph.cli.shacl_report import shacl_report
from reti_graph.language import choose
from reti_graph.naming import compact_within
from reti_graph.problems import Severity
from reti_graph.validation.render import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.config import Settings
    from reti_graph.problems import Location, Problem, Report, Term

FORMATS: Final = ("text", "json", "github", "turtle")

_GITHUB_WORDS: Final = MappingProxyType(
    {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"},
)
_COLOURS: Final = MappingProxyType(
    {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"},
)
_ESCAPES: Final[Mapping[str, str]] = MappingProxyType({"%": "%25", "\r": "%0D", "\n": "%0A"})


@dataclass(frozen=True, slots=True)
class Writer:
    """How findings are written: paths from where the user stands, one language, short names."""

    root: Path
    settings: Settings
    language: str

    def render(self, report: Report, form: str) -> str:
        """Return the report in one of FORMATS, in the order of files and lines."""
        ordered = self._placed(report.sorted())
        if form == "json":
            return as_json(ordered).rstrip()
        if form == "github":
            return "\n".join(map(self._github, ordered.problems))
        if form == "turtle":
            return shacl_report(ordered, self.settings.prefixes).decode()
        return "\n\n".join([*map(self._text, ordered.problems), summary(ordered)])

    def _text(self, problem: Problem) -> str:
        """Return a finding for a terminal: place, severity and message, then what it is about."""
        severity = click.style(problem.severity.word, fg=_COLOURS[problem.severity])
        head = f"{problem.location or '(no place)'}  {severity}  {self._message(problem)}"
        rows = "".join(f"\n    {name:<6} {text}" for name, text in self._details(problem) if text)
        return head + rows

    def _details(self, problem: Problem) -> list[tuple[str, str | None]]:
        return [
            ("focus", self._term(problem.focus)),
            ("path", self._short(problem.path or "")),
            ("value", self._term(problem.value)),
            ("rule", self._rule(problem)),
            ("hint", shortened(problem.hint or "", SENTENCE)),
        ]

    def _github(self, problem: Problem) -> str:
        """Write a workflow command, which GitHub shows as an annotation at the line."""
        place = problem.location
        properties = {
            "file": place.file if place else None,
            "line": place.line if place else None,
            "col": place.column if place else None,
            "title": problem.code,
        }
        listed = ",".join(
            f"{key}={_escaped(str(value), in_property=True)}"
            for key, value in properties.items()
            if value is not None
        )
        details = "".join(f"\n{name}: {text}" for name, text in self._details(problem) if text)
        message = _escaped(self._message(problem) + details)
        return f"::{_GITHUB_WORDS[problem.severity]} {listed}::{message}"

    def _message(self, problem: Problem) -> str:
        text = choose(problem.messages, self.language, self.settings.languages)
        return shortened(text, SENTENCE)

    def _term(self, term: Term | None) -> str | None:
        return None if term is None else shortened(written(term, self.settings.prefixes), TERM)

    def _rule(self, problem: Problem) -> str:
        names = (problem.component, problem.shape)
        return " of ".join(self._short(name) for name in names if name)

    def _placed(self, report: Report) -> Report:
        """Return the report with its files named as they open from where the user stands."""
        return replace(
            report,
            problems=tuple(
                replace(problem, location=self._seen(problem.location))
                if problem.location
                else problem
                for problem in report.problems
            ),
        )

    def _seen(self, location: Location) -> Location:
        path = self.root / location.file
        if path.is_absolute() and path.is_relative_to(Path.cwd()):
            path = path.relative_to(Path.cwd())
        return replace(location, file=path.as_posix())

    def _short(self, text: str) -> str:
        """Shorten an IRI, or each IRI within a path."""
        return compact_within(text, self.settings.prefixes)


def summary(report: Report) -> str:
    """Return one line: how many findings of each severity, and what was looked at."""
    found = Counter(problem.severity for problem in report.problems)
    findings = ", ".join(
        _count(found[severity], severity.word) for severity in sorted(Severity, reverse=True)
    )
    seen = ", ".join(
        _count(number, name.removesuffix("s")) if name.endswith("s") else f"{number} {name}"
        for name, number in report.counts.items()
    )
    return f"{findings} in {seen or 'nothing'} ({report.engine or 'no engine'})"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _escaped(text: str, *, in_property: bool = False) -> str:
    """Escape text as the runner of GitHub's workflow commands reads it."""
    escapes = {**_ESCAPES, ":": "%3A", ",": "%2C"} if in_property else _ESCAPES
    return "".join(escapes.get(letter, letter) for letter in text)
