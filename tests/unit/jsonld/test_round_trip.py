from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.jsonld import serialize_compact
from reti_graph.terms import RDF_TYPE, XSD
from tests import strategies
from tests.unit.jsonld.conftest import (
    BASE,
    CONTEXT,
    LABEL,
    PREFIXES,
    RDF,
    RETI,
    URL,
    read_by_pyld,
    read_by_pyoxigraph,
)

if TYPE_CHECKING:
    import random

_ENDS = (
    "",
    "a",
    "memberOf",
    "start",
    "date",
    "aim",
    "//x",
    "@id",
    "a:b",
    "è",
    "%41",
    "a?b",
)
_WHOLE = ("id:a", "type:b", "memberOf:c", "start:", "mailto:a@b.example", "urn:x:y", "org://h/x")
_MORE = ("http:x", "x:a", RDF + "nil", RDF + "first", RDF + "JSON", LABEL)
# Their schemes are names of prefixes.
_CAUGHT = ("reti:foo", "org:member", "rdf:type", "place:")
_spaces = st.sampled_from([RETI, PREFIXES["org"], PREFIXES["place"], BASE, RDF, XSD])
_iris = st.one_of(
    st.builds("{}{}".format, _spaces, st.sampled_from(_ENDS)),
    st.builds("{}{}".format, _spaces, strategies.iri_tails),
    st.sampled_from(_WHOLE + _MORE),
)
_nodes = _iris.map(ox.NamedNode)
_TERMS = ("memberOf", "start", "sure", "date", "aim", "since", "Network")
_predicates = st.one_of(
    st.sampled_from([RDF_TYPE, ox.NamedNode(LABEL), ox.NamedNode(PREFIXES["org"] + "member")]),
    st.sampled_from(_TERMS).map(lambda name: ox.NamedNode(RETI + name)),
    _nodes,
)
_SPELLINGS = "1 01 +1 -0 0 1.50 1. INF NaN 1e0 1.0E0 true 1 TRUE 2009-10-01 99999999999999999999"
_DATATYPES = "integer decimal double float boolean date dateTime string nonNegativeInteger"
_typed = st.builds(
    lambda text, datatype: ox.Literal(text, datatype=datatype),
    st.one_of(st.sampled_from(_SPELLINGS.split()), st.text(max_size=4)),
    st.one_of(
        st.sampled_from(_DATATYPES.split()).map(lambda name: ox.NamedNode(XSD + name)), _nodes
    ),
)


def _quads(nodes: st.SearchStrategy[ox.NamedNode]) -> st.SearchStrategy[ox.Quad]:
    return st.builds(
        ox.Quad,
        nodes,
        st.one_of(_predicates, nodes),
        st.one_of(nodes, _typed, strategies.literals),
        st.one_of(st.just(ox.DefaultGraph()), nodes),
    )


_lists = st.lists(_quads(_nodes), max_size=6)
_caught = st.lists(
    _quads(st.one_of(_nodes, st.sampled_from(_CAUGHT).map(ox.NamedNode))), max_size=4
)


@given(st.one_of(_lists, _caught))
def test_what_is_written_is_read_back(quads: list[ox.Quad]) -> None:
    """Every kind of literal and IRI, in every graph."""
    assert read_by_pyoxigraph(serialize_compact(quads, CONTEXT, URL)) == set(quads)


@given(st.one_of(_lists, _caught))
def test_another_reader_reads_the_same(quads: list[ox.Quad]) -> None:
    """PyLD, which spells doubles and floats anew and so is not given any."""
    given_to_both = [quad for quad in quads if not _is_respelt(quad.object)]
    assert read_by_pyld(serialize_compact(given_to_both, CONTEXT, URL)) == set(given_to_both)


def _is_respelt(node: object) -> bool:
    return isinstance(node, ox.Literal) and node.datatype.value in {XSD + "double", XSD + "float"}


@given(_lists, st.randoms(use_true_random=False))
def test_the_order_of_quads_is_no_matter(quads: list[ox.Quad], chance: random.Random) -> None:
    """Equal quads give equal bytes."""
    shuffled = [*quads, *quads[:2]]
    chance.shuffle(shuffled)
    assert serialize_compact(shuffled, CONTEXT, URL) == serialize_compact(quads, CONTEXT, URL)


def test_characters_of_every_kind_come_back() -> None:
    """Such as line ends, quotes and those that JSON escapes."""
    text = 'a\n\r\t"\\</script>\u0000\u2028\U0001f310'
    quad = ox.Quad(ox.NamedNode(BASE + "a"), ox.NamedNode(LABEL), ox.Literal(text))
    assert read_by_pyoxigraph(serialize_compact([quad], CONTEXT, URL)) == {quad}
