"""What has to be known of a store elsewhere before it can be asked, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reti_graph.setting_types import DefaultGraph
    from reti_graph.stores.remote.credentials import Credentials

HELD: Final = "release"
"""What is kept beside a site's graphs stands in the graph of this name below the site's base."""
UNION: Final = "release/union"
"""The graph of the union, in a store whose default graph is no union with each triple once."""
GENID: Final = ".well-known/genid/"
"""What the IRIs that stand for blank nodes begin with, below the base (RDF 1.1 Concepts, 3.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a store takes queries, updates and whole graphs; None where it does not."""

    query: str
    update: str | None = None
    graphs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a store differs from others.

    `default_graph` is `union` when the store makes it of all graphs, each triple once; `own` when
    it is a graph of its own, so that the union is written into it; `repeated` when it has a triple
    once for each graph that holds it, so that the union is written into a graph of its own name.
    `exact_datasets`: `default-graph-uri` and `named-graph-uri` mean what the protocol says (SPARQL
    1.1 Protocol, 2.1.4), each triple once. `atomic`: one update request is seen whole or not at
    all. `statements` is how many an update request may have.
    """

    product: str
    default_graph: DefaultGraph
    exact_datasets: bool
    atomic: bool
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one request may take, in seconds, and how often it is made again at most."""

    seconds: float = 60.0
    retries: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A store elsewhere, and the IRI its site's names begin with."""

    addresses: Addresses
    dialect: Dialect
    base: str
    patience: Patience = Patience()
    credentials: Credentials | None = None

    @property
    def union(self) -> str | None:
        """The name of the graph that the union is written into; None for the default graph."""
        return self.base + UNION if self.dialect.default_graph == "repeated" else None

    @property
    def held(self) -> str:
        """The graph that tells which release the store holds."""
        return self.base + HELD
