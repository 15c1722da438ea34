from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.validation.paths import (
    Alternative,
    Inverse,
    Path,
    Repeat,
    Sequence,
    Step,
    parse_path,
    path_of_shape,
    path_text,
    steps,
)
from tests.unit.validation.conftest import EX, ex, index

A, B = f"<{EX}a>", f"<{EX}b>"
NAMES = {"ex": EX}


@pytest.mark.parametrize(
    ("turtle", "text"),
    [
        ("ex:a", A),
        ("[ sh:inversePath ex:a ]", f"^{A}"),
        ("( ex:a ex:b )", f"{A}/{B}"),
        ("[ sh:alternativePath ( ex:a ( ex:b ex:a ) ) ]", f"{A}|{B}/{A}"),
        ("( [ sh:alternativePath ( ex:a ex:b ) ] ex:b )", f"({A}|{B})/{B}"),
        ("[ sh:zeroOrMorePath [ sh:inversePath ex:a ] ]", f"(^{A})*"),
        ("[ sh:inversePath [ sh:oneOrMorePath ex:a ] ]", f"^{A}+"),
        ("[ sh:inversePath ( ex:a ex:b ) ]", f"^({A}/{B})"),
        ("( ex:a ( ex:b [ sh:zeroOrOnePath ex:a ] ) )", f"{A}/{B}/{A}?"),
    ],
)
def test_a_path_of_a_shape_is_written_as_sparql_writes_it(turtle: str, text: str) -> None:
    """With full IRIs and no parentheses but those that are needed."""
    path = path_of_shape(index(f"ex:s sh:path {turtle} ."), ex("s"))
    assert path is not None
    assert path_text(path) == text


@pytest.mark.parametrize(
    "turtle",
    [
        '"text"',
        "[]",
        "( ex:a )",
        "[ sh:inversePath [] ]",
        "[ sh:alternativePath ex:a ]",
        "ex:a, ex:b",
    ],
)
def test_what_is_no_path_is_none(turtle: str) -> None:
    """SHACL 2.3.1 says what is well-formed."""
    assert path_of_shape(index(f"ex:s sh:path {turtle} ."), ex("s")) is None


def test_a_path_that_contains_itself_is_none() -> None:
    """Reading it comes to an end."""
    held = index("ex:s sh:path _:p . _:p sh:inversePath [ sh:zeroOrMorePath _:p ] .")
    assert path_of_shape(held, ex("s")) is None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ex:a", A),
        (" ^ ex:a / ( ex:b | <http://example.org/a> ) * ", f"^{A}/({B}|{A})*"),
        ("(((ex:a)))", A),
        ("a/ex:b", f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>/{B}"),
    ],
)
def test_a_path_may_be_typed_with_prefixes_and_blanks(text: str, same: str) -> None:
    """It is the same path however it was typed."""
    assert path_text(parse_path(text, NAMES)) == same


@pytest.mark.parametrize("text", ["", "ex:a/", "(ex:a", "no:a", "ex:a ex:b", "^", "ex:a)", "%"])
def test_a_text_that_is_no_path_is_refused(text: str) -> None:
    """The reason is a ValueError's."""
    with pytest.raises(ValueError, match=r"path|prefix"):
        parse_path(text, NAMES)


_paths: st.SearchStrategy[Path] = st.recursive(
    st.sampled_from([Step(ex("a")), Step(ex("b"))]),
    lambda inner: st.one_of(
        st.builds(Inverse, inner),
        st.builds(Repeat, inner, st.sampled_from("*+?")),
        st.builds(lambda *parts: Sequence(parts), inner, inner),
        st.builds(lambda *parts: Alternative(parts), inner, inner),
    ),
    max_leaves=6,
)


@given(_paths)
def test_a_path_that_was_written_is_read_as_written(path: Path) -> None:
    """Writing loses nothing but parentheses."""
    text = path_text(path)
    assert path_text(parse_path(text, {})) == text


def test_the_properties_of_a_path_are_known_with_their_direction() -> None:
    """An inverse within an inverse goes forwards again."""
    path = parse_path("ex:a/^(ex:b|^ex:a)*", NAMES)
    assert list(steps(path)) == [(ex("a"), False), (ex("b"), True), (ex("a"), False)]
