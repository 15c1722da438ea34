from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.canned.header import Header, ParamKeys
from reti_graph.canned.parameters import StoredThings, arguments, first_kind, term
from reti_graph.canned.query import CannedQuery, Param
from reti_graph.config import parse_settings
from reti_graph.errors import ParameterError, UnknownNameError

if TYPE_CHECKING:
    from reti_graph.config import Settings
    from reti_graph.stores.port import Store

LABEL = {"it": "Etichetta", "en": "Label"}
BASE = "https://example.org/"
EXAMPLES = {"iri": "c40", "string": "aria", "integer": "3", "date": "2009-09-01", "enum": "it"}
TINY = parse_settings(
    'base_iri = "https://e.org/"\nlanguages = ["en"]\nlicence = "https://e.org/l"\n'
    'title = {en = "T"}\ndescription = {en = "D"}\npublisher = {name = "P"}\nprefixes = {}'
)


def query(**params: dict[str, object]) -> CannedQuery:
    """Make a query with these parameters."""
    keys = {
        name: msgspec.convert({"label": LABEL, "example": "x", **given}, ParamKeys)
        for name, given in params.items()
    }
    return CannedQuery("one", Header(LABEL, LABEL, params=keys), "ASK {}", "queries/one.rq")


def param(kind: str) -> Param:
    """Make a parameter of a type, with an example."""
    return Param("x", kind, LABEL, EXAMPLES[kind], values=("it", "en"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c40", "id/network/c40"),
        ("network:c40", "id/network/c40"),
        ("https://example.org/id/network/c40", "id/network/c40"),
        (" c40 ", "id/network/c40"),
        ("milan", "id/city/milan"),
        ("efus", "id/network/efus"),
        ("air", "concept/topics/air"),
    ],
)
def test_an_iri_is_given_whole_prefixed_or_as_a_slug(
    store: Store, settings: Settings, text: str, expected: str
) -> None:
    """A slug is the first kind's that has such a thing."""
    asked = query(x={"type": "iri", "kinds": ["city", "network", "topic"]})
    assert arguments(asked, {"x": text}, settings, StoredThings(store)) == {
        "x": ox.NamedNode(BASE + expected)
    }


def test_the_order_of_kinds_decides(store: Store, settings: Settings) -> None:
    """The slug milan is a city's and a network's."""
    asked = query(x={"type": "iri", "kinds": ["network", "city"]})
    assert arguments(asked, {"x": "milan"}, settings, StoredThings(store)) == {
        "x": ox.NamedNode(f"{BASE}id/network/milan")
    }


@pytest.mark.parametrize("text", ["urn:x:y", "HTTPS://example.org/a", "http://e.org/à?b#c"])
def test_any_http_or_urn_iri_will_do(store: Store, settings: Settings, text: str) -> None:
    """Whether or not the data speaks of it, for a parameter that may be anything."""
    asked = query(x={"type": "iri"})
    assert arguments(asked, {"x": text}, settings, StoredThings(store)) == {"x": ox.NamedNode(text)}


@pytest.mark.parametrize("text", ["network:c41", "https://example.org/id/network/c41", "c41"])
def test_an_iri_that_the_data_does_not_know_is_refused(
    store: Store, settings: Settings, text: str
) -> None:
    """For a parameter of a kind: an empty answer would hide the slip of the pen."""
    asked = query(x={"type": "iri", "kinds": ["network"]})
    with pytest.raises(ParameterError, match="there is no such network") as caught:
        arguments(asked, {"x": text}, settings, StoredThings(store))
    assert "Did you mean c40?" in str(caught.value.hint)


def test_other_types_become_literals(store: Store, settings: Settings) -> None:
    """With the datatype that queries compare."""
    asked = query(
        s={"type": "string"},
        i={"type": "integer"},
        d={"type": "date"},
        e={"type": "enum", "values": ["it", "en"]},
    )
    raw = {"s": " a ", "i": " -07 ", "d": "2009-02-28", "e": "en"}
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert arguments(asked, raw, settings, StoredThings(store)) == {
        "s": ox.Literal(" a "),
        "i": ox.Literal("-07", datatype=ox.NamedNode(f"{xsd}integer")),
        "d": ox.Literal("2009-02-28", datatype=ox.NamedNode(f"{xsd}date")),
        "e": ox.Literal("en"),
    }


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("iri", "javascript:alert(1)"),
        ("iri", "http://"),
        ("iri", "http://e.org/ a"),
        ("iri", "nobody:c40"),
        ("iri", "a b"),
        ("iri", "../c40"),
        ("iri", "c40> ?p ?o"),
        ("iri", "  "),
        ("integer", "1.5"),
        ("integer", "abc"),
        ("integer", "٣"),
        ("date", "2009-02-30"),
        ("date", "2009"),
        ("date", "1 May 2009"),
        ("enum", "fr"),
        ("enum", "IT"),
        ("string", "a\x00"),
        ("string", "\ud800"),
    ],
)
def test_a_bad_value_names_parameter_type_and_example(
    settings: Settings, kind: str, text: str
) -> None:
    """So that the next call can be right."""
    with pytest.raises(ParameterError) as caught:
        term(param(kind), text, settings, first_kind)
    assert caught.value.parameter == "x"
    assert '"x"' in caught.value.message
    assert f"({kind}: " in caught.value.message
    assert f"For example x={EXAMPLES[kind]}." in (caught.value.hint or "")


def test_a_slug_that_is_nowhere_names_the_nearest(store: Store, settings: Settings) -> None:
    """Among the things of the parameter's kinds."""
    asked = query(x={"type": "iri", "kinds": ["network", "city"], "example": "c40"})
    with pytest.raises(ParameterError, match="no such network or city") as caught:
        arguments(asked, {"x": "c4"}, settings, StoredThings(store))
    assert caught.value.hint == "Did you mean c40? For example x=c40."


def test_a_prefix_that_is_nowhere_names_the_nearest(store: Store, settings: Settings) -> None:
    """Prefixes are the site's."""
    with pytest.raises(ParameterError) as caught:
        arguments(query(x={"type": "iri"}), {"x": "netwrk:c40"}, settings, StoredThings(store))
    assert "Did you mean network:?" in (caught.value.hint or "")


def test_a_value_of_an_enum_names_the_nearest(settings: Settings) -> None:
    """Also in another case."""
    with pytest.raises(ParameterError) as caught:
        term(param("enum"), "EN", settings, first_kind)
    assert "Did you mean en?" in (caught.value.hint or "")


def test_a_slug_needs_a_kind(store: Store, settings: Settings) -> None:
    """Without one there is nowhere to look."""
    with pytest.raises(ParameterError):
        arguments(query(x={"type": "iri"}), {"x": "c40"}, settings, StoredThings(store))


def test_a_kind_without_prefix_has_its_place_under_id() -> None:
    """A site may declare no prefixes at all."""
    made = Param("x", "iri", LABEL, "c40", kinds=("network",))
    assert term(made, "c40", TINY, first_kind) == ox.NamedNode("https://e.org/id/network/c40")


def test_a_default_fills_in_and_an_optional_one_stays_open(
    store: Store, settings: Settings
) -> None:
    """An empty text, as a form sends it, is no value."""
    asked = query(i={"type": "integer", "default": 10}, s={"type": "string", "optional": True})
    for raw in ({}, {"i": "", "s": ""}):
        found = arguments(asked, raw, settings, StoredThings(store))
        assert {name: value.value for name, value in found.items()} == {"i": "10"}


def test_a_required_one_must_be_given(store: Store, settings: Settings) -> None:
    """The error has an example."""
    asked = query(x={"type": "string", "example": "aria"})
    assert asked.params[0].required
    for raw in ({}, {"x": ""}):
        with pytest.raises(ParameterError, match="needs a value") as caught:
            arguments(asked, raw, settings, StoredThings(store))
        assert caught.value.hint == "For example x=aria."


def test_an_unknown_name_names_the_nearest(store: Store, settings: Settings) -> None:
    """A misspelt parameter is never silently left out."""
    asked = query(network={"type": "string", "optional": True})
    with pytest.raises(UnknownNameError) as caught:
        arguments(asked, {"netwrok": "c40"}, settings, StoredThings(store))
    assert (caught.value.kind, caught.value.nearest) == ("parameter", ("network",))


@given(st.sampled_from(list(EXAMPLES)), st.text())
def test_any_text_is_a_term_or_a_parameter_error(kind: str, text: str) -> None:
    """Nothing else is raised, and a string says what was written."""
    try:
        found = term(param(kind), text, TINY, first_kind)
    except ParameterError:
        return
    if kind == "string":
        assert found == ox.Literal(text)


@given(st.integers(), st.dates())
def test_numbers_and_days_are_taken_as_written(number: int, day: object) -> None:
    """Printing and reading them gives them back."""
    assert term(param("integer"), str(number), TINY, first_kind).value == str(number)
    assert term(param("date"), str(day), TINY, first_kind).value == str(day)
