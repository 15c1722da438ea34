"""Running checks: each row of the result is a finding.

A check sees the dataset as a store serves it, and beside it the shapes in the graph
`<base>shapes`. The column `focus` says what a finding is about; `path`, `value` and `graph`, where
there are, say where it is.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from reti_graph.naming import compact
from reti_graph.problems import Problem
from reti_graph.validation.originals import Originals
from reti_graph.validation.sparql_messages import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.config import Settings
    from reti_graph.problems import Term
    from reti_graph.validation.check_files import Check
    from reti_graph.validation.locate import Locator


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a check: what it found, by column."""

    check: Check
    values: Mapping[str, Term]

    @property
    def focus(self) -> Term:
        """The node the finding is about."""
        return self.values["focus"]

    @property
    def path(self) -> str | None:
        """The property the finding is about, as a path."""
        return str(self.values["path"]) if "path" in self.values else None


class CheckStore:
    """The dataset, its union as default graph, and the shapes in a graph of their own."""

    def __init__(
        self, quads: Iterable[ox.Quad], shapes: Iterable[ox.Triple], settings: Settings
    ) -> None:
        """Load the quads of the dataset and the shapes."""
        graph = ox.NamedNode(f"{settings.base_iri}shapes")
        self._prefixes = dict(settings.prefixes)
        self._store = ox.Store()
        self._store.bulk_extend(_with_union(quads))
        self._store.bulk_extend(
            ox.Quad(each.subject, each.predicate, each.object, graph) for each in shapes
        )

    @contextmanager
    def holding(self, quads: Iterable[ox.Quad]) -> Iterator[Self]:
        """Hold more quads for a while."""
        new = [quad for quad in _with_union(quads) if quad not in self._store]
        self._store.extend(new)
        try:
            yield self
        finally:
            for quad in new:
                self._store.remove(quad)

    def rows(self, check: Check) -> tuple[Row, ...]:
        """Return what a check finds, each row once, in a fixed order."""
        answer = self._store.query(check.text, prefixes=self._prefixes)
        if not isinstance(answer, ox.QuerySolutions):
            raise TypeError(f"{check.file} is no SELECT")
        names = [variable.value for variable in answer.variables]
        found = {str(row): row for row in map(tuple, answer)}
        rows = (zip(names, found[key], strict=True) for key in sorted(found))
        values = ({name: term for name, term in row if term is not None} for row in rows)
        return tuple(Row(check, row) for row in values if "focus" in row)


def _with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in dict.fromkeys(quads):
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


class Findings:
    """Turns the rows of checks into problems."""

    def __init__(self, locator: Locator, data: Iterable[ox.Triple], settings: Settings) -> None:
        """Keep what tells where findings are and how to write them."""
        self._locator = locator
        self._originals = Originals(data)
        self._prefixes = settings.prefixes

    def of(self, row: Row) -> Problem:
        """Return the problem that a row is."""
        value, graph = self._value(row), row.values.get("graph")
        named = graph if isinstance(graph, ox.NamedNode) else None
        values = {**row.values, **({"value": value} if value else {})}
        return Problem(
            row.check.name,
            row.check.severity,
            {
                language: self._filled(template, values)
                for language, template in row.check.messages.items()
            },
            self._locator.find(row.focus, row.path, value, named),
            focus=row.focus,
            path=row.path,
            value=value,
        )

    def _value(self, row: Row) -> Term | None:
        value = row.values.get("value")
        # The store gives numbers back in another form than the author's.
        return self._originals.of(value, row.focus)[0] if isinstance(value, ox.Literal) else value

    def _filled(self, template: str, values: Mapping[str, Term]) -> str:
        return VARIABLE.sub(lambda match: self._written(values.get(match[1])), template)

    def _written(self, term: Term | None) -> str:
        if isinstance(term, ox.NamedNode):
            return compact(term.value, self._prefixes)
        return term.value if isinstance(term, ox.Literal) else str(term or "–")
