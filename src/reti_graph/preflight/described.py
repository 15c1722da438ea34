"""What a catalogue says of a dataset and of what belongs to it, in a form that compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.preflight.wording import named
from reti_graph.terms import ADMS, DCAT, DCATAPIT, DCTERMS, FOAF, RDF_TYPE, SPDX, VCARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.preflight.graph import Graph
    from reti_graph.problems import Term

# Things with a life of their own: a dataset that mentions them does not change with them.
_NOT_OWNED: Final = frozenset(
    {
        DCAT + "Catalog",
        DCAT + "CatalogRecord",
        DCAT + "DataService",
        DCAT + "Dataset",
        DCAT + "DatasetSeries",
    }
)
# How far blank nodes are looked into that lead to blank nodes: they may go round in circles.
_DEPTH: Final = 6

_KINDS: Final[Mapping[str, str]] = {
    DCAT + "Distribution": "distribution",
    DCATAPIT + "Distribution": "distribution",
    VCARD + "Kind": "contact",
    VCARD + "Organization": "contact",
    FOAF + "Agent": "agent",
    DCATAPIT + "Agent": "agent",
    SPDX + "Checksum": "checksum",
    DCTERMS + "LicenseDocument": "licence",
    DCATAPIT + "LicenseDocument": "licence",
    DCTERMS + "PeriodOfTime": "period",
    DCTERMS + "Location": "place",
    ADMS + "Identifier": "identifier",
}
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Thing:
    """A dataset, or what belongs to it: its IRI, what it is, and what is said of it.

    `said` has the values of each property, by a text that tells any two apart, as people read them.
    """

    name: str
    kind: str
    said: Mapping[str, Mapping[str, str]]


def described(graph: Graph, dataset: Term) -> tuple[Thing, ...]:
    """Return a dataset, then whatever with an IRI is reached from it and belongs to it, by name.

    Blank nodes count as what is said of them, so that their names, which change with every
    reading, make no difference.
    """
    met: dict[Term, None] = {dataset: None}
    waiting = [dataset]
    while waiting:
        for node in _owned(graph, waiting.pop()):
            if node not in met:
                met[node] = None
                waiting.append(node)
    named_ones = sorted(
        (node for node in met if isinstance(node, ox.NamedNode) and node != dataset),
        key=lambda node: node.value,
    )
    return tuple(_thing(graph, node) for node in (dataset, *named_ones))


def _owned(graph: Graph, node: Term) -> Iterator[Term]:
    for triple in graph.about(node):
        value = triple.object
        if triple.predicate == RDF_TYPE or isinstance(value, ox.Literal | ox.Triple):
            continue
        if graph.about(value) and not _kinds(graph, value) & _NOT_OWNED:
            yield value


def _kinds(graph: Graph, node: Term) -> set[str]:
    return {named(kind) for kind in graph.values(node, RDF_TYPE.value)}


def _thing(graph: Graph, node: Term) -> Thing:
    said: dict[str, dict[str, str]] = {}
    for triple in graph.about(node):
        key, shown = _value(graph, triple.object, _DEPTH)
        said.setdefault(triple.predicate.value, {})[key] = shown
    kinds = _kinds(graph, node)
    kind = next((word for iri, word in _KINDS.items() if iri in kinds), OTHER)
    return Thing(named(node), kind, said)


def _value(graph: Graph, value: Term, depth: int) -> tuple[str, str]:
    """Return a text that tells a value from any other, and one to be read."""
    if not isinstance(value, ox.BlankNode):
        return str(value), named(value)
    if not depth:
        return "[]", "[]"
    inside = sorted(
        (f"{triple.predicate} {key}", shown)
        for triple in graph.about(value)
        for key, shown in (_value(graph, triple.object, depth - 1),)
    )
    keys, texts = [key for key, _ in inside], [shown for _, shown in inside]
    return f"[{'; '.join(keys)}]", f"[{'; '.join(texts)}]"
