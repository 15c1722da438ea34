"""A SPARQL engine in this process that is asked as one elsewhere is, and what was asked of it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.formats import JSON, N_TRIPLES
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.transport import Reply
from reti_graph.stores.remote.values import Addresses, Dialect, Remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.setting_types import DefaultGraph

BASE: Final = "http://example.org/"
PREFIXES: Final = {"": BASE, "xsd": "http://www.w3.org/2001/XMLSchema#"}


def node(name: str) -> ox.NamedNode:
    """Return a name below the base as a term."""
    return ox.NamedNode(BASE + name)


def quads(text: str) -> list[ox.Quad]:
    """Read TriG with the prefix of these tests."""
    return list(ox.parse(f"@prefix : <{BASE}> . {text}", format=ox.RdfFormat.TRIG))


def union_of(held: Iterable[ox.Quad], graph: str | None) -> list[ox.Quad]:
    """Return the union of quads, in a graph or in the default graph."""
    where = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, where) for quad in held]


def reply(content: bytes | str, media_type: str = JSON.media_type, **headers: str) -> Reply:
    """Return a whole answer with status 200; headers are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    encoded = content.encode() if isinstance(content, str) else content
    return Reply(200, {"content-type": media_type, **named}, encoded)


def remote(
    product: str = "Oxigraph",
    *,
    default_graph: DefaultGraph = "own",
    atomic: bool = True,
    update: str | None = "http://store.example/update",
    exact_datasets: bool = False,
) -> Remote:
    """Return a store of a kind, for a site with the base of these tests."""
    return Remote(
        addresses=Addresses(query="http://store.example/query", update=update),
        dialect=Dialect(
            product=product,
            default_graph=default_graph,
            exact_datasets=exact_datasets,
            atomic=atomic,
            statements=10,
        ),
        base=BASE,
    )


@dataclass
class Engine:
    """Answers as `Connection` does, from a store that is here.

    `asked` and `updated` are the texts it got, `parameters` those of the last query. With
    `open_graphs` GRAPH finds every graph where only default graphs are told, as in Virtuoso.
    """

    store: ox.Store = field(default_factory=ox.Store)
    headers: Mapping[str, str] = field(default_factory=dict)
    open_graphs: bool = False
    asked: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    parameters: Sequence[tuple[str, str]] = ()
    closed: bool = False

    @classmethod
    def holding(cls, held: Iterable[ox.Quad]) -> Engine:
        """Return an engine that holds these quads."""
        engine = cls()
        engine.store.extend(held)
        return engine

    def query(
        self, text: str, form: QueryForm, *, parameters: Sequence[tuple[str, str]] = ()
    ) -> Reply:
        """Answer a query as pyoxigraph does."""
        self.asked.append(text)
        self.parameters = parameters
        found = self._found(text, [(name, ox.NamedNode(iri)) for name, iri in parameters])
        if isinstance(found, ox.QueryTriples):
            assert form in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}
            written = b"".join(f"{triple} .\n".encode() for triple in found)
            return Reply(200, {"content-type": N_TRIPLES.media_type, **self.headers}, written)
        assert form in {QueryForm.SELECT, QueryForm.ASK}
        output = io.BytesIO()
        found.serialize(output, ox.QueryResultsFormat.JSON)
        return Reply(200, {"content-type": JSON.media_type, **self.headers}, output.getvalue())

    def update(self, text: str, *, repeatable: bool = False) -> None:
        """Do an update."""
        assert repeatable
        self.updated.append(text)
        self.store.update(text)

    def close(self) -> None:
        """Be closed."""
        self.closed = True

    def _found(
        self, text: str, graphs: Sequence[tuple[str, ox.NamedNode]]
    ) -> ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples:
        if not graphs:
            return self.store.query(text)
        named: list[ox.NamedNode | ox.BlankNode] = [
            graph for name, graph in graphs if name == "named-graph-uri"
        ]
        return self.store.query(
            text,
            default_graph=[graph for name, graph in graphs if name == "default-graph-uri"],
            named_graphs=[*self.store.named_graphs()] if self.open_graphs and not named else named,
        )
