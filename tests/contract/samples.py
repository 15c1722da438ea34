"""The data of the contract tests, and short ways to write it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from reti_graph.stores.port import Store

    Make: TypeAlias = Callable[[Iterable[ox.Quad], Mapping[str, str]], Store]

# Stores in this process and its workers, and servers that can be changed over HTTP.
LOCAL = ("embedded", "pooled")
WRITABLE = ("oxigraph", "virtuoso")

PREFIXES = {"": "http://example.org/"}
# Two passages say that :a is a member of :n; one of them says more.
DATA = """@prefix : <http://example.org/> .
:g { :a :memberOf :n ; :label "A"@it . }
:h { :a :memberOf :n . :b :memberOf :n . }
"""
ROWS = "SELECT ?s ?o { ?s :memberOf ?o } ORDER BY ?s"
TRIPLES = "CONSTRUCT { ?o :has ?s } WHERE { GRAPH ?g { ?s :memberOf ?o } }"


def quads(text: str) -> list[ox.Quad]:
    """Read TriG with the prefix of these tests."""
    return list(ox.parse(f"@prefix : <http://example.org/> . {text}", format=ox.RdfFormat.TRIG))


def triples(text: str) -> list[ox.Triple]:
    """Read Turtle with the prefix of these tests."""
    return [quad.triple for quad in quads(text)]


def node(name: str) -> ox.NamedNode:
    """Return a name of these tests as a term."""
    return ox.NamedNode(f"http://example.org/{name}")


def count(store: Store, pattern: str = "?s ?p ?o") -> int:
    """Count the rows of a pattern."""
    [[number]] = store.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows
    assert isinstance(number, ox.Literal)
    return int(number.value)
