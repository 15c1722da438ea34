"""Where a text that pyoxigraph refuses is no SPARQL, and why, in words an author can use.

pyoxigraph gives the farthest character it looked at, often a keyword's length too far, and what
it would have liked there. The usual mistakes are therefore looked for first.
"""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reti_graph.errors import QuerySyntaxError
from reti_graph.gate import Limits
from reti_graph.lexer import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

# Limits are for strangers. What a store must refuse of anybody are updates and SERVICE.
UNLIMITED: Final = Limits(
    size=sys.maxsize,
    depth=sys.maxsize,
    patterns=sys.maxsize,
    tokens=sys.maxsize,
    operators=sys.maxsize,
)

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?", re.ASCII)
_KEYWORD: Final = re.compile(r"(?:^|, )([A-Z]+)(?=, |$)")
# Among all that could have followed, a sentence says what is wrong.
_SENTENCE: Final = re.compile(r"(?:^|, )([A-Z][a-z]+(?: [\w-]+){2,})(?=, |$)")
_SCHEME: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")


def query_syntax_error(
    error: SyntaxError, text: str, prefixes: Collection[str] = ()
) -> QuerySyntaxError:
    """Return the error with its reason, line and column; `prefixes` need no declaration."""
    try:
        found = [token for token in tokens(text) if not token.blank]
    except QuerySyntaxError as mistake:
        return mistake
    checks: list[Callable[[], QuerySyntaxError | None]] = [
        lambda: _undeclared(found, prefixes),
        lambda: _relative(found),
        lambda: _unclosed(found),
    ]
    mistakes = (check() for check in checks)
    return next(filter(None, mistakes), None) or _as_reported(str(error), text, found)


def _undeclared(found: Sequence[Token], prefixes: Collection[str]) -> QuerySyntaxError | None:
    declared = {name.text for before, name in pairwise(found) if before.upper == "PREFIX"} | {
        f"{prefix}:" for prefix in prefixes
    }
    for token in found:
        prefix = token.text.partition(":")[0] + ":"
        if token.kind == "name" and prefix not in declared:
            return _error(f"The prefix {prefix} is not declared.", token)
    return None


def _relative(found: Sequence[Token]) -> QuerySyntaxError | None:
    if any(token.upper == "BASE" for token in found):
        return None
    for token in found:
        if token.kind == "iri" and not _SCHEME.match(token.text):
            return _error(f"{token.text} is not a whole IRI: it has no scheme.", token)
    return None


def _unclosed(found: Sequence[Token]) -> QuerySyntaxError | None:
    opened: list[Token] = []
    for token in found:
        if token.kind == "punctuation" and token.text in _OPENING:
            opened.append(token)
        elif token.kind == "punctuation" and token.text in _CLOSING:
            # The lexer has refused what closes nothing.
            opened.pop()
    return _error(f'This "{opened[-1].text}" is never closed.', opened[-1]) if opened else None


def _as_reported(said: str, text: str, found: Sequence[Token]) -> QuerySyntaxError:
    match = _PLACE.match(said)
    if match is None or not found:
        return QuerySyntaxError("There is no query.", line=1, column=1)
    wanted = said[match.end() :]
    sentence = _SENTENCE.search(wanted)
    if sentence is not None:
        return QuerySyntaxError(f"{sentence[1]}.", line=int(match[1]), column=int(match[2]))
    offset = _offset(text, int(match[1]), int(match[2]))
    too_far = max((len(keyword) for keyword in _KEYWORD.findall(wanted)), default=0)
    token = _token_at(found, offset - too_far)
    return _error(f'This is not SPARQL, near "{token.text}".', token)


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return sum(len(each) + 1 for each in before) + column - 1


def _token_at(found: Sequence[Token], offset: int) -> Token:
    """Return the token that covers the offset or comes next, or the last one."""
    later = (token for token in found if token.start + len(token.text) > offset)
    return next(later, found[-1])


def _error(message: str, token: Token) -> QuerySyntaxError:
    return QuerySyntaxError(message, line=token.line, column=token.column)
