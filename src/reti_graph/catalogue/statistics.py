"""How much there is of triples, things, classes, properties and graphs (VoID, 4.6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from reti_graph.terms import RDF_TYPE, VOID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.terms import Term

_Count = TypeVar("_Count")


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a property is used: in so many triples, with so many subjects and objects."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The numbers of a dataset, each of the union of its graphs; mappings are sorted by IRI.

    `entities` are the IRIs that have a class, and `classes` tells how many instances each has.
    Beside the union, `quads` counts a triple once in every graph that holds it, and `graphs` the
    triples of each named graph.
    """

    quads: int
    triples: int
    entities: int
    subjects: int
    objects: int
    classes: Mapping[ox.NamedNode, int]
    properties: Mapping[ox.NamedNode, Usage]
    graphs: Mapping[ox.NamedNode, int]

    def in_void(self) -> dict[str, ox.Literal]:
        """Return the totals by the IRIs of VoID's properties."""
        totals = {
            "triples": self.triples,
            "entities": self.entities,
            "classes": len(self.classes),
            "properties": len(self.properties),
            "distinctSubjects": self.subjects,
            "distinctObjects": self.objects,
        }
        return {VOID + name: ox.Literal(total) for name, total in totals.items()}


def statistics(quads: Iterable[ox.Quad]) -> Statistics:
    """Count what there is in some quads, whatever their order and however often one is there."""
    distinct = set(quads)
    said: defaultdict[ox.NamedNode, defaultdict[Term, set[Term]]]
    said = defaultdict(lambda: defaultdict(set))
    graphs: Counter[object] = Counter()
    for subject, predicate, value, graph in distinct:
        said[predicate][subject].add(value)
        graphs[graph] += 1
    objects = {name: _union(values.values()) for name, values in said.items()}
    usage = {name: _usage(values, len(objects[name])) for name, values in said.items()}
    typed: Mapping[Term, set[Term]] = said.get(RDF_TYPE, {})
    return Statistics(
        quads=len(distinct),
        triples=sum(used.triples for used in usage.values()),
        entities=sum(isinstance(subject, ox.NamedNode) for subject in typed),
        subjects=len(_union(said.values())),
        objects=len(_union(objects.values())),
        classes=by_iri(Counter(kind for kinds in typed.values() for kind in kinds).items()),
        properties=by_iri(usage.items()),
        graphs=by_iri(graphs.items()),
    )


def _usage(said: Mapping[Term, set[Term]], objects: int) -> Usage:
    return Usage(sum(map(len, said.values())), len(said), objects)


def _union(groups: Iterable[Iterable[Term]]) -> set[Term]:
    # Sets and dictionaries hand over the hashes they hold, which are slow to compute anew.
    return set().union(*groups)


def by_iri(counts: Iterable[tuple[object, _Count]]) -> dict[ox.NamedNode, _Count]:
    """Return the counts of what has an IRI, sorted by it."""
    named = ((term, count) for term, count in counts if isinstance(term, ox.NamedNode))
    return dict(sorted(named, key=lambda item: item[0].value))
