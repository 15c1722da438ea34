from __future__ import annotations

import email
import warnings
from email import policy
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.web.ranges import Range, between, ranges_of

with warnings.catch_warnings():
    # webob reaches for a module that Python is about to drop.
    warnings.simplefilter("ignore", DeprecationWarning)
    from webob.byterange import Range as Oracle

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", [(0, 1)]),
        ("bytes=0-499", [(0, 500)]),
        ("bytes=500-", [(500, 1000)]),
        ("bytes=-1", [(999, 1000)]),
        # More than there is, is all there is (14.1.2).
        ("bytes=900-2000", [(900, 1000)]),
        ("bytes=-2000", [(0, 1000)]),
        (f"bytes=0-{'9' * 5000}", [(0, 1000)]),
        (f"bytes={'0' * 5000}1-2", [(1, 3)]),
        # Names of units have no case; lists may have empty elements and white space.
        ("BYTES=0-1", [(0, 2)]),
        ("bytes= 0-1 ,, 5-6\t,", [(0, 2), (5, 7)]),
        # In ascending order, and what meets is one.
        ("bytes=5-6,0-1", [(0, 2), (5, 7)]),
        ("bytes=0-1,2-3,3-9", [(0, 10)]),
        ("bytes=0-9,2-3", [(0, 10)]),
        # What is beyond the end is left out where something is not.
        ("bytes=0-0,2000-", [(0, 1)]),
        ("bytes=-0,0-0", [(0, 1)]),
        ("bytes=1000-", []),
        (f"bytes={'9' * 5000}-", []),
        ("bytes=-0", []),
    ],
)
def test_a_header_names_bytes(header: str, expected: list[tuple[int, int]]) -> None:
    """RFC 9110, 14.1.2."""
    assert ranges_of(header, SIZE) == tuple(Range(*each) for each in expected)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=1",
        "bytes=1-0",
        "bytes=0-1,1-0",
        "bytes=0-1,x",
        "bytes=0--1",
        "bytes=+0-1",
        "bytes=0x1-2",
        "bytes=١-٢",
        "bytes=0-1-2",
        "bytes =0-1",
        "lines=0-1",
        "0-1",
        # Two lines of the header, joined: it is no list.
        "bytes=0-1, bytes=2-3",
        "bytes=" + ",".join(f"{start}-{start}" for start in range(0, 500, 2)),
    ],
)
def test_a_header_that_asks_for_nothing_a_server_gives_is_ignored(header: str | None) -> None:
    """The answer is then the whole (RFC 9110, 14.2)."""
    assert ranges_of(header, SIZE) is None


@pytest.mark.parametrize("header", ["bytes=0-0", "bytes=0-", "bytes=-1"])
def test_of_nothing_there_is_only_the_whole(header: str) -> None:
    """No Content-Range could name a part of an empty file."""
    assert ranges_of(header, 0) is None


@given(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 30)), st.integers(1, 20))
def test_another_implementation_understands_the_same(
    first: int, last: int | None, size: int
) -> None:
    """WebOb, for a single range."""
    header = f"bytes={first}-{'' if last is None else last}"
    oracle = Oracle.parse(header)
    found = ranges_of(header, size)
    if oracle is None:
        assert found is None
        return
    ends = oracle.range_for_length(size)
    assert found == (() if ends is None else (Range(*ends),))


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), min_size=1, max_size=20),
    st.integers(1, 50),
)
def test_ranges_are_those_asked_for_and_apart(asked: list[tuple[int, int]], size: int) -> None:
    """No byte is sent twice, however often it is asked for, and none is left out."""
    specs = ",".join(f"{start}-{start + more}" for start, more in asked)
    found = ranges_of(f"bytes={specs}", size)
    assert found is not None
    wanted = {at for start, more in asked for at in range(start, start + more + 1) if at < size}
    assert [at for each in found for at in range(each.start, each.end)] == sorted(wanted)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(st.text())
def test_no_header_is_too_odd(header: str) -> None:
    """Whatever it is, it names bytes of the file or is ignored."""
    for each in ranges_of(f"bytes={header}", SIZE) or ():
        assert 0 <= each.start < each.end <= SIZE


def test_several_ranges_are_parts_of_one_body() -> None:
    """Each says what it is and where it belongs (RFC 9110, 14.6)."""
    content = b"0123456789"
    ranges = [Range(0, 2), Range(5, 6)]
    *heads, end = between(ranges, len(content), "text/turtle", "mark")
    body = b"".join(
        head + content[each.start : each.end] for head, each in zip(heads, ranges, strict=True)
    )
    head = b"Content-Type: multipart/byteranges; boundary=mark\r\n\r\n"
    message = email.message_from_bytes(head + body + end, policy=policy.HTTP)
    parts = list(message.iter_parts())
    assert [part["content-range"] for part in parts] == ["bytes 0-1/10", "bytes 5-5/10"]
    assert [part.get_content_type() for part in parts] == ["text/turtle"] * 2
    assert [part.get_payload(decode=True) for part in parts] == [b"01", b"5"]
