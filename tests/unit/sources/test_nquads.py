from __future__ import annotations

from io import BytesIO

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.sources.nquads import (
    graph_of,
    lines_of,
    parted,
    read_lines,
    spread_lines,
    terms_of,
    triple_lines,
)
from tests.strategies import literals, quads

A, P, G = ox.NamedNode("urn:x:a"), ox.NamedNode("urn:x:p"), ox.NamedNode("urn:x:g")
# What the ends of literals can look like: a graph, an IRI, a blank node, the end of a line.
TRICKY = [
    ox.Literal(text)
    for text in ("a <urn:x:g>", "a <urn:x:g> .", " _:g", '" <urn:x:g> .\n', "<urn:x:g>", "")
]
VALUES = st.one_of(
    st.sampled_from([*TRICKY, A, ox.BlankNode("b"), ox.Triple(A, P, TRICKY[0])]), literals
)
GRAPHS = st.sampled_from([G, ox.BlankNode("g"), ox.DefaultGraph()])
TRICKY_QUADS = st.builds(lambda value, graph: ox.Quad(A, P, value, graph), VALUES, GRAPHS)


@given(st.one_of(quads, TRICKY_QUADS))
def test_a_line_is_taken_apart_into_the_terms_it_was_made_of(quad: ox.Quad) -> None:
    """Whatever a literal looks like."""
    [line] = lines_of([quad])
    [triple] = lines_of([quad.triple])
    in_default = isinstance(quad.graph_name, ox.DefaultGraph)
    assert graph_of(line) == (None if in_default else str(quad.graph_name).encode())
    assert parted(line) == (triple, graph_of(line))
    assert b" ".join(terms_of(triple)) + b" .\n" == triple
    assert terms_of(triple)[:2] == (str(quad.subject).encode(), str(quad.predicate).encode())


@given(st.lists(TRICKY_QUADS, max_size=12))
def test_the_triples_of_lines_in_order_are_in_order_and_come_once(found: list[ox.Quad]) -> None:
    """So the union of the graphs is made without holding it."""
    lines = sorted(set(lines_of(found)))
    expected = {line for quad in found for line in lines_of([quad.triple])}
    assert list(triple_lines(lines)) == sorted(expected)


@pytest.mark.parametrize("value", TRICKY, ids=str)
def test_lines_are_read_again(value: ox.Literal) -> None:
    """As the quads they were."""
    quad = ox.Quad(A, P, value, G)
    assert list(read_lines(lines_of([quad]))) == [quad]


@given(st.lists(st.binary(max_size=9).map(lambda text: text.replace(b"\n", b"") + b"\n")))
def test_lines_from_all_over_a_file_are_some_of_its_lines(lines: list[bytes]) -> None:
    """In order, and none twice."""
    whole = b"".join(lines)
    found = list(spread_lines(BytesIO(whole), 5))
    assert len(found) <= 5
    rest = iter(lines)
    assert all(line in rest for line in found)


def test_lines_are_taken_all_over_a_file() -> None:
    """As far from one another as can be."""
    lines = [b"%04d\n" % number for number in range(1_000)]
    found = [int(line) for line in spread_lines(BytesIO(b"".join(lines)), 10)]
    assert found == [*range(1, 1_000, 100)]
