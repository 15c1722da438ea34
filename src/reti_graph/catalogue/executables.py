"""The canned queries as RDF: SPARQL executables with their parameters (SHACL, 6.2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.canned.header import without_header
from reti_graph.canned.parameters import first_kind, term
from reti_graph.catalogue.statements import nodes, statements, texts
from reti_graph.gate import QueryForm
from reti_graph.terms import (
    DCAT,
    DCTERMS,
    RDF,
    RDF_TYPE,
    RDFS_LABEL,
    SCHEMA,
    SHACL,
    SKOS,
    XSD_DATE,
    XSD_INTEGER,
    XSD_STRING,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.canned.query import CannedQuery, Param
    from reti_graph.catalogue.published import Published
    from reti_graph.catalogue.statements import Value

# Class and property of each form. SHACL has neither for DESCRIBE.
_FORMS: Final[Mapping[QueryForm, tuple[str, str]]] = {
    QueryForm.SELECT: (SHACL + "SPARQLSelectExecutable", SHACL + "select"),
    QueryForm.CONSTRUCT: (SHACL + "SPARQLConstructExecutable", SHACL + "construct"),
    QueryForm.ASK: (SHACL + "SPARQLAskExecutable", SHACL + "ask"),
    QueryForm.DESCRIBE: (SHACL + "SPARQLExecutable", RDF + "value"),
}
_DATATYPES: Final[Mapping[str, ox.NamedNode]] = {
    "string": XSD_STRING,
    "enum": XSD_STRING,
    "integer": XSD_INTEGER,
    "date": XSD_DATE,
}
_TRUE: Final = ox.Literal(value=True)
_OF_PATTERNS: Final = re.compile(r"[\\.\[\]{}()*+?^$|-]")


def executables(published: Published) -> tuple[ox.Quad, ...]:
    """Return what all canned queries are."""
    return tuple(quad for query in published.queries for quad in executable(query, published))


def executable(query: CannedQuery, published: Published) -> tuple[ox.Quad, ...]:
    """Return what a canned query is: `<base>query/{name}`, its text and its parameters.

    The text is that of the file without the header; `$name` in it stands for the parameter whose
    path ends in `#name`.
    """
    node = published.named(f"query/{query.name}")
    kind, text = _FORMS[query.form]
    parameters = [_parameter_node(node, param) for param in query.params]
    own = statements(
        node,
        {
            RDF_TYPE.value: dict.fromkeys((*nodes(SHACL, "SPARQLExecutable"), ox.NamedNode(kind))),
            RDFS_LABEL.value: texts(query.summary),
            DCTERMS + "description": texts(query.description),
            DCAT + "keyword": map(ox.Literal, query.tags),
            SCHEMA + "target": published.reached("sparql"),
            text: ox.Literal(without_header(query.text)),
            SHACL + "parameter": parameters,
        },
    )
    described = (
        quad
        for order, param in enumerate(query.params)
        for quad in _parameter(node, param, order, published)
    )
    return (*own, *described)


def _parameter_node(query: ox.NamedNode, param: Param) -> ox.NamedNode:
    return ox.NamedNode(f"{query.value}#parameter-{param.name}")


def _parameter(
    query: ox.NamedNode, param: Param, order: int, published: Published
) -> tuple[ox.Quad, ...]:
    def meant(written: str) -> ox.NamedNode | ox.Literal:
        return term(param, written, published.settings, first_kind)

    said: dict[str, Value | list[Value]] = {
        RDF_TYPE.value: nodes(SHACL, "Parameter"),
        RDFS_LABEL.value: texts(param.label),
        SHACL + "name": texts(param.label),
        SHACL + "path": ox.NamedNode(f"{query.value}#{param.name}"),
        SHACL + "order": ox.Literal(order),
        SKOS + "example": meant(param.example),
    }
    if param.type == "iri":
        said[SHACL + "nodeKind"] = ox.NamedNode(SHACL + "IRI")
    else:
        said[SHACL + "datatype"] = _DATATYPES[param.type]
    if param.values:
        said[SHACL + "pattern"] = ox.Literal(_one_of(param.values))
    if param.default is not None:
        said[SHACL + "defaultValue"] = meant(param.default)
    if not param.required:
        said[SHACL + "optional"] = _TRUE
    return statements(_parameter_node(query, param), said)


def _one_of(values: tuple[str, ...]) -> str:
    """Return the pattern of some texts; a list of them would need blank nodes."""
    escaped = (_OF_PATTERNS.sub(r"\\\g<0>", value) for value in values)
    return f"^({'|'.join(escaped)})$"
