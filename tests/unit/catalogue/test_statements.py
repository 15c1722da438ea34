from __future__ import annotations

import datetime as dt

import pyoxigraph as ox

from reti_graph.catalogue.statements import Described, day, told
from tests.unit.catalogue.conftest import whole

A, B, C = (ox.NamedNode(f"urn:{name}") for name in "abc")
KNOWS = "urn:knows"


def test_what_is_named_is_described_as_well() -> None:
    """However far away it is, and in the default graph."""
    last = Described(C, {KNOWS: ox.Literal("c")})
    middle = Described(B, {KNOWS: last})
    assert told(Described(A, {KNOWS: [middle, ox.Literal("a")]})) == (
        ox.Quad(A, ox.NamedNode(KNOWS), B),
        ox.Quad(A, ox.NamedNode(KNOWS), ox.Literal("a")),
        ox.Quad(B, ox.NamedNode(KNOWS), C),
        ox.Quad(C, ox.NamedNode(KNOWS), ox.Literal("c")),
    )


def test_what_is_named_twice_is_told_once() -> None:
    """Also where two descriptions of one thing say the same."""
    shared, equal = (Described(C, {KNOWS: ox.Literal("c")}) for _ in range(2))
    things = [Described(A, {KNOWS: [shared, shared]}), Described(B, {KNOWS: equal})]
    quads = told(*things)
    assert len(quads) == len(set(quads)) == 3


def test_a_property_without_values_says_nothing() -> None:
    """It may stand in a description all the same."""
    assert told(Described(A, {KNOWS: []})) == ()


def test_a_day_is_written_as_one() -> None:
    """Without an hour, which nobody knows."""
    assert day(dt.date(2026, 3, 1)) == ox.Literal(
        "2026-03-01", datatype=ox.NamedNode(whole("xsd:date"))
    )
