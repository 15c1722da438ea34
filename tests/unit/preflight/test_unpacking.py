from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.preflight.unpacking import TooLongError, unpacked


@given(st.lists(st.binary(), min_size=1))
def test_all_members_of_a_file_are_unpacked(parts: list[bytes]) -> None:
    """One after the other (RFC 1952, 2.2)."""
    whole = b"".join(parts)
    assert unpacked(b"".join(gzip.compress(part) for part in parts), len(whole)) == whole


def test_no_more_is_unpacked_than_was_asked_for() -> None:
    """A few bytes may stand for very many; exactly so many are well."""
    packed = gzip.compress(b"x" * 1_000)
    assert unpacked(packed, 1_000) == b"x" * 1_000
    with pytest.raises(TooLongError):
        unpacked(packed, 999)
    with pytest.raises(TooLongError):
        unpacked(packed + gzip.compress(b"x"), 1_000)


@pytest.mark.parametrize("body", [b"", b"words", gzip.compress(b"words", mtime=0)[:-1]])
def test_what_is_no_whole_gzip_file_is_refused(body: bytes) -> None:
    """Nothing, something else, and half of one."""
    with pytest.raises(ValueError, match=r"."):
        unpacked(body, 1_000)
