"""Statements in the one form that a release has them in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.formats import N_QUADS, serialize_quads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reti_graph.sources.lines import SourceFile


def canonical_quads(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """Return the quads sorted as N-Quads, each once, blank nodes named by RDFC-1.0."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(dataset, key=str))


def canonical_triples(files: Iterable[SourceFile]) -> tuple[ox.Triple, ...]:
    """Return what some files say, sorted, each triple once, blank nodes named by RDFC-1.0."""
    quads = (quad for file in files for quad in file.quads)
    said = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return tuple(quad.triple for quad in canonical_quads(said))


def digest_of(quads: Iterable[ox.Quad]) -> str:
    """Return the SHA-256, in hexadecimal, of canonical quads written as sorted N-Quads."""
    return hashlib.sha256(serialize_quads(quads, N_QUADS)).hexdigest()
