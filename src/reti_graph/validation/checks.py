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
from reti_graph.validation.sparql_messages import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.config import Settings
    from reti_graph.problems import Term
    from reti_graph.validation.check_files import Check
    from reti_graph.validation.locate import Locator
    from reti_graph.validation.originals import Originals


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

    def __init__(self, store: ox.Store, settings: Settings) -> None:
        """Take a store whose default graph is the union; `of` makes one."""
        self._store = store
        self._prefixes = dict(settings.prefixes)
        self._shapes = ox.NamedNode(f"{settings.base_iri}shapes")

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], shapes: Iterable[ox.Triple], settings: Settings) -> Self:
        """Return a store in memory that holds the quads of the dataset, and the shapes."""
        store = ox.Store()
        held = cls(store, settings)
        store.bulk_extend(_with_union(quads))
        store.bulk_extend(held._in_shapes(shapes))
        return held

    @contextmanager
    def holding_shapes(self, shapes: Iterable[ox.Triple]) -> Iterator[Self]:
        """Hold the shapes for a while."""
        with self._holding(self._in_shapes(shapes)):
            yield self

    def _in_shapes(self, shapes: Iterable[ox.Triple]) -> list[ox.Quad]:
        return [ox.Quad(each.subject, each.predicate, each.object, self._shapes) for each in shapes]

    @contextmanager
    def holding(self, quads: Iterable[ox.Quad]) -> Iterator[Self]:
        """Hold more quads for a while."""
        with self._holding(_with_union(quads)):
            yield self

    @contextmanager
    def _holding(self, quads: Iterable[ox.Quad]) -> Iterator[None]:
        new = [quad for quad in quads if quad not in self._store]
        self._store.extend(new)
        try:
            yield
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

    def __init__(self, locator: Locator, originals: Originals, settings: Settings) -> None:
        """Keep what tells where findings are and how to write them."""
        self._locator = locator
        self._originals = originals
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
