"""DESCRIBE as the embedded store answers it: the triples whose subject is the thing described.

Engines differ in what they tell of a thing (SPARQL 1.1 Query Language, 16.4, leaves it to them).
So a store elsewhere is asked first which things are described, and then for their triples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.stores.remote.portable import joined, unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reti_graph.lexer import Token

THINGS_AT_ONCE: Final = 200
"""How many things one query asks for: engines have limits to what one text may hold."""


def selection(query: Sequence[Token]) -> str:
    """Return the SELECT whose rows have the things that a DESCRIBE (`portable`) describes.

    As in the embedded store, what is named outright is described when there is any row.
    """
    significant = [token for token in query if not token.blank]
    named = []
    for token in significant[1:]:
        if token.kind not in {"iri", "variable"} and token.text != "*":
            break
        named.append(token)
    text = joined(query)
    columns = [
        f"({token.text} AS ?{unused(f'named{number}x', text)})"
        if token.kind == "iri"
        else token.text
        for number, token in enumerate(named)
    ]
    rest = query[query.index(named[-1]) + 1 :]
    has_pattern = any(token.text == "{" for token in rest)
    return f"SELECT {' '.join(columns)} {'' if has_pattern else '{}'} {joined(rest)}"


def description(things: Iterable[str]) -> str:
    """Return the CONSTRUCT of the triples about things; each is written as SPARQL has it."""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {' '.join(things)} }} ?s ?p ?o }}"
