"""Queries in words that every SPARQL 1.1 engine reads alike.

Engines have prefixes of their own, and their own ideas of BASE and of escapes in names. So each
name goes out as a whole IRI, and neither a prologue nor FROM clauses nor comments go with it. Only
what pyoxigraph has parsed goes out at all: a query has the same mistakes wherever it is asked.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import QuerySyntaxError
from reti_graph.lexer import Token, tokens
from reti_graph.stores.mistakes import query_syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PROLOGUE: Final = frozenset({"PREFIX", "BASE", "VERSION"})
_OF_PROLOGUE: Final = frozenset({"name", "iri", "string"})
# Words that say what a group is. pyoxigraph takes them with no space before what follows.
_STRUCTURE: Final = frozenset(
    {"ASK", "CONSTRUCT", "DESCRIBE", "EXISTS", "FROM", "GRAPH", "SELECT", "VALUES", "WHERE"}
)
_NAMES: Final = frozenset({"iri", "name"})


def parse(query: str, prefixes: Mapping[str, str]) -> None:
    """Let pyoxigraph read a query without answering it; `prefixes` need no declaration.

    Raises QuerySyntaxError with the reason, line and column.
    """
    known = {name: space for name, space in prefixes.items() if f"{name}:" in query}
    # A value for a variable that is not there is refused once the query is parsed, and before
    # anything is evaluated: of a stranger's query nothing may be evaluated here.
    nowhere: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(unused("unread", query)): ox.Literal("")
    }
    try:
        ox.Store().query(query, prefixes=known, substitutions=nowhere)
    except SyntaxError as error:
        raise query_syntax_error(error, query, prefixes) from error
    except RuntimeError:
        return


def unused(stem: str, query: str) -> str:
    """Return a name for a variable that begins so and is not in a query."""
    return next(name for number in count() if (name := f"{stem}{number}") not in query)


def portable(query: str, prefixes: Mapping[str, str]) -> tuple[Token, ...]:
    """Return the tokens of a query from its form on, each name a whole IRI, blanks one space.

    The query must have been parsed. FROM clauses are left out. Raises QuerySyntaxError where a
    keyword sticks to what stands beside it.
    """
    every = tuple(tokens(query))
    start = _after_prologue(every)
    body = tuple(_without_from(every[start:]))
    for token in body:
        if token.kind == "word" and _glued(token):
            raise _stuck(token)
    whole = _whole(query[: every[start].start], body, prefixes)
    return tuple(
        token._replace(kind="iri", text=whole[token.text])
        if token.kind in _NAMES
        else token._replace(kind="space", text=" ")
        if token.blank
        else token
        for token in body
    )


def joined(parts: Sequence[Token]) -> str:
    """Return tokens as a text again."""
    pieces = []
    before = ""
    for token in parts:
        # Else `<` and an IRI could become one token, and so could an IRI and what it follows.
        apart = token.kind == "iri" and before != "^^"
        pieces.append(f" {token.text} " if apart else token.text)
        before = token.text
    return "".join(pieces).strip()


def _after_prologue(every: Sequence[Token]) -> int:
    for index, token in enumerate(every):
        if not (token.blank or token.upper in _PROLOGUE or token.kind in _OF_PROLOGUE):
            return index
    return len(every)


def _without_from(body: Sequence[Token]) -> Iterator[Token]:
    """Leave out FROM, NAMED after it, and the name: these words are nowhere else in SPARQL."""
    within = False
    for token in body:
        if token.kind == "word" and token.upper == "FROM":
            within = True
        elif not within:
            yield token
        elif token.kind in _NAMES:
            within = False


def _glued(token: Token) -> bool:
    word = token.upper
    return word not in _STRUCTURE and any(keyword in word for keyword in _STRUCTURE)


def _whole(prologue: str, body: Sequence[Token], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return what each name and IRI stands for, as pyoxigraph reads it below the prologue."""
    names = list(dict.fromkeys(token.text for token in body if token.kind in _NAMES))
    if not names:
        return {}
    values = " ".join(f"({number} {name})" for number, name in enumerate(names))
    known = {name: space for name, space in prefixes.items() if f"{name}:" in values}
    try:
        answer = ox.Store().query(
            f"{prologue} SELECT ?number ?whole {{ VALUES (?number ?whole) {{ {values} }} }}",
            prefixes=known,
        )
    except SyntaxError as error:
        raise _stuck(next(token for token in body if token.kind in _NAMES)) from error
    rows = answer if isinstance(answer, ox.QuerySolutions) else ()
    return {names[int(row["number"].value)]: str(row["whole"]) for row in rows}


def _stuck(token: Token) -> QuerySyntaxError:
    return QuerySyntaxError(
        f'Write a space between the keywords and names of "{token.text}".',
        line=token.line,
        column=token.column,
    )
