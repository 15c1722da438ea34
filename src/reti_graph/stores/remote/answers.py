"""What stores elsewhere answer, read as pyoxigraph's own answers and as values.

Literals leave here in the spelling of the embedded store, so that what is written of them is the
same. Where a store has lost what a literal was, nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
import pyoxigraph as ox

from reti_graph.errors import StoreAnswerError
from reti_graph.formats import by_media_type
from reti_graph.gate import QueryForm
from reti_graph.stores.answering import as_solutions, as_truth
from reti_graph.stores.remote.comparable import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.stores.datasets import EngineAnswer
    from reti_graph.stores.port import Solutions
    from reti_graph.stores.remote.transport import Reply

GRAPHS: Final = frozenset({QueryForm.CONSTRUCT, QueryForm.DESCRIBE})
"""The forms of a query whose answer is a graph."""

# Virtuoso sends the rows it has so far, with status 200, and one of these headers.
_INCOMPLETE: Final[Mapping[str, str]] = {
    "x-sparql-maxrows": "raise ResultSetMaxRows in the section [SPARQL] of virtuoso.ini",
    "x-sql-state": "raise MaxQueryExecutionTime in the section [SPARQL] of virtuoso.ini",
}
_NOT_IN_LABEL: Final = re.compile(r"[^A-Za-z0-9]+")


class _Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """A term in SPARQL 1.1 Query Results JSON, 3.2.2; a triple has terms for a value."""

    type: str
    value: str | _Triple
    datatype: str | None = None
    language: str | None = msgspec.field(name="xml:lang", default=None)
    direction: str | None = msgspec.field(name="its:dir", default=None)


class _Triple(msgspec.Struct, frozen=True):
    subject: _Cell
    predicate: _Cell
    object: _Cell


_Row: TypeAlias = dict[str, _Cell]


class _Head(msgspec.Struct, frozen=True):
    vars: tuple[str, ...] = ()


class _Rows(msgspec.Struct, frozen=True):
    bindings: tuple[_Row, ...]


class _Document(msgspec.Struct, frozen=True, omit_defaults=True):
    head: _Head = _Head()
    results: _Rows | None = None
    boolean: bool | None = None


_DECODER: Final = msgspec.json.Decoder(_Document)


def solutions(reply: Reply) -> Solutions:
    """Return the rows of a SELECT. Raises StoreAnswerError when the reply is none or not whole."""
    return as_solutions(engine_answer(reply, QueryForm.SELECT))


def truth(reply: Reply) -> bool:
    """Return the answer of an ASK. Raises StoreAnswerError when the reply is none."""
    return as_truth(engine_answer(reply, QueryForm.ASK))


def engine_answer(reply: Reply, form: QueryForm, *, sort: bool = False) -> EngineAnswer:
    """Return a reply to a query of a form as pyoxigraph would answer it, literals included.

    `sort` puts the variables in the order that the embedded store gives those of `SELECT *`.
    Raises StoreAnswerError when the reply is no such answer, or one the store cut short.
    """
    for header, remedy in _INCOMPLETE.items():
        if header in reply.headers:
            raise StoreAnswerError(
                f"The store cut its answer short ({header}: {reply.headers[header]}).",
                hint=f"Ask for less, or {remedy}.",
            )
    try:
        return _graph(reply) if form in GRAPHS else _results(reply.content, form, sort=sort)
    except (SyntaxError, ValueError) as error:
        raise StoreAnswerError(
            f"The store answered a query with what is no {form.value} answer: {error}.",
            hint="Check that store.url is an address that answers SPARQL queries.",
        ) from error


def _graph(reply: Reply) -> EngineAnswer:
    """Return the triples by way of a store, which brings literals to its spelling."""
    known = by_media_type(reply.media_type, "rdf")
    if known is None or not isinstance(known.ox, ox.RdfFormat):
        raise ValueError(f"{reply.media_type or 'no media type'} is no graph")
    store = ox.Store()
    store.extend(ox.parse(reply.content, format=known.ox))
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")


def _results(content: bytes, form: QueryForm, *, sort: bool) -> EngineAnswer:
    # msgspec's errors are ValueErrors.
    document = _DECODER.decode(content)
    if form is QueryForm.ASK:
        if document.boolean is None:
            raise ValueError("it has no boolean")
        clean = _Document(boolean=document.boolean)
    else:
        if document.results is None:
            raise ValueError("it has no rows")
        names = document.head.vars
        rows = _Rows(tuple(map(_row, document.results.bindings)))
        clean = _Document(_Head(tuple(sorted(names)) if sort else names), rows)
    return ox.parse_query_results(msgspec.json.encode(clean), ox.QueryResultsFormat.JSON)


def _row(row: _Row) -> _Row:
    return {name: _clean(cell) for name, cell in row.items()}


def _clean(cell: _Cell) -> _Cell:
    """Return a term as the embedded store has it. Raises ValueError when it is none."""
    if isinstance(cell.value, _Triple):
        parts = cell.value
        return _Cell(
            "triple", _Triple(_clean(parts.subject), _clean(parts.predicate), _clean(parts.object))
        )
    if cell.type == "uri":
        return _Cell("uri", ox.NamedNode(cell.value).value)
    if cell.type == "bnode":
        return _Cell("bnode", f"b{_NOT_IN_LABEL.sub('', cell.value)}")
    if cell.datatype is None and cell.language is None:
        return _Cell("literal", cell.value)
    if cell.direction is not None:
        return cell
    return _literal(cell.value, cell.datatype, cell.language)


def _literal(value: str, datatype: str | None, language: str | None) -> _Cell:
    kind = None if datatype is None or language else ox.NamedNode(datatype)
    literal = canonical(ox.Literal(value, datatype=kind, language=language))
    if literal.language:
        return _Cell("literal", literal.value, language=literal.language)
    return _Cell("literal", literal.value, datatype=literal.datatype.value)
