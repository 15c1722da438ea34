"""Statements as lines, and what is compared of them with what a store gives back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from reti_graph.stores.remote.comparable import canonical, comparable
from reti_graph.stores.remote.values import GENID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Lines: TypeAlias = "Mapping[str, str]"
"""The statements of one graph: each as it is written, by the form in which it is compared."""

_MODULUS: Final = 2**256


def line(triple: ox.Triple) -> str:
    """Return a triple as N-Triples and SPARQL both have it."""
    return f"{triple} ."


def lines_of(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return triples as lines; of those that compare as equal the last one stands for all.

    Literals are written in one spelling, so that what is to be removed is spelt as it was added:
    some stores keep `01` and `1` apart, others do not.
    """
    return dict(map(_line_of, triples))


def _line_of(triple: ox.Triple) -> tuple[str, str]:
    value = triple.object
    if not isinstance(value, ox.Literal):
        written = line(triple)
        return written, written
    written = line(ox.Triple(triple.subject, triple.predicate, canonical(value)))
    compared = line(comparable(triple))
    # One text for both, nearly always: a release has very many.
    return (written, written) if compared == written else (compared, written)


def without_blank_nodes(triple: ox.Triple, base: str) -> ox.Triple:
    """Return the triple with an IRI in place of each blank node (RDF 1.1 Concepts, 3.5)."""
    subject, value = triple.subject, triple.object
    return ox.Triple(
        genid(subject, base) if isinstance(subject, ox.BlankNode) else subject,
        triple.predicate,
        genid(value, base) if isinstance(value, ox.BlankNode) else value,
    )


def genid(node: ox.BlankNode, base: str) -> ox.NamedNode:
    """Return the IRI that stands for a blank node."""
    return ox.NamedNode(f"{base}{GENID}{node.value}")


def n_quads(graph: str, lines: Iterable[str]) -> list[str]:
    """Return lines of one graph as N-Quads."""
    return [f"{each[:-1]}<{graph}> .\n" for each in lines]


def graphs_of(text: str) -> Mapping[str, dict[str, str]]:
    """Return the lines of each graph of N-Quads. Raises SyntaxError for what is none."""
    found: dict[str, dict[str, str]] = {}
    for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, ox.NamedNode):
            found.setdefault(quad.graph_name.value, {}).update(lines_of([quad.triple]))
    return found


def hash_of(graph: str, keys: Iterable[str]) -> int:
    """Return the sum of the SHA-256 of each statement, as N-Quads in comparable form."""
    hashes = (hashlib.sha256(f"{key[:-1]}<{graph}> .\n".encode()).digest() for key in keys)
    return summed(int.from_bytes(each) for each in hashes)


def summed(hashes: Iterable[int]) -> int:
    """Return the sum of hashes modulo 2^256: no order makes a difference to it."""
    return sum(hashes) % _MODULUS


def hash_sum(hashes: Iterable[int]) -> str:
    """Return the content hash of several graphs: the sum of theirs modulo 2^256, in hexadecimal."""
    return f"{summed(hashes):064x}"
