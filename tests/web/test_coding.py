from __future__ import annotations

import gzip

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.web.coding import CODINGS, SMALLEST, coding_for, encode

DECODERS = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


@pytest.mark.parametrize("coding", CODINGS)
@given(body=st.binary(max_size=4_000))
def test_what_is_encoded_is_decoded_by_others(coding: str, body: bytes) -> None:
    """Each coding is the registered one, and equal bodies give equal bytes."""
    coded = encode(body, coding)
    assert DECODERS[coding](coded) == body
    assert encode(body, coding) == coded


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0.5", "gzip"),
        ("br;q=0, *", "zstd"),
        ("identity, gzip;q=0.5", None),
        ("deflate", None),
    ],
)
def test_a_large_body_is_coded_as_the_client_likes_best(
    accepted: str | None, coding: str | None
) -> None:
    """And as it is to whoever says nothing."""
    assert coding_for(accepted, SMALLEST) == coding


def test_a_small_body_is_sent_as_it_is() -> None:
    """Coding it would cost more than it saves."""
    assert coding_for("gzip, br, zstd", SMALLEST - 1) is None
