"""Which table files of a store on disk this process has not opened yet."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_DESCRIPTORS: Final = Path("/dev/fd")


def tells_what_is_open() -> bool:
    """Return whether this system tells a process what it has open."""
    return _DESCRIPTORS.is_dir()


class Tables:
    """The table files of a store that nobody writes into."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the store. Raises OSError when it cannot be read."""
        states = (path.stat() for path in folder.glob("*.sst"))
        self._all = frozenset((state.st_dev, state.st_ino) for state in states)

    def closed(self) -> frozenset[tuple[int, int]]:
        """Return device and number of each that is not open, where the system tells that."""
        opened = set()
        for number in os.listdir(_DESCRIPTORS):  # noqa: PTH208 - numbers, not files
            # The descriptor that lists the others is closed by now.
            with suppress(OSError):
                state = os.fstat(int(number))
                opened.add((state.st_dev, state.st_ino))
        return self._all - opened
