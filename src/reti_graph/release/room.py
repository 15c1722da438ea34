"""Whether a store of so many statements has room in memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

# A statement with its part of the union takes 850 bytes in a store in memory, and derived ones add
# two thirds to those read: measured by benchmarks/scale.
_BYTES_EACH: Final = 1_500
_SHARE: Final = 2
_CGROUP: Final = Path("/sys/fs/cgroup/memory.max")


def has_room(statements: int) -> bool:
    """Tell whether what was read, and what will be derived, fits into half of the memory."""
    return statements * _BYTES_EACH <= _memory() // _SHARE


def _memory() -> int:
    """Return how much memory the machine has, or the container is given; 0 if nobody says."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0
    try:
        return min(machine, int(_CGROUP.read_text()))
    except (OSError, ValueError):
        # There is no limit, and the file says "max", or there is no such file.
        return machine
