"""The SPARQL stores that are known by name: how each is recognised, and how it differs.

Oxigraph, Virtuoso and reti-graph's own server are tried by the tests. What is said of the others
is from their manuals alone, and every part of it can be set in the table `[store]` instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from reti_graph.stores.remote.values import Addresses, Dialect
from reti_graph.terms import RDF, XSD

if TYPE_CHECKING:
    from reti_graph.setting_types import DefaultGraph

# Of an engine that has no limit of its own: more would only make a failure more expensive.
_MANY: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A kind of store.

    `server` is found in its Server header, or `place` in its address. `query` matches the path of
    its query address; `update` and `graphs` are made of what it has found, and are None where there
    is no such thing. `describes`: DESCRIBE gives what the embedded store gives. `whole_graphs`: no
    graph that answers a query is cut short in silence. `lists_graphs`: `GRAPH ?g {}` finds each
    graph. `open_graphs`: `GRAPH ?g` finds every graph even when only default graphs are named, but
    GRAPH with an IRI then finds none. `simple`: only simple queries are answered rightly (`trust`).
    `unkept` are datatypes whose literals it
    does not give back as they were.
    """

    name: str
    tried: bool = False
    server: str = ""
    place: str = ""
    query: str
    update: str | None = None
    graphs: str | None = None
    default_graph: DefaultGraph | None = None
    exact_datasets: bool = False
    atomic: bool = False
    statements: int = _MANY
    describes: bool = False
    whole_graphs: bool = True
    lists_graphs: bool = True
    open_graphs: bool = False
    simple: bool = False
    unkept: frozenset[str] = frozenset()

    def recognises(self, url: str, server: str) -> bool:
        """Tell whether a store at an address, with a Server header, is of this kind."""
        named = self.server and re.search(self.server, server, re.IGNORECASE)
        return bool(named or (self.place and re.search(self.place, url)))

    def addresses(self, url: str) -> Addresses:
        """Return where such a store takes queries, updates and graphs, by its query address."""
        parts = urlsplit(url)
        found = re.fullmatch(self.query, parts.path)

        def beside(path: str | None) -> str | None:
            if found is None or path is None:
                return None
            # The groups that took no part in the match stand for nothing.
            return parts._replace(path=found.expand(path)).geturl()

        return Addresses(query=url, update=beside(self.update), graphs=beside(self.graphs))

    def dialect(self, default_graph: DefaultGraph, *, atomic: bool) -> Dialect:
        """Return how such a store differs, with what was set or found of it."""
        return Dialect(
            product=self.name,
            default_graph=default_graph,
            exact_datasets=self.exact_datasets,
            atomic=atomic,
            statements=self.statements,
        )


OXIGRAPH: Final = Product(
    name="Oxigraph",
    tried=True,
    server=r"^Oxigraph\b",
    query=r"(.*)/query",
    update=r"\1/update",
    graphs=r"\1/store",
    default_graph="own",
    atomic=True,
    describes=True,
)
VIRTUOSO: Final = Product(
    name="Virtuoso",
    tried=True,
    server=r"^Virtuoso\b",
    query=r"(.*)/sparql(-auth|)/?",
    update=r"\1/sparql\2",
    graphs=r"\1/sparql-graph-crud\2",
    default_graph="repeated",
    # One operation of more than some 1,400 triples is refused, whatever their size.
    statements=1_000,
    whole_graphs=False,
    lists_graphs=False,
    open_graphs=True,
    simple=True,
    unkept=frozenset(
        {
            "http://www.opengis.net/ont/geosparql#wktLiteral",
            "http://www.openlinksw.com/schemas/virtrdf#Geometry",
            f"{RDF}XMLLiteral",
            f"{XSD}duration",
            f"{XSD}dayTimeDuration",
            f"{XSD}yearMonthDuration",
        }
    ),
)
OWN: Final = Product(
    name="reti-graph",
    tried=True,
    server=r"^reti-graph\b",
    query=r"(.*)/sparql",
    default_graph="union",
    exact_datasets=True,
    atomic=True,
    describes=True,
)
OTHER: Final = Product(name="unknown store", query=r".*")
"""What is taken of a store that is none of the others: nothing but SPARQL 1.1."""

PRODUCTS: Final = (
    OXIGRAPH,
    VIRTUOSO,
    OWN,
    Product(
        name="Jena Fuseki",
        server=r"Fuseki|Jena",
        query=r"(.*)/(?:query|sparql)",
        update=r"\1/update",
        graphs=r"\1/data",
        default_graph="own",
        atomic=True,
    ),
    Product(
        name="GraphDB or RDF4J",
        server=r"GraphDB|RDF4J",
        place=r"/repositories/[^/?#]+$",
        query=r"(.*/repositories/[^/]+)",
        update=r"\1/statements",
        graphs=r"\1/rdf-graphs/service",
        default_graph="repeated",
        atomic=True,
    ),
    Product(
        name="Stardog",
        server=r"Stardog",
        query=r"(.*)/query",
        update=r"\1/update",
        graphs=r"\1",
        default_graph="own",
        atomic=True,
    ),
    Product(
        name="Amazon Neptune",
        place=r"^https?://[^/]*\.neptune\.amazonaws\.com[:/]",
        query=r"(.*)/sparql/?",
        update=r"\1/sparql",
        graphs=r"\1/sparql/gsp/",
        default_graph="union",
        atomic=True,
    ),
    Product(
        name="QLever",
        server=r"QLever",
        query=r"(.*)",
        update=r"\1",
        graphs=r"\1",
        default_graph="repeated",
        atomic=True,
    ),
)


def product_of(url: str, server: str) -> Product:
    """Return the kind of a store by its address and its Server header; OTHER when not known."""
    return next((known for known in PRODUCTS if known.recognises(url, server)), OTHER)


def by_name(name: str) -> Product:
    """Return the product of this name (`Dialect.product`); OTHER when there is none."""
    return next((known for known in PRODUCTS if known.name == name), OTHER)
