"""A place between the tokens of a query, and what can be read there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from reti_graph.lexer import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLE: Final = re.compile(r"[?$][A-Za-z_][A-Za-z0-9_]*")
# No escapes, no empty and no long text: engines differ in what they make of them.
_TEXT: Final = re.compile(r"'[^'\\]{1,1000}'|\"[^\"\\]{1,1000}\"")
_NAMES: Final = frozenset({"iri", "name"})
_END: Final = Token("punctuation", "", 0, 1, 1)
_MOST_TOLD: Final = 40
_KINDS: Final[Mapping[str, str]] = {
    "blank": "a blank node",
    "language": "a language",
    "number": "a number",
    "string": "an empty, escaped or long text",
    "variable": "a variable",
}
_SIGNS: Final[Mapping[str, str]] = {
    "": "an end too early",
    "[": "a blank node",
    "^^": "a literal with a datatype",
}


class NotSimpleError(Exception):
    """What a query has that simple ones do not have, in words."""


class Cursor:
    """Takes the tokens of a query one after the other.

    What is made to take one thing alone raises NotSimpleError where there is another.
    """

    def __init__(self, query: str) -> None:
        """Start before the first token. Raises QuerySyntaxError where there is none."""
        self._tokens = [token for token in tokens(query) if not token.blank]
        self._at = 0

    @property
    def next(self) -> Token:
        """The token that comes next; one with no text at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    @property
    def at_name(self) -> bool:
        """True when an IRI comes next, whole or with a prefix."""
        return self.next.kind in _NAMES

    def take(self) -> str:
        """Take the next token, whatever it is."""
        text = self.next.text
        self._at += 1
        return text

    def word(self, *words: str) -> bool:
        """Take one of these keywords, if one is next."""
        found = self.next.kind == "word" and self.next.upper in words
        self._at += found
        return found

    def sign(self, text: str) -> bool:
        """Take a punctuation mark, if it is next."""
        found = self.next.text == text
        self._at += found
        return found

    def expect(self, *texts: str) -> None:
        """Take these keywords and marks."""
        for text in texts:
            if self.next.upper != text:
                self.refuse()
            self._at += 1

    def variable(self) -> str:
        """Take a variable; it comes back with a `?`."""
        if not _VARIABLE.fullmatch(self.next.text):
            self.refuse()
        return f"?{self.take()[1:]}"

    def name(self) -> str:
        """Take an IRI."""
        if not self.at_name:
            self.refuse()
        return self.take()

    def variable_or_name(self) -> str:
        """Take a variable or an IRI."""
        return self.variable() if self.next.kind == "variable" else self.name()

    def text(self) -> str:
        """Take a text in quotes."""
        if not _TEXT.fullmatch(self.next.text):
            self.refuse()
        return self.take()

    def number(self) -> int:
        """Take a whole number."""
        if not (self.next.text.isascii() and self.next.text.isdecimal()):
            self.refuse()
        return int(self.take())

    def refuse(self) -> NoReturn:
        """Say that what comes next is not simple."""
        token = self.next
        if token.kind == "word":
            raise NotSimpleError(token.upper[:_MOST_TOLD])
        told = _KINDS.get(token.kind) or _SIGNS.get(token.text)
        raise NotSimpleError(told or f'"{token.text[:_MOST_TOLD]}"')
