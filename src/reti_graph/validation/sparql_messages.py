"""What the rows of a SPARQL constraint bound: engines say it only inside their messages.

Engines fill in `{?name}` in the messages of a SPARQL constraint (SHACL 5.3.2) and then lose the
language, the constraint and, in part, the value. So each constraint gets one message more, whose
filled-in text tells all of that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.validation.triples import Node, TripleIndex

VARIABLE = re.compile(r"\{[?$](\w+)\}")
_PART = "\u0001"
_IS = "\u0002"


@dataclass(frozen=True, slots=True)
class Marked:
    """The SPARQL constraints of a shapes graph, in a fixed order, and their added messages."""

    constraints: tuple[Node, ...]
    triples: tuple[ox.Triple, ...]

    def read(self, messages: Iterable[str]) -> tuple[Node | None, Mapping[str, str]]:
        """Return the constraint that a result's messages come from, and what it bound."""
        for message in messages:
            if message.startswith(_PART):
                number, *pairs = message[1:].split(_PART)
                bound = dict(pair.split(_IS, 1) for pair in pairs)
                kept = {name: text for name, text in bound.items() if text != f"{{?{name}}}"}
                return self.constraints[int(number)], kept
        return None, {}


def mark(shapes: TripleIndex) -> Marked:
    """Return the SPARQL constraints of a shapes graph with a telling message for each."""
    found = {node for _, node in shapes.pairs(sh("sparql"))}
    constraints = tuple(
        node for node in sorted(found, key=str) if isinstance(node, ox.NamedNode | ox.BlankNode)
    )
    triples = tuple(
        ox.Triple(node, sh("message"), ox.Literal(_telling(shapes, node, number)))
        for number, node in enumerate(constraints)
    )
    return Marked(constraints, triples)


def _telling(shapes: TripleIndex, constraint: Node, number: int) -> str:
    names = {"value"}
    for message in shapes.objects(constraint, sh("message")):
        names.update(VARIABLE.findall(getattr(message, "value", "")))
    parts = [str(number), *(f"{name}{_IS}{{?{name}}}" for name in sorted(names))]
    return _PART + _PART.join(parts)
