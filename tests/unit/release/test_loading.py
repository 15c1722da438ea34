"""Lines that are loaded in several goes, and a process that fills a store beside another."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.derive import in_default
from reti_graph.errors import StoreError
from reti_graph.release import loading
from reti_graph.release.loading import Filling, load, write_lines
from reti_graph.sources.nquads import lines_of
from reti_graph.stores.opening import OPENING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

P, G = ox.NamedNode("https://example.org/p"), ox.NamedNode("https://example.org/g")
NAMED = [
    ox.Quad(ox.NamedNode(f"https://example.org/{number}"), P, ox.Literal(str(number)), G)
    for number in range(7)
]
BLANK = [ox.Quad(ox.BlankNode("one"), P, ox.BlankNode("two"), G)]


def all_of(store: ox.Store) -> set[ox.Quad]:
    """Return what a store says."""
    return set(store.quads_for_pattern(None, None, None, None))


@pytest.mark.parametrize("at_once", [1, 3, 7, 100])
def test_lines_are_all_loaded_however_many_are_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Nodes without names keep those they were given, and nothing is left in the way."""
    monkeypatch.setattr(loading, "_AT_ONCE", at_once)
    store = ox.Store()
    load(store, lines_of(NAMED), BLANK, tmp_path)
    assert all_of(store) == {*NAMED, *BLANK, in_default(BLANK[0])}
    assert list(tmp_path.iterdir()) == []


def test_a_process_fills_a_store_with_the_lines_of_files(tmp_path: Path) -> None:
    """Quads and triples, and those without names as they are named."""
    quads, triples = tmp_path / "quads.nq", tmp_path / "triples.nt"
    write_lines(quads, lines_of([*NAMED, *BLANK]))
    write_lines(triples, lines_of(map(in_default, [*NAMED, *BLANK])))
    Filling(tmp_path / "store", (quads, triples), BLANK, tmp_path).end()
    everything = [*NAMED, *BLANK]
    assert all_of(ox.Store.read_only(str(tmp_path / "store"))) == {
        *everything,
        *map(in_default, everything),
    }


def test_what_opens_the_files_of_a_filled_store_is_written_beside_them(tmp_path: Path) -> None:
    """For every process that reads it."""
    quads, triples = tmp_path / "quads.nq", tmp_path / "triples.nt"
    write_lines(quads, lines_of(NAMED))
    write_lines(triples, lines_of(map(in_default, NAMED)))
    Filling(tmp_path / "store", (quads, triples), (), tmp_path).end()
    assert (tmp_path / "store" / OPENING).exists()


def test_what_goes_wrong_in_the_process_is_told_as_if_it_were_here(tmp_path: Path) -> None:
    """A file that is not there is an OSError."""
    filling = Filling(tmp_path / "store", (tmp_path / "none.nq",), (), tmp_path)
    with pytest.raises(FileNotFoundError):
        filling.end()


class Fatal(tuple[()]):
    """Kills the process that it is sent to."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        """Say how it is made in that process."""
        return signal.raise_signal, (signal.SIGKILL,)


def test_a_process_that_is_ended_is_told_of(tmp_path: Path) -> None:
    """The system does so when there is no memory left."""
    filling = Filling(tmp_path / "store", Fatal(), (), tmp_path)
    with pytest.raises(StoreError, match="ended before it was done"):
        filling.end()
