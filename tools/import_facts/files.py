"""The files an import writes: what would change, and the change, all of it or nothing."""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reti_graph.errors import CallError
from tools.import_facts.turtle import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be written below a folder, by relative name, and what removed."""

    root: Path
    written: Mapping[str, str]
    removed: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The files that would change."""
        return tuple(sorted((*self.written, *self.removed)))


def changes(root: Path, planned: Mapping[str, str]) -> Changes:
    """Compare the files an import plans with those that are there.

    Files of an earlier import that are not planned any more are to be removed; those of other
    hands are let be. Raises CallError when one of these stands where a file is planned.
    """
    for name in planned:
        if name.endswith(".trig") and MARK not in (_text(root / name) or MARK):
            raise CallError(
                f"{name} was not written by an import.",
                hint="Move it away, or let its first block follow the line of an import's files.",
            )
    written = {name: text for name, text in planned.items() if _text(root / name) != text}
    removed = sorted(name for name in _own(root) if name not in planned)
    return Changes(root, written, tuple(removed))


def apply(found: Changes) -> None:
    """Write and remove: first every new file beside its place, then all are moved there.

    Raises OSError when a file cannot be written; the old files are whole then.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for name, text in sorted(found.written.items()):
            place = found.root / name
            beside = _beside(place)
            ready.append((beside, place))
            beside.write_bytes(text.encode())
        for beside, place in ready:
            beside.replace(place)
    finally:
        for beside, _ in ready:
            beside.unlink(missing_ok=True)
    for name in found.removed:
        _remove(found.root / name)


def _text(path: Path) -> str | None:
    return path.read_bytes().decode(errors="replace") if path.is_file() else None


def _own(root: Path) -> Iterator[str]:
    for path in sorted((root / "data").rglob("*.trig")):
        if MARK in (_text(path) or ""):
            yield path.relative_to(root).as_posix()


def _beside(place: Path) -> Path:
    """Make an empty file beside a place, in the same folder, which may have to be made too."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
    place.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    os.close(number)
    beside = Path(name)
    beside.chmod(0o644)
    return beside


def _remove(path: Path) -> None:
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
