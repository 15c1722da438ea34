from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.cli.shacl_report import shacl_report
from reti_graph.problems import Location, Problem, Report, Severity

EX = "https://example.org/"
SH = "http://www.w3.org/ns/shacl#"


def problem(path: str | None = None, focus: ox.NamedNode | None = None) -> Problem:
    """Make a finding of a cardinality that is not kept."""
    return Problem(
        "shacl",
        Severity.WARNING,
        {"it": "Manca il nome.", "en": "The name is missing."},
        Location("data/page/c40.trig", 12, 5),
        focus=focus or ox.NamedNode(EX + "c40"),
        path=path,
        component=SH + "MinCountConstraintComponent",
        shape=EX + "shapes#Network-label",
    )


def answer(report: Report, query: str) -> list[tuple[str, ...]]:
    """Read the report back and ask it something."""
    store = ox.Store()
    store.load(shacl_report(report, {"ex": EX}), format=ox.RdfFormat.TURTLE)
    found = store.query(f"PREFIX sh: <{SH}> PREFIX ex: <{EX}> SELECT {query}")
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(str(term) for term in row) for row in found]


def test_a_report_without_findings_conforms() -> None:
    """There is one report, and nothing in it."""
    assert answer(Report(), "?ok { ?r a sh:ValidationReport ; sh:conforms ?ok }") == [
        ('"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',)
    ]


def test_a_warning_is_enough_not_to_conform() -> None:
    """SHACL 3.6.1.1 counts results of every severity."""
    rows = answer(Report((problem(),)), "?ok { ?r sh:conforms ?ok }")
    assert rows == [('"false"^^<http://www.w3.org/2001/XMLSchema#boolean>',)]


def test_a_result_says_what_shacl_says_and_where_it_stands() -> None:
    """Focus, severity, component, shape, and the place in the file."""
    rows = answer(
        Report((problem(),)),
        "?focus ?severity ?component ?shape ?place { ?result a sh:ValidationResult ; "
        "sh:focusNode ?focus ; sh:resultSeverity ?severity ; sh:sourceShape ?shape ; "
        "sh:sourceConstraintComponent ?component ; "
        "<http://purl.org/dc/elements/1.1/source> ?place }",
    )
    assert rows == [
        (
            f"<{EX}c40>",
            f"<{SH}Warning>",
            f"<{SH}MinCountConstraintComponent>",
            f"<{EX}shapes#Network-label>",
            '"data/page/c40.trig:12:5"',
        )
    ]


def test_a_message_is_there_in_every_language() -> None:
    """Whoever reads the report chooses."""
    rows = answer(Report((problem(),)), "?m { ?r sh:resultMessage ?m }")
    assert sorted(rows) == [('"Manca il nome."@it',), ('"The name is missing."@en',)]


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        (f"<{EX}a>", "sh:resultPath ex:a"),
        (f"^<{EX}a>", "sh:resultPath [ sh:inversePath ex:a ]"),
        (f"<{EX}a>/<{EX}b>", "sh:resultPath ( ex:a ex:b )"),
        (f"<{EX}a>|<{EX}b>", "sh:resultPath [ sh:alternativePath ( ex:a ex:b ) ]"),
        (
            f"<{EX}a>/^<{EX}b>*",
            "sh:resultPath ( ex:a [ sh:inversePath [ sh:zeroOrMorePath ex:b ] ] )",
        ),
        (f"(^<{EX}a>)+", "sh:resultPath [ sh:oneOrMorePath [ sh:inversePath ex:a ] ]"),
        (f"<{EX}a>?", "sh:resultPath [ sh:zeroOrOnePath ex:a ]"),
    ],
)
def test_a_path_is_written_as_shacl_writes_paths(path: str, pattern: str) -> None:
    """SHACL 2.3.1, kind by kind."""
    assert len(answer(Report((problem(path),)), f"?r {{ ?r {pattern} }}")) == 1


def test_a_path_that_is_no_path_is_left_out() -> None:
    """A check may put any words there; the finding stays."""
    assert answer(Report((problem("its name"),)), "?p { ?r sh:resultPath ?p }") == []


def test_a_finding_about_no_node_has_its_place_as_focus() -> None:
    """A syntax error has no node, and SHACL wants one focus for each result."""
    syntax = Problem("syntax", Severity.VIOLATION, {"en": "Typo."}, Location("data/x.trig", 3))
    assert answer(Report((syntax,)), "?f { ?r sh:focusNode ?f }") == [('"data/x.trig:3"',)]


def test_equal_reports_are_equal_text() -> None:
    """The blank nodes are numbered, so two runs can be compared."""
    report = Report((problem(f"^<{EX}a>"), problem(f"<{EX}a>/<{EX}b>")))
    assert shacl_report(report, {}) == shacl_report(report, {})
