"""The SPARQL inside shapes: its prefixes (SHACL 5.2.1), and whether it can be read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import QuerySyntaxError
from reti_graph.lexer import tokens
from reti_graph.terms import OWL
from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.validation.triples import Node, TripleIndex

_IMPORTS: Final = ox.NamedNode(OWL + "imports")
# SHACL 5.1 and 5.3: what does not go together with variables bound beforehand.
_FORBIDDEN: Final = frozenset({"MINUS", "SERVICE", "VALUES"})
_QUERIES: Final = tuple(map(sh, ("select", "ask")))


def declared(shapes: TripleIndex, prefixes: Node) -> Iterator[Node]:
    """Yield the prefix declarations of a value of sh:prefixes and of what it imports."""
    for node in sorted(shapes.up([prefixes], _IMPORTS), key=str):
        yield from shapes.objects(node, sh("declare"))


def with_imported_prefixes(shapes: TripleIndex) -> Iterator[ox.Triple]:
    """Yield triples that declare imported prefixes where they are used."""
    for _, prefixes in shapes.pairs(sh("prefixes")):
        if isinstance(prefixes, ox.NamedNode | ox.BlankNode):
            for declaration in declared(shapes, prefixes):
                yield ox.Triple(prefixes, sh("declare"), declaration)


def unreadable_queries(shapes: TripleIndex) -> Iterator[tuple[Node, str]]:
    """Yield each node whose query is not SPARQL, or that SHACL forbids, with the reason."""
    for term in _QUERIES:
        for node, query in shapes.pairs(term):
            reason = _reason(shapes, node, getattr(query, "value", ""))
            if reason:
                yield node, reason


def _reason(shapes: TripleIndex, node: Node, text: str) -> str | None:
    prefixes = {
        _text(shapes, declaration, "prefix"): _text(shapes, declaration, "namespace")
        for used in shapes.objects(node, sh("prefixes"))
        for declaration in declared(shapes, used)
    }
    try:
        for token in tokens(text):
            if token.kind == "word" and token.upper in _FORBIDDEN:
                return f"{token.upper} is not allowed in a shape"
        ox.Store().query(text, prefixes=prefixes)
    except (QuerySyntaxError, SyntaxError) as error:
        return str(error)
    return None


def _text(shapes: TripleIndex, node: Node, name: str) -> str:
    return next((str(getattr(v, "value", "")) for v in shapes.objects(node, sh(name))), "")
