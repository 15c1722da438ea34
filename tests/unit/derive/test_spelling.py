from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.derive import Spellings, respelt
from reti_graph.terms import XSD, XSD_DECIMAL, XSD_INTEGER
from tests.strategies import literals

ODD = [
    ox.Literal("1.50", datatype=XSD_DECIMAL),
    ox.Literal("097", datatype=XSD_INTEGER),
    ox.Literal("97", datatype=ox.NamedNode(XSD + "int")),
]


@given(st.sets(st.one_of(st.sampled_from(ODD), literals)))
def test_what_a_store_gives_back_is_known_of_each_literal(found: set[ox.Literal]) -> None:
    """Only those it changes are named."""
    forms = respelt(found)
    node = ox.NamedNode("urn:x:a")
    for literal in found:
        store = ox.Store()
        store.add(ox.Quad(node, node, literal))
        [quad] = store
        assert forms.get(literal, literal) == quad.object
    assert all(form != literal for literal, form in forms.items())


def test_a_form_that_the_data_has_stands_for_itself() -> None:
    """Of two spellings of another the first is taken."""
    known = Spellings.of([*ODD, ox.Literal("1.5", datatype=XSD_DECIMAL)])
    assert known.by_form == {ox.Literal("97", datatype=XSD_INTEGER): ODD[1]}
