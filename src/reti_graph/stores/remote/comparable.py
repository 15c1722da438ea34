"""One spelling for literals that mean the same, however a store wrote them.

Stores keep values rather than texts: Oxigraph gives `"01"^^xsd:integer` back as `1`, and Virtuoso
turns large integers into decimals.
"""

from __future__ import annotations

import functools
import math
from typing import Final

import pyoxigraph as ox

from reti_graph.terms import XSD, XSD_DECIMAL, XSD_INTEGER, XSD_STRING

_FLOATS: Final = frozenset({ox.NamedNode(f"{XSD}double"), ox.NamedNode(f"{XSD}float")})
_ANY: Final = ox.NamedNode("urn:any")


def canonical(literal: ox.Literal) -> ox.Literal:
    """Return the literal as the embedded store would give it back: `1` for `01`."""
    kept = literal.datatype == XSD_STRING or not (
        literal.language or literal.datatype.value.startswith(XSD)
    )
    return literal if kept else _from_store(literal)


def comparable(triple: ox.Triple) -> ox.Triple:
    """Return the triple with its literal in the spelling in which it is compared.

    Beside what `canonical` does, a decimal that is a whole number becomes an integer, and doubles
    and floats keep six digits: Virtuoso changes the one, and tells no more of the others.
    """
    if not isinstance(triple.object, ox.Literal):
        return triple
    literal = canonical(triple.object)
    if literal.datatype == XSD_DECIMAL and "." not in literal.value:
        literal = ox.Literal(literal.value, datatype=XSD_INTEGER)
    elif literal.datatype in _FLOATS:
        literal = _to_six_digits(literal)
    return ox.Triple(triple.subject, triple.predicate, literal)


# What sites say is often the same few dates and numbers.
@functools.lru_cache(maxsize=65_536)
def _from_store(literal: ox.Literal) -> ox.Literal:
    store = ox.Store()
    store.add(ox.Quad(_ANY, _ANY, literal))
    (quad,) = store
    return quad.object if isinstance(quad.object, ox.Literal) else literal


def _to_six_digits(literal: ox.Literal) -> ox.Literal:
    try:
        value = float(literal.value)
    except ValueError:
        return literal
    if not math.isfinite(value):
        return literal
    return canonical(ox.Literal(f"{value:.6g}", datatype=literal.datatype))
