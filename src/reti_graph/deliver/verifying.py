"""What a store has after writing, against what it shall have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.deliver.contents import count, read_graphs, read_known
from reti_graph.deliver.lines import hash_of, lines_of, summed
from reti_graph.errors import StoreAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reti_graph.deliver.contents import Counted
    from reti_graph.deliver.entries import Entry
    from reti_graph.deliver.plan import Contents
    from reti_graph.deliver.target import Target

UNION_NAME = "the union of all graphs"


def counts_fit(counted: Counted, contents: Contents) -> bool:
    """Tell whether a store has as many statements in each graph as it shall have."""
    union = None if contents.union is None else contents.union[0]
    return counted.graphs == contents.counts() and counted.union == union and not counted.blank


def verify(
    target: Target,
    contents: Contents,
    wanted_union: Iterable[Entry],
    progress: Callable[[int], object],
) -> None:
    """Count and read everything back; `wanted_union` is what shall be in the union, in order.

    Raises StoreAnswerError with the first graph that is not as it shall be.
    """
    counted = count(target)
    for graph in sorted(counted.graphs.keys() | contents.graphs.keys()):
        expected, _ = contents.graphs.get(graph, (0, 0))
        _check_count(graph, counted.graphs.get(graph, 0), expected)
    for graph, lines in read_graphs(target, counted.graphs):
        if (len(lines), hash_of(graph, lines)) != contents.graphs[graph]:
            raise _differs(graph, "its statements are not those that were written")
        progress(len(lines))
    if counted.union is not None and contents.union is not None:
        _check_count(UNION_NAME, counted.union, contents.union[0])
        found, hashed = 0, 0
        for triples in read_known(target, target.remote.union, wanted_union):
            found += len(triples)
            hashed = summed((hashed, hash_of("", lines_of(triples))))
            progress(len(triples))
        if (found, hashed) != contents.union:
            raise _differs(UNION_NAME, "its statements are not those that were written")


def _check_count(graph: str, found: int, expected: int) -> None:
    if found != expected:
        raise _differs(graph, f"it has {found:,} statements in place of {expected:,}")


def _differs(graph: str, how: str) -> StoreAnswerError:
    return StoreAnswerError(
        f"The store does not have what was written into it. The first graph that differs is "
        f"{graph}: {how}.",
        hint="Another program may have written there too. Run it again; if the same graph differs, "
        "the store changes what it is given (docs/stores.md tells which stores change what).",
    )
