from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reti_graph.binding import bind, parameters, valid_lexical
from reti_graph.errors import ParameterError, QuerySyntaxError
from reti_graph.lexer import tokens
from reti_graph.terms import XSD, XSD_DATE, XSD_INTEGER
from tests.strategies import literals, named_nodes, sparql_like

PLAIN = ox.Literal("C40")


def value_of(query: str) -> object:
    """Return the one value of the one row of a query on an empty store."""
    found = ox.Store().query(query)
    assert isinstance(found, ox.QuerySolutions)
    (row,) = found
    return row[0]


@given(st.one_of(named_nodes, literals))
def test_a_bound_value_comes_back_exactly(term: ox.NamedNode | ox.Literal) -> None:
    """Whatever the text of the value, the store sees that value."""
    assert value_of(bind("SELECT ($x AS ?y) {}", {"x": term})) == term


@given(st.text())
def test_no_text_breaks_out_of_its_literal(text: str) -> None:
    """Quotes, escapes, line ends and braces stay inside the string."""
    bound = bind("SELECT (CONCAT('<', $x, '>') AS ?y) { }", {"x": ox.Literal(text)})
    assert value_of(bound) == ox.Literal(f"<{text}>")


@given(sparql_like, st.one_of(named_nodes, literals))
def test_binding_changes_no_other_token(text: str, term: ox.NamedNode | ox.Literal) -> None:
    """Around the bound value every token stays what it was."""
    try:
        before = [token.text for token in tokens(text) if not token.blank]
        values = {"x": term} if "$x" in before else {}
        after = [token.text for token in tokens(bind(text, values)) if not token.blank]
    except QuerySyntaxError:
        assume(False)  # noqa: FBT003 -- hypothesis' own signature
    written = [token.text for token in tokens(str(term))]
    expected = [written if text == "$x" else [text] for text in before]
    assert after == [text for texts in expected for text in texts]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("?x $x", '?x  "C40" '),
        ("'$x' $x", "'$x'  \"C40\" "),
        ("# $x\n$x", '# $x\n "C40" '),
        ("<http://example.org/$x> $x", '<http://example.org/$x>  "C40" '),
        ("$xy $x", '$xy  "C40" '),
        ("a$x.", 'a "C40" .'),
        ("'''$x''' $x", "'''$x'''  \"C40\" "),
    ],
)
def test_only_the_parameter_itself_is_replaced(text: str, bound: str) -> None:
    """Not in strings, IRIs, comments and longer names, and not the variable."""
    assert bind(text, {"x": PLAIN}) == bound


def test_a_value_never_joins_its_neighbour() -> None:
    """A language tag would take up a minus, and "<" an IRI."""
    assert value_of(bind("SELECT (STRLEN($x)-1 AS ?y) {}", {"x": PLAIN})) == ox.Literal(2)
    one = ox.Literal("1", datatype=XSD_INTEGER)
    assert value_of(bind("SELECT (0<$x AS ?y) {}", {"x": one})) == ox.Literal(value=True)


def test_a_parameter_without_value_stays_a_variable() -> None:
    """An optional parameter that is not given is bound by the pattern."""
    assert bind("SELECT * { $a ?b $c }", {"c": PLAIN}) == 'SELECT * { $a ?b  "C40"  }'


def test_parameters_are_the_names_with_a_dollar() -> None:
    """Variables, strings and comments hold none."""
    assert parameters("SELECT ?a { $b ?c '$d' . $b $e } # $f") == {"b", "e"}


def test_a_value_for_no_parameter_is_refused() -> None:
    """A slip in a name is told, not passed over."""
    with pytest.raises(ParameterError, match=r"no \$y") as caught:
        bind("SELECT ($x AS ?a) {}", {"x": PLAIN, "y": PLAIN})
    assert caught.value.parameter == "y"


@pytest.mark.parametrize("iri", ["javascript:alert(1)", "file:///tmp", "mailto:a@example.org"])
def test_an_iri_of_another_scheme_is_refused(iri: str) -> None:
    """Only http, https and urn get into a query."""
    with pytest.raises(ParameterError, match="http"):
        bind("$x", {"x": ox.NamedNode(iri)})


def test_a_literal_that_is_none_of_its_type_is_refused() -> None:
    """The store itself would take it."""
    with pytest.raises(ParameterError, match="not of type date"):
        bind("$x", {"x": ox.Literal("abc", datatype=XSD_DATE)})


@pytest.mark.parametrize(
    ("datatype", "values"),
    [
        ("integer", ["0", "-12", "+3", "007"]),
        ("nonNegativeInteger", ["0", "12", "+3", "-0"]),
        ("positiveInteger", ["1", "+012"]),
        ("decimal", ["1", "1.", ".5", "-1.50"]),
        ("double", ["1e3", "-.5E-2", "INF", "-INF", "NaN"]),
        ("boolean", ["true", "false", "0", "1"]),
        ("gYear", ["2009", "-0044", "12009", "2009Z", "0000"]),
        ("gYearMonth", ["2009-09", "2009-09+02:00"]),
        ("date", ["2020-02-29", "2000-02-29", "0000-02-29", "12000-01-31", "2020-02-29-14:00"]),
        ("dateTime", ["2020-02-29T24:00:00", "2020-01-01T10:00:00.5Z"]),
        ("string", ["anything"]),
        ("anyURI", ["not known here"]),
    ],
)
def test_values_of_a_datatype_pass(datatype: str, values: list[str]) -> None:
    """The lexical spaces of XML Schema."""
    assert [value for value in values if not valid_lexical(value, XSD + datatype)] == []


@pytest.mark.parametrize(
    ("datatype", "values"),
    [
        ("integer", ["", "1.0", "one", " 1", "1 ", "1\n", "١"]),
        ("nonNegativeInteger", ["-1", "1.0"]),
        ("positiveInteger", ["0", "-1", "+00"]),
        ("decimal", [".", "1e3", "", "1,5"]),
        ("double", ["e3", "inf", "1e", "nan"]),
        ("boolean", ["TRUE", "yes", "2"]),
        ("gYear", ["09", "02009", "2009-09", "year"]),
        ("gYearMonth", ["2009-13", "2009-00", "2009-9", "2009"]),
        ("date", ["2019-02-29", "1900-02-29", "2020-04-31", "2020-1-1", "2020-01-01T00:00:00"]),
        ("date", ["2020-01-01+15:00", "01/02/2020", "2020-01-32"]),
        ("dateTime", ["2020-01-01", "2020-01-01T25:00:00", "2020-02-30T10:00:00"]),
    ],
)
def test_values_outside_a_datatype_are_refused(datatype: str, values: list[str]) -> None:
    """Days that no month has, other digits, stray spaces."""
    assert [value for value in values if valid_lexical(value, XSD + datatype)] == []
