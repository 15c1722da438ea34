from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest

from reti_graph.deliver import contents
from reti_graph.deliver.contents import count, is_of_site, read_graph, read_graphs
from reti_graph.deliver.lines import lines_of
from reti_graph.deliver.publishing import publish
from reti_graph.deliver.wanted import Published
from reti_graph.errors import StoreAnswerError
from tests.unit.deliver.stores import BASE, FakeStore, Way, expected, quads_of
from tests.unit.deliver.watchers import Quiet

OWN: Final = Way("own", statements=100)
WITH_GRAPHS: Final = Way("own", statements=100, graphs=True)
MANY: Final = quads_of(
    "".join(f"g:n{n:03} {{ :s{n} :p {n}, {n + 1}, {n + 2} }}\n" for n in range(30))
    + f"g:large {{ {' '.join(f':s{n} :p :o{n}, :s{n + 1} .' for n in range(100))} }}"
)


@pytest.fixture(autouse=True)
def _few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let answers have few rows, so that a small store has many."""
    monkeypatch.setattr(contents, "ROWS", 20)
    monkeypatch.setattr(contents, "GRAPHS", 4)


def filled(rows: int | None = None) -> FakeStore:
    """Give a store with many graphs, and one that no answer has room for."""
    store = FakeStore(rows=rows)
    store.quads.extend(MANY)
    return store


@pytest.mark.parametrize(
    ("graph", "of_site"),
    [
        (f"{BASE}source/page", True),
        (f"{BASE}release-notes", True),
        (f"{BASE}release/default", True),
        (f"{BASE}release", False),
        (f"{BASE}release/union", False),
        (f"{BASE}release/undo", False),
        ("https://example.org/other", False),
    ],
)
def test_a_graph_is_the_sites_by_its_name(graph: str, of_site: bool) -> None:  # noqa: FBT001 - a value of the table
    """In the namespace, and not kept for what stands beside the site's graphs."""
    assert is_of_site(graph, BASE) is of_site


def test_all_graphs_are_counted_though_one_answer_has_not_room_for_them() -> None:
    """They are listed in parts."""
    counted = count(OWN.target(filled(rows=20)))
    assert len(counted.graphs) == 31
    assert counted.graphs[f"{BASE}g/large"] == 200
    assert (counted.union, counted.foreign, counted.blank) == (0, 0, frozenset())


def test_all_statements_are_read_though_answers_are_cut_off() -> None:
    """Small graphs several at a time, a large one in parts."""
    target = OWN.target(filled(rows=20))
    found = dict(read_graphs(target, count(target).graphs))
    assert len(found) == 31
    for graph, lines in found.items():
        triples = [quad.triple for quad in MANY if quad.graph_name == ox.NamedNode(graph)]
        assert lines == lines_of(triples)


def test_a_large_graph_is_fetched_whole_where_the_store_gives_it_whole() -> None:
    """One request in place of many."""
    store = filled()
    lines = read_graph(WITH_GRAPHS.target(store), f"{BASE}g/large", 200)
    assert (len(lines), store.requests) == (200, ["get"])


def test_a_graph_that_is_given_in_part_is_asked_for_in_parts() -> None:
    """Virtuoso's protocol for graphs cuts them off without a word."""
    store = filled(rows=20)
    lines = read_graph(WITH_GRAPHS.target(store), f"{BASE}g/large", 200)
    assert len(lines) == 200
    assert store.requests[0] == "get"


def test_less_than_was_counted_is_an_error() -> None:
    """With what to do about it."""
    target = OWN.target(filled(rows=10))
    with pytest.raises(StoreAnswerError, match=r"gave \d+ of the 3 statements in") as caught:
        dict(read_graphs(target, {f"{BASE}g/n{n:03}": 3 for n in range(30)}))
    assert caught.value.hint
    assert "ResultSetMaxRows" in caught.value.hint


def test_a_large_release_is_published_into_a_store_that_cuts_answers_off() -> None:
    """And read back."""
    store = FakeStore(rows=20)
    release = Published.of_release("many", MANY, BASE)
    publish(OWN.target(store), release, Quiet())
    assert store.holds() == expected(release)
