from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import CallError
from reti_graph.problems import Problem
from tools.import_facts.columns import Line, read_lines

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: bytes) -> Path:
    """Write a file into a folder, and give it."""
    path = folder / "rows.csv"
    path.write_bytes(text)
    return path


def test_a_row_knows_the_line_it_ends_on(tmp_path: Path) -> None:
    """Cells may hold line breaks; the line counts those of the file. Cells lose their margins."""
    path = written(tmp_path, b'a,b\n" one ","t\nwo"\nthree,four\n')
    assert list(read_lines(path, ("a", "b"))) == [
        Line("rows.csv", 3, {"a": "one", "b": "t\nwo"}),
        Line("rows.csv", 4, {"a": "three", "b": "four"}),
    ]


@pytest.mark.parametrize("row", [b"one", b"one,two,three", b""])
def test_a_row_with_other_fields_is_a_problem(tmp_path: Path, row: bytes) -> None:
    """It is named with its line, and the next row is read."""
    path = written(tmp_path, b"a,b\n" + row + b"\nthree,four\n")
    bad, good = read_lines(path, ("a", "b"))
    assert isinstance(bad, Problem)
    assert str(bad.location) == "rows.csv:2"
    assert isinstance(good, Line)


@pytest.mark.parametrize("header", [b"a\n", b"b,a\n", b"", b"a,b,c\n"])
def test_another_header_is_refused(tmp_path: Path, header: bytes) -> None:
    """Columns are not guessed."""
    path = written(tmp_path, header)
    with pytest.raises(CallError, match=r"rows.csv:1: The columns should be a, b\."):
        list(read_lines(path, ("a", "b")))


@pytest.mark.parametrize("text", [b'a,b\n"one,two\n', b"a,b\none,\xff\n"])
def test_what_is_no_csv_in_utf_8_is_refused(tmp_path: Path, text: bytes) -> None:
    """The message says where."""
    with pytest.raises(CallError, match=r"rows.csv:\d+: This is not CSV in UTF-8: "):
        list(read_lines(written(tmp_path, text), ("a", "b")))


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    """The command names it."""
    with pytest.raises(FileNotFoundError):
        list(read_lines(tmp_path / "rows.csv", ("a", "b")))
