"""The documents of a release: found among its statements, or by the register of its dumps."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import StoreError
from reti_graph.register import NAMES, SUMMARY, write_register
from reti_graph.release import published, read_served, release_parts
from reti_graph.web.directory import GivenDirectory, StoredDirectory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.release import Release
    from reti_graph.web.directory import Directory


@pytest.fixture(scope="module")
def given(small_release: Release) -> GivenDirectory:
    """Give the documents of the small site, whose statements are in memory."""
    parts = release_parts(small_release, published(small_release))
    return GivenDirectory(parts, small_release.settings)


@pytest.fixture
def without_names(release_folder: Path, tmp_path: Path) -> Path:
    """Give a release that has no register."""
    folder = shutil.copytree(release_folder, tmp_path / "release")
    for name in (NAMES, SUMMARY):
        (folder / name).unlink()
    return folder


def stored_in(folder: Path) -> StoredDirectory:
    """Return the documents of a release on disk."""
    release = read_served(folder)
    return StoredDirectory(folder, release.parts, release.settings)


@pytest.fixture(params=["release_folder", "without_names"])
def stored(request: pytest.FixtureRequest) -> Iterator[StoredDirectory]:
    """Give the documents of the small site on disk, with a register and without."""
    directory = stored_in(request.getfixturevalue(request.param))
    yield directory
    directory.close()


def lines(directory: Directory) -> list[str]:
    """Return the lines of all files of the site map."""
    return sorted(line for each in directory.site_maps() for line in each.content().splitlines())


def test_both_find_the_same(given: GivenDirectory, stored: StoredDirectory) -> None:
    """The same addresses with the same days, the same names in short, as many things."""
    assert lines(stored) == lines(given)
    assert len(lines(given)) > 10
    assert [each.newest for each in stored.site_maps()] == [
        each.newest for each in given.site_maps()
    ]
    assert stored.families() == given.families()
    assert stored.things() == given.things() > 0


def test_nobody_waits_for_names_that_nobody_asked_for(stored: StoredDirectory) -> None:
    """They are known from the first time on that somebody does."""
    assert stored.known is None
    stored.families()
    assert stored.known is not None


def test_a_register_that_came_with_the_release_is_read(
    release_folder: Path, tmp_path: Path
) -> None:
    """Then the dumps are not: here there are none any more."""
    release = read_served(release_folder)
    write_register(release_folder, tmp_path, release.parts, release.settings.base_iri)
    directory = StoredDirectory(tmp_path, release.parts, release.settings)
    assert directory.things() > 0
    directory.close()
    assert {path.name for path in tmp_path.iterdir()} == {NAMES, SUMMARY}


def test_what_was_written_for_it_goes_with_it(
    without_names: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written into the folder of the release."""
    work = tmp_path_factory.mktemp("work")
    monkeypatch.setattr("tempfile.tempdir", str(work))
    before = sorted(without_names.iterdir())
    directory = stored_in(without_names)
    directory.things()
    assert len(list(work.iterdir())) == 1
    directory.close()
    directory.close()
    assert list(work.iterdir()) == []
    assert sorted(without_names.iterdir()) == before


def test_dumps_that_are_gone_are_a_failure_of_the_store(
    release_folder: Path, without_names: Path
) -> None:
    """And so are names that are."""
    directory = stored_in(without_names)
    (without_names / "dump.nq").unlink()
    with pytest.raises(StoreError, match="names"):
        directory.things()
    shutil.copy(release_folder / "dump.nq", without_names)
    [found] = directory.site_maps()
    directory.close()
    for work in (found.content, lambda: directory.below("id/", 5)):
        with pytest.raises(StoreError, match="names"):
            work()
