"""The triples of a catalogue, looked up by subject and property."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.terms import DCAT, DCTERMS, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reti_graph.problems import Term

_DATASET: Final = ox.NamedNode(DCAT + "dataset")


class Graph:
    """Some triples, each once, in their order."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Index the triples."""
        self.triples = tuple(dict.fromkeys(triples))
        self._values: dict[tuple[object, str], list[Term]] = defaultdict(list)
        self._instances: dict[str, list[Term]] = defaultdict(list)
        self._about: dict[object, list[ox.Triple]] = defaultdict(list)
        for triple in self.triples:
            self._values[triple.subject, triple.predicate.value].append(triple.object)
            self._about[triple.subject].append(triple)
            if triple.predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
                self._instances[triple.object.value].append(triple.subject)

    def values(self, subject: object, predicate: str) -> tuple[Term, ...]:
        """Return what is said of a subject by a property, an IRI as text."""
        return tuple(self._values.get((subject, predicate), ()))

    def nodes(self, subject: object, predicate: str) -> tuple[ox.NamedNode | ox.BlankNode, ...]:
        """Return the values of a property that are no literals."""
        return tuple(
            value
            for value in self.values(subject, predicate)
            if isinstance(value, ox.NamedNode | ox.BlankNode)
        )

    def instances(self, kind: str) -> tuple[Term, ...]:
        """Return what is said to be of a class."""
        return tuple(self._instances.get(kind, ()))

    def about(self, subject: object) -> tuple[ox.Triple, ...]:
        """Return what is said of a subject."""
        return tuple(self._about.get(subject, ()))

    def title(self, subject: object) -> dict[str, str]:
        """Return the titles of something by language; "" is for one without."""
        titles = self.values(subject, DCTERMS + "title")
        return {each.language or "": each.value for each in titles if isinstance(each, ox.Literal)}

    def datasets(self) -> tuple[ox.NamedNode | ox.BlankNode, ...]:
        """Return the datasets, those that a catalogue lists before those that only have the type.

        Harvesters that read single statements see the second kind too.
        """
        listed = (triple.object for triple in self.triples if triple.predicate == _DATASET)
        return tuple(
            dict.fromkeys(
                node
                for node in (*listed, *self.instances(DCAT + "Dataset"))
                if isinstance(node, ox.NamedNode | ox.BlankNode)
            )
        )
