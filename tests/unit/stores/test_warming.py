from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from reti_graph.stores.opening import write_opening
from reti_graph.stores.warming import open_all_files
from tests.unit.stores.many_files import fill

pytestmark = pytest.mark.skipif(
    not Path("/dev/fd").is_dir(), reason="which files are open is not told here"
)


def test_all_files_are_open_afterwards(tmp_path: Path) -> None:
    """There are more than RocksDB opens by itself."""
    fill(tmp_path, 6)
    assert len(list(tmp_path.glob("*.sst"))) > 16
    store = ox.Store.read_only(str(tmp_path))
    assert open_all_files(store, tmp_path)


def test_what_is_written_beside_a_store_is_done_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nothing has to be tried."""
    write_opening(tmp_path, fill(tmp_path, 6))
    monkeypatch.setattr("reti_graph.stores.warming._MOST_SAMPLES", 0)
    monkeypatch.setattr("reti_graph.stores.warming._WALKS", ())
    store = ox.Store.read_only(str(tmp_path))
    assert open_all_files(store, tmp_path)


def test_walks_alone_open_all_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the samples miss some."""
    monkeypatch.setattr("reti_graph.stores.warming._MOST_SAMPLES", 0)
    fill(tmp_path, 6)
    store = ox.Store.read_only(str(tmp_path))
    assert open_all_files(store, tmp_path)


def test_a_file_that_belongs_to_no_index_is_told_of(tmp_path: Path) -> None:
    """Nobody is told that all is open when it is not."""
    fill(tmp_path, 1)
    (tmp_path / "999999.sst").touch()
    store = ox.Store.read_only(str(tmp_path))
    assert not open_all_files(store, tmp_path)


def test_a_system_that_tells_nothing_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All may be open there, or not."""
    fill(tmp_path, 1)
    monkeypatch.setattr("reti_graph.stores.tables._DESCRIPTORS", tmp_path / "missing")
    assert not open_all_files(ox.Store.read_only(str(tmp_path)), tmp_path)


def test_a_store_of_many_files_answers_when_nothing_can_be_opened(tmp_path: Path) -> None:
    """Without looking into the files before, it would not."""
    fill(tmp_path, 6)
    program = """if True:
        import sys, pathlib
        import pyoxigraph as ox
        from reti_graph.stores import confine, warming
        confine.allow_many_files()
        store = ox.Store.read_only(sys.argv[1])
        if sys.argv[2] == "warm":
            assert warming.open_all_files(store, pathlib.Path(sys.argv[1]))
        assert confine.shut_in()
        patterns = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }", "GRAPH <urn:g:3> { ?s ?p ?o }"
        for pattern in patterns:
            for name in "spo":
                text = f"SELECT DISTINCT ?{name} {{ {pattern} }}"
                assert all(row[0].value for row in store.query(text))
    """
    outcomes = [
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path), how], capture_output=True, check=False
        )
        for how in ("cold", "warm")
    ]
    assert [each.returncode for each in outcomes] == [1, 0], outcomes
    assert b"Too many open files" in outcomes[0].stderr
