from __future__ import annotations

import pytest

from reti_graph.problems import Location, Problem, Report, Severity


def problem(severity: Severity, file: str = "a.ttl", line: int | None = None) -> Problem:
    """Make a finding of which only severity and place matter."""
    return Problem("shacl", severity, {"en": "wrong"}, Location(file, line))


def test_severities_compare_from_info_to_violation() -> None:
    """The worst of several is their maximum."""
    assert max(Severity) is Severity.VIOLATION
    assert min(Severity) is Severity.INFO


@pytest.mark.parametrize("severity", Severity)
def test_a_severity_is_found_by_its_iri_and_by_its_word(severity: Severity) -> None:
    """What is written out can be read back."""
    assert Severity.of(severity.iri.value) is severity
    assert Severity.of(severity.word) is severity


def test_an_unknown_severity_is_none() -> None:
    """A misspelt severity is no severity."""
    assert Severity.of("fatal") is None
    assert Severity.VIOLATION.iri.value == "http://www.w3.org/ns/shacl#Violation"


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location("data/a.trig", 3, 7), "data/a.trig:3:7"),
        (Location("data/a.trig", 3), "data/a.trig:3"),
        (Location("data/a.trig"), "data/a.trig"),
    ],
)
def test_a_location_is_written_as_compilers_do(location: Location, text: str) -> None:
    """Editors can jump to it."""
    assert str(location) == text


def test_only_violations_make_a_report_fail() -> None:
    """Warnings and infos are told and let pass."""
    mild = (problem(Severity.WARNING), problem(Severity.INFO))
    bad = problem(Severity.VIOLATION)
    assert Report(mild).conforms
    assert not Report((*mild, bad)).conforms
    assert Report((*mild, bad)).violations == (bad,)


def test_a_sorted_report_follows_files_and_lines_the_worst_first() -> None:
    """Findings come in the order in which an author goes through the files."""
    first = problem(Severity.INFO, "a.ttl")
    second = problem(Severity.VIOLATION, "a.ttl", 2)
    third = problem(Severity.WARNING, "a.ttl", 2)
    last = problem(Severity.VIOLATION, "b.ttl", 1)
    nowhere = Problem("syntax", Severity.INFO, {"en": "no place"})
    report = Report((last, third, first, second, nowhere), {"quads": 4}, "pyshacl").sorted()
    assert report.problems == (nowhere, first, second, third, last)
    assert (report.counts, report.engine) == ({"quads": 4}, "pyshacl")
