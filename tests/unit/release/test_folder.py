"""Reading a release while another one takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import CallError, StoreError
from reti_graph.release.folder import in_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reti_graph.errors import RetiError


class Place:
    """The name of a folder that is being replaced; in the pauses the things in `then` happen."""

    def __init__(self, parent: Path) -> None:
        """Begin between the two renames: the old folder has lost its name."""
        self.folder = parent / "release"
        self.new = parent / ".release-a1" / "new"
        self.old = parent / ".release-a1" / "old"
        self.new.mkdir(parents=True)
        self.old.mkdir()
        self.pauses: list[float] = []
        self.reads = 0
        self.then: list[Callable[[], object]] = []

    def arrive(self) -> None:
        """Do the second rename."""
        self.new.rename(self.folder)

    def vanish(self) -> None:
        """Remove the folder beside, as who replaces does in the end."""
        self.old.rmdir()

    def pause(self, seconds: float) -> None:
        """Wait; meanwhile something happens."""
        self.pauses.append(seconds)
        if self.then:
            self.then.pop(0)()

    def read(self, folder: Path, error: RetiError | None = None) -> str:
        """Read the folder, or fail since it is not there."""
        self.reads += 1
        if error is not None or not folder.is_dir():
            raise error or CallError(f"{folder} is no release.")
        return "read"


def test_a_folder_that_is_there_is_read_at_once(tmp_path: Path) -> None:
    """Whoever replaces it removes the old one only afterwards."""
    place = Place(tmp_path)
    place.arrive()
    assert in_place(place.folder, place.read, place.pause) == "read"
    assert (place.reads, place.pauses) == (1, [])


@pytest.mark.parametrize("pauses", [1, 2, 30])
def test_a_folder_between_two_renames_is_waited_for(tmp_path: Path, pauses: int) -> None:
    """And is read as soon as there is one, without a pause more."""
    place = Place(tmp_path)
    place.then = [*[lambda: None] * (pauses - 1), place.arrive]
    assert in_place(place.folder, place.read, place.pause) == "read"
    assert len(place.pauses) == pauses
    assert 0 < sum(place.pauses) <= 1


@pytest.mark.parametrize("error", [CallError("No release."), StoreError("It is not there.")])
def test_a_folder_that_never_comes_is_not_waited_for_without_end(
    tmp_path: Path, error: RetiError
) -> None:
    """A process that was killed between its renames has left the old one for good."""
    place = Place(tmp_path)
    with pytest.raises(type(error)) as caught:
        in_place(place.folder, lambda folder: place.read(folder, error), place.pause)
    assert caught.value is error
    assert 1 <= sum(place.pauses) <= 5


def test_nobody_waits_where_nothing_is_being_replaced(tmp_path: Path) -> None:
    """A name that no release has had is answered at once."""
    place = Place(tmp_path)
    place.vanish()
    with pytest.raises(CallError, match="no release"):
        in_place(place.folder, place.read, place.pause)
    assert place.pauses == []


def test_nobody_waits_for_what_is_there_and_cannot_be_read(tmp_path: Path) -> None:
    """It is another fault, though a folder is beside it that somebody has left."""
    place = Place(tmp_path)
    place.arrive()
    with pytest.raises(StoreError):
        in_place(place.folder, lambda folder: place.read(folder, StoreError("Bad.")), place.pause)
    assert place.pauses == []


def test_a_folder_that_comes_while_it_is_looked_for_is_read(tmp_path: Path) -> None:
    """It was not there to be read, and nothing beside it tells of it any more."""
    place = Place(tmp_path)

    def read(folder: Path) -> str:
        try:
            return place.read(folder)
        finally:
            if place.reads == 1:
                place.arrive()
                place.vanish()

    assert in_place(place.folder, read, place.pause) == "read"
    assert (place.reads, place.pauses) == (2, [])
