from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.setting_types import Log, Port, Seconds, Workers, read, takes


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("8000", Port, 8000),
        ("0", Port, 0),
        ("3", Workers | None, 3),
        ("2.5", Seconds, 2.5),
        ("10", Seconds, 10.0),
        ("true", bool, True),
        ("0", bool, False),
        ("requests", Log, "requests"),
        ("", tuple[str, ...], ()),
        (" a, b ", tuple[str, ...], ("a", "b")),
        (" as it is ", str, " as it is "),
        ("null", str | None, "null"),
    ],
)
def test_a_text_is_read_as_its_type_says(text: str, kind: object, value: object) -> None:
    """Numbers, words, lists and truth, as an environment variable writes them."""
    found = read(text, kind)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("65536", Port),
        ("-1", Port),
        ("8000 ", Port),
        ("1.5", Port),
        ("", Port),
        ("0", Workers | None),
        ("null", Workers | None),
        ("0", Seconds),
        ("-1", Seconds),
        ("inf", Seconds),
        ("nan", Seconds),
        ("yes", bool),
        ("null", bool),
        ("all", Log),
    ],
)
def test_what_is_no_value_of_the_type_is_refused(text: str, kind: object) -> None:
    """Out of range, of another form, or nothing at all."""
    with pytest.raises(ValueError, match=r"^(Expected|Invalid)"):
        read(text, kind)


@given(st.integers(0, 65_535))
def test_every_port_is_read_back_from_its_digits(port: int) -> None:
    """Nothing in range is refused."""
    assert read(str(port), Port) == port


@given(st.text())
def test_any_text_is_a_port_in_range_or_refused(text: str) -> None:
    """There is no third."""
    try:
        found = read(text, Port)
    except ValueError:
        return
    assert isinstance(found, int)
    assert 0 <= found <= 65_535


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Port | None, "a whole number from 0 to 65535"),
        (Seconds, "a number above 0, at most 86400"),
        (bool, "true, false, 1 or 0"),
        (Log, "problems or requests"),
        (tuple[str, ...], "a list separated by commas"),
        (str, "a text"),
    ],
)
def test_what_a_type_takes_is_told_in_words(kind: object, words: str) -> None:
    """With the limits that `read` keeps."""
    assert takes(kind) == words
