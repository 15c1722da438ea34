from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.deliver.journal import PIECE, Journal, pieces_of, read_journal
from reti_graph.deliver.kept import room
from reti_graph.deliver.lines import Lines, lines_of, n_quads
from reti_graph.deliver.tally import Tally
from reti_graph.stores.remote.held import undo_update
from tests.strategies import triples
from tests.unit.deliver.stores import BASE, FakeStore, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

G: Final = f"{BASE}g/one"
HASH: Final = "0" * 64
FEW: Final = [
    ox.Triple(ox.NamedNode(f"urn:x:{n}"), ox.NamedNode("urn:x:p"), ox.Literal(str(n)))
    for n in range(5)
]


@contextmanager
def kept(add: Iterable[str], remove: Iterable[str]) -> Iterator[Journal]:
    """Write a journal into a store and read it back."""
    store = FakeStore()
    for number, (change, text) in enumerate(pieces_of(add, remove, HASH), start=1):
        store.update(undo_update(BASE, change, number, text), repeatable=True)
    with room() as folder:
        yield read_journal(Way("own").target(store), folder)


@given(st.lists(triples, max_size=5), st.lists(triples, max_size=5))
def test_a_journal_is_read_as_it_was_written(add: list[ox.Triple], remove: list[ox.Triple]) -> None:
    """Whatever signs are in it, it is a text within a text."""
    to_add, to_remove = lines_of(add), lines_of(remove)
    with kept(n_quads(G, to_add.values()), n_quads(G, to_remove.values())) as journal:
        assert journal.content_hash == HASH
        assert journal.add.get(G, {}) == to_add
        assert journal.remove.get(G, {}) == to_remove


def test_a_long_journal_has_several_pieces() -> None:
    """A statement is never cut in two, however long it is."""
    texts = [ox.Literal("x" * length) for length in (PIECE // 2, PIECE // 2, 10, 2 * PIECE, 10)]
    lines = lines_of(
        ox.Triple(each.subject, each.predicate, text) for each, text in zip(FEW, texts, strict=True)
    )
    pieces = list(pieces_of(n_quads(G, lines.values()), [], HASH))
    assert len(pieces) == 4
    with kept(n_quads(G, lines.values()), []) as journal:
        assert journal.add == {G: lines}


def test_a_journal_of_no_difference_still_tells_what_it_brings_back() -> None:
    """There is one piece, with the content hash."""
    with kept([], []) as journal:
        assert (journal.pieces, journal.content_hash) == (1, HASH)


def test_a_damaged_journal_brings_nothing_back(tmp_path: Path) -> None:
    """It is not believed to be of the release before, and can be written over."""
    store = FakeStore()
    store.update(undo_update(BASE, "add", 1, "this is no N-Quads"), repeatable=True)
    journal = read_journal(Way("own").target(store), tmp_path)
    assert (journal.graphs, journal.content_hash, journal.pieces) == (set(), None, 1)


contents = st.sets(st.sampled_from(FEW)).map(lines_of)


@given(contents, contents, contents)
def test_a_journal_brings_back_the_release_before_at_every_moment(
    there: Lines, wanted: Lines, before: Lines
) -> None:
    """From whatever is there now, through every mixture, to whatever is wanted, and twice over."""
    moments = [
        there,
        wanted,
        {**there, **wanted},
        {key: there[key] for key in there.keys() & wanted.keys()},
    ]
    with room() as folder:
        tally = Tally(folder, None)
        tally.release_before(G, there, wanted, before)
        with kept(tally.undo_add, tally.undo_remove) as journal:
            for moment in moments:
                assert journal.undone(G, moment) == before
                assert journal.undone(G, journal.undone(G, moment)) == before
