"""Unpacking a download, no further than what is reasonable."""

from __future__ import annotations

import zlib
from typing import Final

# Five times what a portal reads of a catalogue; a few kilobytes can unpack to gigabytes.
MOST_UNPACKED: Final = 250 * 1024 * 1024

_GZIP: Final = 16 + zlib.MAX_WBITS


class TooLongError(Exception):
    """What is packed is longer than may be unpacked."""


def unpacked(body: bytes, most: int) -> bytes:
    """Return what is in a gzip file (RFC 1952), all its members one after the other.

    Raises ValueError for what is no whole gzip file, TooLongError for more than `most` bytes.
    """
    content, rest = bytearray(), body
    while rest:
        member = zlib.decompressobj(_GZIP)
        try:
            content += member.decompress(rest, most + 1 - len(content))
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if len(content) > most:
            raise TooLongError
        if not member.eof:
            raise ValueError("the file ends too early")
        rest = member.unused_data
    if not body:
        raise ValueError("the file is empty")
    return bytes(content)
