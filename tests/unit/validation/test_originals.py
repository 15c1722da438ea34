from __future__ import annotations

import pyoxigraph as ox

from reti_graph.terms import XSD, XSD_INTEGER
from reti_graph.validation.originals import Originals
from tests.unit.validation.conftest import ex, triples

DATA = triples('ex:a ex:p 097, 1.50 . ex:b ex:p "0097"^^xsd:integer, 97 .')


def integer(text: str) -> ox.Literal:
    """Return an integer as it is written."""
    return ox.Literal(text, datatype=XSD_INTEGER)


def test_a_number_is_led_back_to_how_the_node_has_it() -> None:
    """Oxigraph says 97 and 1.5."""
    originals = Originals(DATA)
    half = ox.Literal("1.5", datatype=ox.NamedNode(XSD + "decimal"))
    assert originals.of(integer("97"), ex("a")) == (integer("097"),)
    assert [str(value)[:6] for value in originals.of(half, ex("a"))] == ['"1.50"']


def test_all_ways_of_writing_one_number_are_found() -> None:
    """Each is a value of its own for SHACL."""
    assert set(Originals(DATA).of(integer("97"), ex("b"))) == {integer("0097"), integer("97")}


def test_a_value_that_the_node_does_not_have_is_looked_for_elsewhere() -> None:
    """One that stands elsewhere as it is, or nowhere, is left alone."""
    originals = Originals(DATA)
    half = ox.Literal("1.5", datatype=ox.NamedNode(XSD + "decimal"))
    assert [str(value)[:6] for value in originals.of(half, ex("c"))] == ['"1.50"']
    assert originals.of(integer("97"), ex("c")) == (integer("97"),)
    assert originals.of(integer("1"), ex("c")) == (integer("1"),)
