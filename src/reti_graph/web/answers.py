"""The answers of queries, canned or not: which formats they come in, and as a table of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.gate import QueryForm
from reti_graph.html.tables import table, triple_table, truth_table
from reti_graph.web.negotiation import GRAPH_FORMATS, TABLE_FORMATS

if TYPE_CHECKING:
    from reti_graph.formats import Format
    from reti_graph.html.cells import Reader
    from reti_graph.html.views import Table
    from reti_graph.stores.port import Store


def offers_for(form: QueryForm) -> tuple[Format, ...]:
    """Return the formats the answer of a query comes in, the preferred one first."""
    graph = form in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE)
    return GRAPH_FORMATS if graph else TABLE_FORMATS


def answer_table(store: Store, text: str, form: QueryForm, reader: Reader) -> Table:
    """Run a query and return its answer as a table."""
    if form is QueryForm.ASK:
        return truth_table(answer=store.ask(text), reader=reader)
    if form is QueryForm.SELECT:
        solutions = store.select(text)
        return table(solutions.variables, solutions.rows, reader)
    return triple_table(store.construct(text), reader)
