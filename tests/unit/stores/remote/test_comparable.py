from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.stores.remote.comparable import canonical, comparable
from reti_graph.terms import XSD

A = ox.NamedNode("urn:a")
TYPES = ["integer", "decimal", "double", "float", "boolean", "date", "dateTime", "int", "string"]
texts = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.datetimes().map(lambda value: value.isoformat()),
    st.sampled_from(["true", "0", "01", "+1", "1.50", "INF", "NaN", "abc", ""]),
)


def typed(text: str, name: str) -> ox.Literal:
    """Return a literal of a type of XML Schema."""
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


literals = st.one_of(
    st.builds(typed, texts, st.sampled_from(TYPES)),
    st.builds(
        lambda text, tag: ox.Literal(text, language=tag),
        st.text(),
        st.sampled_from(["it", "en-GB"]),
    ),
    st.builds(ox.Literal, st.text()),
)


def compared(text: str, name: str) -> str:
    """Return a literal of a type of XML Schema as it is compared."""
    return str(comparable(ox.Triple(A, A, typed(text, name))).object).replace(XSD, "")


@given(literals)
def test_a_literal_is_spelt_as_the_embedded_store_spells_it(literal: ox.Literal) -> None:
    """Whatever it is, ill-typed ones included."""
    store = ox.Store()
    store.add(ox.Quad(A, A, literal))
    assert [canonical(literal)] == [quad.object for quad in store]


@given(literals)
def test_what_is_compared_is_compared_as_itself(literal: ox.Literal) -> None:
    """A second time changes nothing."""
    once = comparable(ox.Triple(A, A, literal))
    assert comparable(once) == once


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        # What Virtuoso 7 makes of the first is the second.
        (("4294967296", "integer"), ("4294967296", "decimal")),
        (("2.0", "decimal"), ("2", "integer")),
        (("true", "boolean"), ("1", "boolean")),
        (("7", "nonNegativeInteger"), ("7", "integer")),
        (("45.464664", "double"), ("45.4647", "double")),
        (("1e10", "double"), ("1e+10", "double")),
        (("9.191383", "float"), ("9.19138", "float")),
        (("2020-05-06T10:00:00.5", "dateTime"), ("2020-05-06T10:00:00.500", "dateTime")),
        (("1.50", "decimal"), ("1.5", "decimal")),
    ],
)
def test_equal_values_compare_as_equal(ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    """However a store writes them."""
    assert compared(*ours) == compared(*theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2.5", "decimal"), ("2", "integer")),
        (("true", "boolean"), ("1", "integer")),
        (("2020", "gYear"), ("2020-01-01", "date")),
        (("1", "string"), ("1", "integer")),
        (("45.4646", "double"), ("45.4647", "double")),
        (("INF", "double"), ("-INF", "double")),
        (("x", "double"), ("y", "double")),
    ],
)
def test_other_values_do_not(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Nothing is guessed."""
    assert compared(*one) != compared(*other)


def test_only_the_object_is_looked_at() -> None:
    """Names are compared as they are."""
    triple = ox.Triple(A, A, ox.BlankNode("b"))
    assert comparable(triple) == triple
