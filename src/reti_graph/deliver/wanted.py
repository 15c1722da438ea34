"""What a store shall hold, graph by graph: a release, or the release before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

import pyoxigraph as ox

from reti_graph.deliver.contents import is_of_site
from reti_graph.deliver.lines import genid, lines_of, without_blank_nodes
from reti_graph.errors import RefusedError
from reti_graph.stores.remote.held import NO_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from reti_graph.deliver.journal import Journal
    from reti_graph.deliver.lines import Lines


class Wanted(Protocol):
    """What a store shall hold, where that may follow from what it holds."""

    @property
    def digest(self) -> str:
        """The digest of the release."""
        ...

    @property
    def graphs(self) -> AbstractSet[str]:
        """Graphs that may have to be there, whatever is there now."""
        ...

    def of(self, graph: str, there: Lines) -> Lines:
        """Return what shall be in a graph that has these lines now."""
        ...


class Publishable(Wanted, Protocol):
    """A release that can be published: no blank nodes, each statement in a graph."""

    @property
    def blank_nodes(self) -> int:
        """How many blank nodes became IRIs."""
        ...

    def counted(self) -> tuple[Mapping[str, int], int]:
        """Return how many statements each graph has in a store, and their union, each once."""
        ...

    def refuse(self, datatypes: frozenset[str], product: str) -> None:
        """Raise RefusedError when there is a literal of a datatype that the product changes."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """The statements of a release as a store gets them: no blank nodes, each in a graph.

    `blank_nodes` is how many blank nodes became IRIs.
    """

    digest: str
    triples: Mapping[str, tuple[ox.Triple, ...]]
    blank_nodes: int

    @classmethod
    def of_release(cls, digest: str, quads: Iterable[ox.Quad], base: str) -> Self:
        """Return a release's statements for the namespace that begins with the base.

        What stands in no graph gets one of its own. Raises RefusedError for a graph outside of
        the namespace, or one with a name that is kept for what stands beside a site's graphs.
        """
        found: dict[str, list[ox.Triple]] = defaultdict(list)
        nodes: set[ox.BlankNode] = set()
        for quad in quads:
            terms = (quad.subject, quad.object, quad.graph_name)
            nodes.update(term for term in terms if isinstance(term, ox.BlankNode))
            found[graph_of(quad, base)].append(without_blank_nodes(quad.triple, base))
        triples = {graph: tuple(of_graph) for graph, of_graph in found.items()}
        return cls(digest, triples, len(nodes))

    @property
    def graphs(self) -> AbstractSet[str]:
        """The graphs of the release."""
        return self.triples.keys()

    def of(self, graph: str, there: Lines) -> Lines:
        """Return what is in a graph of the release, whatever is there."""
        del there
        return lines_of(self.triples.get(graph, ()))

    def counted(self) -> tuple[Mapping[str, int], int]:
        """Return how many statements each graph has in a store, and their union, each once."""
        counts: dict[str, int] = {}
        union: set[str] = set()
        for graph in self.triples:
            lines = self.of(graph, {})
            counts[graph] = len(lines)
            union.update(lines)
        return counts, len(union)

    def refuse(self, datatypes: frozenset[str], product: str) -> None:
        """Raise RefusedError when there is a literal of a datatype that the product changes."""
        for graph, triples in self.triples.items():
            for triple in triples:
                value = triple.object
                if isinstance(value, ox.Literal) and value.datatype.value in datatypes:
                    raise unkept(value, graph, product)


@dataclass(frozen=True, slots=True)
class Undone:
    """The release before, as a journal makes it of what is there."""

    digest: str
    journal: Journal

    @property
    def graphs(self) -> AbstractSet[str]:
        """The graphs the journal speaks of."""
        return self.journal.graphs

    def of(self, graph: str, there: Lines) -> Lines:
        """Return what was in a graph before."""
        return self.journal.undone(graph, there)


def graph_of(quad: ox.Quad, base: str) -> str:
    """Return the graph of a store that a statement goes into.

    Raises RefusedError for one outside of the namespace, and for one with a name that is kept.
    """
    name = quad.graph_name
    if isinstance(name, ox.DefaultGraph):
        return base + NO_GRAPH
    named = genid(name, base) if isinstance(name, ox.BlankNode) else name
    graph = str(getattr(named, "value", named))
    if not is_of_site(graph, base) or graph == base + NO_GRAPH:
        raise RefusedError(
            f"The graph {graph} cannot be published: it is not in the site's namespace {base}, "
            "or has a name that is kept for what stands beside the site's graphs.",
            hint="Give the source another name, or base_iri the value its names begin with.",
        )
    return graph


def unkept(value: ox.Literal, graph: str, product: str) -> RefusedError:
    """Return the error that a product would change a literal."""
    return RefusedError(
        f"{product} does not keep literals of {value.datatype} as they are, and the graph "
        f"{graph} has one: {value}",
        hint="Say it with another datatype, or publish into another store.",
    )
