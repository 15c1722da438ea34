"""The folder of a release: what may be in it, and how a new one takes the place of an old one."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from reti_graph.errors import CallError, StoreError
from reti_graph.release.manifest import MANIFEST, STORE, Named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

_PREFIX: Final = ".release-"
_OLD: Final = "old"
# Two renames take microseconds; a disk that is slow or far may take longer.
_PAUSE: Final = 0.02
_TURNS: Final = 100


def in_place(
    folder: Path, read: Callable[[Path], T], pause: Callable[[float], object] = time.sleep
) -> T:
    """Return what `read` gives of a release, also while another one takes its place.

    Between the two renames of `replacing` no folder has the name. What `read` raises then is no
    answer: it is called again after a pause, some two seconds long at most. Where no release is
    being replaced nobody waits. Raises what `read` raises.
    """
    for _ in range(_TURNS):
        try:
            return read(folder)
        except (CallError, StoreError):
            if not _is_between_renames(folder):
                break
        pause(_PAUSE)
    # It may have come since it was looked for in vain.
    return read(folder)


def _is_between_renames(folder: Path) -> bool:
    """Tell whether a folder has given up its name to another that has not got it yet."""
    return not folder.exists() and any(folder.parent.glob(f"{_PREFIX}*/{_OLD}"))


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `folder` when all went well, and goes if not.

    Whoever has files of the old one open, or its store, keeps them until they are closed. Raises
    CallError when the folder holds anything but a release, StoreError when the disk fails.
    """
    try:
        _refuse_others(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=folder.parent) as beside:
            new, old = Path(beside, "new"), Path(beside, _OLD)
            new.mkdir()
            yield new
            _swap(new, folder, old)
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(f"The release cannot be written to {folder}: {reason}.") from error


def _refuse_others(folder: Path) -> None:
    """Raise CallError unless the folder is missing, empty, or an older release and no more."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CallError(f"{folder} is a file, not a folder.")
    own = _names_in_manifest(folder)
    if any(own is None or not _is_own(path, own, folder) for path in folder.rglob("*")):
        raise CallError(
            f"{folder} is not empty and not a release.", hint="Name a new folder, or empty it."
        )


def _is_own(path: Path, own: frozenset[PurePath], folder: Path) -> bool:
    name = path.relative_to(folder)
    # What stands in the store is the engine's: it has no folders of its own.
    return name in own or (PurePath(STORE) in own and name.parent == PurePath(STORE))


def _names_in_manifest(folder: Path) -> frozenset[PurePath] | None:
    """Return the files and folders that a release's manifest knows of, or None without one."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Named)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    files = [PurePath(name) for name in (MANIFEST, *manifest.files)]
    files += [PurePath(STORE)] if manifest.store else []
    return frozenset((*files, *(above for file in files for above in file.parents)))


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, which ends in `old`."""
    if folder.exists():
        os.replace(folder, old)  # noqa: PTH105 - the same name for files and folders
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
