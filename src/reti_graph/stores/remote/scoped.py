"""Queries that find in a store elsewhere what they find in the embedded store, and no more.

A store has graphs that are none of the site's: those of others, and those that tell which release
it holds. `GRAPH ?g` must not find them. Where the default graph is not the union of the site's
graphs, each triple once, that union is a graph of its own, and queries ask that one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.lexer import Token
from reti_graph.stores.remote.portable import joined
from reti_graph.stores.remote.values import HELD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reti_graph.stores.remote.values import Remote

_OPENING: Final = frozenset({"{", "("})
_CLOSING: Final = frozenset({"}", ")"})
_START: Final = Token("space", "", 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which graphs are the site's: those below `base` but for `<base>release` and what is below it.

    `union` is the graph that stands in for the default graph; None where that is the union.
    """

    base: str
    union: str | None = None

    @classmethod
    def of(cls, remote: Remote) -> Scope:
        """Return the scope of the queries to a store."""
        return cls(remote.base, remote.union)

    @property
    def nothing(self) -> str:
        """The name of a graph that is never there."""
        return f"{self.base}{HELD}/nothing"

    def has(self, graph: str) -> bool:
        """Tell whether a graph of this name can be one of the site's."""
        held = self.base + HELD
        return graph.startswith(self.base) and graph != held and not graph.startswith(f"{held}/")

    def filter(self, variable: str) -> str:
        """Return the FILTER that keeps the site's graphs, of a variable that GRAPH has bound."""
        held = ox.NamedNode(self.base + HELD)
        base, below = ox.Literal(self.base), ox.Literal(f"{self.base}{HELD}/")
        return (
            f"FILTER(STRSTARTS(STR({variable}), {base}) && {variable} != {held}"
            f" && !STRSTARTS(STR({variable}), {below}))"
        )


def scoped(query: Sequence[Token], scope: Scope) -> str:
    """Return a query (`portable`) that is answered over the site's graphs alone.

    `GRAPH ?g { … }` gets a FILTER after it, in the group that it stands in: there it means the same
    wherever the group stands, and engines see through it. A graph named outright that is none of
    the site's becomes one that is never there. Where the union is a graph, patterns stand in it.
    """
    return joined(tuple(_Scoping(scope).read(in_full(query))))


def names_graphs(query: Sequence[Token]) -> bool:
    """Tell whether a query has a GRAPH with an IRI."""
    significant = [token for token in query if not token.blank]
    return any(
        before.upper == "GRAPH" and token.kind == "iri" for before, token in pairwise(significant)
    )


def in_full(query: Sequence[Token]) -> tuple[Token, ...]:
    """Return `CONSTRUCT WHERE { … }` with a template, as SPARQL 1.1 Query Language, 16.2.4 has it.

    In the short form no GRAPH may stand in the pattern. Other queries come back as they are.
    """
    words = [index for index, token in enumerate(query) if not token.blank][:2]
    if [query[index].upper for index in words] != ["CONSTRUCT", "WHERE"]:
        return tuple(query)
    where = words[1]
    opened, end = 0, where
    for index in range(where + 1, len(query)):
        opened += (query[index].text == "{") - (query[index].text == "}")
        if query[index].text == "}" and opened == 0:
            end = index + 1
            break
    return (*query[:where], *query[where + 1 : end], *query[where:])


@dataclass(frozen=True, slots=True)
class _Open:
    """A bracket that is open, and what is to be written before and after the one that closes it."""

    bracket: str
    before: str = ""
    after: str = ""


class _Scoping:
    """Reads a query token by token and yields it with what the scope adds."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._open: list[_Open] = []
        self._last = (_START, _START)
        self._data = False

    def read(self, query: Sequence[Token]) -> Iterator[Token]:
        """Yield the tokens of the scoped query."""
        for token in query:
            if token.blank:
                yield token
                continue
            if token.text in _OPENING:
                yield token
                yield from self._opened(token)
            elif token.text in _CLOSING and self._open:
                closed = self._open.pop()
                yield _inserted(closed.before)
                yield token
                yield _inserted(closed.after)
            else:
                yield self._inside(token)
            self._last = (self._last[1], token)

    def _inside(self, token: Token) -> Token:
        if token.kind == "word":
            self._data = token.upper == "VALUES"
        outright = token.kind == "iri" and self._last[1].upper == "GRAPH"
        if outright and not self._scope.has(token.text[1:-1]):
            return token._replace(text=f"<{self._scope.nothing}>")
        return token

    def _opened(self, token: Token) -> Iterator[Token]:
        opened = _Open(token.text)
        if token.text == "{":
            data, self._data = self._data, False
            word, name = self._last
            outermost = not any(each.bracket == "{" for each in self._open)
            if word.upper == "GRAPH" and name.kind == "variable":
                opened = _Open("{", after=f" {self._scope.filter(name.text)} ")
            elif self._scope.union and outermost and not data and name.upper != "CONSTRUCT":
                yield _inserted(f" GRAPH {ox.NamedNode(self._scope.union)} {{ ")
                opened = _Open("{", before=" } ")
        self._open.append(opened)


def _inserted(text: str) -> Token:
    return _START._replace(text=text)
