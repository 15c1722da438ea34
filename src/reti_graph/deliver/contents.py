"""What a store has in a site's namespace: counted, and read in parts that no store cuts off.

Stores cut long answers off, some without a word (Virtuoso after 10,000 rows, unless it is told
otherwise). So whatever is read was counted before, and less than that is an error.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, groupby, product
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.deliver.lines import lines_of
from reti_graph.deliver.target import iri, number
from reti_graph.errors import AnswerTooLargeError, StoreAnswerError
from reti_graph.stores.remote.held import NO_GRAPH
from reti_graph.stores.remote.values import HELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reti_graph.deliver.entries import Entry
    from reti_graph.deliver.target import Target
    from reti_graph.terms import Term

ROWS: Final = 5_000
"""How many rows an answer may have."""
GRAPHS: Final = 200
"""How many graphs one query may name."""

_HEX: Final = "0123456789abcdef"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many statements a store has, by graph.

    `union` is the count of the graph that the union is written into, None where there is none;
    `blank` are the graphs with blank nodes, which no query can name; `foreign` is how many graphs
    of others there are.
    """

    graphs: Mapping[str, int]
    union: int | None
    blank: frozenset[str]
    foreign: int


def count(target: Target) -> Counted:
    """Count what a store has, without reading it. Raises StoreError."""
    own = {graph: n for graph, n in _graphs(target) if is_of_site(graph, target.base)}
    ours = f"STRSTARTS(STR(?g), {ox.Literal(target.base)})"
    blank = target.rows(
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } "
        f"FILTER({ours} && (isBlank(?s) || isBlank(?o))) }} LIMIT {ROWS}"
    )
    foreign = f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(!{ours}) }}"
    return Counted(
        graphs=own,
        union=_counted_union(target),
        blank=frozenset(iri(row[0]) for row in blank) & own.keys(),
        foreign=number(target.rows(foreign)[0][0]),
    )


def is_of_site(graph: str, base: str) -> bool:
    """Tell whether a graph is one of the site's, and none that is kept beside them."""
    kept = graph == base + HELD or graph.startswith(f"{base}{HELD}/")
    return graph == base + NO_GRAPH or (graph.startswith(base) and not kept)


def _graphs(target: Target) -> Iterator[tuple[str, int]]:
    """Yield the graphs of the namespace with their counts, some thousand at a time."""
    last = target.base
    while True:
        rows = target.rows(
            "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } "
            f"FILTER(STRSTARTS(STR(?g), {ox.Literal(target.base)}) && "
            f"STR(?g) > {ox.Literal(last)}) }} GROUP BY ?g ORDER BY ?g LIMIT {ROWS}"
        )
        found = [(iri(row[0]), number(row[1])) for row in rows]
        yield from found
        if len(found) < ROWS:
            return
        last = found[-1][0]


def _counted_union(target: Target) -> int | None:
    if target.remote.dialect.default_graph == "union":
        return None
    pattern = _pattern(target.remote.union)
    return number(target.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")[0][0])


def _pattern(graph: str | None) -> str:
    return "?s ?p ?o" if graph is None else f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"


def read_graphs(target: Target, counts: Mapping[str, int]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each of these graphs with its lines.

    Raises StoreAnswerError when a graph comes back with another count, StoreError as `rows`.
    """
    small = (graph for graph, n in sorted(counts.items()) if n <= ROWS)
    for batch in _batches(small, counts):
        yield from _read_batch(target, {graph: counts[graph] for graph in batch})
    for graph, n in sorted(counts.items()):
        if n > ROWS:
            yield graph, read_graph(target, graph, n)


def _batches(graphs: Iterator[str], counts: Mapping[str, int]) -> Iterator[list[str]]:
    batch: list[str] = []
    rows = 0
    for graph in graphs:
        if batch and (rows + counts[graph] > ROWS or len(batch) == GRAPHS):
            yield batch
            batch, rows = [], 0
        batch.append(graph)
        rows += counts[graph]
    if batch:
        yield batch


def _read_batch(target: Target, counts: Mapping[str, int]) -> Iterator[tuple[str, dict[str, str]]]:
    names = " ".join(str(ox.NamedNode(graph)) for graph in counts)
    rows = target.rows(f"SELECT ?g ?s ?p ?o {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}")
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    for name, *terms in rows:
        found[iri(name)].append(_triple(terms))
    for graph, n in counts.items():
        yield graph, _whole(found[graph], n, graph)


def read_named(target: Target, graph: str) -> dict[str, str]:
    """Return the lines of a graph that have no blank nodes in them."""
    return lines_of(_asked(target, f"{_pattern(graph)} FILTER(!isBlank(?s) && !isBlank(?o))"))


def read_graph(target: Target, graph: str | None, count: int) -> dict[str, str]:
    """Return the lines of a graph of any size; None is the default graph.

    Raises StoreAnswerError when it comes back with another count, StoreError as `rows`.
    """
    if count > ROWS:
        fetched = _fetched(target, graph)
        if len(fetched) == count:
            return lines_of(fetched)
    parts = chain.from_iterable(read_parts(target, graph, count))
    return _whole(list(parts), count, graph or "default graph")


def _fetched(target: Target, graph: str | None) -> set[ox.Triple]:
    """Return a graph as the Graph Store Protocol gives it: all of it, or less, or nothing.

    Whoever asks compares it with the count, and can ask by queries.
    """
    if target.remote.addresses.graphs is None:
        return set()
    try:
        reply = target.connection.get(graph)
        form = None if reply is None else ox.RdfFormat.from_media_type(reply.media_type)
        if reply is None or form is None:
            return set()
        return {quad.triple for quad in ox.parse(reply.content, format=form)}
    except (AnswerTooLargeError, StoreAnswerError, SyntaxError):
        return set()


def read_parts(target: Target, graph: str | None, count: int) -> Iterator[list[ox.Triple]]:
    """Yield a graph of about so many triples, by the first digits of a hash of their subject.

    None is the default graph. Raises StoreError as `rows`.
    """
    yield from _by_hash(target, _pattern(graph), "?s", count)


def read_known(
    target: Target, graph: str | None, known: Iterable[Entry]
) -> Iterator[list[ox.Triple]]:
    """Yield what a graph says of the subjects of known statements, which are in order.

    Raises StoreError as `Target.rows`.
    """
    for subjects in _some_subjects(known):
        if len(subjects) > 1:
            yield _of_subjects(target, graph, subjects)
        for subject, most in subjects.items() if len(subjects) == 1 else ():
            yield from _of_subject(target, graph, subject, most)


def _some_subjects(known: Iterable[Entry]) -> Iterator[Mapping[str, int]]:
    """Yield the subjects that one query asks for, with how many statements there may be."""
    some: dict[str, int] = {}
    rows = 0
    for subject, entries in groupby(known, lambda entry: entry.key.partition(" ")[0]):
        count = sum(1 for _ in entries)
        if some and (rows + count > ROWS or len(some) == GRAPHS):
            yield some
            some, rows = {}, 0
        some[subject] = count
        rows += count
    if some:
        yield some


def _of_subjects(target: Target, graph: str | None, subjects: Iterable[str]) -> list[ox.Triple]:
    """Return what a graph says of subjects, which are written as in SPARQL.

    None is the default graph. Raises StoreError as `rows`.
    """
    values = f"VALUES ?s {{ {' '.join(subjects)} }}"
    return _asked(target, f"{values} {_pattern(graph)}")


def _of_subject(
    target: Target, graph: str | None, subject: str, most: int
) -> Iterator[list[ox.Triple]]:
    """Yield what a graph says of one subject, which is so much at most, as `_of_subjects`."""
    values = f"VALUES ?s {{ {subject} }}"
    yield from _by_hash(target, f"{values} {_pattern(graph)}", "?o", most)


def _by_hash(target: Target, pattern: str, variable: str, count: int) -> Iterator[list[ox.Triple]]:
    digits = 0
    # Half full on the average, for no hash makes parts of one size.
    while count > ROWS // 2 * len(_HEX) ** digits:
        digits += 1
    for start in product(_HEX, repeat=digits if count > ROWS else 0):
        digest = ox.Literal("".join(start))
        part = f"FILTER(STRSTARTS(LCASE(MD5(STR({variable}))), {digest}))" if start else ""
        yield _asked(target, f"{pattern} {part}")


def _asked(target: Target, pattern: str) -> list[ox.Triple]:
    return [_triple(row) for row in target.rows(f"SELECT ?s ?p ?o {{ {pattern} }}")]


def _triple(terms: Sequence[Term | None]) -> ox.Triple:
    subject, predicate, value = terms
    if (
        isinstance(subject, ox.NamedNode)
        and isinstance(predicate, ox.NamedNode)
        and isinstance(value, ox.NamedNode | ox.Literal)
    ):
        return ox.Triple(subject, predicate, value)
    raise StoreAnswerError(f"The store has a statement with {subject}, {predicate} and {value}.")


def _whole(triples: list[ox.Triple], count: int, graph: str) -> dict[str, str]:
    if len(triples) == count:
        return lines_of(triples)
    raise not_whole(len(triples), count, graph)


def not_whole(found: int, count: int, graph: str) -> StoreAnswerError:
    """Return the error that less was given than was counted, or more."""
    return StoreAnswerError(
        f"The store gave {found:,} of the {count:,} statements in {graph}.",
        hint="It may be changed by others just now, or cut answers off: let it give "
        f"{2 * ROWS:,} rows at least (Virtuoso: ResultSetMaxRows), and run it again.",
    )
