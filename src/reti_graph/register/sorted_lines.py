"""Finding a place among sorted lines of a file without reading all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

_STEP: Final = 256


def place_of(lines: BinaryIO, wanted: bytes) -> int:
    """Return where the first line begins that does not come before some bytes."""
    low, high = 0, lines.seek(0, 2)
    while low < high:
        start = _begin_of_line(lines, (low + high) // 2, low)
        lines.seek(start)
        line = lines.readline()
        if line < wanted:
            low = start + len(line)
        else:
            high = start
    return low


def _begin_of_line(lines: BinaryIO, place: int, least: int) -> int:
    """Return where the line begins that a place is in; no line begins before `least`."""
    start = place
    while start > least:
        back = max(start - _STEP, least)
        lines.seek(back)
        before = lines.read(start - back).rfind(b"\n")
        if before >= 0:
            return back + before + 1
        start = back
    return least
