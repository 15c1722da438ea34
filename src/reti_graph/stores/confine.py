"""What a worker gives up once it has its data: memory without end, files and sockets.

Only the right to open something new is taken away, which needs no privilege and no dependency.
What is open stays open.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

# More than a large store on disk has files; some systems refuse "as many as you like".
_MANY_FILES: Final = 65_536
_STATM: Final = Path("/proc/self/statm")


def allow_many_files() -> None:
    """Let this process open as many files as it may, where the system has such a limit."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- not there on every system

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = _MANY_FILES if hard == resource.RLIM_INFINITY else hard
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, allowed))


def bound_memory(memory_bytes: int) -> None:
    """Let this process map so many bytes more than it has mapped now, and leave no core dump."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- as above

    mapped = _mapped_bytes()
    if mapped is not None:
        _lower(resource.RLIMIT_AS, mapped + memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)


def shut_in() -> bool:
    """Let this process open and write no file any more; return whether that is so.

    It is tried: neither a file nor a socket can be opened afterwards.
    """
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 -- as above

    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, _lowest_free_descriptor())
    return not (_can_open_a_socket() or _can_open_a_file())


def _lower(kind: int, wanted: int) -> None:
    import resource  # noqa: PLC0415 -- as above

    _, hard = resource.getrlimit(kind)
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    # What cannot be bounded is found by the probes, or is memory, which few systems bound.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (limit, limit))


def _mapped_bytes() -> int | None:
    """Return the size of this process's address space, or None where the system does not tell."""
    try:
        pages = int(_STATM.read_text("ascii").split()[0])
    except OSError:
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


def _lowest_free_descriptor() -> int:
    found = os.open(os.devnull, os.O_RDONLY)
    os.close(found)
    return found


def _can_open_a_socket() -> bool:
    try:
        socket.socket().close()
    except OSError:
        return False
    return True


def _can_open_a_file() -> bool:
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return False
    return True
