from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import StoreError
from reti_graph.stores.frames import Setup
from reti_graph.stores.spool import spool
from reti_graph.stores.worker import load
from tests.unit.stores.samples import quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.stores.spool import Spool

nodes = st.sampled_from([ox.NamedNode(f"urn:n:{letter}") for letter in "ab"])
texts = st.text(alphabet='a"\\\n\r\t\u00e8\U0001f600 ', max_size=5)
terms = (
    nodes
    | st.builds(ox.Literal, texts)
    | st.builds(lambda text: ox.Literal(text, language="it"), texts)
    | st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("urn:type")), texts)
)
graphs = nodes | st.just(ox.DefaultGraph())
quads = st.lists(st.builds(ox.Quad, nodes, nodes, terms, graphs), max_size=20)


def loaded(found: Spool) -> ox.Store:
    """Return the store a worker makes of it."""
    store, complete = load(Setup(str(found.source), found.on_disk, {}, 0))
    assert complete
    return store


def union(held: list[ox.Quad]) -> set[ox.Quad]:
    """Return quads with the union of their graphs."""
    return {*held, *(ox.Quad(each.subject, each.predicate, each.object) for each in held)}


@given(held=quads)
def test_a_worker_finds_the_quads_and_their_union(
    held: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each triple once in the default graph."""
    found = spool(held, tmp_path_factory.mktemp("spool"), 100)
    assert not found.on_disk
    store = loaded(found)
    assert set(store) == union(held)
    in_default = list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert len(in_default) == len({quad.triple for quad in held})


def test_many_quads_are_kept_in_a_store_on_disk(tmp_path: Path) -> None:
    """One more than may be in memory is many; nothing else is left in the folder."""
    held = [quad("a", "b", f"c{number}") for number in range(9)]
    assert not spool(held, tmp_path, 9).on_disk
    found = spool(iter(held), tmp_path, 8)
    assert found.on_disk
    assert set(loaded(found)) == union(held)
    assert list(tmp_path.iterdir()) == [found.source]


def test_a_disk_that_fails_is_a_failure_of_the_store(tmp_path: Path) -> None:
    """The message says what was to be done."""
    with pytest.raises(StoreError, match="cannot be written"):
        spool([], tmp_path / "missing", 10)


def test_an_error_in_the_quads_is_not_hidden(tmp_path: Path) -> None:
    """It is the fault of who gives them."""

    def failing() -> Iterator[ox.Quad]:
        yield quad("a", "b", "c")
        raise LookupError

    with pytest.raises(LookupError):
        spool(failing(), tmp_path, 10)
