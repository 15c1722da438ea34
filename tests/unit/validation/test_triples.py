from __future__ import annotations

import pyoxigraph as ox

from reti_graph.validation.triples import NIL, StoredTriples, TripleIndex, sh
from tests.unit.validation.conftest import ex, index, triples


def test_a_triple_given_twice_is_held_once() -> None:
    """Counts and lists do not depend on repetitions."""
    held = TripleIndex(triples("ex:a ex:p ex:b .") * 2)
    assert (held.size, held.objects(ex("a"), ex("p"))) == (1, [ex("b")])


def test_what_reaches_a_node_is_found_as_well_as_what_leaves_it() -> None:
    """The index works both ways."""
    held = index("ex:a ex:p ex:b . ex:c ex:p ex:b .")
    assert held.subjects(ex("p"), ex("b")) == [ex("a"), ex("c")]
    assert set(held.pairs(ex("p"))) == {(ex("a"), ex("b")), (ex("c"), ex("b"))}
    assert held.mentions(ex("b"))
    assert not held.mentions(ex("d"))


def test_the_members_of_a_list_come_in_order() -> None:
    """An empty list has no members."""
    held = index("ex:a ex:p ( ex:b ex:c ) .")
    assert held.members(held.objects(ex("a"), ex("p"))[0]) == [ex("b"), ex("c")]
    assert held.members(NIL) == []


def test_a_list_that_returns_to_itself_is_no_list() -> None:
    """Nor is one with two ends, or a node that is none at all."""
    held = index("ex:a rdf:first 1 ; rdf:rest ex:a . ex:b rdf:first 1, 2 ; rdf:rest () .")
    assert [held.members(ex(name)) for name in "abc"] == [None, None, None]


def test_ways_up_and_down_a_property_end_in_circles_too() -> None:
    """Both directions give the start and all that is reached."""
    held = index("ex:a ex:p ex:b . ex:b ex:p ex:a . ex:c ex:p ex:a .")
    assert held.up([ex("c")], ex("p")) == {ex("c"), ex("a"), ex("b")}
    assert held.down([ex("b")], ex("p")) == {ex("a"), ex("b"), ex("c")}


def test_only_a_true_boolean_is_true() -> None:
    """Anything else leaves a shape active."""
    held = index("ex:a sh:closed true . ex:b sh:closed false . ex:c sh:closed ex:d .")
    assert [held.is_true(ex(name), sh("closed")) for name in "abcd"] == [True, False, False, False]


def test_the_default_graph_of_a_store_is_looked_at_like_triples_in_memory() -> None:
    """Other graphs are not, and a literal has no properties."""
    text = "ex:a ex:p ex:b, 1 . ex:b ex:p ex:a . ex:c ex:p ex:a ."
    held, store = index(text), ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples(text))
    store.add(ox.Quad(ex("d"), ex("p"), ex("b"), ex("g")))
    stored = StoredTriples(store)
    for name in "abcd":
        node = ex(name)
        assert sorted(stored.objects(node, ex("p")), key=str) == sorted(
            held.objects(node, ex("p")), key=str
        )
        assert set(stored.subjects(ex("p"), node)) == set(held.subjects(ex("p"), node))
        assert stored.mentions(node) == held.mentions(node)
        assert stored.down([node], ex("p")) == held.down([node], ex("p"))
    assert set(stored.pairs(ex("p"))) == set(held.pairs(ex("p")))
    one = ox.Literal(1)
    assert stored.mentions(one)
    assert (stored.objects(one, ex("p")), stored.subjects(ex("p"), one)) == ([], [ex("a")])
