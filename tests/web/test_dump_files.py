"""The files of a release on disk, as they are sent."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import StoreError, UnknownNameError
from reti_graph.release import published, read_served, release_parts
from reti_graph.web.dump_files import MadeDumps, StoredDumps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.release import Release
    from reti_graph.web.dump_files import Dump


def dumps_in(folder: Path) -> StoredDumps:
    """Return the files of a release in a folder, which is taken to be there for ever."""
    release = read_served(folder)
    return StoredDumps(folder, release.parts, release.files, lambda: None)


@pytest.fixture
def stored(release_folder: Path) -> Iterator[StoredDumps]:
    """Give the files of the small site's release."""
    dumps = dumps_in(release_folder)
    yield dumps
    dumps.close()


@pytest.fixture(scope="module")
def made(small_release: Release) -> Iterator[MadeDumps]:
    """Give the files of the same release, made in memory."""
    parts = release_parts(small_release, published(small_release))
    dumps = MadeDumps(parts, small_release.settings)
    yield dumps
    dumps.close()


def seen(dump: Dump) -> tuple[object, ...]:
    """Return all that a client sees of a file."""
    return dump.tag, dump.content_type, dump.coding, dump.place.read_bytes()


def test_they_are_those_that_are_made_in_memory(stored: StoredDumps, made: MadeDumps) -> None:
    """With sizes, checksums and parts; and the tables are told by name."""
    assert {*stored.all()} == {*made.all()}
    assert sorted(stored.tables) == sorted(made.tables)
    assert [part.name for part in stored.parts] == [part.name for part in made.parts]


@pytest.mark.parametrize("coding", [None, "gzip"])
@pytest.mark.parametrize(
    "path", ["dump.nq", "dump.nq.gz", "dump/source/page.ttl", "table/city.csv", "dump/shapes.nt.gz"]
)
def test_each_is_sent_as_it_would_be_from_memory(
    stored: StoredDumps, made: MadeDumps, path: str, coding: str | None
) -> None:
    """Also compressed, where the release has it only as it is."""
    assert seen(stored.get(path, coding)) == seen(made.get(path, coding))


def test_what_is_compressed_is_compressed_once_and_goes_in_the_end(stored: StoredDumps) -> None:
    """It lies in no folder of the release."""
    first = stored.get("dump/ontology.trig", "gzip").place
    assert gzip.decompress(first.read_bytes()).startswith(b"@prefix")
    assert stored.get("dump/ontology.trig", "gzip").place == first
    stored.close()
    stored.close()
    assert not first.exists()


@pytest.mark.parametrize("path", ["dump.nqq", "dump.gz", "dump.nq.gz.gz", "../secret", "x" * 500])
def test_what_is_no_file_is_unknown(stored: StoredDumps, path: str) -> None:
    """Nothing else can be reached by a path."""
    with pytest.raises(UnknownNameError):
        stored.get(path, "gzip")


def test_a_name_that_is_like_one_is_told_which(stored: StoredDumps) -> None:
    """As everywhere."""
    with pytest.raises(UnknownNameError) as caught:
        stored.get("dump/ontologi.ttl", None)
    assert "dump/ontology.ttl" in caught.value.nearest


def test_files_that_are_others_by_now_are_not_sent(release_folder: Path) -> None:
    """Their checksums and sizes would be those of the old ones."""
    release = read_served(release_folder)

    def check() -> None:
        raise StoreError("Others are there.")

    dumps = StoredDumps(release_folder, release.parts, release.files, check)
    with pytest.raises(StoreError, match="Others"):
        dumps.get("dump.nq", None)
