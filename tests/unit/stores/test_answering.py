from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import (
    AnswerTooLargeError,
    FormatError,
    GateError,
    RetiError,
    StoreError,
)
from reti_graph.formats import FORMATS, N_TRIPLES, RESULTS_FORMATS, TURTLE, Format
from reti_graph.stores.answering import evaluate, guarded, write

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = "SELECT * { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


def some(count: int = 20) -> ox.Store:
    """Return a store with some triples."""
    store = ox.Store()
    node = ox.NamedNode("urn:p")
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:s:{number}"), node, ox.Literal(str(number)))
        for number in range(count)
    )
    return store


def written(target: Format, most_bytes: int) -> bytes:
    """Write all there is in a format, with at most so many bytes."""
    query = ROWS if target.kind == "results" else GRAPH
    store = some()
    return guarded(lambda: write(evaluate(store, query, {}), target, {}, most_bytes))


@given(st.sampled_from(RESULTS_FORMATS), st.integers(0, 3_000))
def test_rows_are_written_whole_or_not_at_all(target: Format, most_bytes: int) -> None:
    """An answer with exactly as many bytes as allowed is given, one more is refused."""
    whole = written(target, sys.maxsize)
    if len(whole) <= most_bytes:
        assert written(target, most_bytes) == whole
        return
    with pytest.raises(AnswerTooLargeError, match=str(most_bytes)):
        written(target, most_bytes)


@pytest.mark.parametrize("target", FORMATS, ids=lambda known: known.name)
def test_no_format_gets_past_the_bound(target: Format) -> None:
    """Whatever is given is within it."""
    whole = written(target, sys.maxsize)
    with pytest.raises(AnswerTooLargeError):
        written(target, len(whole) - 1)


def test_a_graph_counts_as_n_triples_while_it_is_collected() -> None:
    """So that a large graph is not put together first, however short a format writes it."""
    store = ox.Store()
    long = f"urn:{'x' * 1_000}:"
    store.extend(ox.Quad(*[ox.NamedNode(long + end)] * 3) for end in "abcde")
    prefixes = {"x": long}
    turtle = guarded(lambda: write(evaluate(store, GRAPH, {}), TURTLE, prefixes))
    assert len(turtle) < 2_000
    with pytest.raises(AnswerTooLargeError):
        guarded(lambda: write(evaluate(store, GRAPH, {}), TURTLE, prefixes, 10_000))


def test_a_triple_given_twice_counts_once() -> None:
    """A graph is a set."""
    query = "CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE { ?s ?p ?o }"
    line = b"<urn:a> <urn:b> <urn:c> .\n"
    found = guarded(lambda: write(evaluate(some(), query, {}), N_TRIPLES, {}, len(line)))
    assert found == line


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (OSError("Too many open files"), StoreError),
        (ValueError("odd"), StoreError),
        (MemoryError(), AnswerTooLargeError),
        (RuntimeError("no such function"), GateError),
        (FormatError("no"), FormatError),
    ],
)
def test_failures_of_the_engine_are_errors_of_ours(
    raised: Exception, expected: type[RetiError]
) -> None:
    """With what the engine said, and nothing of where it said it."""

    def fail() -> None:
        raise raised

    with pytest.raises(expected) as caught:
        guarded(fail)
    assert type(caught.value) is expected
    assert str(raised) in caught.value.message
    assert caught.value.__context__ is None


def test_a_function_the_engine_does_not_know_is_refused() -> None:
    """The query is at fault, and the same query will fail again."""
    with pytest.raises(GateError, match="urn:f"):
        guarded(lambda: write(evaluate(some(), "SELECT (<urn:f>(1) AS ?x) {}", {}), TURTLE, {}))


@pytest.mark.parametrize(
    "call",
    [
        lambda store: write(evaluate(store, ROWS, {}), RESULTS_FORMATS[0], {}, 10),
        lambda store: write(evaluate(store, GRAPH, {}), TURTLE, {}, 10),
        lambda store: write(evaluate(store, ROWS, {}), TURTLE, {}),
    ],
)
def test_an_error_holds_no_answer(
    call: Callable[[ox.Store], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine complains when an unfinished answer ends in another thread."""
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    store = some()
    held: list[RetiError] = []
    try:
        guarded(lambda: call(store))
    except RetiError as error:
        held.append(error)
    assert len(held) == 1
    other = threading.Thread(target=held.clear)
    other.start()
    other.join()
    assert complaints == []
