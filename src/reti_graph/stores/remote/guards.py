"""What no stranger's query may ask of an engine elsewhere, though it is SPARQL.

Engines have functions and predicates of their own, by name: some read files, call programs or
other machines, or change how the engine works. The embedded store has none of them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NoReturn

from reti_graph.errors import GateError
from reti_graph.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reti_graph.lexer import Token

# Virtuoso runs what the first two name, and Jena loads the class that the third names, also where
# they stand as predicates. All other schemes are of data: an IRI in a pattern is compared and never
# fetched, and the graphs of a dataset, which might be, are the site's alone (`scoped`).
_SCHEMES: Final = frozenset({"bif", "sql", "java"})
# Where engines keep predicates that do something and hints that change how they answer.
_ENGINES: Final = (
    "http://aws.amazon.com/neptune/",
    "http://jena.apache.org/",
    "http://jena.hpl.hp.com/",
    "http://www.bigdata.com/",
    "http://www.ontotext.com/",
    "http://www.openlinksw.com/schemas/",
    "http://www.openrdf.org/contrib/",
    "https://qlever.cs.uni-freiburg.de/",
    "http://qlever.cs.uni-freiburg.de/",
    "tag:stardog:",
)
# After these words an expression may stand with no bracket around it.
_BEFORE_EXPRESSION: Final = frozenset({"FILTER", "HAVING", "BY", "ASC", "DESC"})
_MODIFIERS: Final = frozenset({"HAVING", "BY"})
_AFTER_MODIFIERS: Final = frozenset({"LIMIT", "OFFSET", "VALUES"})
_OPENING: Final = frozenset({"(", "[", "{", "<<"})
_CLOSING: Final = frozenset({")", "]", "}", ">>"})


def guard(query: Sequence[Token]) -> None:
    """Let a query through whose names are whole IRIs (`portable`), or raise GateError.

    Refused are functions named by an IRI, casts to types of XML Schema aside, and IRIs that belong
    to an engine, by their scheme or their namespace. All other IRIs are names of data.
    """
    significant = [token for token in query if not token.blank]
    for token in significant:
        if token.kind == "iri":
            _check_name(token)
    for token in _called(significant):
        if not token.text.startswith(f"<{XSD}"):
            _refuse(f"The function {token.text} is not answered here", token)


def _check_name(token: Token) -> None:
    name = token.text.lower()
    scheme = name[1:].partition(":")[0]
    if scheme in _SCHEMES or name.startswith(tuple(f"<{engine}" for engine in _ENGINES)):
        _refuse(f"{token.text} is of an engine's own, and not answered here", token)


def _called(significant: Sequence[Token]) -> Iterable[Token]:
    """Yield the IRIs that are called as functions, or might be.

    In a pattern an IRI before a bracket is a predicate, and what follows is a list. Within a list
    it could be either, and counts as called.
    """
    frames = [""]
    modifying = [True]
    for before, (token, after) in zip(
        ["", *(each.upper for each in significant)], pairwise(significant), strict=False
    ):
        if token.text in _OPENING:
            frames.append(token.text)
            modifying.append(False)
        elif token.text in _CLOSING and len(frames) > 1:
            frames.pop()
            modifying.pop()
        elif token.kind == "word" and token.upper in _MODIFIERS | _AFTER_MODIFIERS:
            modifying[-1] = token.upper in _MODIFIERS
        elif token.kind == "iri" and after.text == "(":
            inside = frames[-1] in {"(", ""} or modifying[-1]
            if inside or before in _BEFORE_EXPRESSION:
                yield token


def _refuse(message: str, token: Token) -> NoReturn:
    raise GateError(
        f"{message}.",
        line=token.line,
        column=token.column,
        hint="Ask in SPARQL 1.1 alone, without what one engine adds to it.",
    )
