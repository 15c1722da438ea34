"""What some statements say, looked up by subject and property."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.terms import DCTERMS, FOAF, RDFS_LABEL, SKOS, VCARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.terms import Term

# The first of these that a thing has names it.
_NAMES: Final = (FOAF + "name", DCTERMS + "title", SKOS + "prefLabel", VCARD + "fn")


class Said:
    """Some quads, whatever their graphs, each value of a property once and in their order."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Index the quads."""
        self._values: dict[tuple[object, str], dict[Term, None]] = defaultdict(dict)
        for quad in quads:
            self._values[quad.subject, quad.predicate.value][quad.object] = None

    def values(self, subject: object, predicate: str) -> tuple[Term, ...]:
        """Return what is said of a subject by a property, an IRI as text."""
        return tuple(self._values.get((subject, predicate), ()))

    def nodes(self, subject: object, predicate: str) -> tuple[ox.NamedNode, ...]:
        """Return the values that are IRIs."""
        found = self.values(subject, predicate)
        return tuple(term for term in found if isinstance(term, ox.NamedNode))

    def literals(self, subject: object, predicate: str) -> tuple[ox.Literal, ...]:
        """Return the values that are literals."""
        found = self.values(subject, predicate)
        return tuple(term for term in found if isinstance(term, ox.Literal))

    def node(self, subject: object, predicate: str) -> ox.NamedNode | None:
        """Return the first value that is an IRI, or None."""
        return next(iter(self.nodes(subject, predicate)), None)

    def literal(self, subject: object, predicate: str) -> ox.Literal | None:
        """Return the first value that is a literal, or None."""
        return next(iter(self.literals(subject, predicate)), None)

    def texts(self, subject: object, predicate: str) -> dict[str, str]:
        """Return a text by its languages; "" stands for none."""
        found = self.literals(subject, predicate)
        return {literal.language or "": literal.value for literal in reversed(found)}

    def labels(self) -> Mapping[ox.NamedNode, Mapping[str, str]]:
        """Return the name of each subject that has one, by language."""
        subjects = {node for node, _ in self._values if isinstance(node, ox.NamedNode)}
        named = {node: self.labels_of(node) for node in subjects}
        return {node: name for node, name in named.items() if name}

    def labels_of(self, node: ox.NamedNode) -> Mapping[str, str]:
        """Return the name of a thing by language; empty when it has none."""
        names = (self.texts(node, predicate) for predicate in (*_NAMES, RDFS_LABEL.value))
        return next((name for name in names if name), {})
