from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.deliver import entries, kept
from reti_graph.deliver.entries import Entry, Grouping, Sorting
from reti_graph.deliver.kept import room
from reti_graph.deliver.lines import hash_of, lines_of
from tests.strategies import triples
from tests.unit.deliver.stores import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

S, P = ox.NamedNode("urn:x:s"), ox.NamedNode("urn:x:p")
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
WHOLE: Final = ox.Literal("1.0", datatype=ox.NamedNode(f"{XSD}decimal"))
some_lines = st.lists(triples, max_size=6).map(lines_of)


@pytest.fixture(autouse=True, scope="module")
def _few_at_once() -> Iterator[None]:
    """Let statements go to disk soon, so that what is merged is tested too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "AT_ONCE", 4)
        patch.setattr(kept, "FEW", 100)
        yield


@given(st.lists(some_lines, max_size=5))
def test_statements_come_back_in_order_each_once(taken: list[dict[str, str]]) -> None:
    """In that of what is compared, whatever signs are in them; they can be gone through again."""
    with room() as folder:
        sorting = Sorting(folder / "some")
        for lines in taken:
            sorting.take(lines)
        found = sorting.taken()
        keys = [entry.key for entry in found]
        assert keys == sorted({key for lines in taken for key in lines})
        assert len(found) == len(keys)
        assert dict(found).keys() == set(keys)
        assert found.counted_and_hashed() == (len(keys), hash_of("", keys))


@given(st.dictionaries(st.sampled_from([f"{BASE}g/{n}" for n in "abc"]), some_lines))
def test_statements_come_back_by_graph(taken: dict[str, dict[str, str]]) -> None:
    """Though those of one graph came between those of another; a graph of nothing is none."""
    with room() as folder:
        grouping = Grouping(folder / "some")
        for each in (0, 1):
            for graph, lines in taken.items():
                grouping.take(graph, dict(list(lines.items())[each::2]))
        found = grouping.taken()
        assert found == {graph: lines for graph, lines in taken.items() if lines}
        assert found.counts() == {graph: len(lines) for graph, lines in taken.items() if lines}


def test_a_statement_keeps_how_it_is_written(tmp_path: Path) -> None:
    """Beside how it is compared, where that is something else."""
    lines = lines_of([ox.Triple(S, P, WHOLE)])
    [(key, line)] = lines.items()
    assert key != line
    sorting, grouping = Sorting(tmp_path / "sorted"), Grouping(tmp_path / "grouped")
    sorting.take(lines)
    grouping.take(BASE, lines)
    assert list(sorting.taken()) == [Entry(key, line)]
    assert grouping.taken()[BASE] == lines


def test_of_statements_that_compare_as_equal_one_is_kept(tmp_path: Path) -> None:
    """A store has the value once, however many spellings came."""
    sorting, grouping = Sorting(tmp_path / "sorted"), Grouping(tmp_path / "grouped")
    for value in (WHOLE, ox.Literal(1), ox.Literal("1")):
        lines = lines_of([ox.Triple(S, P, value)])
        sorting.take(lines)
        grouping.take(BASE, lines)
    assert len(sorting.taken()) == 2
    assert grouping.taken().counts() == {BASE: 2}
