"""A catalogue checked with shapes: our own for DCAT-AP and DCAT-AP_IT, and any others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import CallError, DataError
from reti_graph.language import choose
from reti_graph.preflight.rules_namespaces import mended
from reti_graph.preflight.rules_read import LANGUAGES, Catalogue
from reti_graph.preflight.vocabularies import PREFIXES, PROFILES
from reti_graph.problems import Problem, Severity
from reti_graph.validation.messages import Words
from reti_graph.validation.triples import TripleIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reti_graph.preflight.graph import Graph
    from reti_graph.validation.engine import Checker, Engine, Result

PROFILE_NAMES: Final = ("dcat-ap-it", "dcat-ap")
OTHER_SHAPES: Final = "shacl"


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes made ready, and the words of their results."""

    checker: Checker
    words: Words


@cache
def profile(name: str) -> tuple[ox.Triple, ...]:
    """Return the shapes of one of PROFILE_NAMES."""
    file = resources.files(__package__) / "profiles" / f"{name}.ttl"
    return tuple(quad.triple for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE))


def prepared(triples: Sequence[ox.Triple], engine: Engine) -> Shapes:
    """Return shapes made ready. Raises DataError as `Engine.prepare`."""
    return Shapes(engine.prepare(triples), Words(TripleIndex(triples), LANGUAGES, PREFIXES))


def read_shapes(text: str, name: str, engine: Engine) -> Shapes:
    """Return the shapes of a Turtle text made ready; `name` stands for it in messages.

    Raises CallError when it is no Turtle, or when the engine cannot use the shapes.
    """
    try:
        parsed = ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        return prepared(tuple(quad.triple for quad in parsed), engine)
    except SyntaxError as error:
        raise CallError(
            f"Cannot read the shapes of {name}: line {error.lineno}: {error.msg}.",
            hint="Shapes are read as Turtle.",
        ) from error
    except DataError as error:
        first = error.report.problems[0]
        raise CallError(
            f"Cannot check with the shapes of {name}: {choose(first.messages, 'en')}"
            f" ({first.focus or len(error.report.problems)})",
            hint=first.hint,
        ) from error


def check_shapes(
    graph: Graph, engine: Engine, further: Sequence[Shapes] = ()
) -> tuple[Problem, ...]:
    """Return what the shapes of the profiles, and further ones, find in a catalogue.

    The code of a finding is the profile's name, or `shacl` for further shapes. A text where a node
    is wanted is no focus node: that it is a text is found out.
    """
    own = prepared([triple for name in PROFILE_NAMES for triple in profile(name)], engine)
    catalogue = Catalogue(mended(graph))
    found = list(_problems(own, catalogue.graph, catalogue))
    found += [problem for shapes in further for problem in _problems(shapes, graph, catalogue)]
    return tuple(problem for problem in found if not isinstance(problem.focus, ox.Literal))


def _in_rdf_1_1(triple: ox.Triple) -> bool:
    """Tell whether an engine can read a triple; rules report the others."""
    value = triple.object
    return not isinstance(value, ox.Triple) and not getattr(value, "direction", None)


def _problems(shapes: Shapes, graph: Graph, catalogue: Catalogue) -> Iterator[Problem]:
    try:
        results = shapes.checker.check([t for t in graph.triples if _in_rdf_1_1(t)])
    except DataError as error:
        yield from error.report.problems
        return
    for result in results:
        yield _problem(result, shapes.words, catalogue)


def _problem(result: Result, words: Words, catalogue: Catalogue) -> Problem:
    names = dict(zip(LANGUAGES, catalogue.called(result.focus), strict=True))
    return Problem(
        _code(result.shape or ""),
        Severity.of(result.severity) or Severity.VIOLATION,
        {language: f"{names[language]}: {text}" for language, text in words.of(result).items()},
        focus=result.focus,
        path=result.path,
        value=result.value,
        component=result.component,
        shape=result.shape,
    )


def _code(shape: str) -> str:
    """Return the profile that a shape belongs to."""
    fitting = (name for name in PROFILE_NAMES if shape.startswith(f"{PROFILES}{name}#"))
    return next(fitting, OTHER_SHAPES)
