"""Which queries from outside are answered: read forms only, no SERVICE, within limits of size.

pyoxigraph dies of deep nesting, hangs on hundreds of joined triple patterns, and follows SERVICE
to any address. The gate reads tokens alone and errs on the strict side; it is the polite half
of the protection, with messages that say where.
"""

from __future__ import annotations

import enum
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias

from reti_graph.errors import GateError
from reti_graph.lexer import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator


class QueryForm(enum.Enum):
    """The four forms of a SPARQL query (SPARQL 1.1 Query Language, 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a query may be. Patterns are counted by group, joined groups together."""

    size: int = 32_768
    depth: int = 64
    patterns: int = 64
    tokens: int = 2_000
    operators: int = 400


DEFAULT_LIMITS = Limits()

_READ_FORMS = frozenset(QueryForm.__members__)
_UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING"]
)
# Functions whose value is another one with each call (SPARQL 1.1 Query Language, 17.4).
_CHANGING = frozenset(["BNODE", "NOW", "RAND", "UUID"])
_OPERATORS = frozenset(
    ["!", "+", "-", "*", "/", "|", "^", "?", "=", "<", ">", "&&", "||", "!=", "<=", ">=", "^^"]
)
_OPERATOR_WORDS = frozenset(
    ["BIND", "EXISTS", "FILTER", "IN", "LATERAL", "MINUS", "NOT", "OPTIONAL", "UNION", "VALUES"]
)
_OPENING = frozenset(["(", "[", "{", "<<"])
_CLOSING = frozenset([")", "]", "}", ">>"])
# Words after which a term is no subject yet: `GRAPH ?g {`, `SELECT ?x WHERE {`, `LIMIT 5 }`.
_HEAD_WORDS = frozenset(
    ["SELECT", "DISTINCT", "REDUCED", "FROM", "NAMED", "WHERE", "GRAPH", "VALUES"]
)
_MODIFIER_WORDS = frozenset(["GROUP", "HAVING", "ORDER", "BY", "ASC", "DESC", "LIMIT", "OFFSET"])
_NOT_OF_A_PATTERN = _HEAD_WORDS | _MODIFIER_WORDS
_PATH_OPERATORS = frozenset(["|", "/", "^", "!"])
_NAMES = frozenset({"word", "name"})
_TERMS = frozenset({"iri", "string", "variable", "blank", "name", "number"})
_WORD_TERMS = frozenset({"A", "TRUE", "FALSE"})


@functools.lru_cache(maxsize=256)
def form(text: str) -> QueryForm:
    """Return the form of a query, read from its first word after the prologue.

    Raises GateError for an update or for what is no query, QuerySyntaxError for what is not
    made of SPARQL tokens.
    """
    return _form(token for token in tokens(text) if not token.blank)


# One text is often checked again: a canned query before it is asked, a question asked twice.
@functools.lru_cache(maxsize=256)
def check(text: str, limits: Limits = DEFAULT_LIMITS) -> QueryForm:
    """Return the form of a query that may be answered.

    Raises GateError, with line and column, for an update, for SERVICE, and for a query beyond
    the limits; QuerySyntaxError for what is not made of SPARQL tokens.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.size:
        raise GateError(f"The query has {size} bytes; at most {limits.size} are answered.")
    significant = []
    counter = _Counter(limits)
    for token in tokens(text):
        if not token.blank:
            significant.append(token)
            if token.kind in _NAMES:
                _refuse_service(token)
            counter.read(token)
    return _form(iter(significant))


def is_repeatable(text: str) -> bool:
    """Tell whether a query gives the same answer each time, as far as its functions say.

    The text must have passed `check`. What pyoxigraph reads as two words may be one token here,
    so a word that only holds the name of such a function counts as well.
    """
    anywhere = text.upper()
    if not any(name in anywhere for name in _CHANGING):
        return True
    words = (token.upper for token in tokens(text) if token.kind == "word")
    return not any(name in word for word in words for name in _CHANGING)


def _form(significant: Iterator[Token]) -> QueryForm:
    token: Token | None = None
    for token in significant:
        if token.kind == "word" and token.upper in {"PREFIX", "BASE", "VERSION"}:
            continue
        if token.kind not in {"name", "iri", "string"}:
            break
    if token is None or token.kind != "word":
        raise GateError("There is no SELECT, ASK, CONSTRUCT or DESCRIBE here.")
    if token.upper in _UPDATES:
        _refuse("Updates are not answered here, only queries", token)
    if token.upper not in _READ_FORMS:
        _refuse(
            f'A query starts with SELECT, ASK, CONSTRUCT or DESCRIBE, not "{token.text}"', token
        )
    return QueryForm(token.upper)


def _refuse_service(token: Token) -> None:
    # pyoxigraph takes keywords without white space after them, as in `trueSERVICEx:y{}`.
    if "SERVICE" not in token.upper.partition(":")[0]:
        return
    if token.kind == "word":
        _refuse("SERVICE is not answered here", token)
    _refuse('A prefix cannot have "service" in its name here', token)


def _refuse_more(limit: int, what: str, token: Token) -> NoReturn:
    _refuse(f"The query has more than {limit} {what}", token)


def _refuse(message: str, token: Token) -> NoReturn:
    raise GateError(f"{message}.", line=token.line, column=token.column)


_Kind: TypeAlias = Literal["top", "group", "collection", "data", "expression"]


@dataclass(slots=True)
class _Frame:
    """What is open: how many patterns it has so far, and what the last word in it was."""

    kind: _Kind
    joined: Literal["joined", "union", "apart"] = "joined"
    patterns: int = 0
    branch: int = 0
    pending: bool = False
    word: str = ""

    def end_pattern(self) -> None:
        """Count the terms since the last separator as one pattern."""
        self.patterns += self.pending and self.kind == "group"
        self.pending = False

    def take_word(self, word: str) -> None:
        """Note a keyword: it ends a pattern, if there was one."""
        if self.word not in _NOT_OF_A_PATTERN:
            self.end_pattern()
        self.pending, self.word = False, word

    def take_term(self, before: Token | None) -> None:
        """Note a term or what opens one; each element of a collection makes patterns."""
        self.pending = True
        if self.kind == "collection" and not (before and before.text in _PATH_OPERATORS):
            self.patterns += 1

    def take_group(self, closed: _Frame) -> None:
        """Add the patterns of a group that ends here, where they are joined to those around."""
        if closed.joined == "union":
            # One solution comes from one branch: the largest of them is joined to the rest.
            self.patterns += max(0, closed.patterns - self.branch)
            self.branch = max(self.branch, closed.patterns)
        elif closed.joined == "joined":
            self.patterns += closed.patterns
            self.branch = closed.patterns


class _Counter:
    """Counts, token by token, what the limits are about."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._frames = [_Frame("top")]
        self._before: Token | None = None
        self._tokens = 0
        self._operators = 0

    def read(self, token: Token) -> None:
        """Take the next token; raise GateError when a limit is passed with it."""
        self._tokens += 1
        self._operators += token.text in _OPERATORS or token.upper in _OPERATOR_WORDS
        if token.text == "{":
            self._frames.append(self._group())
        elif token.text in _OPENING:
            self._frames.append(self._bracket(token))
        elif token.text in _CLOSING:
            self._close(token)
        else:
            self._inside(token)
        self._before = token
        self._compare(token)

    def _compare(self, token: Token) -> None:
        limits = self._limits
        if self._tokens > limits.tokens:
            _refuse_more(limits.tokens, "tokens", token)
        if self._operators > limits.operators:
            _refuse_more(limits.operators, "operators", token)
        if len(self._frames) - 1 > limits.depth:
            _refuse_more(limits.depth, "brackets open at once", token)
        if self._frames[-1].patterns > limits.patterns:
            _refuse_more(limits.patterns, "triple patterns in one group", token)

    def _group(self) -> _Frame:
        """Open `{`: a pattern before it ends, and the last word says how the group is joined."""
        parent = self._frames[-1]
        word = parent.word
        parent.take_word("")
        if word in {"VALUES", "CONSTRUCT"}:
            return _Frame("data")
        if word == "UNION":
            return _Frame("group", "union")
        apart = word in {"OPTIONAL", "MINUS", "EXISTS"} or parent.kind == "expression"
        return _Frame("group", "apart" if apart else "joined")

    def _bracket(self, token: Token) -> _Frame:
        """Open another bracket: one of a term or a path makes patterns, an expression does not."""
        parent, before = self._frames[-1], self._before
        after_word = before is not None and before.kind == "word" and not _is_term(before)
        if token.text == "(" and (
            after_word or parent.kind in {"expression", "top"} or parent.word in _NOT_OF_A_PATTERN
        ):
            return _Frame("expression")
        if parent.kind == "data":
            return _Frame("data")
        parent.take_term(before)
        return _Frame("collection" if token.text == "(" else "group")

    def _close(self, token: Token) -> None:
        # The lexer has refused what closes nothing.
        closed = self._frames.pop()
        closed.take_word("")
        parent = self._frames[-1]
        parent.take_group(closed)
        if token.text == "}":
            parent.word = ""

    def _inside(self, token: Token) -> None:
        frame = self._frames[-1]
        if _is_term(token):
            frame.take_term(self._before)
        elif token.kind == "word":
            frame.take_word(token.upper)
        elif token.text in {".", ";", ","}:
            frame.end_pattern()
            frame.word = ""
        elif token.text == "/" and frame.kind in {"group", "collection"}:
            frame.patterns += 1


def _is_term(token: Token) -> bool:
    return token.kind in _TERMS or (token.kind == "word" and token.upper in _WORD_TERMS)
