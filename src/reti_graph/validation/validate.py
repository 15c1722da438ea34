"""Everything that can be wrong with a site, found in one run."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reti_graph.canned.library import read_queries
from reti_graph.collecting import collecting_later
from reti_graph.derive import derive
from reti_graph.errors import DataError
from reti_graph.problems import Problem, Report, Severity
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.validation.answers import answer_problems
from reti_graph.validation.check_files import read_checks
from reti_graph.validation.checks import CheckStore, Findings
from reti_graph.validation.examples import check_problems, is_for_a_check, shape_problems
from reti_graph.validation.locate import Locator
from reti_graph.validation.publishing import publishing_problems
from reti_graph.validation.quotes import quote_problems
from reti_graph.validation.shacl_findings import (
    SiteData,
    read_shapes,
    refused_shapes,
    shape_findings,
)
from reti_graph.validation.targets import typed_shapes
from reti_graph.validation.triples import TripleIndex
from reti_graph.validation.unused import count_focus_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from reti_graph.canned.query import CannedQuery
    from reti_graph.sources.site import Site
    from reti_graph.validation.engine import Engine


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
    if any(problem.severity is Severity.VIOLATION for problem in found):
        return Validated((), (), _report(site, engine, found))
    try:
        run = _Run(site, engine)
    except DataError as error:
        problems = (*found, *error.report.problems)
        return Validated((), (), _report(site, engine, problems))
    answers = run.answers() if try_queries else ()
    problems = (*found, *run.problems(texts or {}), *answers)
    return Validated(run.quads, run.queries, _report(site, engine, problems, run.counts()))


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

    def __init__(self, site: Site, engine: Engine) -> None:
        self._site = site
        with ThreadPoolExecutor(1) as aside:
            deriving = aside.submit(derive, site.quads, site.rules)
            self._shapes = read_shapes(site, engine)
            self._checks, self._check_problems = read_checks(site.checks, site.settings)
            self.queries, self._query_problems = read_queries(site.queries, site.settings)
            self._derived = deriving.result()
        self.quads = (*site.quads, *self._derived)
        self._data = tuple(dict.fromkeys(quad.triple for quad in self.quads))
        self._index = TripleIndex(self._data)
        self._locator = Locator((*site.ontology, *site.data, *site.shapes), self._derived)

    def counts(self) -> dict[str, int]:
        """Return how much was looked at."""
        index = self._shapes.index
        return {
            "statements": len(self._site.quads),
            "derived": len(self._derived),
            "shapes": len(list(typed_shapes(index))),
            "focus nodes": count_focus_nodes(index, self._index),
            "checks": len(self._checks),
            "examples": len(self._site.examples),
            "queries": len(self.queries),
        }

    def problems(self, texts: Mapping[str, str]) -> Iterator[Problem]:
        """Yield everything that is wrong with the site as it stands.

        Shapes and examples are looked at beside the rest: engines leave Python alone while they
        work.
        """
        with ThreadPoolExecutor(2) as aside:
            shapes = aside.submit(lambda: list(self._shape_findings()))
            examples = aside.submit(lambda: list(self._examples()))
            yield from publishing_problems(self._site, self.quads, self._locator)
            yield from self._quotes(texts)
            yield from self._check_problems
            yield from self._check_findings()
            yield from self._query_problems
            yield from self._shapes.problems
            yield from shapes.result()
            yield from examples.result()

    def _quotes(self, texts: Mapping[str, str]) -> Iterator[Problem]:
        if texts:
            yield from quote_problems(self._index, texts, self._locator, self._site.settings)

    def _shape_findings(self) -> Iterator[Problem]:
        data = SiteData(self._data, self._index, self._locator)
        yield from shape_findings(self._site, self._shapes, data)

    def _check_findings(self) -> Iterator[Problem]:
        store = CheckStore(self.quads, self._shapes.triples, self._site.settings)
        findings = Findings(self._locator, self._data, self._site.settings)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for rows in pool.map(store.rows, self._checks):
                yield from map(findings.of, rows)

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
        store = CheckStore(ontology, self._shapes.triples, settings)
        yield from check_problems(for_checks, self._checks, store, settings)

    def answers(self) -> Iterator[Problem]:
        """Yield what is wrong with the answers of the queries."""
        store = EmbeddedStore.of(self.quads, self._site.settings.prefixes)
        yield from answer_problems(self.queries, store, self._site.settings)
