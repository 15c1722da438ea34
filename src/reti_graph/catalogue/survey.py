"""What a catalogue tells of a dataset whose lines are read one after another, and not kept.

The lines are those of N-Quads in order, each once: so all that is said of a subject stands
together, and all of a triple. What stands apart, the objects, is sorted by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.statistics import Statistics, Usage, by_iri
from reti_graph.sources.nquads import parted, terms_of
from reti_graph.terms import OWL, RDF, RDF_TYPE, RDFS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reti_graph.sources.sorting import Sorter

_TYPE: Final = str(RDF_TYPE).encode()
_OF_VOCABULARIES: Final = tuple(f"<{space}".encode() for space in (RDF, RDFS, OWL))


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found: numbers, and the lines that are worth another look.

    `things` tells in how many triples each node of the site's is. `told` is what is said of the
    sources, `outwards` what may be a link or says that something is a term of a vocabulary.
    """

    statistics: Statistics
    things: Mapping[str, int]
    told: tuple[bytes, ...]
    outwards: tuple[bytes, ...]


def survey(lines: Iterable[bytes], sorter: Sorter, sources: Collection[str], base: str) -> Survey:
    """Look through the lines of a dataset; `sources` are the IRIs of those it may speak of.

    Raises OSError when what is sorted cannot be written.
    """
    counting = _Counting(sorter, base)
    known = {f"<{iri}>".encode() for iri in sources}
    told: list[bytes] = []
    last = b""
    for line in lines:
        triple, graph = parted(line)
        counting.graphs[graph or b""] += 1
        if line[: line.index(b" ")] in known:
            told.append(line)
        if triple != last:
            counting.take(triple)
            last = triple
    return Survey(
        statistics=counting.statistics(),
        things={node[1:-1].decode(): count for node, count in counting.things.items()},
        told=tuple(told),
        outwards=tuple(counting.outwards),
    )


class _Counting:
    """Counts of the union so far, of lines that come in order, each once."""

    def __init__(self, sorter: Sorter, base: str) -> None:
        self.graphs: Counter[bytes] = Counter()
        self.things: Counter[bytes] = Counter()
        self.outwards: list[bytes] = []
        self._sorter = sorter
        self._base, self._own = f"<{base}".encode(), f"<{base}id/".encode()
        self._subjects = self._entities = 0
        self._triples: Counter[bytes] = Counter()
        self._subjects_of: Counter[bytes] = Counter()
        self._classes: Counter[bytes] = Counter()
        self._subject = self._predicate = b""

    def take(self, triple: bytes) -> None:
        """Count a triple."""
        subject, predicate, value = terms_of(triple)
        new_subject = subject != self._subject
        new_pair = new_subject or predicate != self._predicate
        self._subject, self._predicate = subject, predicate
        self._triples[predicate] += 1
        self._sorter.add((value + b" " + predicate + b"\n",))
        if new_pair:
            self._subjects += new_subject
            self._subjects_of[predicate] += 1
        if predicate == _TYPE:
            self._classes[value] += 1
            self._entities += new_pair and subject[:1] == b"<"
        if subject.startswith(self._own):
            self.things[subject] += 1
        if value[:1] == b"<":
            if value.startswith(self._own) and value != subject:
                self.things[value] += 1
            if self._may_lead_out(subject, predicate, value):
                self.outwards.append(triple)

    def _may_lead_out(self, subject: bytes, predicate: bytes, value: bytes) -> bool:
        if predicate == _TYPE:
            return value.startswith(_OF_VOCABULARIES)
        return subject.startswith(self._base) and not value.startswith(self._base)

    def statistics(self) -> Statistics:
        """Return what has been counted in all."""
        objects, objects_of = self._objects()
        properties = {
            _node(name): Usage(triples, self._subjects_of[name], objects_of[name])
            for name, triples in self._triples.items()
        }
        return Statistics(
            quads=self.graphs.total(),
            triples=self._triples.total(),
            entities=self._entities,
            subjects=self._subjects,
            objects=objects,
            classes=by_iri(_nodes(self._classes)),
            properties=by_iri(properties.items()),
            graphs=by_iri(_nodes(self.graphs)),
        )

    def _objects(self) -> tuple[int, Counter[bytes]]:
        """Return how many objects there are, and how many of each property."""
        objects, of_property, last = 0, Counter[bytes](), None
        for line in self._sorter.lines():
            value, _, predicate = line[:-1].rpartition(b" ")
            of_property[predicate] += 1
            objects += value != last
            last = value
        return objects, of_property


def _nodes(counts: Mapping[bytes, int]) -> Iterable[tuple[ox.NamedNode, int]]:
    return ((_node(name), n) for name, n in counts.items() if name.startswith(b"<"))


def _node(written: bytes) -> ox.NamedNode:
    return ox.NamedNode(written[1:-1].decode())
