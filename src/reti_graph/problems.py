"""Findings about data, as values: a problem, where it is, and the report that holds them all."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_SHACL = "http://www.w3.org/ns/shacl#"


class Severity(enum.IntEnum):
    """How bad a finding is, the worst highest (SHACL 2.1.4)."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def iri(self) -> ox.NamedNode:
        """The SHACL term, such as sh:Violation."""
        return ox.NamedNode(_SHACL + self.name.capitalize())

    @property
    def word(self) -> str:
        """The name in lower case, as headers of checks and reports write it."""
        return self.name.lower()

    @classmethod
    def of(cls, text: str) -> Severity | None:
        """Return the severity of a SHACL IRI or of a bare word such as `warning`, or None."""
        return cls.__members__.get(text.removeprefix(_SHACL).upper())


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file of the site: its relative POSIX name, line and column from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Write `file:line:column`, as editors and compilers do."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    @property
    def sort_key(self) -> tuple[str, int, int]:
        """Order by file, then by place; a finding about the whole file comes first."""
        return (self.file, self.line or 0, self.column or 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    `code` is a stable name such as `shacl` or `syntax`; `messages` has one text per language;
    `path` is in SPARQL path syntax; `component` and `shape` are IRIs.
    """

    code: str
    severity: Severity
    messages: Mapping[str, str]
    location: Location | None = None
    focus: Term | None = None
    path: str | None = None
    value: Term | None = None
    component: str | None = None
    shape: str | None = None
    hint: str | None = None

    @property
    def sort_key(self) -> tuple[tuple[str, int, int], int, str, str, str, str]:
        """Order by place, the worst first, and then by everything that tells two apart."""
        place = self.location.sort_key if self.location else ("", 0, 0)
        texts = (self.code, str(self.focus), f"{self.path} {self.component} {self.value}")
        return (place, -self.severity, *texts, str(sorted(self.messages.items())))


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run, what was counted on the way, and the SHACL engine that ran."""

    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    engine: str = ""

    @property
    def conforms(self) -> bool:
        """True when no finding is a violation; warnings and infos do not fail a run."""
        return not self.violations

    @property
    def violations(self) -> tuple[Problem, ...]:
        """The findings that make the data wrong."""
        return tuple(p for p in self.problems if p.severity is Severity.VIOLATION)

    def sorted(self) -> Report:
        """Return the same report with its findings in file and line order."""
        return replace(self, problems=tuple(sorted(self.problems, key=lambda p: p.sort_key)))
