"""The answers of queries, canned or not: which formats they come in, and as a table of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.formats import JSON, N_TRIPLES
from reti_graph.gate import QueryForm
from reti_graph.html.tables import table, triple_table, truth_table
from reti_graph.web.negotiation import GRAPH_FORMATS, TABLE_FORMATS

if TYPE_CHECKING:
    from reti_graph.formats import Format
    from reti_graph.html.cells import Reader
    from reti_graph.html.views import Table

_GRAPHS = frozenset({QueryForm.CONSTRUCT, QueryForm.DESCRIBE})


def offers_for(form: QueryForm) -> tuple[Format, ...]:
    """Return the formats the answer of a query comes in, the preferred one first."""
    return GRAPH_FORMATS if form in _GRAPHS else TABLE_FORMATS


def data_format(form: QueryForm) -> Format:
    """Return the format of an answer that `answer_table` reads."""
    return N_TRIPLES if form in _GRAPHS else JSON


def answer_table(content: bytes, form: QueryForm, reader: Reader) -> Table:
    """Return an answer in its data format as a table."""
    if form in _GRAPHS:
        quads = ox.parse(content, format=ox.RdfFormat.N_TRIPLES)
        return triple_table([quad.triple for quad in quads], reader)
    found = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return truth_table(answer=bool(found), reader=reader)
    variables = tuple(variable.value for variable in found.variables)
    return table(variables, [tuple(row) for row in found], reader)
