"""What a store elsewhere is like.

The settings say it, else its kind is known for it, else its answers show it. Nothing is written to
find out; what cannot be known so has to be set.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import SettingsError
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.answers import solutions, truth
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.products import OTHER, VIRTUOSO, Product, by_name, product_of
from reti_graph.stores.remote.values import HELD, Addresses, Patience, Remote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.setting_types import DefaultGraph
    from reti_graph.settings import StoreSettings
    from reti_graph.stores.remote.held import Reader

_SAMPLE: Final = 50
# A graph that each Virtuoso has, also behind a proxy that hides its name.
_VIRTUOSO_HAS: Final = "ASK { GRAPH <http://www.openlinksw.com/schemas/virtrdf#> { ?s ?p ?o } }"
_DEFAULT_GRAPHS: Final[Mapping[DefaultGraph, str]] = {
    "union": "Its default graph is the union of its graphs, each triple once.",
    "own": "Its default graph is a graph of its own: the union of the site's graphs is kept there.",
    "repeated": (
        "Its default graph repeats what several graphs say: the union of the site's graphs is kept"
        " in <{union}>, and queries ask that."
    ),
}

_WHOLE: Final = "Readers see an update whole or not at all."
_IN_PARTS: Final = (
    "Readers may see an update half made, so that around each answer it is asked what it holds."
)
_SIMPLE: Final = (
    "It answers only simple queries rightly; others are answered here, of what is fetched from it."
)
_UNTRIED: Final = "reti-graph is not tried with it: what is said here is from its manual."
_UNKNOWN: Final = "It is no store that is known: what is said here was set, or found by asking."


def find_remote(settings: StoreSettings, base: str, environ: Mapping[str, str]) -> Remote:
    """Return the store that the settings name, for a site with this base; ask it what it is.

    Credentials are from the environment. Raises SettingsError when there is no address, when the
    credentials cannot be used, and when what the store is like has to be set; StoreError when it
    does not answer.
    """
    if settings.url is None:
        raise SettingsError(
            "There is no address of a store.",
            hint="Set store.url in reti.toml, RETI_STORE_URL, or give the address as an argument.",
        )
    credentials = Credentials.from_environment(environ, settings.auth, settings.url)
    patience = Patience(seconds=settings.seconds, retries=settings.retries)
    addresses = Addresses(query=settings.url)
    with closing(Connection(addresses, patience, credentials)) as connection:
        product = _product(connection, settings.url)
        default_graph = (
            settings.default_graph or product.default_graph or default_graph_of(connection, base)
        )
    known = product.addresses(settings.url)
    atomic = product.atomic if settings.atomic is None else settings.atomic
    return Remote(
        addresses=Addresses(
            query=settings.url,
            update=settings.update_url or known.update,
            graphs=settings.graphs_url or known.graphs,
        ),
        dialect=product.dialect(default_graph, atomic=atomic),
        base=base,
        patience=patience,
        credentials=credentials,
    )


def told(remote: Remote) -> tuple[str, ...]:
    """Return what is known of a store, in sentences for people; never a secret."""
    addresses, dialect, who = remote.addresses, remote.dialect, remote.credentials
    asked = "with no credentials" if who is None else f"with credentials ({who.kind})"
    updates, graphs = addresses.update or "no address", addresses.graphs or "no address"
    product = by_name(dialect.product)
    return (
        f"{dialect.product} at {addresses.query}, asked {asked}.",
        _DEFAULT_GRAPHS[dialect.default_graph].format(union=remote.union),
        f"Updates go to {updates}, whole graphs to {graphs}.",
        _WHOLE if dialect.atomic else _IN_PARTS,
        *((_SIMPLE,) if product.simple else ()),
        *(() if product.tried else (_UNKNOWN if product is OTHER else _UNTRIED,)),
    )


def _product(connection: Connection, url: str) -> Product:
    reply = connection.query("ASK {}", QueryForm.ASK)
    truth(reply)
    product = product_of(url, reply.headers.get("server", ""))
    if product is OTHER and truth(connection.query(_VIRTUOSO_HAS, QueryForm.ASK)):
        return VIRTUOSO
    return product


def default_graph_of(reader: Reader, base: str) -> DefaultGraph:
    """Tell by some triples of named graphs how often the default graph has them.

    Raises SettingsError when that does not show, and StoreError as `query` does.
    """
    held = ox.NamedNode(base + HELD)
    sample = solutions(
        reader.query(
            f"SELECT ?s ?p ?o {{ {{ GRAPH {held} {{ ?s ?p ?o }} }} UNION"
            f" {{ GRAPH ?g {{ ?s ?p ?o }} }} }} LIMIT {_SAMPLE}",
            QueryForm.SELECT,
        )
    )
    triples = {row for row in sample.rows if not any(isinstance(t, ox.BlankNode) for t in row)}
    values = " ".join(f"({' '.join(map(str, row))})" for row in triples)
    given = f"VALUES (?s ?p ?o) {{ {values} }}"
    in_default = _count(reader, f"{given} ?s ?p ?o")
    in_graphs = _count(reader, f"{given} GRAPH ?g {{ ?s ?p ?o }}")
    if in_default < len(triples):
        return "own"
    if len(triples) == in_graphs:
        raise SettingsError(
            "What the default graph of this store is cannot be found out by asking.",
            hint='Set store.default_graph to "union", "own" or "repeated" (docs/stores.md).',
        )
    return "union" if in_default == len(triples) else "repeated"


def _count(reader: Reader, pattern: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    rows = solutions(reader.query(query, QueryForm.SELECT)).rows
    number = rows[0][0] if rows else None
    return int(number.value) if isinstance(number, ox.Literal) else 0
