"""Triples in memory, indexed both ways, for the walks that validation does outside an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import pyoxigraph as ox

from reti_graph.problems import Term
from reti_graph.terms import RDF, SHACL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Node: TypeAlias = Term
_Edges: TypeAlias = "dict[Node, dict[ox.NamedNode, list[Node]]]"

FIRST: Final = ox.NamedNode(RDF + "first")
REST: Final = ox.NamedNode(RDF + "rest")
NIL: Final = ox.NamedNode(RDF + "nil")


def sh(name: str) -> ox.NamedNode:
    """Return the SHACL term of that local name."""
    return ox.NamedNode(SHACL + name)


class Index(Protocol):
    """What is to be known of a graph to find what shapes look at, and to follow it a way."""

    def objects(self, subject: Node, predicate: ox.NamedNode) -> list[Node]:
        """Return the values of a property."""
        ...

    def subjects(self, predicate: ox.NamedNode, value: Node) -> list[Node]:
        """Return the nodes that have this value."""
        ...

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[Node, Node]]:
        """Yield subject and object of every triple with this predicate."""
        ...

    def mentions(self, node: Node) -> bool:
        """Tell whether the node is a subject or an object."""
        ...

    def down(self, start: Iterable[Node], predicate: ox.NamedNode) -> set[Node]:
        """Return the start and all from which it is reached along a property."""
        ...


class TripleIndex:
    """A set of triples that answers "what leaves this node" and "what reaches it"."""

    __slots__ = ("_in", "_out", "size")

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Index the triples, each once."""
        self._out: _Edges = {}
        self._in: _Edges = {}
        self.size = 0
        for triple in dict.fromkeys(triples):
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            self._out.setdefault(subject, {}).setdefault(predicate, []).append(value)
            self._in.setdefault(value, {}).setdefault(predicate, []).append(subject)
            self.size += 1

    def objects(self, subject: Node, predicate: ox.NamedNode) -> list[Node]:
        """Return the values of a property, in the order they were given."""
        return self._out.get(subject, {}).get(predicate, [])

    def subjects(self, predicate: ox.NamedNode, value: Node) -> list[Node]:
        """Return the nodes that have this value."""
        return self._in.get(value, {}).get(predicate, [])

    def leaving(self, subject: Node) -> Mapping[ox.NamedNode, list[Node]]:
        """Return all properties of a node with their values."""
        return self._out.get(subject, {})

    def nodes(self) -> Iterator[Node]:
        """Yield every subject once."""
        return iter(self._out)

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[Node, Node]]:
        """Yield subject and object of every triple with this predicate."""
        for subject, edges in self._out.items():
            for value in edges.get(predicate, ()):
                yield subject, value

    def mentions(self, node: Node) -> bool:
        """Tell whether the node is a subject or an object."""
        return node in self._out or node in self._in

    def members(self, head: Node) -> list[Node] | None:
        """Return the members of an RDF list, or None when it is not a well-formed list."""
        found: list[Node] = []
        visited: set[Node] = set()
        while head != NIL:
            first, rest = self.objects(head, FIRST), self.objects(head, REST)
            if len(first) != 1 or len(rest) != 1 or head in visited:
                return None
            visited.add(head)
            found.append(first[0])
            head = rest[0]
        return found

    def is_true(self, subject: Node, predicate: ox.NamedNode) -> bool:
        """Tell whether the property has the boolean value true."""
        return any(
            isinstance(value, ox.Literal) and value.value in {"true", "1"}
            for value in self.objects(subject, predicate)
        )

    def up(self, start: Iterable[Node], predicate: ox.NamedNode) -> set[Node]:
        """Return the start and all that is reached from it along a property."""
        return self._closure(start, predicate, self._out)

    def down(self, start: Iterable[Node], predicate: ox.NamedNode) -> set[Node]:
        """Return the start and all from which it is reached along a property."""
        return self._closure(start, predicate, self._in)

    @staticmethod
    def _closure(start: Iterable[Node], predicate: ox.NamedNode, edges: _Edges) -> set[Node]:
        reached = set(start)
        waiting = list(reached)
        while waiting:
            for node in edges.get(waiting.pop(), {}).get(predicate, ()):
                if node not in reached:
                    reached.add(node)
                    waiting.append(node)
        return reached


class StoredTriples:
    """The `Index` of the default graph of a store, with literals as the store has them."""

    __slots__ = ("_store",)

    def __init__(self, store: ox.Store) -> None:
        """Take a store that has been filled."""
        self._store = store

    def objects(self, subject: Node, predicate: ox.NamedNode) -> list[Node]:
        """See `Index.objects`."""
        return [quad.object for quad in self._matching(subject, predicate, None)]

    def subjects(self, predicate: ox.NamedNode, value: Node) -> list[Node]:
        """See `Index.subjects`."""
        return [quad.subject for quad in self._matching(None, predicate, value)]

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[Node, Node]]:
        """See `Index.pairs`."""
        return ((quad.subject, quad.object) for quad in self._matching(None, predicate, None))

    def mentions(self, node: Node) -> bool:
        """See `Index.mentions`."""
        said = (self._matching(node, None, None), self._matching(None, None, node))
        return any(True for quads in said for _ in quads)

    def down(self, start: Iterable[Node], predicate: ox.NamedNode) -> set[Node]:
        """See `Index.down`."""
        reached = set(start)
        waiting = list(reached)
        while waiting:
            new = set(self.subjects(predicate, waiting.pop())) - reached
            reached |= new
            waiting += new
        return reached

    def _matching(
        self, subject: Node | None, predicate: ox.NamedNode | None, value: Node | None
    ) -> Iterator[ox.Quad]:
        if isinstance(subject, ox.Literal | ox.Triple):
            return iter(())
        return self._store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())
