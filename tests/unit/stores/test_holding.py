"""Keeping a folder readable while others put another in its place."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.errors import StoreError
from reti_graph.stores.holding import hold, identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.stores.holding import HeldFolder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders in use stay there")

HOLDING: Final = """
import sys
from pathlib import Path
from reti_graph.stores.holding import hold
print(hold(Path(sys.argv[1])).path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder that has another in it."""
    return filled(tmp_path / "release", "old")


def filled(folder: Path, text: str) -> Path:
    """Make a folder whose files say something."""
    (folder / "inner").mkdir(parents=True)
    (folder / "one").write_text(text)
    (folder / "inner" / "two").write_text(text)
    return folder


def said(held: HeldFolder) -> list[str]:
    """Read all files of a folder that is held."""
    return [(held.path / name).read_text() for name in ("one", "inner/two")]


@contextmanager
def holder(folder: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Give another process that holds the folder, and where."""
    command = [sys.executable, "-c", HOLDING, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_a_folder_that_was_replaced_is_still_read(folder: Path) -> None:
    """Until it is let go; then nothing is left of it."""
    held = hold(folder)
    shutil.rmtree(folder)
    filled(folder, "new")
    assert (said(held), held.linked) == (["old", "old"], True)
    held.let_go()
    held.let_go()
    assert [path.name for path in folder.parent.iterdir()] == ["release"]


def test_what_is_held_takes_no_room(folder: Path) -> None:
    """The files are the same ones, under second names."""
    held = hold(folder)
    assert (held.path / "one").samefile(folder / "one")
    held.let_go()


def test_a_link_to_a_folder_is_followed(folder: Path, tmp_path: Path) -> None:
    """Releases may be changed by turning a link, too."""
    link = tmp_path / "current"
    link.symlink_to(folder)
    held = hold(link)
    link.unlink()
    link.symlink_to(filled(tmp_path / "next", "new"))
    assert said(held) == ["old", "old"]
    held.let_go()


def test_each_server_holds_for_itself(folder: Path) -> None:
    """One that ends takes nothing from the others."""
    first, second = hold(folder), hold(folder)
    first.let_go()
    assert said(second) == ["old", "old"]
    second.let_go()


def test_what_a_killed_server_has_left_is_removed_by_the_next(folder: Path) -> None:
    """And never what one has that still runs."""
    with holder(folder) as (process, left):
        hold(folder).let_go()
        assert left.is_dir()
        process.kill()
        process.wait()
        hold(folder).let_go()
        assert not left.parent.exists()


def test_a_folder_whose_files_get_no_second_names_is_used_as_it_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says what that asks of whoever replaces it, and nothing is left beside it."""

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with caplog.at_level(logging.WARNING, logger="reti_graph"):
        held = hold(folder)
    assert (held.path, held.linked) == (folder.resolve(), False)
    assert "Operation not permitted" in caplog.text
    held.let_go()
    assert [path.name for path in folder.parent.iterdir()] == ["release"]
    assert said(held) == ["old", "old"]


def test_a_folder_that_is_replaced_meanwhile_is_held_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never some files of the one and some of the other."""
    link, turns = os.link, iter((True, False, False, False, False))

    def slow(source: str, target: Path, *, src_dir_fd: int) -> None:
        if next(turns):
            shutil.rmtree(folder)
            filled(folder, "new")
        link(source, target, src_dir_fd=src_dir_fd)

    monkeypatch.setattr(os, "link", slow)
    held = hold(folder)
    assert said(held) == ["new", "new"]
    held.let_go()
    assert [path.name for path in folder.parent.iterdir()] == ["release"]


def test_a_folder_that_is_not_there_cannot_be_held(tmp_path: Path) -> None:
    """It may have been a moment ago."""
    with pytest.raises(StoreError, match="no-such"):
        hold(tmp_path / "no-such")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_told_from_the_next_of_its_name(folder: Path) -> None:
    """While somebody has the old one."""
    before = identity(folder)
    assert identity(folder) == before
    folder.rename(folder.parent / "old")
    assert identity(filled(folder, "old")) != before
