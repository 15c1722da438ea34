"""Writing quads as compact JSON-LD (JSON-LD 1.1 API, 5.5 and 8.2), with nothing lost.

Ours and not a library's: PyLD takes ten times as long, refuses IRIs whose scheme is the name of a
prefix, and shortens `<namespace>//x` to what is read as another IRI.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import pyoxigraph as ox

from reti_graph.errors import FormatError
from reti_graph.jsonld.names import NO_NAMES, Names, names_of
from reti_graph.terms import RDF_TYPE, XSD_BOOLEAN, XSD_INTEGER, XSD_STRING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.jsonld.context import Context
    from reti_graph.jsonld.names import Term
    from reti_graph.terms import Term as Node

    _Json: TypeAlias = str | int | Mapping[str, object]

_NO_LANGUAGE: Final = "@none"
# Numbers every JSON reader keeps, written as JSON-LD writes them back.
_WHOLE_NUMBER: Final = re.compile(r"-?[1-9]\d{0,14}|0", re.ASCII)
_BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def serialize_compact(quads: Iterable[ox.Quad], context: Context, url: str) -> bytes:
    """Write quads as JSON-LD in UTF-8 that refers to its context by `url`.

    Equal quads give equal bytes, and reading them gives the quads. Integers and booleans are
    JSON's own where they are spelt as JSON spells them. Where an IRI would be read as a prefixed
    name, the document puts the context out of force and has no short names. Raises FormatError
    for triple terms, which JSON-LD 1.1 does not have.
    """
    given = sorted(set(quads), key=_order)
    names = names_of(context)
    caught = any(names.catches(iri) for iri in _iris(given))
    nodes = list(_document(given, _Writer(NO_NAMES if caught else names)))
    return msgspec.json.encode({"@context": [url, None] if caught else url, "@graph": nodes})


def _order(quad: ox.Quad) -> tuple[str, str, str]:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return (graph, str(quad.subject), str(quad.object))


def _iris(quads: Iterable[ox.Quad]) -> set[str]:
    nodes = {node for quad in quads for node in quad}
    datatypes = {node.datatype for node in nodes if isinstance(node, ox.Literal)}
    return {node.value for node in nodes | datatypes if isinstance(node, ox.NamedNode)}


def _document(quads: Iterable[ox.Quad], writer: _Writer) -> Iterator[Mapping[str, object]]:
    """Yield the nodes of the default graph, then each named graph with its nodes."""
    for graph, inside in groupby(quads, key=lambda quad: quad.graph_name):
        subjects = groupby(inside, key=lambda quad: quad.subject)
        nodes = [writer.node(subject, about) for subject, about in subjects]
        if isinstance(graph, ox.DefaultGraph):
            yield from nodes
        else:
            yield {writer.names.id: writer.reference(graph), "@graph": nodes}


class _Writer:
    """Writes nodes and values with the names of one context."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._short: dict[str, str] = {}

    def node(self, subject: Node, quads: Iterable[ox.Quad]) -> Mapping[str, object]:
        """Return a node object: its identifier, its types, then its properties by name."""
        types: list[str] = []
        values: dict[str, list[_Json]] = defaultdict(list)
        texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            value, term = quad.object, self.names.terms.get(quad.predicate.value)
            if quad.predicate == RDF_TYPE and not isinstance(value, ox.Literal):
                types.append(self._type(value))
            elif term is None or not _takes(term, value):
                values[self.names.as_key(quad.predicate.value)].append(self._value(value))
            elif term.by_language and isinstance(value, ox.Literal):
                texts[term.name][value.language or _NO_LANGUAGE].append(value.value)
            else:
                values[term.name].append(self._coerced(value) if term.type else self._value(value))
        node: dict[str, object] = {self.names.id: self.reference(subject)}
        if types:
            node[self.names.type] = _one_or_all(types)
        written: dict[str, object] = {key: _one_or_all(each) for key, each in values.items()}
        for key, by_language in texts.items():
            written[key] = {tag: _one_or_all(by_language[tag]) for tag in sorted(by_language)}
        return node | dict(sorted(written.items()))

    def reference(self, node: Node) -> str:
        """Return how a node is referred to."""
        if isinstance(node, ox.NamedNode):
            if node.value not in self._short:
                self._short[node.value] = self.names.shortened(node.value)
            return self._short[node.value]
        if isinstance(node, ox.BlankNode):
            return str(node)
        raise FormatError(
            "This cannot be written as jsonld: a triple stands in it as a term.",
            hint="Choose trig, nquads, turtle or ntriples.",
        )

    def _type(self, node: Node) -> str:
        if isinstance(node, ox.NamedNode):
            return self.names.as_type(node.value)
        return self.reference(node)

    def _coerced(self, value: Node) -> _Json:
        """Return a value whose kind the term tells."""
        return _native(value) if isinstance(value, ox.Literal) else self.reference(value)

    def _value(self, value: Node) -> _Json:
        """Return a value that tells its own kind."""
        if not isinstance(value, ox.Literal):
            return {self.names.id: self.reference(value)}
        if value.language is not None:
            tagged = {"@language": value.language, "@value": value.value}
            return tagged | ({"@direction": str(value.direction)} if value.direction else {})
        native = _native(value)
        if value.datatype == XSD_STRING or not isinstance(native, str):
            return native
        return {"@type": self.names.as_type(value.datatype.value), "@value": native}


def _takes(term: Term, value: Node) -> bool:
    """Tell whether a value is of the kind that a term says its values are."""
    if not isinstance(value, ox.Literal):
        return term.type in {"@id", None} and not term.by_language
    if term.by_language:
        plain = value.language is not None or value.datatype == XSD_STRING
        return plain and value.direction is None
    return term.type in {value.datatype.value, None}


def _native(literal: ox.Literal) -> str | int:
    """Return a literal as JSON's own number or boolean where that says the same, else its text."""
    if literal.datatype == XSD_INTEGER and _WHOLE_NUMBER.fullmatch(literal.value):
        return int(literal.value)
    if literal.datatype == XSD_BOOLEAN:
        return _BOOLEANS.get(literal.value, literal.value)
    return literal.value


def _one_or_all(values: list[str] | list[_Json]) -> object:
    return values[0] if len(values) == 1 else values
