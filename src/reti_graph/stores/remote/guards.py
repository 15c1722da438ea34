"""What no stranger's query may ask of an engine elsewhere, though it is SPARQL.

Engines have functions and predicates of their own, by name: some read files, call programs or
other machines, or change how the engine works. The embedded store has none of them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NoReturn

from reti_graph.errors import GateError
from reti_graph.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reti_graph.lexer import Token

# Schemes of names. Others are an engine's own: bif and sql of Virtuoso, java of Jena, tag of
# Stardog.
_SCHEMES: Final = frozenset({"http", "https", "urn", "mailto", "tel", "geo", "info", "ftp", "doi"})
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
)
_SCHEME: Final = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*):")
# After these words an expression may stand with no bracket around it.
_BEFORE_EXPRESSION: Final = frozenset({"FILTER", "HAVING", "BY", "ASC", "DESC"})
_MODIFIERS: Final = frozenset({"HAVING", "BY"})
_AFTER_MODIFIERS: Final = frozenset({"LIMIT", "OFFSET", "VALUES"})
_OPENING: Final = frozenset({"(", "[", "{", "<<"})
_CLOSING: Final = frozenset({")", "]", "}", ">>"})


def guard(query: Sequence[Token]) -> None:
    """Let a query through whose names are whole IRIs (`portable`), or raise GateError.

    Refused are functions named by an IRI, casts to types of XML Schema aside, IRIs of schemes that
    are none of data, and what belongs to an engine.
    """
    significant = [token for token in query if not token.blank]
    for token in significant:
        if token.kind == "iri":
            _check_name(token)
    for token in _called(significant):
        if not token.text.startswith(f"<{XSD}"):
            _refuse(f"The function {token.text} is not answered here", token)


def _check_name(token: Token) -> None:
    scheme = _SCHEME.match(token.text)
    if scheme is None or scheme[1].lower() not in _SCHEMES:
        _refuse(f"IRIs such as {token.text} are not answered here", token)
    if token.text.lower().startswith(tuple(f"<{engine}" for engine in _ENGINES)):
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
