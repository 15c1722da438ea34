from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reti_graph.release import room

if TYPE_CHECKING:
    from pathlib import Path

GIGABYTE = 2**30


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a machine of four gigabytes."""
    sizes = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 4 * GIGABYTE // 4096}
    monkeypatch.setattr(os, "sysconf", sizes.__getitem__)


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(
    ("limit", "most"),
    [
        ("max", 2 * GIGABYTE // 1500),
        (str(GIGABYTE), GIGABYTE // 2 // 1500),
        (str(64 * GIGABYTE), 2 * GIGABYTE // 1500),
        (None, 2 * GIGABYTE // 1500),
    ],
    ids=["no limit", "a container's limit", "a limit above the machine", "no such file"],
)
def test_half_of_the_least_memory_may_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str | None, most: int
) -> None:
    """That of the machine, or what the container is given if it is less."""
    file = tmp_path / "memory.max"
    if limit is not None:
        file.write_text(f"{limit}\n", encoding="utf-8")
    monkeypatch.setattr(room, "_CGROUP", file)
    assert (room.has_room(most), room.has_room(most + 1)) == (True, False)


def test_there_is_no_room_where_nobody_says_how_much_memory_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The disk is slow, but it does."""

    def unknown(_name: str) -> int:
        raise ValueError("unrecognized configuration name")

    monkeypatch.setattr(os, "sysconf", unknown)
    assert not room.has_room(1)
