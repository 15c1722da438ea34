"""Everything that can be wrong with a site, found in one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reti_graph.canned.library import read_queries
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


def validate(
    site: Site,
    engine: Engine,
    texts: Mapping[str, str] | None = None,
    found: Sequence[Problem] = (),
) -> Validated:
    """Derive, and find all that is wrong with data, shapes, examples, checks and queries.

    `texts` holds texts of sources by slug: quotes are looked up in them. `found` are the problems
    of reading the site; when a file could not be used, they are the report. Raises
    UnknownNameError when `texts` names no source of the site.
    """
    if any(problem.severity is Severity.VIOLATION for problem in found):
        return Validated((), (), _report(site, engine, found))
    try:
        derived = derive(site.quads, site.rules)
    except DataError as error:
        problems = (*found, *error.report.problems)
        return Validated((), (), _report(site, engine, problems))
    run = _Run(site, engine, derived)
    problems = (*found, *run.problems(texts or {}))
    return Validated(run.quads, run.queries, _report(site, engine, problems, run.counts()))


def _report(
    site: Site, engine: Engine, problems: Sequence[Problem], counts: Mapping[str, int] | None = None
) -> Report:
    files = len({file.name for file in (*site.ontology, *site.data, *site.shapes)})
    files += len(site.rules) + len(site.checks) + len(site.queries) + len(site.examples)
    once = {problem.sort_key: problem for problem in problems}
    return Report(tuple(once.values()), {"files": files, **(counts or {})}, engine.name).sorted()


class _Run:
    """One run over a site whose files could all be read."""

    def __init__(self, site: Site, engine: Engine, derived: tuple[ox.Quad, ...]) -> None:
        self._site = site
        self._derived = derived
        self.quads = (*site.quads, *derived)
        self._data = tuple(dict.fromkeys(quad.triple for quad in self.quads))
        self._index = TripleIndex(self._data)
        self._locator = Locator((*site.ontology, *site.data, *site.shapes), derived)
        self._shapes = read_shapes(site, engine)
        self._checks, self._check_problems = read_checks(site.checks, site.settings)
        self.queries, self._query_problems = read_queries(site.queries, site.settings)

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
        """Yield everything that is wrong."""
        yield from publishing_problems(self._site, self.quads, self._locator)
        yield from self._quotes(texts)
        yield from self._shapes.problems
        yield from self._shape_findings()
        yield from self._check_problems
        yield from self._check_findings()
        yield from self._examples()
        yield from self._query_problems
        yield from self._answers()

    def _quotes(self, texts: Mapping[str, str]) -> Iterator[Problem]:
        if texts:
            yield from quote_problems(self._index, texts, self._locator, self._site.settings)

    def _shape_findings(self) -> Iterator[Problem]:
        data = SiteData(self._data, self._index, self._locator)
        yield from shape_findings(self._site, self._shapes, data)

    def _check_findings(self) -> Iterator[Problem]:
        store = CheckStore(self.quads, self._shapes.triples, self._site.settings)
        findings = Findings(self._locator, self._data, self._site.settings)
        for check in self._checks:
            yield from map(findings.of, store.rows(check))

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

    def _answers(self) -> Iterator[Problem]:
        store = EmbeddedStore.of(self.quads, self._site.settings.prefixes)
        yield from answer_problems(self.queries, store, self._site.settings)
