from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import CallError
from tools.import_facts.files import apply, changes
from tools.import_facts.turtle import MARK

if TYPE_CHECKING:
    from pathlib import Path

OWN = f"{MARK}\n<a:a> <a:b> <a:c> .\n"


def write(root: Path, name: str, text: str) -> Path:
    """Write a file below a folder, and give it."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def contents(root: Path) -> dict[str, str]:
    """Return all files below a folder, hidden ones too."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    """A file that is as planned keeps its place and time."""
    write(tmp_path, "data/a/members.trig", OWN)
    found = changes(tmp_path, {"data/a/members.trig": OWN, "docs/report.md": "new\n"})
    assert found.names == ("docs/report.md",)
    apply(found)
    assert contents(tmp_path) == {"data/a/members.trig": OWN, "docs/report.md": "new\n"}


def test_files_of_an_earlier_import_go(tmp_path: Path) -> None:
    """With the folder, when nothing else is in it."""
    write(tmp_path, "data/gone/members.trig", OWN)
    write(tmp_path, "data/kept/members.trig", OWN)
    write(tmp_path, "data/kept/notes.md", "mine\n")
    found = changes(tmp_path, {})
    assert found.removed == ("data/gone/members.trig", "data/kept/members.trig")
    apply(found)
    assert contents(tmp_path) == {"data/kept/notes.md": "mine\n"}
    assert not (tmp_path / "data" / "gone").exists()


def test_files_of_other_hands_stay(tmp_path: Path) -> None:
    """What does not bear the mark, or is not in data, was not written by an import."""
    write(tmp_path, "data/page/c40.trig", "<a:a> <a:b> <a:c> .\n")
    write(tmp_path, "data/page/bytes.trig", "")
    (tmp_path / "data/page/bytes.trig").write_bytes(b"\xff")
    write(tmp_path, "elsewhere/members.trig", OWN)
    assert changes(tmp_path, {}).names == ()


def test_a_file_of_another_hand_is_never_written_over(tmp_path: Path) -> None:
    """The message names it."""
    write(tmp_path, "data/editorial/countries.trig", "<a:a> <a:b> <a:c> .\n")
    with pytest.raises(CallError, match=r"data/editorial/countries.trig was not written by an"):
        changes(tmp_path, {"data/editorial/countries.trig": OWN})


def test_comparing_writes_nothing(tmp_path: Path) -> None:
    """Only `apply` does."""
    write(tmp_path, "data/a/members.trig", OWN)
    before = contents(tmp_path)
    assert changes(tmp_path, {"data/b/members.trig": OWN}).names == (
        "data/a/members.trig",
        "data/b/members.trig",
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("in_the_way", ["data/z", "data/z/members.trig/note"])
def test_when_writing_fails_the_old_files_are_whole(tmp_path: Path, in_the_way: str) -> None:
    """A file where a folder should be, or the reverse: nothing is changed, removed or left over."""
    write(tmp_path, "data/a/members.trig", f"{OWN}# old\n")
    write(tmp_path, "data/gone/members.trig", OWN)
    write(tmp_path, in_the_way, "in the way\n")
    before = contents(tmp_path)
    planned = {"data/a/members.trig": OWN, "data/z/members.trig": OWN}
    with pytest.raises(OSError, match="data/z"):
        apply(changes(tmp_path, planned))
    assert contents(tmp_path) == before
