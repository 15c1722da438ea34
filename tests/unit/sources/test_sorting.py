from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from reti_graph.sources.sorting import Sorter, merged

LINES = st.lists(st.binary(max_size=3).map(lambda line: line.replace(b"\n", b"") + b"\n"))


@given(LINES, st.integers(min_value=1, max_value=4))
def test_lines_come_back_in_order_each_once(lines: list[bytes], at_once: int) -> None:
    """However few are held at once."""
    with TemporaryDirectory() as folder:
        sorter = Sorter(Path(folder), at_once)
        for line in lines:
            sorter.add([line])
        assert list(sorter.lines()) == sorted(set(lines))
        assert list(sorter.lines()) == sorted(set(lines))


def test_lines_wait_on_disk_when_there_are_many(tmp_path: Path) -> None:
    """So that memory holds so many and no more."""
    sorter = Sorter(tmp_path, at_once=2)
    sorter.add([b"a\n"])
    assert list(tmp_path.iterdir()) == []
    sorter.add([b"b\n"])
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"a\nb\n"]


def test_files_in_order_are_merged_with_other_lines(tmp_path: Path) -> None:
    """What both have comes once."""
    (tmp_path / "one").write_bytes(b"a\nc\n")
    (tmp_path / "two").write_bytes(b"b\nc\n")
    lines = merged([tmp_path / "one", tmp_path / "two"], [b"c\n", b"d\n"])
    assert list(lines) == [b"a\n", b"b\n", b"c\n", b"d\n"]
    assert list(merged([], [b"a\n", b"a\n"])) == [b"a\n"]
