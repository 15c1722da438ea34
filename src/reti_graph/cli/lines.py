"""Texts of the data on one line, and no longer than a reader wants."""

from __future__ import annotations

from typing import Final

TERM: Final = 200
# A message may hold a value, and has words of its own around it.
SENTENCE: Final = 600


def one_line(text: str) -> str:
    """Return the text with every break, tab or run of them as one space."""
    return " ".join(text.split()) if not text.isprintable() else text


def shortened(text: str, longest: int) -> str:
    """Return the text on one line, cut to a number of characters, the last of them an ellipsis."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
