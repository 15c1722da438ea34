"""The part of the ontology, and of many shapes, that the validation of a small example needs.

An example is validated beside the whole ontology, but what comes of the ontology's own nodes is
known beforehand. So only shapes that choose a node anew, because of the example, can find
something new. SHACL Core constraints walk forwards from a node, but for inverse paths, whose
properties the shapes name: what is reached so from the nodes of the example decides.

Nothing is left out where that reasoning does not hold: where shapes hold queries, which may look
anywhere, and where the example says something of the ontology's own nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.terms import RDF_TYPE
from reti_graph.validation.paths import path_of_shape, steps
from reti_graph.validation.targets import SUBCLASS, focus_nodes, targets
from reti_graph.validation.triples import TripleIndex, sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reti_graph.validation.targets import Target
    from reti_graph.validation.triples import Node

_QUERIES: Final = tuple(map(sh, ("select", "ask", "js", "expression", "target")))


@dataclass(frozen=True, slots=True)
class Case:
    """Examples that can be validated together, and the shapes that can find something new.

    `shapes` is None for all shapes. `reached` are nodes of the ontology that must be there too.
    An example that is `alone` changes what holds of the ontology's nodes.
    """

    own: tuple[ox.Triple, ...]
    shapes: frozenset[Node] | None
    reached: frozenset[Node]
    alone: bool


class Narrowing:
    """Chooses, for one example after the other, what must go to the engine beside it."""

    def __init__(self, common: Sequence[ox.Triple], shapes: Sequence[ox.Triple]) -> None:
        """Keep the graph that all examples share, and the shapes."""
        self._all_common, self._all_shapes = tuple(common), tuple(shapes)
        self._common, self._shapes = TripleIndex(common), TripleIndex(shapes)
        self._focus = {
            target: focus_nodes(target, self._common) for target in targets(self._shapes)
        }
        self._by_value: dict[tuple[str, Node], list[Target]] = {}
        for target in self._focus:
            self._by_value.setdefault((target.kind, target.value), []).append(target)
        self._over: dict[Node, set[Node]] = {}
        self._parts = {target.shape: self._part(target.shape) for target in self._focus}
        self._backwards = {shape: _walked_backwards(part) for shape, part in self._parts.items()}
        self._queries = any(True for term in _QUERIES for _ in self._shapes.pairs(term))
        self._all_backwards = frozenset().union(*self._backwards.values())
        seen_from = {
            value
            for _, value in self._shapes.pairs(sh("targetObjectsOf"))
            if isinstance(value, ox.NamedNode)
        }
        # Along these properties what is said of a node matters to the node it is said to.
        self.looked_back = self._all_backwards | seen_from

    @property
    def known_nodes(self) -> set[Node]:
        """The nodes that shapes may check without any example."""
        named = {target.value for target in self._focus if target.kind == "targetNode"}
        return named | _nodes(self._all_common)

    def case(self, own: Sequence[ox.Triple]) -> Case:
        """Return an example with the shapes that can find something new because of it."""
        if self._queries or any(
            self._common.mentions(triple.subject) or triple.predicate == SUBCLASS for triple in own
        ):
            return Case(tuple(own), None, frozenset(), alone=True)
        chosen = frozenset(target.shape for target in self._chosen_anew(own))
        behind = {
            triple.predicate
            for triple in own
            if triple.predicate in self._all_backwards and self._common.mentions(triple.object)
        }
        # From these nodes of the ontology a shape looks back, and may now see the example.
        looking = [t for t in self._focus if not behind.isdisjoint(self._backwards[t.shape])]
        reached = frozenset(node for target in looking for node in self._focus[target])
        chosen |= {target.shape for target in looking}
        return Case(tuple(own), chosen, reached, alone=bool(behind))

    def _chosen_anew(self, own: Sequence[ox.Triple]) -> Iterator[Target]:
        """Yield the targets that choose a node because of the example."""
        for triple in own:
            found: list[tuple[str, Node, Node]]
            found = [("targetSubjectsOf", triple.predicate, triple.subject)]
            found.append(("targetObjectsOf", triple.predicate, triple.object))
            found += [("targetNode", node, node) for node in (triple.subject, triple.object)]
            if triple.predicate == RDF_TYPE:
                classes = self._classes_over(triple.object)
                found += [("targetClass", over, triple.subject) for over in classes]
            for kind, value, node in found:
                for target in self._by_value.get((kind, value), ()):
                    if node not in self._focus[target]:
                        yield target

    def _classes_over(self, name: Node) -> set[Node]:
        if name not in self._over:
            self._over[name] = self._common.up([name], SUBCLASS)
        return self._over[name]

    def _part(self, shape: Node) -> tuple[ox.Triple, ...]:
        return tuple(_walk(self._shapes, {shape}))

    def shapes(self, case: Case) -> tuple[ox.Triple, ...]:
        """Return the triples that describe the shapes of a case."""
        if case.shapes is None:
            return self._all_shapes
        parts = (triple for shape in case.shapes for triple in self._parts[shape])
        return tuple(dict.fromkeys(parts))

    def data(self, case: Case) -> tuple[ox.Triple, ...]:
        """Return the triples of a case, and those of the ontology its shapes can reach."""
        if case.shapes is None:
            return (*self._all_common, *case.own)
        # A target node is checked whether or not the example speaks of it.
        named = {t.value for t in self._focus if t.kind == "targetNode" and t.shape in case.shapes}
        backwards = frozenset().union(*(self._backwards[shape] for shape in case.shapes))
        start = _nodes(case.own) | case.reached | named
        return (*case.own, *_walk(self._common, start, backwards=backwards))


def _nodes(triples: Iterable[ox.Triple]) -> set[Node]:
    return {node for triple in triples for node in (triple.subject, triple.object)}


def _walked_backwards(shapes: Iterable[ox.Triple]) -> frozenset[ox.NamedNode]:
    index = TripleIndex(shapes)
    paths = (path_of_shape(index, shape) for shape, _ in index.pairs(sh("path")))
    return frozenset(iri for path in paths if path for iri, backwards in steps(path) if backwards)


def _walk(
    graph: TripleIndex, start: set[Node], backwards: Iterable[ox.NamedNode] = ()
) -> Iterator[ox.Triple]:
    """Yield the triples on the way forwards, and backwards along some properties."""
    seen, waiting = set(start), list(start)
    while waiting:
        node = waiting.pop()
        near: list[Node] = []
        for predicate, values in graph.leaving(node).items():
            near += values
            for value in values:
                yield ox.Triple(node, predicate, value)  # type: ignore[arg-type]
        for predicate in backwards:
            near += graph.subjects(predicate, node)
        for other in near:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
