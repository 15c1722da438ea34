"""Graphs of a store elsewhere, fetched to be asked here.

Some engines find a triple once for each graph of the default graph that has it, where SPARQL has it
once (SPARQL 1.1 Query Language, 13.1). Some answer only simple queries rightly. Such a query is
answered here, over what it asks about. Engines also cut long answers short; so all is counted
before it is read, and read in parts.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import AnswerTooLargeError, StoreAnswerError
from reti_graph.gate import QueryForm
from reti_graph.stores.remote.answers import solutions
from reti_graph.stores.remote.held import NO_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.stores.remote.held import Reader
    from reti_graph.stores.remote.scoped import Scope
    from reti_graph.terms import Term

ROWS: Final = 5_000
"""How many rows are asked for at once; an engine cuts off more, as Virtuoso does by default."""

_NAMES: Final = 200
_HEX: Final = "0123456789abcdef"


def fetch(reader: Reader, graphs: Iterable[str], most: int) -> ox.Store:
    """Return a store of these graphs, each of which may be none.

    Raises AnswerTooLargeError when they have more than `most` statements, StoreAnswerError when the
    store gives less than it counted, and StoreError as `query` does.
    """
    names = list(dict.fromkeys(graphs))
    counts: dict[str, int] = {}
    for start in range(0, len(names), _NAMES):
        counts |= _counted(reader, _values(names[start : start + _NAMES]))
    return _read(reader, counts, most)


def fetch_site(reader: Reader, scope: Scope, most: int) -> ox.Store:
    """Return a store of all graphs of the site, with their union as its default graph.

    Raises as `fetch` does.
    """
    apart = ox.NamedNode(scope.base + NO_GRAPH)
    counts = _counted(reader, f"VALUES ?g {{ {apart} }}")
    last = scope.base
    while True:
        after = f"FILTER(STR(?g) > {ox.Literal(last)})"
        found = _counted(reader, "", f"{scope.filter('?g')} {after}")
        counts |= found
        if len(found) < ROWS:
            break
        last = max(found)
    store = _read(reader, counts, most)
    store.extend([ox.Quad(quad.subject, quad.predicate, quad.object) for quad in store])
    store.remove_graph(apart)
    return store


def _counted(reader: Reader, values: str, filters: str = "") -> dict[str, int]:
    rows = solutions(
        reader.query(
            f"SELECT ?g (COUNT(*) AS ?n) {{ {values} GRAPH ?g {{ ?s ?p ?o }} {filters} }}"
            f" GROUP BY ?g ORDER BY ?g LIMIT {ROWS}",
            QueryForm.SELECT,
        )
    ).rows
    return {
        graph.value: int(number.value)
        for graph, number in rows
        if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal)
    }


def _read(reader: Reader, counts: Mapping[str, int], most: int) -> ox.Store:
    total = sum(counts.values())
    if total > most:
        raise AnswerTooLargeError(
            f"The graphs that are asked have {total:,} statements; at most {most:,} are fetched.",
            hint="Name fewer graphs, or ask the default graph, which has all of them.",
        )
    store = ox.Store()
    for batch in _batches(counts):
        size = sum(counts[graph] for graph in batch)
        for part in _parts(size):
            store.extend(_quads(reader, f"{_values(batch)} GRAPH ?g {{ ?s ?p ?o }} {part}"))
    if len(store) != total:
        raise StoreAnswerError(
            f"The store gave {len(store):,} statements of the {total:,} that it has.",
            hint=f"Let it give {2 * ROWS:,} rows at least (Virtuoso: ResultSetMaxRows).",
        )
    return store


def _batches(counts: Mapping[str, int]) -> Iterator[Sequence[str]]:
    """Yield graphs together whose statements fit one answer; a larger one comes alone."""
    batch: list[str] = []
    rows = 0
    for graph, count in sorted(counts.items()):
        if batch and (rows + count > ROWS or len(batch) == _NAMES):
            yield batch
            batch, rows = [], 0
        batch.append(graph)
        rows += count
    if batch:
        yield batch


def _parts(size: int) -> Iterator[str]:
    """Yield filters that part a graph by the first digits of a hash of the subject."""
    digits = 0
    # Half full on the average, for no hash makes parts of one size.
    while size > ROWS and size > ROWS // 2 * len(_HEX) ** digits:
        digits += 1
    for start in product(_HEX, repeat=digits):
        digest = ox.Literal("".join(start))
        yield f"FILTER(STRSTARTS(LCASE(MD5(STR(?s))), {digest}))" if start else ""


def _values(names: Iterable[str]) -> str:
    return f"VALUES ?g {{ {' '.join(str(ox.NamedNode(name)) for name in names)} }}"


def _quads(reader: Reader, pattern: str) -> Iterator[ox.Quad]:
    query = f"SELECT ?g ?s ?p ?o {{ {pattern} }}"
    for row in solutions(reader.query(query, QueryForm.SELECT)).rows:
        yield _quad(*row)


def _quad(
    graph: Term | None, subject: Term | None, predicate: Term | None, value: Term | None
) -> ox.Quad:
    if (
        isinstance(graph, ox.NamedNode)
        and isinstance(subject, ox.NamedNode | ox.BlankNode)
        and isinstance(predicate, ox.NamedNode)
        and value is not None
    ):
        return ox.Quad(subject, predicate, value, graph)
    raise StoreAnswerError(f"The store has a statement of {subject}, {predicate} and {value}.")
