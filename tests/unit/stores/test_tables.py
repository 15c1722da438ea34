from __future__ import annotations

from pathlib import Path

import pytest

from reti_graph.stores.tables import Tables, tells_what_is_open

pytestmark = pytest.mark.skipif(
    not Path("/dev/fd").is_dir(), reason="which files are open is not told here"
)


def test_a_file_is_closed_until_it_is_open(tmp_path: Path) -> None:
    """Under whatever name it was opened, and no file but table files counts."""
    for name in ("000001.sst", "000002.sst", "MANIFEST-000003"):
        (tmp_path / name).touch()
    tables = Tables(tmp_path)
    assert len(tables.closed()) == 2
    (tmp_path / "other-name").hardlink_to(tmp_path / "000001.sst")
    with (tmp_path / "other-name").open():
        [(_, number)] = tables.closed()
        assert number == (tmp_path / "000002.sst").stat().st_ino
    assert len(tables.closed()) == 2


def test_a_store_without_files_has_none_closed(tmp_path: Path) -> None:
    """There is nothing to open."""
    assert not Tables(tmp_path).closed()


def test_a_system_may_tell_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some have no such folder."""
    assert tells_what_is_open()
    monkeypatch.setattr("reti_graph.stores.tables._DESCRIPTORS", tmp_path / "missing")
    assert not tells_what_is_open()
