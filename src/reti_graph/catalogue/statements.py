"""Writing statements about one thing, in the default graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Value: TypeAlias = ox.NamedNode | ox.Literal


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
