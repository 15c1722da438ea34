"""rdflib's terms and answers made of pyoxigraph's, and the other way round.

oxrdflib gives plain literals the datatype xsd:string, which rdflib tells apart from none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.query import Result
from rdflib.term import Identifier, Node, Variable

from reti_graph.errors import CallError
from reti_graph.terms import XSD_STRING

if TYPE_CHECKING:
    from reti_graph.terms import Term


def to_ox(node: Node | None) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
    """Return the term for pyoxigraph; None, which matches anything, stays None.

    Raises CallError for what RDF 1.1 has no term for.
    """
    if node is None:
        return None
    if isinstance(node, URIRef):
        return ox.NamedNode(node)
    if isinstance(node, BNode):
        return ox.BlankNode(node)
    if isinstance(node, Literal):
        datatype = ox.NamedNode(node.datatype) if node.datatype else None
        return ox.Literal(str(node), language=node.language, datatype=datatype)
    raise CallError(f"{node!r} cannot stand in a graph of RDF 1.1.")


def from_ox(term: Term) -> Identifier:
    """Return the term as rdflib has it; raises CallError for a triple term."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise CallError("rdflib has no triple terms.")
    if term.language or term.datatype == XSD_STRING:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value))


def result(found: ox.QueryBoolean | ox.QuerySolutions | ox.QueryTriples) -> Result:
    """Return the answer to a query as rdflib's."""
    if isinstance(found, ox.QueryBoolean):
        answer = Result("ASK")
        answer.askAnswer = bool(found)
    elif isinstance(found, ox.QuerySolutions):
        answer = Result("SELECT")
        names = [Variable(variable.value) for variable in found.variables]
        rows = [tuple(row) for row in found]
        # Should a term have no counterpart, the error keeps only what may end in any thread.
        del found
        answer.vars = names
        answer.bindings = [
            {name: from_ox(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in rows
        ]
    else:
        triples = list(found)
        del found
        answer = Result("CONSTRUCT")
        answer.graph = Graph()
        for triple in triples:
            answer.graph.add(tuple(map(from_ox, triple)))  # type: ignore[arg-type]
    return answer
