"""Writing statements about things, in the default graph."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from reti_graph.terms import XSD_DATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    Value: TypeAlias = ox.NamedNode | ox.Literal
    Named: TypeAlias = "Value | Described"
    Said: TypeAlias = Mapping[str, "Named | Sequence[Named]"]


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A thing and what is said of it, by the IRI of each property.

    Its values may be described themselves: whoever names one of them tells what it is as well.
    """

    node: ox.NamedNode
    said: Said


def told(*things: Described) -> tuple[ox.Quad, ...]:
    """Return all that is said of some things and of whatever they name, each statement once."""
    quads: dict[ox.Quad, None] = {}
    seen: set[Described] = set()
    waiting = deque(things)
    while waiting:
        thing = waiting.popleft()
        if thing in seen:
            continue
        seen.add(thing)
        for predicate, values in thing.said.items():
            named = ox.NamedNode(predicate)
            for value in _each(values):
                if isinstance(value, Described):
                    waiting.append(value)
                    quads[ox.Quad(thing.node, named, value.node)] = None
                else:
                    quads[ox.Quad(thing.node, named, value)] = None
    return tuple(quads)


def _each(values: Named | Sequence[Named]) -> Sequence[Named]:
    return [values] if isinstance(values, ox.NamedNode | ox.Literal | Described) else values


def statements(
    subject: ox.NamedNode, said: Mapping[str, Value | Iterable[Value]]
) -> tuple[ox.Quad, ...]:
    """Return a statement for each value, by the IRI of its property."""
    return tuple(
        ox.Quad(subject, ox.NamedNode(predicate), value)
        for predicate, values in said.items()
        for value in ([values] if isinstance(values, ox.NamedNode | ox.Literal) else values)
    )


def texts(by_language: Mapping[str, str]) -> list[Value]:
    """Return a text in each of its languages."""
    return [ox.Literal(text, language=tag) for tag, text in sorted(by_language.items())]


def nodes(namespace: str, *names: str) -> list[Value]:
    """Return terms of a vocabulary."""
    return [ox.NamedNode(namespace + name) for name in names]


def day(of: date) -> ox.Literal:
    """Return a day as `xsd:date`."""
    return ox.Literal(of.isoformat(), datatype=XSD_DATE)
