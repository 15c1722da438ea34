"""Shapes that check nothing: SHACL calls data that no shape looks at valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.problems import Problem, Severity
from reti_graph.validation.engine import shape_name
from reti_graph.validation.recursion import referred
from reti_graph.validation.targets import focus_nodes, targets, typed_shapes
from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from reti_graph.validation.targets import Target
    from reti_graph.validation.triples import Index, Node, TripleIndex


def count_focus_nodes(shapes: TripleIndex, data: Index) -> int:
    """Return how many nodes of the data some shape chooses."""
    chosen: set[Node] = set()
    for target in targets(shapes):
        chosen |= focus_nodes(target, data)
    return len(chosen)


def idle_shapes(shapes: TripleIndex, data: Index) -> Iterator[tuple[Problem, ox.NamedNode | None]]:
    """Yield a problem for what checks nothing, with the property of the shape to blame.

    That is: a shapes graph without targets; a target that chooses no node of the data; a shape
    that has no target and that no other shape refers to.
    """
    all_targets = list(targets(shapes))
    if not all_targets:
        texts = {"it": "Nessuna forma ha un bersaglio.", "en": "No shape has a target."}
        yield Problem("no-shapes", Severity.VIOLATION, texts), None
        return
    for target in all_targets:
        if not focus_nodes(target, data):
            yield _without_focus(target), sh(target.kind)
    used = {target.shape for target in all_targets}
    for node in shapes.nodes():
        used.update(referred(shapes, node))
    for shape in sorted(typed_shapes(shapes), key=str):
        if shape not in used:
            yield _unused(shape), None


def _without_focus(target: Target) -> Problem:
    words = {"targetClass": ("della classe", "of class")}
    it, en = words.get(target.kind, (f"per sh:{target.kind}", f"for sh:{target.kind}"))
    return Problem(
        "no-focus",
        Severity.VIOLATION,
        {
            "it": f"La forma non controlla nulla: nei dati non c'è alcun nodo {it} {target.value}.",
            "en": f"The shape checks nothing: the data has no node {en} {target.value}.",
        },
        focus=target.shape,
        value=target.value,
        shape=shape_name(target.shape),
    )


def _unused(shape: Node) -> Problem:
    return Problem(
        "unused-shape",
        Severity.VIOLATION,
        {
            "it": "La forma non ha bersagli e nessun'altra vi rimanda.",
            "en": "The shape has no target and no other shape refers to it.",
        },
        focus=shape,
        shape=shape_name(shape),
    )
