"""The tokens of Turtle and TriG, with nothing lost: joined again they are the text.

RDF 1.1 Turtle, 6.5, and RDF 1.1 TriG, 4.4. This is no parser: it serves text that pyoxigraph
reads, and gives an `unknown` token where it would not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BASE: Final = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_CHARS: Final = _BASE + r"_\-0-9\u00B7\u0300-\u036F\u203F\u2040"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UNICODE: Final = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_LOCAL: Final = (
    rf"(?:[{_BASE}_:0-9]|{_ESCAPED})"
    rf"(?:[{_CHARS}:]|{_ESCAPED}|\.(?=[.]*(?:[{_CHARS}:]|{_ESCAPED})))*"
)
_STRING: Final = (
    r"\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r"|\"(?!\"\")(?:[^\"\\\r\n]|\\.)*\"|'(?!'')(?:[^'\\\r\n]|\\.)*'"
)
_NUMBER: Final = r"[+-]?(?:(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"
# The order matters: the longer form of two that begin alike stands first.
_KINDS: Final[Mapping[str, str]] = {
    "space": r"[ \t\r\n]+",
    "comment": r"\#[^\r\n]*",
    "iri": rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UNICODE})*>",
    "string": _STRING,
    "blank": rf"_:[{_BASE}_0-9](?:[{_CHARS}.]*[{_CHARS}])?|\[|\(",
    "at": r"@[A-Za-z]+(?:-+[A-Za-z0-9]+)*",
    "name": rf"(?:[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?)?:(?:{_LOCAL})?",
    "number": _NUMBER,
    "word": r"[A-Za-z]+",
    "mark": r"\^\^|[;,.{}\])]",
    "unknown": r".",
}
_TOKEN: Final = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()), re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: its kind (a group of `_TOKEN`), its text and where it starts."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a Turtle or TriG text, white space and comments included."""
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "unknown", match[0], match.start())


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both from 1, of an offset; CR, LF and CRLF end a line."""
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1
