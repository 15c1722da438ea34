"""The data as an `rdflib.Dataset` for notebooks: rdflib's interface on Oxigraph's engine.

The default graph is the union of the named graphs, each triple once, and stays so when
statements are added or removed; `ds.quads()` gives each statement with every graph that says it.
`Dataset(store, default_union=True)` on the same store gives the same answers. Written to a file,
the union is there too, as the default graph.
"""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import BNode, Dataset, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, ConjunctiveGraph
from rdflib.namespace import NamespaceManager

from reti_graph.errors import CallError, GateError
from reti_graph.gate import check
from reti_graph.lexer import tokens
from reti_graph.stores.mistakes import UNLIMITED, query_syntax_error
from reti_graph.stores.rdflib_terms import from_ox, result, to_ox

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from rdflib.plugins.sparql.sparql import Query, Update
    from rdflib.query import Result
    from rdflib.term import Node

    _Pattern: TypeAlias = tuple[Node | None, Node | None, Node | None]
    _Triple: TypeAlias = tuple[Node, Node, Node]

_NO_PREFIXES: Final[Mapping[str, str]] = MappingProxyType({})
_DEFAULT: Final = ox.DefaultGraph()
_FETCHING: Final = frozenset({"LOAD", "SERVICE"})


def as_dataset(quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = _NO_PREFIXES) -> Dataset:
    """Return the quads as a Dataset whose default graph is their union.

    Terms are rdflib's own: `Literal("x")` equals a plain literal of the data. Literals are in
    canonical form (`01` is `1`, `@it-IT` is `@it-it`), as the engine keeps them.
    """
    store = ox.Store()
    given = set(quads)
    store.bulk_extend(given | {_in_default(quad) for quad in given})
    dataset = Dataset(store=UnionStore(store=store))
    dataset.namespace_manager = NamespaceManager(dataset, bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        dataset.bind(prefix, URIRef(namespace), replace=True)
    return dataset


class UnionStore(OxigraphStore):
    """oxrdflib's store, with rdflib's plain literals and a default graph that is the union.

    What oxrdflib leaves to rdflib's own, slower engine without a word runs here or is refused
    with CallError; SERVICE and LOAD, which reach other addresses, are refused with GateError.
    """

    def triples(
        self, triple_pattern: _Pattern, context: Graph | None = None
    ) -> Iterator[tuple[_Triple, Iterator[Graph | None]]]:
        """Yield matching triples, each once, with the graph asked or all that say it."""
        where = _DEFAULT if context is None else self._graph_name(context)
        try:
            s, p, o = map(to_ox, triple_pattern)
            found = self._inner.quads_for_pattern(s, p, o, where)  # type: ignore[arg-type]
        except TypeError:
            return  # A literal as subject, for instance, matches nothing.
        for quad in found:
            triple = (from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object))
            yield triple, iter((context,)) if context is not None else self._said_by(quad)

    def contexts(self, triple: _Triple | None = None) -> Generator[Graph, None, None]:
        """Yield the graphs there are, or those that say the triple."""
        if triple is None:
            yield from map(self._graph, self._inner.named_graphs())
            return
        for _, graphs in self.triples(triple):
            yield from (graph for graph in graphs if graph is not None)

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's name
        initBindings: Mapping[str, Any],  # noqa: N803 - rdflib's name
        queryGraph: object,  # noqa: N803 - rdflib's name
        **kwargs: object,
    ) -> Result:
        """Run a query, prepared or not, on Oxigraph.

        Raises QuerySyntaxError, GateError, and CallError for what cannot be asked this way.
        """
        _refuse_options(kwargs)
        text, prefixes, base = self._text_of(query, initNs)
        check(text, UNLIMITED)
        where = _DEFAULT if queryGraph == "__UNION__" else self._graph_name(queryGraph)
        try:
            return result(
                self._inner.query(
                    text,
                    base_iri=base,
                    prefixes=prefixes,
                    default_graph=where,
                    substitutions={ox.Variable(k): to_ox(v) for k, v in initBindings.items()},  # type: ignore[misc]
                )
            )
        except SyntaxError as error:
            raise query_syntax_error(error, text, prefixes) from error
        except RuntimeError as error:
            raise CallError(
                f"initBindings: {error}.",
                hint="Name the variable after SELECT too, or write the term into the query.",
            ) from error

    def update(
        self,
        update: Update | str,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's name
        initBindings: Mapping[str, Any],  # noqa: N803 - rdflib's name
        queryGraph: object,  # noqa: N803 - rdflib's name
        **kwargs: object,
    ) -> None:
        """Run an update on the dataset, and keep the union right.

        Raises QuerySyntaxError, GateError, and CallError for what cannot be asked this way.
        """
        _refuse_options(kwargs | dict(initBindings))
        if queryGraph not in ("__UNION__", DATASET_DEFAULT_GRAPH_ID):
            raise CallError("Update the dataset, and name the graph in the text with GRAPH.")
        text, prefixes, base = self._text_of(update, initNs)
        _refuse_fetching(text)
        try:
            with self._keeping_union():
                self._inner.update(text, base_iri=base, prefixes=prefixes)
        except SyntaxError as error:
            raise query_syntax_error(error, text, prefixes) from error

    def add(self, triple: _Triple, context: Graph, quoted: bool = False) -> None:  # noqa: FBT001, FBT002 - rdflib's signature
        """Add a triple to a graph and to the union."""
        if quoted:
            raise CallError("Formulas of N3 cannot be kept.")
        self.addN([(*triple, context)])

    def addN(self, quads: Iterable[tuple[Node, Node, Node, Graph]]) -> None:  # noqa: N802 - rdflib's name
        """Add triples to their graphs and to the union."""
        for s, p, o, context in quads:
            terms = (to_ox(s), to_ox(p), to_ox(o))
            for graph in {self._graph_name(context, new=True), _DEFAULT}:
                self._inner.add(ox.Quad(*terms, graph))  # type: ignore[arg-type]

    def remove(self, triple: _Pattern, context: Graph | None = None) -> None:
        """Remove from a graph, or from all; what another graph says stays in the union."""
        where = None if context is None else self._graph_name(context)
        s, p, o = map(to_ox, triple)
        with self._keeping_union():
            for quad in list(self._inner.quads_for_pattern(s, p, o, where)):  # type: ignore[arg-type]
                self._inner.remove(quad)

    def remove_graph(self, graph: Graph) -> None:
        """Remove a graph; what another graph says stays in the union."""
        with self._keeping_union():
            self._inner.remove_graph(self._graph_name(graph))

    def __len__(self, context: Graph | None = None) -> int:
        """Count the triples of a graph, or of the union."""
        where = _DEFAULT if context is None else self._graph_name(context)
        return sum(1 for _ in self._inner.quads_for_pattern(None, None, None, where))

    @contextmanager
    def _keeping_union(self) -> Iterator[None]:
        """Remake the default graph after a change: what only it said, and all that graphs say."""
        named_before, _ = self._split()
        yield
        named, default = self._split()
        wanted = named | (default - named_before)
        self._inner.extend(wanted - default)
        for quad in default - wanted:
            self._inner.remove(quad)

    def _split(self) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Return what the named graphs say and what the default graph does, without graphs."""
        quads = set(self._inner)
        default = {quad for quad in quads if quad.graph_name == _DEFAULT}
        return {_in_default(quad) for quad in quads - default}, default

    def _said_by(self, quad: ox.Quad) -> Iterator[Graph]:
        """Yield the named graphs that say what a quad of the union says, or else the union."""
        same = self._inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        named = [other.graph_name for other in same if other.graph_name != _DEFAULT]
        yield from map(self._graph, named or [_DEFAULT])

    def _graph_name(
        self,
        context: object,
        *,
        new: bool = False,
    ) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
        if isinstance(context, ConjunctiveGraph) or context == DATASET_DEFAULT_GRAPH_ID:
            return _DEFAULT
        name = context.identifier if isinstance(context, Graph) else context
        if name == DATASET_DEFAULT_GRAPH_ID:
            return _DEFAULT
        if isinstance(name, BNode) and (
            new or not self._inner.contains_named_graph(ox.BlankNode(name))
        ):
            _refuse_nameless()
        return ox.BlankNode(name) if isinstance(name, BNode) else ox.NamedNode(str(name))

    def _graph(self, name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> Graph:
        if isinstance(name, ox.DefaultGraph):
            identifier: URIRef | BNode = DATASET_DEFAULT_GRAPH_ID
        else:
            identifier = URIRef(name.value) if isinstance(name, ox.NamedNode) else BNode(name.value)
        return Graph(store=self, identifier=identifier, bind_namespaces="none")

    def _text_of(
        self, query: Query | Update | str, namespaces: Mapping[str, Any]
    ) -> tuple[str, dict[str, str], str | None]:
        """Return text, prefixes and base of a query, also of one that rdflib has prepared."""
        base = None
        if not isinstance(query, str):
            # rdflib keeps what a prepared query was made of for its own use.
            query, own, base = query._original_args  # noqa: SLF001
            namespaces = {**namespaces, **own}
        return (
            query,
            {k: str(v) for k, v in {**dict(self.namespaces()), **namespaces}.items()},
            base,
        )


def _in_default(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object)


def _refuse_options(options: Mapping[str, object]) -> None:
    for name in options:
        raise CallError(f"{name} cannot be given to this store.")


def _refuse_fetching(text: str) -> None:
    for token in tokens(text):
        head = token.upper.partition(":")[0]
        if token.kind in {"word", "name"} and any(word in head for word in _FETCHING):
            raise GateError(f"{token.text} is not run here.", line=token.line, column=token.column)


def _refuse_nameless() -> NoReturn:
    raise CallError(
        "This graph has no name, so nothing is in it.",
        hint="Use the Dataset itself, or Graph(store, identifier=DATASET_DEFAULT_GRAPH_ID).",
    )
