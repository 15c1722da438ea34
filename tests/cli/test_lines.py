from __future__ import annotations

from reti_graph.cli.lines import one_line, shortened


def test_breaks_become_spaces() -> None:
    """A run of breaks and tabs is one space."""
    assert one_line("one\n\ttwo") == "one two"


def test_a_text_that_fits_is_left_alone() -> None:
    """Not even an ellipsis is added."""
    assert shortened("x" * 10, 10) == "x" * 10


def test_a_longer_text_ends_in_an_ellipsis() -> None:
    """The ellipsis counts."""
    assert shortened("x" * 11, 10) == "x" * 9 + "…"
