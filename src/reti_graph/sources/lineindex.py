"""Where in the site a statement stands, or else the statement most like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.problems import Location
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    import pyoxigraph as ox

    from reti_graph.sources.lines import SourceFile
    from reti_graph.terms import Term

    _Key: TypeAlias = tuple[Term | ox.DefaultGraph | None, ...]


class LineIndex:
    """Looks up file and line by subject, predicate, object and graph."""

    def __init__(self, files: Iterable[SourceFile]) -> None:
        """Index every quad of the files; of several places the first one counts."""
        self._places: dict[_Key, Location] = {}
        for file in files:
            for quad, line in zip(file.quads, file.lines, strict=True):
                place = Location(file.name, line)
                for key in _keys_of(quad):
                    self._places.setdefault(key, place)

    def find(
        self,
        subject: Term,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002 - the RDF word
        graph: ox.NamedNode | None = None,
    ) -> Location | None:
        """Return where this is said, best match first.

        Tried in turn, and each within the graph before anywhere: the statement; the subject
        with the predicate; where the subject is given a type; where it is a subject; where it
        is named as an object; the graph of that name. None when nothing says anything of it.
        """
        tries: list[tuple[Term | None, ...]] = []
        if predicate is not None:
            tries = [(subject, predicate, object), (subject, predicate, None)]
        tries += [(subject, RDF_TYPE, None), (subject, None, None), (None, None, subject)]
        for pattern in tries:
            for where in (graph, None):
                place = self._places.get((*pattern, where))
                if place is not None:
                    return place
        return self._places.get((None, None, None, subject))


def _keys_of(quad: ox.Quad) -> Iterator[_Key]:
    s, p, o, g = quad.subject, quad.predicate, quad.object, quad.graph_name
    for graph in (g, None):
        yield s, p, o, graph
        yield s, p, None, graph
        yield s, None, None, graph
        yield None, None, o, graph
    yield None, None, None, g
