"""Where in the site's files the statement that a result is about stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.sources.lineindex import LineIndex
from reti_graph.validation.paths import Inverse, Sequence, Step, parse_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from reti_graph.problems import Location, Term
    from reti_graph.sources.lines import SourceFile
    from reti_graph.validation.paths import Path


class Locator:
    """Leads from a node, path and value to a file and line.

    A derived statement stands in no file: it is led back to the node of the same graph that it
    follows from.
    """

    def __init__(self, files: Iterable[SourceFile], derived: Collection[ox.Quad] = ()) -> None:
        """Take the files, and in `derived` the quads that stand in none of them.

        They are indexed when something is looked up: most runs find nothing to place.
        """
        self._files = tuple(files)
        self._derived = derived

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self._files)

    @cached_property
    def _graphs(self) -> Mapping[ox.Triple, list[ox.NamedNode]]:
        """The graphs of each derived statement."""
        graphs: dict[ox.Triple, list[ox.NamedNode]] = {}
        for quad in self._derived:
            if isinstance(quad.graph_name, ox.NamedNode):
                graphs.setdefault(quad.triple, []).append(quad.graph_name)
        return graphs

    @cached_property
    def _said(self) -> Mapping[ox.NamedNode, Mapping[Term, set[Term]]]:
        """By graph, what the files say of each node."""
        said: dict[ox.NamedNode, dict[Term, set[Term]]] = {}
        for quad in (quad for file in self._files for quad in file.quads):
            if isinstance(quad.graph_name, ox.NamedNode):
                nodes = said.setdefault(quad.graph_name, {})
                nodes.setdefault(quad.subject, set()).add(quad.object)
        return said

    def find(
        self,
        focus: Term,
        path: str | None = None,
        value: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Location | None:
        """Return the line of the value at the path, else of the path, else of the node."""
        for subject, predicate, end in _statements(focus, path, value):
            origin = self._origin(subject, predicate, end, graph)
            if origin is not None:
                return origin
            return self._lines.find(subject, predicate, end, graph)
        return self._lines.find(focus, graph=graph)

    def _origin(
        self,
        subject: Term,
        predicate: ox.NamedNode,
        value: Term | None,
        graph: ox.NamedNode | None,
    ) -> Location | None:
        """Return where the node stands that a derived statement follows from."""
        if value is None or isinstance(subject, ox.Literal | ox.Triple):
            return None
        graphs = self._graphs.get(ox.Triple(subject, predicate, value), [])
        # The graph that was asked for comes first.
        for name in sorted(graphs, key=lambda name: name != graph):
            said = self._said.get(name, {})
            between = (node for node, values in said.items() if {subject, value} <= values)
            node = next(between, subject if subject in said else name)
            return self._lines.find(node, graph=name)
        return None


def _statements(
    focus: Term, path: str | None, value: Term | None
) -> Iterator[tuple[Term, ox.NamedNode, Term | None]]:
    """Yield the statement that a path of one step stands for, or the first step of a longer one."""
    try:
        parsed: Path | None = parse_path(path, {}) if path else None
    except ValueError:
        parsed = None
    match parsed:
        case Step(iri):
            yield focus, iri, value
        case Inverse(Step(iri)) if value is not None:
            yield value, iri, focus
        case Sequence((Step(iri), *_)):
            yield focus, iri, None
