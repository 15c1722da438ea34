"""Quads for the tests of stores, and queries that do harm."""

from __future__ import annotations

import pyoxigraph as ox


def node(name: str) -> ox.NamedNode:
    """Return a name of these tests as a term."""
    return ox.NamedNode(f"urn:{name}")


def quad(subject: str, predicate: str, value: str, graph: str | None = None) -> ox.Quad:
    """Return a quad of names of these tests."""
    where = ox.DefaultGraph() if graph is None else node(graph)
    return ox.Quad(node(subject), node(predicate), node(value), where)


def many(factors: int) -> str:
    """Return a pattern with 100 solutions for each variable, in all combinations."""
    numbers = " ".join(map(str, range(100)))
    return " ".join(f"VALUES ?v{each} {{ {numbers} }}" for each in range(factors))


# It would count to 100,000,000,000,000.
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {many(7)} }}"
LARGE = f"SELECT * {{ {many(3)} }}"
LARGE_GRAPH = (
    "CONSTRUCT { <urn:a> <urn:b> ?o } WHERE { "
    f"{many(2)} BIND(CONCAT(STR(?v0), '-', STR(?v1)) AS ?o) }}"
)
HUNGRY = f"SELECT * {{ {many(4)} }} ORDER BY DESC(CONCAT(STR(?v3), STR(?v0)))"
DEADLY = "SELECT * " + "{" * 2_200 + "}" * 2_200
