"""The targets of shapes (SHACL 2.1.3) and the focus nodes they choose in some data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.terms import RDF_TYPE, RDFS, RDFS_CLASS
from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.validation.triples import Index, Node, TripleIndex

SUBCLASS: Final = ox.NamedNode(RDFS + "subClassOf")
KINDS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_SHAPE_CLASSES: Final = (sh("NodeShape"), sh("PropertyShape"))


@dataclass(frozen=True, slots=True)
class Target:
    """One target of a shape: its SHACL name and the class, node or property it names."""

    shape: Node
    kind: str
    value: Node


def targets(shapes: TripleIndex) -> Iterator[Target]:
    """Yield every target of every shape that is not deactivated, implicit class targets too."""
    for kind in KINDS:
        for shape, value in shapes.pairs(sh(kind)):
            if not shapes.is_true(shape, sh("deactivated")):
                yield Target(shape, kind, value)
    classes = shapes.down([RDFS_CLASS], SUBCLASS)
    for shape in typed_shapes(shapes):
        types = shapes.objects(shape, RDF_TYPE)
        if isinstance(shape, ox.NamedNode) and not classes.isdisjoint(types):
            yield Target(shape, "targetClass", shape)


def typed_shapes(shapes: TripleIndex) -> Iterator[Node]:
    """Yield each node that is said to be a shape and is not deactivated."""
    found = (shape for kind in _SHAPE_CLASSES for shape in shapes.subjects(RDF_TYPE, kind))
    for shape in dict.fromkeys(found):
        if not shapes.is_true(shape, sh("deactivated")):
            yield shape


def focus_nodes(target: Target, data: Index) -> set[Node]:
    """Return the nodes of the data that a target chooses.

    A target node counts only where the data says something of it: SHACL would check it anyway,
    and so hide that its name is wrong.
    """
    match target.kind:
        case "targetClass":
            classes = data.down([target.value], SUBCLASS)
            return {node for kind in classes for node in data.subjects(RDF_TYPE, kind)}
        case "targetNode":
            return {target.value} if data.mentions(target.value) else set()
        case "targetSubjectsOf" if isinstance(target.value, ox.NamedNode):
            return {subject for subject, _ in data.pairs(target.value)}
        case "targetObjectsOf" if isinstance(target.value, ox.NamedNode):
            return {value for _, value in data.pairs(target.value)}
    return set()
