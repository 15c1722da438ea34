"""Content codings: large bodies are sent compressed to whoever takes that (RFC 9110, 8.4)."""

from __future__ import annotations

import gzip
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import brotli
import zstandard

from reti_graph.accept import negotiate_coding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Smaller bodies fit one packet with their headers, coded or not.
SMALLEST: Final = 1_400

# In the server's order of preference: what is quick for both sides comes first.
_CODERS: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType(
    {
        "zstd": lambda body: zstandard.ZstdCompressor(level=6).compress(body),
        "br": lambda body: brotli.compress(body, quality=5),
        # The time of writing is left out: equal bodies give equal bytes.
        "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
    }
)
CODINGS: Final = tuple(_CODERS)


def coding_for(accepted: str | None, size: int) -> str | None:
    """Return the coding for a body of so many bytes, or None to send it as it is."""
    return negotiate_coding(accepted, CODINGS) if size >= SMALLEST else None


def encode(body: bytes, coding: str) -> bytes:
    """Return a body in one of CODINGS."""
    return _CODERS[coding](body)
