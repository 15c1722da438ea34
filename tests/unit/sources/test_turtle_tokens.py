from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.sources.turtle_tokens import place, tokens
from tests.strategies import trig_texts


def kinds(text: str) -> list[tuple[str, str]]:
    """List kind and text of each token but white space."""
    return [(token.kind, token.text) for token in tokens(text) if token.kind != "space"]


@given(st.one_of(trig_texts(), st.text()))
def test_tokens_joined_are_the_text(text: str) -> None:
    """Nothing is lost, whether the text is TriG or not, and each token knows its start."""
    found = list(tokens(text))
    assert "".join(token.text for token in found) == text
    assert all(text.startswith(token.text, token.start) for token in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ex:a.b.", [("name", "ex:a.b"), ("mark", ".")]),
        ("ex:a..", [("name", "ex:a"), ("mark", "."), ("mark", ".")]),
        (r"ex:a\,b,", [("name", r"ex:a\,b"), ("mark", ",")]),
        (":", [("name", ":")]),
        ("4.", [("number", "4"), ("mark", ".")]),
        ("-4.5e-3", [("number", "-4.5e-3")]),
        ("1.e2", [("number", "1.e2")]),
        ('""', [("string", '""')]),
        ('"""a"b""c"""', [("string", '"""a"b""c"""')]),
        (r'"\""@it-IT', [("string", r'"\""'), ("at", "@it-IT")]),
        ("'#' # x", [("string", "'#'"), ("comment", "# x")]),
        ("<http://e/#a>#b", [("iri", "<http://e/#a>"), ("comment", "#b")]),
        (
            "_:b [] ()",
            [("blank", "_:b"), ("blank", "["), ("mark", "]"), ("blank", "("), ("mark", ")")],
        ),
        ("<<", [("unknown", "<"), ("unknown", "<")]),
        ('"open', [("unknown", '"'), ("word", "open")]),
    ],
)
def test_a_token_ends_where_turtle_says(text: str, expected: list[tuple[str, str]]) -> None:
    """Dots, escapes, quotation marks and number signs belong where the grammar puts them."""
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [("ab", 0, (1, 1)), ("a\nbc", 3, (2, 2)), ("a\r\nb", 3, (2, 1)), ("a\rb", 2, (2, 1))],
)
def test_places_count_from_one(text: str, offset: int, expected: tuple[int, int]) -> None:
    """Each of the three line ends begins a new line."""
    assert place(text, offset) == expected
