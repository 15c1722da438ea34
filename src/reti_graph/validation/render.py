"""A report as JSON, for programs and for the release."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reti_graph.problems import Problem, Report


def as_json(report: Report) -> str:
    """Return the report as JSON."""
    return json.dumps(as_document(report), ensure_ascii=False, indent=2) + "\n"


def as_document(report: Report) -> dict[str, object]:
    """Return what JSON says of a report: verdict, engine, counts, every finding with its place."""
    return {
        "conforms": report.conforms,
        "engine": report.engine,
        "counts": dict(report.counts),
        "findings": [_finding(problem) for problem in report.problems],
    }


def _finding(problem: Problem) -> dict[str, object]:
    place = problem.location
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "severity": problem.severity.word,
        "code": problem.code,
        "message": dict(problem.messages),
        "focus": str(problem.focus) if problem.focus else None,
        "path": problem.path,
        "value": str(problem.value) if problem.value else None,
        "component": problem.component,
        "shape": problem.shape,
        "hint": problem.hint,
    }
