from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from reti_graph.stores.opening import OPENING, opening_steps, write_opening
from reti_graph.stores.tables import Tables
from tests.unit.stores.many_files import fill, fill_alike

pytestmark = pytest.mark.skipif(
    not Path("/dev/fd").is_dir(), reason="which files are open is not told here"
)


def closed_after(folder: Path) -> int:
    """Return how many files are closed when what is written was done."""
    store, tables = ox.Store.read_only(str(folder)), Tables(folder)
    for _ in opening_steps(store, folder):
        pass
    return len(tables.closed())


def test_what_is_written_opens_all_files(tmp_path: Path) -> None:
    """It says fewer statements than the store has."""
    said = fill(tmp_path, 6)
    assert write_opening(tmp_path, said)
    assert (tmp_path / OPENING).stat().st_size < 100_000 < sum(len(str(each)) for each in said)
    assert closed_after(tmp_path) == 0


def test_files_within_one_predicate_and_object_are_opened_by_a_walk(tmp_path: Path) -> None:
    """No lookup leads into them."""
    assert write_opening(tmp_path, fill_alike(tmp_path, 6))
    assert closed_after(tmp_path) == 0


def test_made_up_names_lead_where_no_statement_was_given(tmp_path: Path) -> None:
    """What is given is never all there is."""
    said = fill(tmp_path, 6)
    assert write_opening(tmp_path, said[::100])
    assert closed_after(tmp_path) == 0


def test_a_file_that_nothing_opens_is_told_of(tmp_path: Path) -> None:
    """The others are opened by what is written all the same."""
    said = fill(tmp_path, 6)
    (tmp_path / "999999.sst").touch()
    assert not write_opening(tmp_path, said)
    assert closed_after(tmp_path) == 1


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"looked_up": "a", "walked_along": ""}'])
def test_what_cannot_be_read_is_passed_over(tmp_path: Path, content: bytes | None) -> None:
    """Whoever needs all files open looks whether they are."""
    fill(tmp_path, 1)
    if content is not None:
        (tmp_path / OPENING).write_bytes(content)
    assert list(opening_steps(ox.Store.read_only(str(tmp_path)), tmp_path)) == []


def test_nothing_is_written_where_nobody_could_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which files are open is not known on every system."""
    monkeypatch.setattr("reti_graph.stores.tables._DESCRIPTORS", tmp_path / "missing")
    assert not write_opening(tmp_path, fill(tmp_path, 1))
    assert not (tmp_path / OPENING).exists()


def test_the_engine_leaves_alone_what_is_written(tmp_path: Path) -> None:
    """It opens the store for writing, and finds all."""
    said = fill(tmp_path, 2)
    write_opening(tmp_path, said)
    store = ox.Store(tmp_path)
    store.optimize()
    del store
    assert (tmp_path / OPENING).exists()
    assert len(ox.Store.read_only(str(tmp_path))) == 2 * len(said)


def test_many_more_places_are_tried_when_few_do_not_do(tmp_path: Path) -> None:
    """Some files have next to nothing in them."""
    said = fill(tmp_path, 6)
    assert not write_opening(tmp_path, said[:1])
    assert write_opening(tmp_path, said[:1], iter(said))
    assert closed_after(tmp_path) == 0
