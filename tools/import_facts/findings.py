"""What is wrong with the rows of a file or with a table, as a value."""

from __future__ import annotations

from reti_graph.problems import Location, Problem, Severity


def problem(file: str, line: int | None, it: str, en: str) -> Problem:
    """Return the problem of a row or, without a line, of a table."""
    messages = {"it": it, "en": en}
    return Problem("import", Severity.VIOLATION, messages, Location(file, line))
