"""Findings that say the same thing are told once, the one with the better words kept."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from reti_graph.preflight.shapes import OTHER_SHAPES, PROFILE_NAMES
from reti_graph.preflight.vocabularies import PROFILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reti_graph.problems import Problem

_CLASSES: Final = f"{PROFILES}dcat-ap#class-of-"
_CONTACTS: Final = f"{PROFILES}dcat-ap-it#Contact-"
_DEAD: Final = ("dead-download", "dead-link")
# The better words first.
_ORDER: Final = (*PROFILE_NAMES, OTHER_SHAPES)


def plain(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return what was found but for what a rule tells in better words.

    That is: nothing answers at an address that is none.
    """
    wrong = {(p.focus, getattr(p.value, "value", None)) for p in found if p.code == "url"}
    return tuple(
        problem
        for problem in found
        if problem.code not in _DEAD
        or problem.location is None
        or (problem.focus, problem.location.file) not in wrong
    )


def once(rules: Sequence[Problem], shapes: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return what rules found, and what shapes found that nothing else says as severely.

    Two findings say the same when they are about the same property of the same node, and about no
    two values. What follows from a finding of the rules is left out, too.
    """
    follows = _follows(rules)
    told: dict[tuple[str, str | None], list[Problem]] = defaultdict(list)
    for problem in rules:
        told[_place(problem)].append(problem)
    kept: list[Problem] = []
    for problem in sorted(shapes, key=_rank):
        if not follows(problem) and not any(_same(problem, o) for o in told[_place(problem)]):
            told[_place(problem)].append(problem)
            kept.append(problem)
    return (*rules, *kept)


def _follows(rules: Sequence[Problem]) -> Callable[[Problem], bool]:
    """Return what tells whether a shape's finding follows from what rules found.

    Where a type was left out, checks of classes fail; an agent that is given as a contact point
    lacks what a contact point has.
    """
    untyped = {problem.focus for problem in rules if problem.code.startswith("untyped")}
    agents = {problem.value for problem in rules if problem.code == "contact-is-agent"}

    def follows(problem: Problem) -> bool:
        shape = problem.shape or ""
        classless = shape.startswith(_CLASSES) and problem.value in untyped | agents
        return classless or (shape.startswith(_CONTACTS) and problem.focus in agents)

    return follows


def _place(problem: Problem) -> tuple[str, str | None]:
    return str(problem.focus), problem.path


def _same(problem: Problem, other: Problem) -> bool:
    alike = None in (problem.value, other.value) or problem.value == other.value
    return alike and problem.path is not None and other.severity >= problem.severity


def _rank(problem: Problem) -> tuple[int, int, tuple[object, ...]]:
    return -problem.severity, _ORDER.index(problem.code), problem.sort_key
