"""Range requests: who has some bytes of a file already gets only the others (RFC 9110, 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BYTES: Final = re.compile(r"bytes=(.*)", re.IGNORECASE)
_SPEC: Final = re.compile(r"(?:([0-9]+)-([0-9]*)|-([0-9]+))")
# Whoever asks for more wants to keep the server busy, or is better served with the whole.
_MOST: Final = 100
# More digits than any size has.
_DIGITS: Final = 19


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Bytes of a file from `start` up to and without `end`."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes they are."""
        return self.end - self.start

    def content_range(self, whole: int) -> str:
        """Return the value of Content-Range, given the size of the whole."""
        return f"bytes {self.start}-{self.end - 1}/{whole}"


def ranges_of(header: str | None, size: int) -> tuple[Range, ...] | None:
    """Return the bytes that a Range header asks for of a file of so many, in ascending order.

    Ranges that meet are one, and those beyond the end are left out; when all are, the answer is a
    416. None stands for the whole file: there is no header, or one that a server ignores, for it
    has another unit, is malformed, or lists very many ranges.
    """
    listed = _BYTES.fullmatch(header.strip()) if header else None
    if listed is None or size == 0:
        return None
    specs = [spec for spec in (part.strip(" \t") for part in listed[1].split(",")) if spec]
    if not 0 < len(specs) <= _MOST:
        return None
    asked = [_asked(spec, size) for spec in specs]
    good = [found for found in asked if found is not None]
    return _joined(found for found in sorted(good) if found.size) if good == asked else None


def between(
    ranges: Sequence[Range], size: int, content_type: str, boundary: str
) -> tuple[bytes, ...]:
    """Return what stands before each of several ranges of a file, and last what ends them.

    Put together that is a body of `multipart/byteranges` (RFC 9110, 14.6); `boundary` must not be
    in the file.
    """
    heads = (
        f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\n"
        f"Content-Range: {each.content_range(size)}\r\n\r\n".encode()
        for each in ranges
    )
    return *heads, f"\r\n--{boundary}--\r\n".encode()


def _asked(spec: str, size: int) -> Range | None:
    """Return one range, empty when it lies beyond the end, or None when it is malformed."""
    found = _SPEC.fullmatch(spec)
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix:
        return Range(max(size - _number(suffix), 0), size)
    start = _number(first)
    end = _number(last) + 1 if last else size
    if last and end <= start:
        return None
    return Range(start, min(end, size)) if start < size else Range(size, size)


def _number(digits: str) -> int:
    return int(digits.lstrip("0")[:_DIGITS] or "0")


def _joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    joined: list[Range] = []
    for each in ranges:
        if joined and each.start <= joined[-1].end:
            last = joined.pop()
            joined.append(Range(last.start, max(last.end, each.end)))
        else:
            joined.append(each)
    return tuple(joined)
