"""What is more than memory holds: the same promises, with parts that are small."""

from __future__ import annotations

import tracemalloc
from itertools import count
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.deliver import contents, entries, kept, union, updates, writing
from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.deliver.released import opened_release, read_release
from reti_graph.errors import StoreAnswerError, StoreUnreachableError
from tests.unit.deliver.releases import NEW, OLD, THIRD, holding
from tests.unit.deliver.stores import (
    FAULTS,
    WAYS,
    BrokenConnection,
    FakeStore,
    Way,
    expected,
    published,
)
from tests.unit.deliver.test_released import written
from tests.unit.deliver.watchers import Quiet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.deliver.stores import Fault

each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
CUT: Final = Way("own", statements=50)
# A thing of which much is said, in a graph of its own and in others.
HUB: Final = published(
    " ".join(f"g:n{n} {{ :hub :p {', '.join(f':o{n}-{m}' for m in range(9))} }}" for n in range(6))
)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that is done in parts be done in very small ones."""
    monkeypatch.setattr(contents, "ROWS", 20)
    monkeypatch.setattr(contents, "GRAPHS", 2)
    monkeypatch.setattr(entries, "AT_ONCE", 3)
    monkeypatch.setattr(kept, "FEW", 100)
    monkeypatch.setattr(union, "PART", 2)
    monkeypatch.setattr(writing, "LINES", 2)
    monkeypatch.setattr(writing, "PIECES", 1)


@each_way
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_done_in_parts_can_be_broken_off_anywhere(way: Way, fault: Fault) -> None:
    """Run again it ends right, and the release before can be had back."""
    held = holding(way, THIRD, OLD)
    for at in count(1):
        store = held.copy()
        connection = BrokenConnection(store, at, "lost" if way.atomic else fault)
        try:
            publish(way.target(connection), NEW, Quiet())
        except StoreUnreachableError:
            publish(way.target(store), NEW, Quiet())
        assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
        roll_back(way.target(store), Quiet())
        assert (store.says(), store.holds()) == (OLD.digest, expected(OLD))
        if not connection.broke:
            return


def test_a_union_is_read_though_much_is_said_of_one_thing() -> None:
    """More than one answer has room for: by what is said of it."""
    store = FakeStore(rows=20)
    publish(CUT.target(store), HUB, Quiet())
    assert (store.holds(), len(store.union(None))) == (expected(HUB), 54)
    publish(CUT.target(store), OLD, Quiet())
    assert (store.holds(), len(store.union(None))) == (expected(OLD), 7)


@pytest.mark.parametrize("name", ["updates, union in a graph", "graphs alone"])
def test_what_others_wrote_into_the_union_is_removed(name: str) -> None:
    """Though of a thing that no release speaks of: a graph of its own name is the site's."""
    way = WAYS[name]
    store = holding(way, OLD)
    store.looks.clear()
    of_others = ox.NamedNode("urn:x:others")
    graph = ox.NamedNode(way.remote().union or "")
    store.quads.add(ox.Quad(of_others, of_others, of_others, graph))
    publish(way.target(store), NEW, Quiet())
    assert store.union(graph.value) == {quad.triple for quad in expected(NEW)}


def test_a_union_that_is_cut_off_is_an_error() -> None:
    """With what to do about it."""
    store = FakeStore()
    publish(CUT.target(store), HUB, Quiet())
    cut = FakeStore(rows=5)
    cut.quads = store.quads
    with pytest.raises(StoreAnswerError, match=r"gave \d+ of the \d+ statements") as caught:
        publish(CUT.target(cut), OLD, Quiet())
    assert caught.value.hint
    assert "ResultSetMaxRows" in caught.value.hint


def large(graphs: int, said: str) -> str:
    """Give a release of many graphs, each with ten long texts that no other has."""
    return "".join(
        f"g:n{n} {{ "
        + " ".join(f":s{n}-{m} :p '{n} {said} {'long' * 1000}' ." for m in range(10))
        + " }\n"
        for n in range(graphs)
    )


def peak(graphs: int, folder: Path, way: Way) -> int:
    """Publish a release over another in which all is said otherwise, and go back.

    Return how many bytes Python held at once at most; the store is not Python's.
    """
    folder.mkdir()
    store = FakeStore()
    for name in ("before", "after"):
        written(folder / name, large(graphs, name))
    tracemalloc.start()
    for name in ("before", "after"):
        (folder / f"beside-{name}").mkdir()
        with opened_release(folder / name) as files:
            release = read_release(files, folder / f"beside-{name}")
        publish(way.target(store), release, Quiet())
    roll_back(way.target(store), Quiet())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


@pytest.mark.parametrize(
    "way",
    [Way("own", statements=20, graphs=True), Way("repeated", statements=20)],
    ids=["updates and graphs", "updates"],
)
def test_memory_does_not_grow_with_the_statements(
    way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read, planned, written, kept for going back and read back is not held as a whole."""
    monkeypatch.setattr(updates, "MOST_CHARACTERS", 50_000)
    monkeypatch.setattr(entries, "AT_ONCE", 50)
    few, many = 10, 60
    grown = peak(many, tmp_path / "many", way) - peak(few, tmp_path / "few", way)
    statements = (tmp_path / "many/after/dump.nq").stat().st_size * (many - few) / many
    assert statements > 2_000_000
    assert grown < statements / 4
