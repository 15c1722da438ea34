from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from reti_graph.preflight.once import once, plain
from reti_graph.problems import Location, Problem, Severity
from reti_graph.terms import DCTERMS
from tests.unit.preflight.catalogues import node


def problem(code: str, severity: Severity, value: str | None = None) -> Problem:
    """Return a finding about the identifier of a node."""
    literal = None if value is None else ox.Literal(value)
    return Problem(
        code,
        severity,
        {"en": code},
        focus=node("dataset/trees"),
        path=f"<{DCTERMS}theme>",
        value=literal,
    )


def test_what_a_shape_says_less_severely_is_not_told_again() -> None:
    """One finding for a node, a property and a value; the rule's words win."""
    rule = problem("theme-text", Severity.VIOLATION, "a")
    same, vague, other = (
        problem("dcat-ap", Severity.VIOLATION, "a"),
        problem("dcat-ap-it", Severity.WARNING),
        problem("dcat-ap", Severity.VIOLATION, "b"),
    )
    assert once([rule], [same, vague, other]) == (rule, other)


def test_what_a_shape_says_more_severely_is_told() -> None:
    """A rule's warning must not hide a violation."""
    rule, shape = problem("format-code", Severity.WARNING), problem("dcat-ap", Severity.VIOLATION)
    assert once([rule], [shape]) == (rule, shape)


def test_two_profiles_tell_a_thing_once() -> None:
    """The worst first, and then the Italian profile's words, which say how to mend it."""
    both = [problem("dcat-ap", Severity.VIOLATION), problem("dcat-ap-it", Severity.VIOLATION)]
    assert once([], both) == (both[1],)


def test_a_download_from_an_address_that_is_none_is_not_told_again() -> None:
    """That nothing answers there is no news; that another address is dead is."""
    focus, place = node("dataset/trees#ttl"), Location("trees.ttl")
    url = Problem("url", Severity.VIOLATION, {}, focus=focus, value=ox.Literal("trees.ttl"))
    dead = Problem("dead-download", Severity.VIOLATION, {}, place, focus=focus)
    other = replace(dead, location=Location("http://127.0.0.1:8000/trees.ttl"))
    assert plain([url, dead, other]) == (url, other)
