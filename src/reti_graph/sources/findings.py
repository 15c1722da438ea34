"""Findings about files, written in both languages of the project."""

from __future__ import annotations

from reti_graph.problems import Location, Problem, Severity


def finding(
    code: str,
    location: Location,
    *,
    it: str,
    en: str,
    hint: str | None = None,
    severity: Severity = Severity.VIOLATION,
) -> Problem:
    """Return a problem with its message in Italian and English."""
    return Problem(code, severity, {"it": it, "en": en}, location, hint=hint)
