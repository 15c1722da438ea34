"""A report as SHACL writes it: sh:ValidationReport in Turtle (SHACL 3.6)."""

from __future__ import annotations

from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.formats import TURTLE, serialize_triples
from reti_graph.naming import named_node
from reti_graph.terms import RDF, RDF_TYPE, SHACL, XSD_BOOLEAN
from reti_graph.validation.paths import Alternative, Inverse, Repeat, Sequence, Step, parse_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.problems import Problem, Report, Term
    from reti_graph.validation.paths import Path

# SHACL has no property for a place in a file; this one of Dublin Core takes plain text.
_PLACE: Final = ox.NamedNode("http://purl.org/dc/elements/1.1/source")
_NIL: Final = ox.NamedNode(RDF + "nil")
_FIRST: Final = ox.NamedNode(RDF + "first")
_REST: Final = ox.NamedNode(RDF + "rest")
_REPEATS: Final = MappingProxyType(
    {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"},
)


def shacl_report(report: Report, prefixes: Mapping[str, str]) -> bytes:
    """Return the report in Turtle.

    As SHACL 3.6.1.1 wants, `sh:conforms` is true only when there is no finding at all, whatever
    its severity. A finding about no node, such as a syntax error, has its place as focus node.
    """
    own = {"sh": SHACL, "dc": "http://purl.org/dc/elements/1.1/"}
    return serialize_triples(set(_triples(report)), TURTLE, {**prefixes, **own})


def _triples(report: Report) -> Iterator[ox.Triple]:
    node = ox.BlankNode("report")
    yield ox.Triple(node, RDF_TYPE, _sh("ValidationReport"))
    conforms = ox.Literal(str(not report.problems).lower(), datatype=XSD_BOOLEAN)
    yield ox.Triple(node, _sh("conforms"), conforms)
    for number, problem in enumerate(report.problems, start=1):
        result = ox.BlankNode(f"r{number:05}")
        yield ox.Triple(node, _sh("result"), result)
        yield from _result(result, problem)


def _result(node: ox.BlankNode, problem: Problem) -> Iterator[ox.Triple]:
    place = ox.Literal(str(problem.location)) if problem.location else None
    yield ox.Triple(node, RDF_TYPE, _sh("ValidationResult"))
    yield ox.Triple(node, _sh("resultSeverity"), problem.severity.iri)
    for language, message in problem.messages.items():
        yield ox.Triple(node, _sh("resultMessage"), ox.Literal(message, language=language))
    named: tuple[tuple[ox.NamedNode, Term | None], ...] = (
        (_sh("focusNode"), problem.focus or place),
        (_sh("value"), problem.value),
        (_sh("sourceConstraintComponent"), named_node(problem.component or "")),
        (_sh("sourceShape"), named_node(problem.shape or "")),
        (_PLACE, place),
    )
    for predicate, term in named:
        if term is not None:
            yield ox.Triple(node, predicate, term)
    if problem.path:
        yield from _path_triples(node, problem.path)


class _PathNodes:
    """The nodes and triples that say a path in SHACL (2.3.1), named after a result."""

    def __init__(self, name: str) -> None:
        self._names = (f"{name}path{number:03}" for number in count(1))
        self.triples: list[ox.Triple] = []

    def of(self, path: Path) -> ox.NamedNode | ox.BlankNode:
        match path:
            case Step(iri):
                return iri
            case Inverse(inner):
                return self._described("inversePath", self.of(inner))
            case Repeat(inner, mark):
                return self._described(_REPEATS[mark], self.of(inner))
            case Sequence(parts):
                return self._list(parts)
            case Alternative(parts):
                return self._described("alternativePath", self._list(parts))

    def _described(self, predicate: str, value: ox.NamedNode | ox.BlankNode) -> ox.BlankNode:
        node = self._new()
        self.triples.append(ox.Triple(node, _sh(predicate), value))
        return node

    def _list(self, parts: tuple[Path, ...]) -> ox.NamedNode | ox.BlankNode:
        rest: ox.NamedNode | ox.BlankNode = _NIL
        for part in reversed(parts):
            node = self._new()
            self.triples.append(ox.Triple(node, _FIRST, self.of(part)))
            self.triples.append(ox.Triple(node, _REST, rest))
            rest = node
        return rest

    def _new(self) -> ox.BlankNode:
        return ox.BlankNode(next(self._names))


def _path_triples(result: ox.BlankNode, text: str) -> Iterator[ox.Triple]:
    """Yield sh:resultPath and what describes it; nothing when the text is no path."""
    try:
        path = parse_path(text, {})
    except ValueError:
        return
    nodes = _PathNodes(result.value)
    yield ox.Triple(result, _sh("resultPath"), nodes.of(path))
    yield from nodes.triples


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SHACL + name)
