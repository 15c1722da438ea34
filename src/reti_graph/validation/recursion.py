"""Shapes that refer to themselves: SHACL leaves their meaning open (3.4.3), engines do not end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from reti_graph.validation.triples import Node, TripleIndex

_SHAPES = tuple(map(sh, ("property", "node", "not", "qualifiedValueShape")))
_LISTS = tuple(map(sh, ("and", "or", "xone")))


def referred(shapes: TripleIndex, shape: Node) -> list[Node]:
    """Return the shapes that a shape refers to, directly."""
    found = [node for term in _SHAPES for node in shapes.objects(shape, term)]
    for term in _LISTS:
        for head in shapes.objects(shape, term):
            found.extend(shapes.members(head) or ())
    return found


def recursive_shapes(shapes: TripleIndex) -> list[Node]:
    """Return the shapes that refer to themselves, at whatever distance, in a fixed order."""
    links = {node: referred(shapes, node) for node in shapes.nodes()}
    return sorted((node for node in links if _returns(node, links)), key=str)


def _returns(start: Node, links: dict[Node, list[Node]]) -> bool:
    waiting = list(links[start])
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node == start:
            return True
        if node not in seen:
            seen.add(node)
            waiting.extend(links.get(node, ()))
    return False
