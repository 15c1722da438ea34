"""A folder that is read for long, kept as it is while somebody puts another in its place.

Whoever replaces a folder renames the old one and removes its files. What was opened stays, but a
store opens its files one after another, and a process that starts later finds other files under
the same names. So the files get second names (hard links), in a folder of ours beside theirs.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reti_graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

_PREFIX: Final = ".reti-graph-"
_LOCK: Final = "lock"
_INSIDE: Final = "held"
# Somebody may replace the folder just while its files get their names.
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class HeldFolder:
    """A folder of which `path` has the files for as long as it is held.

    Without `linked` they are the files themselves: whoever replaces the folder must leave the old
    one where it is, or wait until it is not held any more.
    """

    path: Path
    linked: bool
    let_go: Callable[[], object]
    """Ends it; the files must not be opened after that."""


def hold(folder: Path) -> HeldFolder:
    """Hold a folder and all below it. Raises StoreError when there is none.

    Where the system does not let its files have second names (another owner, a volume that is
    only to be read) they are used as they are, which is logged.
    """
    for _ in range(_ATTEMPTS):
        try:
            return _linked(folder.resolve())
        except FileNotFoundError:
            continue
        except OSError as error:
            return _as_it_is(folder.resolve(), error)
    raise StoreError(f"The folder {folder} is not there, or is being replaced without end.")


def identity(folder: Path) -> tuple[int, int]:
    """Return what tells a folder from any other that gets its name. Raises OSError."""
    state = folder.stat()
    return state.st_dev, state.st_ino


def _as_it_is(real: Path, error: OSError) -> HeldFolder:
    _log.warning(
        "The files in %s cannot be held while they are served (%s): leave them until the server "
        "has read their successors",
        real,
        error.strerror or error,
    )
    return HeldFolder(real, linked=False, let_go=lambda: None)


def _linked(real: Path) -> HeldFolder:
    """Give all files a second name. Raises OSError when one of them cannot get it."""
    if sys.platform == "win32":
        raise OSError("this system has no such names")
    with ExitStack() as undo:
        _remove_left(real.parent)
        beside = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=real.parent))
        undo.callback(shutil.rmtree, beside, ignore_errors=True)
        lock = _locked(beside)
        undo.callback(os.close, lock)
        target = beside / _INSIDE
        # By its handle it is one folder, whatever gets its name meanwhile.
        handle = os.open(real, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _link_all(handle, target)
        finally:
            os.close(handle)
        return HeldFolder(target, linked=True, let_go=undo.pop_all().close)


def _link_all(handle: int, target: Path) -> None:
    for here, _, files, folder in os.fwalk(".", dir_fd=handle):
        place = target / here
        place.mkdir()
        for name in files:
            os.link(name, place / name, src_dir_fd=folder)


def _locked(beside: Path) -> int:
    """Lock a folder of ours; the system lets go of that with this process."""
    import fcntl  # noqa: PLC0415 - there is no such module on Windows

    waiting = beside / f"{_LOCK}-"
    lock = os.open(waiting, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    # Only now may others look whether somebody has it.
    waiting.rename(beside / _LOCK)
    return lock


def _remove_left(parent: Path) -> None:
    """Remove what servers have left that were killed."""
    import fcntl  # noqa: PLC0415 - as above

    for beside in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError), (beside / _LOCK).open("rb+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(beside, ignore_errors=True)
