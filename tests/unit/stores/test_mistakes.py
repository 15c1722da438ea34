from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.stores.mistakes import query_syntax_error


def mistake(query: str) -> tuple[str, int | None, int | None]:
    """Return what is said of a query that does not parse."""
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query, prefixes={"known": "http://example.org/"})
    error = query_syntax_error(caught.value, query, {"known"})
    return error.message, error.line, error.column


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { known:a no:b ?c }", ("The prefix no: is not declared.", 1, 15)),
        ("PREFIX a: <http://a/>\nASK { a:b :c ?d }", ("The prefix : is not declared.", 2, 11)),
        ("ASK {\n <a> ?p ?o }", ("<a> is not a whole IRI: it has no scheme.", 2, 2)),
        ("ASK { ?s ?p ?o ) }", ('This ")" closes no bracket.', 1, 16)),
        ("ASK { ?s ?p (1 2 }", ('This "}" closes no bracket.', 1, 18)),
        ("ASK {\n { ?s ?p ?o }", ('This "{" is never closed.', 1, 5)),
        ("", ("There is no query.", 1, 1)),
        ("SELECT * {\n ?s ?p ?o .\n ?s ?p }", ('This is not SPARQL, near "?s".', 3, 2)),
        ("BASE <http://e/> ASK { <a> ?p }", ('This is not SPARQL, near "<a>".', 1, 24)),
        (
            "ASK { ?s ?p 'x }",
            ("This string does not end, or has an escape SPARQL does not know.", 1, 13),
        ),
    ],
)
def test_the_usual_mistakes_are_named(query: str, expected: tuple[str, int, int]) -> None:
    """With the place of the token that is wrong, or where the statement around it begins."""
    assert mistake(query) == expected


def test_what_the_parser_says_in_words_is_kept() -> None:
    """A sentence among its expectations is the reason."""
    message, line, _ = mistake("SELECT ?x (COUNT(*) AS ?n)\n{ ?x ?y ?z }")
    assert message == "The SELECT contains a variable that is unbound."
    assert line == 2


def test_an_error_in_another_shape_is_still_an_error() -> None:
    """Should the parser ever word it otherwise, there is a place all the same."""
    error = query_syntax_error(SyntaxError("something new"), "ASK {}")
    assert (error.message, error.line) == ("There is no query.", 1)
