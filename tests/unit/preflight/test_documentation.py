from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph import preflight
from reti_graph.preflight.render_json import render_json
from reti_graph.preflight.rules_severity import SEVERITIES
from reti_graph.preflight.run import preflight as run_preflight
from reti_graph.preflight.shapes import OTHER_SHAPES, PROFILE_NAMES
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from tests.unit.preflight.catalogues import CATALOG, GOOD, graph, shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES: Final = sorted(Path(preflight.__path__[0]).glob("*.py"))
PAGE: Final = (Path(__file__).parents[3] / "docs" / "preflight.md").read_text("utf-8")
# Functions that make a finding, with its code first.
MAKERS: Final = frozenset({"Problem", "_refusal", "violation"})
ROW: Final = re.compile(
    r"^\| (`[a-z0-9-]+`(?:, `[a-z0-9-]+`)*) \|.*\| (\w+) \|[^|]*\|$", re.MULTILINE
)


def codes_in(source: str) -> Iterator[str]:
    """Yield the codes of the findings that a module makes itself."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
            first = call.args[0]
            if call.func.id in MAKERS:
                yield from (
                    part.value
                    for part in ast.walk(first)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
                )


def documented() -> dict[str, set[str]]:
    """Return the codes of docs/preflight.md with the severities they are listed with."""
    rows: dict[str, set[str]] = {}
    for names, severity in ROW.findall(PAGE):
        for name in re.findall(r"`([^`]+)`", names):
            rows.setdefault(name, set()).add(severity)
    return rows


def test_every_code_is_documented() -> None:
    """docs/preflight.md has a row for each code of a finding, and for nothing else."""
    made = {code for path in SOURCES for code in codes_in(path.read_text("utf-8"))}
    known = {*made, *SEVERITIES, *PROFILE_NAMES, OTHER_SHAPES}
    assert len(known) > 60
    assert set(documented()) == known


@pytest.mark.parametrize("code", SEVERITIES)
def test_the_severity_of_a_rule_is_the_one_documented(code: str) -> None:
    """Whoever reads the page knows what stops a release."""
    assert documented()[code] == {SEVERITIES[code].word}


def test_the_keys_of_the_json_are_documented() -> None:
    """Each has a row, those of the plan after a dot."""
    outcome = run_preflight(shelf(GOOD), CATALOG, ShaclRustEngine(), graph(GOOD))
    document = json.loads(render_json(outcome))
    keys = [*document, *(f"plan.{key}" for key in document["plan"])]
    _, _, section = PAGE.partition("## The outcome as JSON")
    assert sorted(re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)) == sorted(keys)
