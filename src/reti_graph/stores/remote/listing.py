"""`GRAPH ?g {}` in other words, for an engine that does not list its graphs for it.

By SPARQL 1.1 Query Language, 13.3, it has a solution for each named graph. Virtuoso binds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.stores.remote.portable import joined, portable, unused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.lexer import Token


def listed(query: Sequence[Token]) -> tuple[Token, ...]:
    """Return a query (`portable`) in which no GRAPH has an empty group.

    Of a graph that is empty, there is none in a store of statements.
    """
    significant = [index for index, token in enumerate(query) if not token.blank]
    anything = " ".join(f"?{unused(name, joined(query))}" for name in ("of", "has", "value"))
    written = list(query)
    for place in range(len(significant) - 3):
        word, name, opening, closing = (query[each] for each in significant[place : place + 4])
        if (word.upper, opening.text, closing.text) == ("GRAPH", "{", "}"):
            text = _in_other_words(name, f"GRAPH {name.text} {{ {anything} }}")
            start, end = significant[place], significant[place + 3] + 1
            written[start:end] = [word._replace(kind="space", text=f" {text} ")] + [
                word._replace(kind="space", text="")
            ] * (end - start - 1)
    return tuple(query) if written == list(query) else portable(joined(written), {})


def _in_other_words(name: Token, pattern: str) -> str:
    if name.kind == "variable":
        # SELECT DISTINCT would do, and takes Virtuoso minutes.
        return f"{{ SELECT {name.text} {{ {pattern} }} GROUP BY {name.text} }}"
    return f"FILTER EXISTS {{ {pattern} }}"
