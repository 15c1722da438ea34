"""A TriG text as a tree that keeps spelling and comments, for the formatter.

It reads text that pyoxigraph accepts, without blank nodes and without a base.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from reti_graph.sources.turtle_tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Comments: TypeAlias = tuple[str, ...]

_NEW_LINE: Final = re.compile(r"[\r\n]")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS: Final[Mapping[str, str]] = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TO_ESCAPE: Final = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
_WRITTEN: Final[Mapping[str, str]] = {value: f"\\{key}" for key, value in _LETTERS.items()} | {
    '"': '\\"',
    "\\": "\\\\",
}


@dataclass(frozen=True, slots=True)
class Object:
    """An object, the comments on the lines before it and the one at the end of its line."""

    text: str
    before: Comments = ()
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate with its objects."""

    verb: str
    objects: tuple[Object, ...]
    before: Comments = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A subject with its predicates, up to the full stop."""

    subject: str
    predicates: tuple[Predicate, ...]
    before: Comments = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A named graph, or the default graph when `graph` is empty, in curly brackets."""

    graph: str
    statements: tuple[Statement, ...]
    before: Comments = ()
    opening: str | None = None
    ending: Comments = ()
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """The declaration of a prefix, its colon included in the name."""

    prefix: str
    iri: str
    before: Comments = ()
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text."""

    directives: tuple[Directive, ...]
    items: tuple[Block | Statement, ...]
    ending: Comments = ()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A token that means something, with the comments around it that are nearest to it."""

    token: Token
    before: Comments
    after: str | None = None

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of the words, `@` aside and in either case."""
        bare = self.token.text.lower().removeprefix("@")
        return self.token.kind in {"word", "at"} and bare in words


def lexemes(text: str) -> tuple[Lexeme, ...]:
    """Return the tokens that mean something; the last one stands for the end of the text."""
    found: list[Lexeme] = []
    comments: list[str] = []
    same_line = False
    for token in tokens(text):
        if token.kind == "space":
            same_line = same_line and not _NEW_LINE.search(token.text)
        elif token.kind == "comment" and same_line:
            found[-1] = replace(found[-1], after=token.text.rstrip())
            same_line = False
        elif token.kind == "comment":
            comments.append(token.text.rstrip())
        else:
            found.append(Lexeme(token, tuple(comments)))
            comments, same_line = [], True
    return (*found, Lexeme(Token("end", "", len(text)), tuple(comments)))


def parse(found: Sequence[Lexeme]) -> Document:
    """Build the tree of a text that is known to be TriG without blank nodes and base."""
    return _Parser(found).document()


@dataclass(slots=True)
class _Parser:
    """Recursive descent over lexemes; comments wait in `_loose` for the next place to keep them.

    Each waiting comment is marked true when it stood at the end of a line.
    """

    _found: Sequence[Lexeme]
    _index: int = 0
    _led: int = -1
    _loose: list[tuple[str, bool]] = field(default_factory=list)

    def document(self) -> Document:
        directives, items = [], []
        while self._next.token.kind != "end":
            if self._next.is_word("prefix"):
                directives.append(self._directive())
            else:
                items.append(self._item())
        return Document(tuple(directives), tuple(items), self._lead())

    @property
    def _next(self) -> Lexeme:
        return self._found[self._index]

    def _take(self) -> Token:
        self._pull()
        lexeme = self._next
        self._index += 1
        if lexeme.after is not None:
            self._loose.append((lexeme.after, True))
        return lexeme.token

    def _skip(self, mark: str) -> bool:
        found = self._next.token.text == mark
        if found:
            self._take()
        return found

    def _pull(self) -> None:
        """Let the comments before the next lexeme wait with the others, once."""
        if self._led < self._index:
            self._led = self._index
            self._loose += [(comment, False) for comment in self._next.before]

    def _lead(self) -> Comments:
        """Return the waiting comments, which stand before what comes next."""
        self._pull()
        waiting = tuple(comment for comment, _ in self._loose)
        self._loose.clear()
        return waiting

    def _after(self) -> str | None:
        """Return the comment at the end of the line just read, if one is first in the queue."""
        return self._loose.pop(0)[0] if self._loose and self._loose[0][1] else None

    def _directive(self) -> Directive:
        before = self._lead()
        self._take()
        before += self._lead()
        prefix = self._take().text
        before += self._lead()
        iri = self._take().text
        self._skip(".")
        return Directive(prefix, iri, before, self._after())

    def _item(self) -> Block | Statement:
        before = self._lead()
        if self._next.is_word("graph"):
            self._take()
            before += self._lead()
        if self._next.token.text == "{":
            return self._block("", before)
        subject = self._take().text
        if self._next.token.text == "{":
            return self._block(subject, before)
        return self._statement(subject, before)

    def _block(self, graph: str, before: Comments) -> Block:
        self._take()
        opening = self._after()
        statements = []
        while self._next.token.text != "}":
            lead = self._lead()
            statements.append(self._statement(self._take().text, lead))
        ending = self._lead()
        self._take()
        return Block(graph, tuple(statements), before, opening, ending, self._after())

    def _statement(self, subject: str, before: Comments) -> Statement:
        predicates = []
        ended = False
        while not ended:
            predicate, ended = self._predicate()
            predicates.append(predicate)
        return Statement(subject, tuple(predicates), before)

    def _predicate(self) -> tuple[Predicate, bool]:
        before = self._lead()
        verb = self._take().text
        before += self._lead()
        objects: list[Object] = []
        more, ended = True, False
        while more:
            lead, text = self._lead(), self._term()
            more = self._skip(",")
            ended = not more and self._end_of_statement()
            objects.append(Object(text, lead, self._after()))
        return Predicate(verb, tuple(objects), before), ended

    def _end_of_statement(self) -> bool:
        while self._skip(";"):
            pass
        return self._skip(".") or self._next.token.text == "}"

    def _term(self) -> str:
        token = self._take()
        if token.kind != "string":
            return token.text
        text = quoted(unquoted(token.text))
        if self._next.token.kind == "at":
            return text + self._take().text
        if self._skip("^^"):
            return f"{text}^^{self._take().text}"
        return text


def unquoted(text: str) -> str:
    """Return what a string token says: without its quotation marks, escapes resolved."""
    width = 3 if text[:3] in {'"""', "'''"} else 1
    return _ESCAPE.sub(_character, text[width:-width])


def quoted(value: str) -> str:
    """Return a string on one line, in double quotation marks."""
    return f'"{_TO_ESCAPE.sub(_escaped, value)}"'


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])


def _escaped(match: re.Match[str]) -> str:
    return _WRITTEN.get(match[0], f"\\u{ord(match[0]):04X}")
