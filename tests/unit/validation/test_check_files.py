from __future__ import annotations

from pathlib import Path

import pytest

from reti_graph.problems import Severity
from reti_graph.sources.site import TextFile, read_site
from reti_graph.validation.check_files import read_checks
from tests.unit.validation.conftest import SMALL_SITE

SETTINGS = read_site(SMALL_SITE)[0].settings
HEADER = """#+ summary: {it: "uno", en: "one"}
#+ message: {it: "{?focus}", en: "{?focus}"}
#+ severity: info
"""


def problems(text: str) -> list[tuple[str, int | None]]:
    """Return code and line of what is wrong with a check."""
    file = TextFile("shapes/checks/a.rq", Path("a.rq"), text)
    checks, found = read_checks([file], SETTINGS)
    assert len(checks) + bool(found) == 1
    return [(problem.code, problem.location.line) for problem in found if problem.location]


def test_a_check_has_the_name_of_its_file() -> None:
    """And the messages and severity of its header."""
    text = HEADER + "SELECT ?focus { ?focus a reti:Network }"
    (check,), _ = read_checks([TextFile("a/b.rq", Path("b.rq"), text)], SETTINGS)
    assert (check.name, check.severity, check.messages["it"]) == ("b", Severity.INFO, "{?focus}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADER + "SELECT ?focus {", [("check-syntax", 4)]),
        (HEADER + "ASK { ?focus ?p ?o }", [("check-syntax", 1)]),
        (HEADER + "SELECT ?focus { SERVICE <http://a/> { } }", [("check-syntax", 4)]),
        (HEADER + "SELECT ?other { ?other ?p ?o }", [("check-columns", 1)]),
        (HEADER.replace("info", "bad") + "SELECT ?focus {}", [("header-key", 3)]),
        (HEADER.replace(', en: "one"', "") + "SELECT ?focus {}", [("header-language", 1)]),
        (HEADER.replace("severity", "severty") + "SELECT ?focus {}", [("header-key", 3)]),
        ("SELECT ?focus {}", [("header-syntax", 1)]),
    ],
)
def test_a_check_that_cannot_run_is_a_problem(
    text: str, expected: list[tuple[str, int | None]]
) -> None:
    """At its line."""
    assert expected[0] in problems(text)


def test_a_message_may_name_only_columns_there_are() -> None:
    """The placeholder would stay in the message for ever."""
    text = HEADER.replace("{?focus}", "{?day}") + "SELECT ?focus { ?focus ?p ?o }"
    assert problems(text) == [("check-columns", 1)]
