from __future__ import annotations

import json

from reti_graph.problems import Location, Problem, Report, Severity
from reti_graph.validation.render import as_json
from tests.unit.validation.conftest import EX, ex


def test_a_report_is_json_with_every_finding_and_its_place() -> None:
    """What is not known of a finding is null."""
    problem = Problem(
        "shacl",
        Severity.WARNING,
        {"it": "così", "en": "so"},
        Location("a.trig", 3),
        focus=ex("a"),
        path=f"<{EX}p>",
    )
    assert json.loads(as_json(Report((problem,), {"files": 1}, "swift"))) == {
        "conforms": True,
        "engine": "swift",
        "counts": {"files": 1},
        "findings": [
            {
                "file": "a.trig",
                "line": 3,
                "column": None,
                "severity": "warning",
                "code": "shacl",
                "message": {"it": "così", "en": "so"},
                "focus": f"<{EX}a>",
                "path": f"<{EX}p>",
                "value": None,
                "component": None,
                "shape": None,
                "hint": None,
            }
        ],
    }
