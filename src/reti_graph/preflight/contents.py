"""What the RDF downloads of a dataset say, compared with one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    Statements: TypeAlias = frozenset[ox.Quad] | frozenset[ox.Triple]


@dataclass(frozen=True, slots=True)
class Contents:
    """The triples of a download whatever graph they are in, and its quads where it has graphs.

    Terms are as written: two literals are one when text, datatype and language are.
    """

    triples: frozenset[ox.Triple]
    quads: frozenset[ox.Quad] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The triples, or `quads`, that one of two downloads lacks and those it has more, in order."""

    missing: tuple[str, ...]
    more: tuple[str, ...]
    quads: bool


def contents_of(quads: Iterable[ox.Quad], *, datasets: bool) -> Contents:
    """Return what quads say; with `datasets` the graphs they stand in count too.

    Blank nodes get the names of their canonical form (RDF Dataset Canonicalization).
    """
    given = frozenset(quads)
    triples = frozenset(quad.triple for quad in given)
    if any(isinstance(node, ox.BlankNode) for quad in given for node in quad):
        union = _canonical(ox.Quad(*triple) for triple in triples)
        triples, given = frozenset(quad.triple for quad in union), _canonical(given)
    return Contents(triples, given if datasets else None)


def difference(reference: Contents, other: Contents) -> Difference | None:
    """Return how a download differs from the reference; None when they say the same.

    Graphs are compared where both have them.
    """
    expected, found = _comparable(reference, other)
    if expected == found:
        return None
    return Difference(
        missing=tuple(sorted(str(each) for each in expected - found)),
        more=tuple(sorted(str(each) for each in found - expected)),
        quads=reference.quads is not None and other.quads is not None,
    )


def _comparable(reference: Contents, other: Contents) -> tuple[Statements, Statements]:
    if reference.quads is None or other.quads is None:
        return reference.triples, other.triples
    return reference.quads, other.quads


def _canonical(quads: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(dataset)
