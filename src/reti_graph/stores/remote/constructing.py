"""CONSTRUCT by way of a SELECT, for an engine that cuts graphs off without a word.

Virtuoso tells when it gives fewer rows than there are, but not when it gives fewer triples. So it
is asked for the rows, and the template is filled in here (SPARQL 1.1 Query Language, 16.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.stores.remote.portable import joined, unused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reti_graph.lexer import Token
    from reti_graph.stores.datasets import EngineAnswer
    from reti_graph.stores.port import Solutions
    from reti_graph.terms import Term

_ROWS_AT_ONCE: Final = 500
_BLANK: Final = "urn:blank:"


@dataclass(frozen=True, slots=True)
class Construction:
    """A CONSTRUCT in two parts: the SELECT of what its template needs, and the template."""

    rows: str
    template: str

    @classmethod
    def of(cls, query: Sequence[Token]) -> Construction:
        """Take a CONSTRUCT apart that is `portable` and has a template (`scoped.in_full`)."""
        start = next(index for index, token in enumerate(query) if token.text == "{")
        end = start
        opened = 0
        for index in range(start, len(query)):
            opened += (query[index].text == "{") - (query[index].text == "}")
            if opened == 0:
                end = index
                break
        template = query[start + 1 : end]
        names = dict.fromkeys(f"?{each.text[1:]}" for each in template if each.kind == "variable")
        columns = " ".join(names) or f"(1 AS ?{unused('row', joined(query))})"
        return cls(f"SELECT {columns} {joined(query[end + 1 :])}", joined(template))

    def filled(self, found: Solutions) -> EngineAnswer:
        """Return the graph of the template, filled in with each row."""
        store = ox.Store()
        for start in range(0, len(found.rows), _ROWS_AT_ONCE):
            rows = found.rows[start : start + _ROWS_AT_ONCE]
            store.extend(self._triples(found.variables, rows))
        return store.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def _triples(
        self, variables: Sequence[str], rows: Sequence[Sequence[Term | None]]
    ) -> Iterator[ox.Quad]:
        names = " ".join(f"?{name}" for name in variables)
        values = "\n".join(f"({' '.join(map(_written, row))})" for row in rows)
        answer = ox.Store().query(
            f"CONSTRUCT {{ {self.template} }} WHERE {{ VALUES ({names}) {{ {values} }} }}"
        )
        for triple in answer if isinstance(answer, ox.QueryTriples) else ():
            subject, value = _read(triple.subject), _read(triple.object)
            if isinstance(subject, ox.NamedNode | ox.BlankNode):
                yield ox.Quad(subject, triple.predicate, value)


def _written(term: Term | None) -> str:
    """Return a term as VALUES takes it, which has no blank nodes."""
    if term is None:
        return "UNDEF"
    return f"<{_BLANK}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)


def _read(term: Term) -> Term:
    if isinstance(term, ox.NamedNode) and term.value.startswith(_BLANK):
        return ox.BlankNode(term.value.removeprefix(_BLANK))
    return term
