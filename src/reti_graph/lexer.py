"""The tokens of a SPARQL 1.1 text, loss-less: joined again they are the text.

The terminals are those of the grammar (SPARQL 1.1 Query Language, 19.8, rules 139 to 173),
with the brackets that RDF 1.2 adds. Two readings of one text are never let through: where
pyoxigraph might split the text otherwise than here, the text is refused.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from reti_graph.errors import QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind: TypeAlias = Literal[
    "space",
    "comment",
    "iri",
    "string",
    "variable",
    "blank",
    "name",
    "language",
    "number",
    "word",
    "punctuation",
]


class Token(NamedTuple):
    """One token: `start` counts characters from 0, `line` and `column` from 1."""

    kind: Kind
    text: str
    start: int
    line: int
    column: int

    @property
    def blank(self) -> bool:
        """True for white space and comments, which only part other tokens."""
        return self.kind in {"space", "comment"}

    @property
    def upper(self) -> str:
        """The text in upper case, as keywords compare."""
        return self.text.upper()


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = "0-9\u00b7\u0300-\u036f\u203f\u2040"
_CODE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"\\[tbnrf\\\"']|{_CODE}"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

_TERMINALS: Mapping[Kind, str] = {
    "space": r"[ \t\r\n]+",
    "comment": r"#[^\r\n]*",
    "iri": rf'<(?:[^<>"{{}}|^`\\\x00-\x20]|{_CODE})*>',
    "string": (
        rf'"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""'
        rf"|'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''"
        # Three quotes open a long string: never read them as an empty one and a third quote.
        rf'|(?!""")"(?:[^"\\\r\n]|{_ESCAPE})*"'
        rf"|(?!''')'(?:[^'\\\r\n]|{_ESCAPE})*'"
    ),
    "variable": rf"[?$][{_BASE}_0-9][{_BASE}_{_MORE}]*",
    "blank": rf"_:[{_BASE}_0-9](?:[{_BASE}_{_MORE}\-]|\.+(?=[{_BASE}_{_MORE}\-]))*",
    "name": (
        rf"(?:[{_BASE}](?:[{_BASE}_{_MORE}\-]|\.+(?=[{_BASE}_{_MORE}\-]))*+)?:"
        rf"(?:(?:[{_BASE}_0-9:]|{_PLX})"
        rf"(?:[{_BASE}_{_MORE}:\-]|{_PLX}|\.+(?=[{_BASE}_{_MORE}:\-%\\]))*)?"
    ),
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "number": r"(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+",
    "word": r"[A-Za-z][A-Za-z0-9_]*",
    "punctuation": r"<<|>>|\^\^|&&|\|\||!=|<=|>=|[{}()\[\]^|/!=<>+\-*,;.?~]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{rule})" for kind, rule in _TERMINALS.items()))
_NAMELESS = re.compile(
    "|".join(f"(?P<{kind}>{rule})" for kind, rule in _TERMINALS.items() if kind != "name")
)
_PREFIX_RUN = re.compile(rf"[{_BASE}][{_BASE}_{_MORE}.\-]*+")
_ESCAPED_CODE = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENING: Mapping[str, str] = {")": "(", "]": "[", "}": "{", ">>": "<<"}
_OPERANDS = frozenset({"iri", "string", "variable", "blank", "name", "language", "number"})


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a SPARQL text, in order, white space and comments included.

    Raises QuerySyntaxError where no token starts, where a string or IRI does not end, where a
    bracket closes none, and where a `<` can be read both as the start of an IRI and as
    "less than".
    """
    opened: list[str] = []
    before: Token | None = None
    for token in _split(text):
        if token.text.startswith("<") and _two_readings(token, before, opened):
            raise _error('Write a space after this "<": it could start another token.', token)
        if token.kind == "punctuation":
            _follow(token, opened)
        before = before if token.blank else token
        yield token


def _split(text: str) -> Iterator[Token]:
    position, line, line_start, run_end = 0, 1, 0, 0
    encoded = "\\" in text or not text.isascii()
    while position < len(text):
        if position >= run_end and text[position].isalpha():
            run_end = _end_of_nameless_run(text, position)
        rule = _NAMELESS if position < run_end else _TOKEN
        token = _token_at(rule, text, position, line, position - line_start + 1)
        if encoded and not _well_encoded(token):
            raise _error("This holds what is not a Unicode character.", token)
        yield token
        position += len(token.text)
        if breaks := token.text.count("\n"):
            line += breaks
            line_start = token.start + token.text.rindex("\n") + 1


def _end_of_nameless_run(text: str, position: int) -> int:
    """Return where a run of prefix characters ends without a colon: no name starts before that.

    Looking for the colon anew from each word of a long run would take quadratic time.
    """
    run = _PREFIX_RUN.match(text, position)
    if run is None or text.startswith(":", run.end()):
        return position
    return run.end()


def _token_at(rule: re.Pattern[str], text: str, position: int, line: int, column: int) -> Token:
    match = rule.match(text, position)
    if match is None:
        found = Token("punctuation", text[position], position, line, column)
        if found.text in "\"'":
            raise _error("This string does not end, or has an escape SPARQL does not know.", found)
        raise _error(f"No SPARQL token starts with {found.text!r}.", found)
    # Each alternative of the rule is a group that has the name of its kind.
    return Token(cast("Kind", match.lastgroup), match[0], position, line, column)


def _well_encoded(token: Token) -> bool:
    if _SURROGATE.search(token.text):
        return False
    if token.kind not in {"string", "iri"}:
        return True
    codes = (match[1] or match[2] or "0" for match in _ESCAPED_CODE.finditer(token.text))
    return all(
        value <= sys.maxunicode and not _SURROGATE.match(chr(value))
        for value in (int(code, 16) for code in codes)
    )


def _two_readings(token: Token, before: Token | None, opened: list[str]) -> bool:
    """Tell whether a token that starts with `<` could also be "less than" and what follows.

    The grammar takes the longest token, pyoxigraph what fits the rule it is in: `1<2)FILTER(3>2`
    has an IRI in it for the one and none for the other. Only in round brackets does an
    expression have a `<` after an operand.
    """
    if before is None or not opened or opened[-1] != "(":
        return False
    operand = (
        before.kind in _OPERANDS
        or before.text in _OPENING
        or before.upper.endswith(("TRUE", "FALSE"))
    )
    return operand and (token.text.startswith("<<") or _may_be_less_than(token))


def _may_be_less_than(token: Token) -> bool:
    # Only these characters can end the right side of "less than" before the ">" comes, and a
    # scheme and two slashes are no right side.
    scheme = re.match(r"<[A-Za-z][A-Za-z0-9+.-]*://", token.text)
    return token.kind == "iri" and not scheme and bool(re.search(r"[&),#]", token.text))


def _follow(token: Token, opened: list[str]) -> None:
    if token.text in _OPENING.values():
        opened.append(token.text)
    elif token.text in _OPENING and (not opened or opened.pop() != _OPENING[token.text]):
        raise _error(f'This "{token.text}" closes no bracket.', token)


def _error(message: str, token: Token) -> QuerySyntaxError:
    return QuerySyntaxError(message, line=token.line, column=token.column)
