from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from reti_graph.sources.folder import last_change, last_written, list_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the folder of a site in which no part is empty."""
    for name in ("ontology/a.ttl", "data/a.trig", "shapes/a.ttl"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    (tmp_path / "queries").mkdir()
    return tmp_path


def listed(root: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """List the data's names, then code and place of each problem."""
    listing = list_files(root)
    problems = [(problem.code, str(problem.location)) for problem in listing.problems]
    return list(listing.parts["data"]), problems


def test_what_is_no_regular_file_is_not_listed(root: Path) -> None:
    """Reading a named pipe would wait for ever."""
    os.mkfifo(root / "data/pipe.trig")
    assert listed(root) == (["data/a.trig"], [("not-regular-file", "data/pipe.trig")])


def test_a_link_to_a_device_is_not_listed(root: Path) -> None:
    """What counts is where the link leads."""
    (root / "data/device.trig").symlink_to("/dev/zero")
    assert listed(root) == (["data/a.trig"], [("not-regular-file", "data/device.trig")])


def test_a_link_to_itself_is_listed(root: Path) -> None:
    """Whoever reads it says why it cannot be read."""
    (root / "data/self.trig").symlink_to(root / "data/self.trig")
    assert listed(root) == (["data/a.trig", "data/self.trig"], [])


def test_names_that_are_not_utf_8_are_problems(root: Path) -> None:
    """They are shown with escapes, so that they can be printed."""
    data = os.fsencode(root / "data")
    for name in (b"\xff.txt", b"\xff.trig"):
        os.close(os.open(data + b"/" + name, os.O_CREAT))
    os.mkfifo(data + b"/\xfe.trig")
    assert listed(root) == (
        ["data/a.trig"],
        [
            ("not-regular-file", r"data/\xfe.trig"),
            ("name-not-utf-8", r"data/\xff.trig"),
            ("name-not-utf-8", r"data/\xff.txt"),
        ],
    )


@pytest.mark.parametrize("name", ["reti.toml", "modified.toml", "data/a.trig", "queries"])
def test_a_site_changed_when_its_newest_file_was_written(root: Path, name: str) -> None:
    """Settings, recorded dates and data count; what is not of the site does not, nor folders."""
    for path in (root / "reti.toml", root / "modified.toml", root / "notes.txt"):
        path.touch()
    for path in root.rglob("*.t*"):
        os.utime(path, (1000, 1000))
    for path in (root / name, root / "notes.txt"):
        os.utime(path, (2000.75, 2000.75))
    expected = 1000 if name == "queries" else 2000
    assert last_change(root) == datetime.fromtimestamp(expected, tz=UTC)


def test_a_file_that_went_away_does_not_count(root: Path) -> None:
    """Editors replace files while a site is read; a time is given whatever happens."""
    os.utime(root / "data/a.trig", (1000, 1000))
    given = (root / "data/a.trig", root / "data/gone.trig")
    assert last_written(given) == datetime.fromtimestamp(1000, tz=UTC)
    assert last_written(given[1:]) == datetime.fromtimestamp(0, tz=UTC)
