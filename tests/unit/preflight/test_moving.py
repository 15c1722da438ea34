from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.preflight.moving import Moved

HERE: Final = "http://127.0.0.1:8000/"
MOVED: Final = Moved(
    {
        "https://example.org/": HERE,
        "https://example.org/nets/": f"{HERE}n/",
        "https://example.com": "http://127.0.0.1:9000",
        "https://example.net/": HERE,
    }
)


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://example.org/a?b", f"{HERE}a?b"),
        ("https://example.org/nets/a", f"{HERE}n/a"),
        ("https://example.com", "http://127.0.0.1:9000"),
        ("https://example.com/a", "http://127.0.0.1:9000/a"),
        ("https://example.com?a", "http://127.0.0.1:9000?a"),
        ("https://example.com.elsewhere/a", "https://example.com.elsewhere/a"),
        ("https://w3id.org/a", "https://w3id.org/a"),
    ],
)
def test_an_address_is_asked_under_the_longest_prefix_that_fits(address: str, asked: str) -> None:
    """A prefix ends where a part of an address does; others are asked as they are."""
    assert MOVED.asked(address) == asked


def test_of_two_prefixes_that_lead_to_one_place_the_first_is_the_public_one() -> None:
    """Answers come back under it."""
    assert MOVED.public(f"{HERE}a") == "https://example.org/a"


@given(st.text())
def test_what_was_moved_comes_back(rest: str) -> None:
    """Whatever comes after the prefix."""
    address = f"https://example.org/nets/{rest}"
    assert MOVED.public(MOVED.asked(address)) == address
