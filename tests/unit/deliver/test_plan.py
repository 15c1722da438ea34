from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reti_graph.deliver.lines import hash_of, hash_sum, lines_of
from reti_graph.deliver.plan import ChangedGraph, Contents, GraphChange
from reti_graph.deliver.tally import Tally
from tests.strategies import triples
from tests.unit.deliver.stores import BASE

if TYPE_CHECKING:
    from pathlib import Path

G = f"{BASE}g/one"
A, B, C = (f"<urn:x:{name}> <urn:x:p> <urn:x:o> ." for name in "abc")

some_lines = st.lists(triples, max_size=6).map(lines_of)


def lines(*each: str) -> dict[str, str]:
    """Give lines that compare as they are written."""
    return {line: line for line in each}


def test_what_is_equal_needs_no_change() -> None:
    """A graph with blank nodes does, for nobody can tell."""
    assert GraphChange.between(G, lines(A), lines(A)) is None
    assert GraphChange.between(G, {}, {}) is None
    assert GraphChange.between(G, {}, {}, blank=True) is not None


def test_a_change_is_the_difference() -> None:
    """What stays is known too, for stores that take whole graphs only."""
    change = GraphChange.between(G, lines(A, B), lines(B, C))
    assert change == GraphChange(graph=G, remove=(A,), add=(C,), stay=(B,))
    assert change.statements == 2


def test_graphs_come_change_and_go() -> None:
    """As a dry run lists them."""
    changes = [
        GraphChange.between(G, {}, lines(A)),
        GraphChange.between(G, lines(A), lines(A, B)),
        GraphChange.between(G, lines(A), lines(B)),
        GraphChange.between(G, lines(A), {}),
        GraphChange.between(G, {}, {}, blank=True),
        GraphChange.between(G, {}, lines(A), blank=True),
    ]
    kinds = [change.kind for change in changes if change]
    assert kinds == ["add", "replace", "replace", "drop", "drop", "replace"]


@given(some_lines, some_lines)
def test_a_change_makes_one_of_the_other(there: dict[str, str], wanted: dict[str, str]) -> None:
    """Also when its two halves are done one after the other."""
    change = GraphChange.between(G, there, wanted)
    made = dict(there)
    for half in (change.without_adding(), change.without_removing()) if change else ():
        made = {key: line for key, line in made.items() if line not in half.remove}
        made |= {line: line for line in half.add}
    assert sorted(made.values()) == sorted(
        {**wanted, **{k: there[k] for k in there.keys() & wanted.keys()}}.values()
    )


def test_the_content_hash_is_as_the_documentation_says() -> None:
    """The sum modulo 2^256 of the SHA-256 of each line of N-Quads."""
    hashes = [hashlib.sha256(f"{line[:-1]}<{G}> .\n".encode()).digest() for line in (A, B)]
    total = sum(int.from_bytes(each) for each in hashes) % 2**256
    assert hash_sum([hash_of(G, [A, B])]) == f"{total:064x}"


@given(st.lists(some_lines, max_size=4))
def test_the_content_hash_knows_no_order(graphs: list[dict[str, str]]) -> None:
    """Neither of graphs nor of statements; it knows where a statement stands."""
    hashes = [hash_of(f"{G}{n}", each) for n, each in enumerate(graphs)]
    others = [hash_of(f"{G}{n}", reversed(each)) for n, each in enumerate(graphs)]
    assert hash_sum(hashes) == hash_sum(reversed(others))
    assert hash_of(G, [A]) != hash_of(f"{G}2", [A])


def test_contents_are_counted(tmp_path: Path) -> None:
    """The statements of the graphs, and the lines there are to read."""
    tally = Tally(tmp_path, 0)
    tally.graph(G, {}, lines(A, B))
    tally.graph(f"{G}2", lines(A), lines(A))
    tally.graph(f"{G}3", lines(A), {})
    contents = Contents(graphs=tally.contents, union=(2, 0))
    assert contents.counts() == {G: 2, f"{G}2": 1}
    assert (contents.statements, contents.lines) == (3, 5)
    assert tally.listed == [ChangedGraph(G, "add", 0, 2), ChangedGraph(f"{G}3", "drop", 1, 0)]
    assert [change.graph for change in tally.changes] == [G, f"{G}3"]
    assert [entry.key for entry in tally.union.taken()] == [A, B]


def test_what_is_known_is_what_is_there_and_what_is_wanted(tmp_path: Path) -> None:
    """It is gathered only where there is a union to compare it with."""
    for union, known in ((0, []), (1, [A, B]), (None, [])):
        folder = tmp_path / str(union)
        folder.mkdir()
        tally = Tally(folder, union)
        tally.graph(G, lines(A), lines(B))
        assert [entry.key for entry in tally.known.taken()] == known
