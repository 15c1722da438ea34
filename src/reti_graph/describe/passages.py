"""Reading the passages that say something: their words, what kind they are, and how old."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.describe.values import Dated, Passage, PassageKind, SourceDate
from reti_graph.terms import DCTERMS, PROV, RDF_TYPE, RETI

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.stores.port import Store

    # What is said of a node, by property; the values are in order.
    Facts = Mapping[str, list[ox.NamedNode | ox.Literal]]

TITLE: Final = DCTERMS + "title"
# How a source says its date, the most exact first.
ISSUED: Final = DCTERMS + "issued"
SEEN_ON: Final = RETI + "seenOn"
NOT_BEFORE: Final = RETI + "notBefore"
NOT_AFTER: Final = RETI + "notAfter"
OF_SOURCES: Final = (TITLE, ISSUED, SEEN_ON, NOT_BEFORE, NOT_AFTER)

_QUOTE: Final = RETI + "quote"
_SOURCE: Final = PROV + "wasQuotedFrom"
_SECTION: Final = RETI + "section"
_POSITION: Final = RETI + "position"
_COVERS: Final = RETI + "covers"
_COMPLETENESS: Final = RETI + "completeness"
_OF_PASSAGES: Final = (
    *(RDF_TYPE.value, _QUOTE, _SOURCE),
    *(_SECTION, _POSITION, _COVERS, _COMPLETENESS),
)
_KINDS: Final = MappingProxyType(
    {RETI + "List": PassageKind.LIST, RETI + "Record": PassageKind.RECORD}
)
# Of few statements, filtering takes a tenth of what joining with the properties takes.
_FACTS: Final = """
SELECT ?node ?predicate ?object WHERE {
  VALUES ?node { %s } ?node ?predicate ?object FILTER(?predicate IN (%s))
}"""


def read_passages(store: Store, graphs: Iterable[ox.NamedNode]) -> Mapping[ox.NamedNode, Passage]:
    """Return those of some graphs that are passages: they have a quote, and a source it is from.

    Raises StoreError when the store fails.
    """
    said = {
        graph: facts
        for graph, facts in _facts(store, graphs, _OF_PASSAGES).items()
        if _literals(facts, _QUOTE) and _nodes(facts, _SOURCE)
    }
    sources = {_nodes(facts, _SOURCE)[0] for facts in said.values()}
    told = _facts(store, sources, OF_SOURCES)
    dates = {source: _date(facts) for source, facts in told.items()}
    titles = {source: _by_language(facts, TITLE) for source, facts in told.items()}
    return {graph: _passage(graph, facts, titles, dates) for graph, facts in said.items()}


def _facts(
    store: Store, nodes: Iterable[ox.NamedNode], predicates: Iterable[str]
) -> Mapping[ox.NamedNode, Facts]:
    found: dict[ox.NamedNode, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    names = " ".join(sorted(map(str, nodes)))
    if not names:
        return found
    properties = ", ".join(f"<{predicate}>" for predicate in predicates)
    for node, predicate, value in store.select(_FACTS % (names, properties)).rows:
        match node, predicate, value:
            case ox.NamedNode(), ox.NamedNode(), ox.NamedNode() | ox.Literal():
                facts = found.setdefault(node, defaultdict(list))
                facts[predicate.value].append(value)
    for facts in found.values():
        for values in facts.values():
            values.sort(key=str)
    return found


def _passage(
    iri: ox.NamedNode,
    facts: Facts,
    titles: Mapping[ox.NamedNode, Mapping[str, str]],
    dates: Mapping[ox.NamedNode, SourceDate | None],
) -> Passage:
    source = _nodes(facts, _SOURCE)[0]
    positions = _literals(facts, _POSITION)
    sections = _literals(facts, _SECTION)
    return Passage(
        iri=iri,
        quote=_literals(facts, _QUOTE)[0],
        source=source,
        source_titles=titles.get(source, {}),
        section=sections[0].value if sections else None,
        position=int(positions[0].value) if positions else None,
        kind=_kind(facts),
        date=dates.get(source),
        completeness=next(iter(_nodes(facts, _COMPLETENESS)), None),
        covers=_by_language(facts, _COVERS),
    )


def _kind(facts: Facts) -> PassageKind:
    kinds = (_KINDS.get(node.value) for node in _nodes(facts, RDF_TYPE.value))
    return next((kind for kind in kinds if kind), PassageKind.WORDS)


def _date(facts: Facts) -> SourceDate | None:
    """Return the date of a source: the one it has, else when it was seen, else its limits."""
    for predicate, how in ((ISSUED, Dated.ISSUED), (SEEN_ON, Dated.SEEN)):
        if days := _literals(facts, predicate):
            return SourceDate(how, (days[0],))
    first, last = _literals(facts, NOT_BEFORE)[:1], _literals(facts, NOT_AFTER)[:1]
    if first and last:
        return SourceDate(Dated.BETWEEN, (*first, *last))
    if first:
        return SourceDate(Dated.NOT_BEFORE, (first[0],))
    return SourceDate(Dated.NOT_AFTER, (last[0],)) if last else None


def _literals(facts: Facts, predicate: str) -> list[ox.Literal]:
    return [value for value in facts.get(predicate, ()) if isinstance(value, ox.Literal)]


def _nodes(facts: Facts, predicate: str) -> list[ox.NamedNode]:
    return [value for value in facts.get(predicate, ()) if isinstance(value, ox.NamedNode)]


def _by_language(facts: Facts, predicate: str) -> Mapping[str, str]:
    return {text.language or "": text.value for text in _literals(facts, predicate)}
