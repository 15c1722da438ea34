from __future__ import annotations

import pytest

from reti_graph.stores.remote.products import (
    OTHER,
    OWN,
    OXIGRAPH,
    PRODUCTS,
    VIRTUOSO,
    by_name,
    product_of,
)


@pytest.mark.parametrize(
    ("url", "server", "name"),
    [
        ("http://127.0.0.1:7878/query", "Oxigraph/0.5.13", "Oxigraph"),
        ("http://h/sparql", "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu", "Virtuoso"),
        ("http://h/sparql", "reti-graph/1", "reti-graph"),
        ("http://h/ds/query", "Apache Jena Fuseki (5.1.0)", "Jena Fuseki"),
        ("http://h:7200/repositories/milan", "", "GraphDB or RDF4J"),
        ("https://a.b.eu-south-1.neptune.amazonaws.com:8182/sparql", "", "Amazon Neptune"),
        ("http://h/sparql", "nginx", "unknown store"),
        ("http://virtuoso.example/sparql", "", "unknown store"),
    ],
)
def test_a_store_is_recognised(url: str, server: str, name: str) -> None:
    """By its Server header, or by an address that no other kind has."""
    assert product_of(url, server).name == name


@pytest.mark.parametrize(
    ("name", "url", "update", "graphs"),
    [
        ("Oxigraph", "http://h:7878/query", "http://h:7878/update", "http://h:7878/store"),
        ("Oxigraph", "https://h/a/query", "https://h/a/update", "https://h/a/store"),
        ("Oxigraph", "http://h/behind/a/proxy", None, None),
        ("Virtuoso", "http://h/sparql", "http://h/sparql", "http://h/sparql-graph-crud"),
        ("Virtuoso", "http://h/sparql/", "http://h/sparql", "http://h/sparql-graph-crud"),
        (
            "Virtuoso",
            "http://h/sparql-auth",
            "http://h/sparql-auth",
            "http://h/sparql-graph-crud-auth",
        ),
        ("reti-graph", "http://h/sparql", None, None),
        ("Jena Fuseki", "http://h/ds/sparql", "http://h/ds/update", "http://h/ds/data"),
        (
            "GraphDB or RDF4J",
            "http://h/repositories/r",
            "http://h/repositories/r/statements",
            "http://h/repositories/r/rdf-graphs/service",
        ),
        ("Stardog", "http://h/db/query", "http://h/db/update", "http://h/db"),
        ("Amazon Neptune", "https://h/sparql", "https://h/sparql", "https://h/sparql/gsp/"),
        ("QLever", "http://h/api/milan", "http://h/api/milan", "http://h/api/milan"),
        ("unknown store", "http://h/sparql", None, None),
    ],
)
def test_the_other_addresses_follow_from_the_one(
    name: str, url: str, update: str | None, graphs: str | None
) -> None:
    """Where it is of the form that a kind of store has."""
    found = by_name(name).addresses(url)
    assert (found.query, found.update, found.graphs) == (url, update, graphs)


def test_what_a_kind_is_like_can_be_set_otherwise() -> None:
    """What it is called stays."""
    dialect = OXIGRAPH.dialect("union", atomic=False)
    assert (dialect.product, dialect.default_graph, dialect.atomic) == ("Oxigraph", "union", False)


def test_names_are_of_one_kind_each() -> None:
    """A dialect has but the name."""
    names = [product.name for product in PRODUCTS]
    assert len(set(names)) == len(names)
    assert by_name(VIRTUOSO.name) is VIRTUOSO
    assert by_name("no such store") is OTHER


def test_the_stores_that_tests_ask_are_said_to_be_tried() -> None:
    """And no others."""
    assert {product for product in PRODUCTS if product.tried} == {OXIGRAPH, VIRTUOSO, OWN}
