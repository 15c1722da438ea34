"""Mistakes in shapes that engines pass over in silence: misspelt terms, values of a wrong kind."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import did_you_mean
from reti_graph.naming import nearest
from reti_graph.problems import Problem, Severity
from reti_graph.terms import RDF_TYPE, SHACL, XSD_BOOLEAN, XSD_INTEGER
from reti_graph.validation.engine import shape_name
from reti_graph.validation.paths import path_of_shape
from reti_graph.validation.queries_in_shapes import unreadable_queries
from reti_graph.validation.recursion import recursive_shapes
from reti_graph.validation.triples import sh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from reti_graph.validation.triples import Node, TripleIndex

# What the values of the properties of shapes must be; the rest may be anything.
_KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "iri": (
            "targetClass",
            "targetSubjectsOf",
            "targetObjectsOf",
            "class",
            "datatype",
            "nodeKind",
            "severity",
            "equals",
            "disjoint",
            "lessThan",
            "lessThanOrEquals",
        ),
        "integer": (
            "minCount",
            "maxCount",
            "minLength",
            "maxLength",
            "qualifiedMinCount",
            "qualifiedMaxCount",
        ),
        "boolean": (
            "closed",
            "uniqueLang",
            "deactivated",
            "qualifiedValueShapesDisjoint",
        ),
        "list": (
            "in",
            "languageIn",
            "and",
            "or",
            "xone",
            "ignoredProperties",
            "alternativePath",
        ),
        "text": (
            "message",
            "name",
            "description",
            "pattern",
            "flags",
            "prefix",
            "select",
            "ask",
        ),
        "anything": (
            "targetNode",
            "property",
            "node",
            "not",
            "path",
            "hasValue",
            "minInclusive",
            "minExclusive",
            "maxInclusive",
            "maxExclusive",
            "qualifiedValueShape",
            "inversePath",
            "zeroOrMorePath",
            "oneOrMorePath",
            "zeroOrOnePath",
            "sparql",
            "prefixes",
            "declare",
            "namespace",
            "order",
            "group",
            "defaultValue",
            "validator",
            "nodeValidator",
            "propertyValidator",
            "parameter",
            "optional",
            "labelTemplate",
        ),
    }
)
_KIND_OF: Final = MappingProxyType({name: kind for kind, names in _KINDS.items() for name in names})
_WORDS: Final = frozenset(
    (
        "NodeShape",
        "PropertyShape",
        "Shape",
        "Violation",
        "Warning",
        "Info",
        "IRI",
        "Literal",
        "BlankNode",
        "BlankNodeOrIRI",
        "BlankNodeOrLiteral",
        "IRIOrLiteral",
        "SPARQLConstraint",
        "SPARQLAskValidator",
        "SPARQLSelectValidator",
        "ConstraintComponent",
        "Parameter",
        "PrefixDeclaration",
        "PropertyGroup",
    )
)
_NAMES: Final = MappingProxyType(
    {
        "iri": ("un IRI", "an IRI"),
        "integer": ("un numero intero", "an integer"),
        "boolean": ("vero o falso (xsd:boolean)", "true or false (xsd:boolean)"),
        "list": ("una lista", "a list"),
        "text": ("un testo", "a text"),
    }
)


def malformed(shapes: TripleIndex) -> Iterator[tuple[Problem, ox.NamedNode | None]]:
    """Yield each mistake, its shape as focus, with the property that it stands at."""
    for node in shapes.nodes():
        for predicate, values in shapes.leaving(node).items():
            yield from _terms(node, predicate, values)
            for value in values:
                yield from _kind(shapes, node, predicate, value)
    yield from _paths(shapes)
    for shape in recursive_shapes(shapes):
        yield _problem(shape, "La forma rimanda a se stessa.", "The shape refers to itself."), None
    for node, reason in unreadable_queries(shapes):
        yield _problem(node, f"Non è SPARQL: {reason}", f"This is not SPARQL: {reason}"), None


def _terms(
    node: Node, predicate: ox.NamedNode, values: list[Node]
) -> Iterator[tuple[Problem, ox.NamedNode]]:
    """Find names of the SHACL namespace that are not in SHACL Core or SHACL-SPARQL."""
    found: list[tuple[str, Collection[str]]] = [(predicate.value, _KIND_OF.keys())]
    found += [(v.value, _WORDS) for v in values if isinstance(v, ox.NamedNode)]
    for iri, known in found:
        name = iri.removeprefix(SHACL)
        if name == iri or name in known:
            continue
        close = [f"sh:{word}" for word in nearest(name, known, count=1)]
        it, en = f"SHACL non ha un termine sh:{name}.", f"SHACL has no term sh:{name}."
        hint = did_you_mean(close)
        yield _problem(node, it, en, hint), predicate


def _kind(
    shapes: TripleIndex, node: Node, predicate: ox.NamedNode, value: Node
) -> Iterator[tuple[Problem, ox.NamedNode]]:
    name = predicate.value.removeprefix(SHACL)
    kind = _KIND_OF.get(name) if name != predicate.value else None
    if kind is None or kind == "anything" or _is(kind, shapes, value):
        return
    it, en = _NAMES[kind]
    yield _problem(node, f"sh:{name} vuole {it}.", f"sh:{name} wants {en}."), predicate


def _is(kind: str, shapes: TripleIndex, value: Node) -> bool:
    match kind:
        case "iri":
            return isinstance(value, ox.NamedNode)
        case "integer":
            return isinstance(value, ox.Literal) and value.datatype == XSD_INTEGER
        case "boolean":
            return isinstance(value, ox.Literal) and value.datatype == XSD_BOOLEAN
        case "list":
            return shapes.members(value) is not None
    return isinstance(value, ox.Literal)


def _paths(shapes: TripleIndex) -> Iterator[tuple[Problem, ox.NamedNode | None]]:
    """Find property shapes without one path that can be read."""
    shape_nodes = {value for _, value in shapes.pairs(sh("property"))}
    shape_nodes.update(shapes.subjects(RDF_TYPE, sh("PropertyShape")))
    shape_nodes.update(
        node for node, _ in shapes.pairs(sh("path")) if not _is_parameter(shapes, node)
    )
    for shape in sorted(shape_nodes, key=str):
        if path_of_shape(shapes, shape) is None:
            it = "Una forma di proprietà ha un solo sh:path, ben formato."
            en = "A property shape has exactly one sh:path, and a well-formed one."
            yield _problem(shape, it, en), sh("path")


def _is_parameter(shapes: TripleIndex, node: Node) -> bool:
    return bool(shapes.subjects(sh("parameter"), node))


def _problem(shape: Node, it: str, en: str, hint: str | None = None) -> Problem:
    return Problem(
        "shapes",
        Severity.VIOLATION,
        {"it": it, "en": en},
        focus=shape,
        shape=shape_name(shape),
        hint=hint,
    )
