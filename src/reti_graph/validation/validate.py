"""Everything that can be wrong with a site, found in one run."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from reti_graph.canned.library import read_queries
from reti_graph.collecting import collecting_later
from reti_graph.derive import derive
from reti_graph.errors import DataError
from reti_graph.problems import Problem, Report, Severity
from reti_graph.validation.answers import answer_problems
from reti_graph.validation.check_files import read_checks
from reti_graph.validation.checks import CheckStore, Findings
from reti_graph.validation.data import InMemory
from reti_graph.validation.examples import check_problems, is_for_a_check, shape_problems
from reti_graph.validation.publishing import context_problems, withdrawn_names
from reti_graph.validation.quotes import quote_problems
from reti_graph.validation.shacl_findings import (
    idle_findings,
    read_shapes,
    refused_shapes,
    shape_findings,
)
from reti_graph.validation.targets import typed_shapes
from reti_graph.validation.unused import count_focus_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from reti_graph.canned.query import CannedQuery
    from reti_graph.sources.site import Site
    from reti_graph.validation.checks import Row
    from reti_graph.validation.data import Data
    from reti_graph.validation.engine import Engine
    from reti_graph.validation.locate import Locator


@dataclass(frozen=True, slots=True)
class Validated:
    """A site that was looked through: its quads with what is derived, its queries, the report."""

    quads: tuple[ox.Quad, ...]
    queries: tuple[CannedQuery, ...]
    report: Report


@collecting_later()
def validate(
    site: Site,
    engine: Engine,
    texts: Mapping[str, str] | None = None,
    found: Sequence[Problem] = (),
    *,
    try_queries: bool = True,
) -> Validated:
    """Derive, and find all that is wrong with data, shapes, examples, checks and queries.

    `texts` holds texts of sources by slug: quotes are looked up in them. `found` are the problems
    of reading the site; when a file could not be used, they are the report. Whether each query
    finds something in the data is looked at only with `try_queries`. Raises
    UnknownNameError when `texts` names no source of the site.
    """
    quads: tuple[ox.Quad, ...] = ()

    def read() -> InMemory:
        nonlocal quads
        data = InMemory(site, derive(site.quads, site.rules))
        quads = data.quads
        return data

    queries, report = looked_through(site, engine, read, texts, found, try_queries=try_queries)
    return Validated(quads, queries, report)


def looked_through(
    site: Site,
    engine: Engine,
    read: Callable[[], Data],
    texts: Mapping[str, str] | None = None,
    found: Sequence[Problem] = (),
    *,
    try_queries: bool,
) -> tuple[tuple[CannedQuery, ...], Report]:
    """Return the queries of a site, and the report as `validate`, wherever its statements are.

    `read` derives what follows and gives all that is said. Where it raises DataError, which may
    be in another thread, its problems are the report. Raises UnknownNameError as `validate`.
    """
    if any(problem.severity is Severity.VIOLATION for problem in found):
        return (), _report(site, engine, found)
    try:
        run = _Run(site, engine, read)
    except DataError as error:
        return (), _report(site, engine, (*found, *error.report.problems))
    answers = run.answers() if try_queries else ()
    problems = (*found, *run.problems(texts or {}), *answers)
    return run.queries, _report(site, engine, problems, run.counts())


def _report(
    site: Site, engine: Engine, problems: Sequence[Problem], counts: Mapping[str, int] | None = None
) -> Report:
    files = len({file.name for file in (*site.ontology, *site.data, *site.shapes)})
    files += len(site.rules) + len(site.checks) + len(site.queries) + len(site.examples)
    once = {problem.sort_key: problem for problem in problems}
    return Report(tuple(once.values()), {"files": files, **(counts or {})}, engine.name).sorted()


class _Run:
    """One run over a site whose files could all be read.

    Raises DataError when nothing can be derived.
    """

    def __init__(self, site: Site, engine: Engine, read: Callable[[], Data]) -> None:
        self._site = site
        with ThreadPoolExecutor(1) as aside:
            reading = aside.submit(read)
            self._shapes = read_shapes(site, engine)
            self._checks, self._check_problems = read_checks(site.checks, site.settings)
            self.queries, self._query_problems = read_queries(site.queries, site.settings)
            self._data = reading.result()

    def counts(self) -> dict[str, int]:
        """Return how much was looked at."""
        index = self._shapes.index
        return {
            "statements": self._data.given,
            "derived": self._data.derived,
            "shapes": len(list(typed_shapes(index))),
            "focus nodes": count_focus_nodes(index, self._data.index),
            "checks": len(self._checks),
            "examples": len(self._site.examples),
            "queries": len(self.queries),
        }

    def problems(self, texts: Mapping[str, str]) -> Iterator[Problem]:
        """Yield everything that is wrong with the site as it stands.

        Shapes and examples are looked at beside the rest: engines leave Python alone while they
        work. Where what is found stands is looked up when all is known.
        """
        with ThreadPoolExecutor(2) as aside:
            shapes = aside.submit(lambda: list(self._shape_findings()))
            examples = aside.submit(lambda: list(self._examples()))
            yield from self._check_problems
            yield from self._query_problems
            yield from self._shapes.problems
            rows = self._rows()
            yield from self._placed(rows, [*self._data_findings(texts), *shapes.result()])
            yield from context_problems(self._site)
            yield from examples.result()

    def _placed(self, rows: Sequence[Row], found: Sequence[Problem]) -> Iterator[Problem]:
        nodes = [node for problem in found for node in (problem.focus, problem.value) if node]
        nodes += [node for row in rows for node in row.values.values()]
        evidence = self._data.evidence(nodes)
        for problem in found:
            yield problem if problem.location else _placed(problem, evidence.locator)
        findings = Findings(evidence.locator, evidence.originals, self._site.settings)
        yield from map(findings.of, rows)

    def _data_findings(self, texts: Mapping[str, str]) -> Iterator[Problem]:
        yield from withdrawn_names(self._site.settings, self._data.index)
        if texts:
            yield from quote_problems(self._data.index, texts, self._site.settings)

    def _shape_findings(self) -> Iterator[Problem]:
        yield from idle_findings(self._site, self._shapes, self._data)
        yield from shape_findings(self._site, self._shapes, self._data)

    def _rows(self) -> list[Row]:
        """Return what the checks find."""
        with (
            self._data.checking(self._shapes.triples, self._site.settings) as store,
            ThreadPoolExecutor(os.cpu_count()) as pool,
        ):
            return list(chain.from_iterable(pool.map(store.rows, self._checks)))

    def _examples(self) -> Iterator[Problem]:
        """Compare what the examples give, beside the ontology alone, with what they say."""
        settings = self._site.settings
        ontology = [quad for file in self._site.ontology for quad in file.quads]
        for_checks = [each for each in self._site.examples if is_for_a_check(each)]
        for_shapes = [each for each in self._site.examples if not is_for_a_check(each)]
        if self._shapes.checker is not None:
            triples = list(dict.fromkeys(quad.triple for quad in ontology))
            shapes = self._shapes.triples
            checker = self._shapes.checker
            try:
                yield from shape_problems(for_shapes, checker, shapes, triples, settings)
            except DataError as error:
                yield from refused_shapes(self._site, error)
        store = CheckStore.of(ontology, self._shapes.triples, settings)
        yield from check_problems(for_checks, self._checks, store, settings)

    def answers(self) -> Iterator[Problem]:
        """Yield what is wrong with the answers of the queries."""
        store = self._data.answering(self._site.settings.prefixes)
        yield from answer_problems(self.queries, store, self._site.settings)


def _placed(problem: Problem, locator: Locator) -> Problem:
    """Return a problem with the place of the node, path and value it is about."""
    if problem.focus is None:
        return problem
    return replace(problem, location=locator.find(problem.focus, problem.path, problem.value))
