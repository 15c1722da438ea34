"""The site's data checked with the site's shapes, every result as a finding at a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reti_graph.errors import DataError
from reti_graph.problems import Location, Problem, Severity
from reti_graph.validation.locate import Locator
from reti_graph.validation.messages import Words
from reti_graph.validation.triples import TripleIndex
from reti_graph.validation.unused import idle_shapes
from reti_graph.validation.wellformed import malformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from reti_graph.sources.site import Site
    from reti_graph.validation.data import Data
    from reti_graph.validation.engine import Checker, Engine, Result


@dataclass(frozen=True, slots=True)
class SiteShapes:
    """The shapes of a site: their triples, and the checker that holds them when they will do."""

    triples: tuple[ox.Triple, ...]
    index: TripleIndex
    problems: tuple[Problem, ...]
    checker: Checker | None


def read_shapes(site: Site, engine: Engine) -> SiteShapes:
    """Return the shapes made ready, or what is wrong with them."""
    quads = (quad for file in site.shapes for quad in file.quads)
    triples = tuple(dict.fromkeys(quad.triple for quad in quads))
    index = TripleIndex(triples)
    problems = tuple(_at_shapes(site, malformed(index)))
    checker = None
    if not problems:
        try:
            checker = engine.prepare(triples)
        except DataError as error:
            problems = tuple(refused_shapes(site, error))
    return SiteShapes(triples, index, problems, checker)


def _at_shapes(
    site: Site, found: Iterable[tuple[Problem, ox.NamedNode | None]]
) -> Iterator[Problem]:
    """Yield each problem with the place of the shape it is about, or of its property."""
    locator: Locator | None = None
    for problem, predicate in found:
        locator = locator or Locator(site.shapes)
        path = str(predicate) if predicate else None
        place = locator.find(problem.focus, path, problem.value) if problem.focus else None
        place = place or Location("shapes/")
        yield replace(problem, location=place)


def refused_shapes(site: Site, error: DataError) -> Iterator[Problem]:
    """Yield why an engine does not check with the shapes, at the places of these."""
    yield from _at_shapes(site, ((problem, None) for problem in error.report.problems))


def idle_findings(site: Site, shapes: SiteShapes, data: Data) -> Iterator[Problem]:
    """Yield every shape that checks nothing, at its place."""
    yield from _at_shapes(site, idle_shapes(shapes.index, data.index))


def shape_findings(site: Site, shapes: SiteShapes, data: Data) -> Iterator[Problem]:
    """Yield every result of the shapes on the data, whose place must be looked up.

    When the engine cannot use the shapes after all, why that is stands at theirs.
    """
    if shapes.checker is None:
        return
    words = Words(shapes.index, site.settings.languages, site.settings.prefixes)
    try:
        results = data.results(shapes.checker)
    except DataError as error:
        yield from refused_shapes(site, error)
        return
    for result in results:
        yield _finding(result, words)


def _finding(result: Result, words: Words) -> Problem:
    return Problem(
        "shacl",
        Severity.of(result.severity) or Severity.VIOLATION,
        words.of(result),
        focus=result.focus,
        path=result.path,
        value=result.value,
        component=result.component,
        shape=result.shape,
    )
