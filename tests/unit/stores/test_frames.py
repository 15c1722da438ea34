from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import (
    AnswerTooLargeError,
    CallError,
    FormatError,
    GateError,
    OtherReleaseError,
    PositionError,
    QuerySyntaxError,
    RetiError,
    StoreAnswerError,
    StoreDeniedError,
    StoreError,
    StoreTimeoutError,
    StoreUnreachableError,
    UnknownThingError,
)
from reti_graph.stores.frames import (
    Answer,
    Failure,
    Frames,
    Job,
    Ready,
    Setup,
    decode,
    decode_said,
    error_of,
    failure_of,
    read_frame,
    to_frame,
)

hints = st.none() | st.text()
places = st.none() | st.integers(1, 2**40)
placed = st.builds(
    lambda kind, message, line, column, hint: kind(message, line=line, column=column, hint=hint),
    st.sampled_from([QuerySyntaxError, GateError]),
    st.text(),
    places,
    places,
    hints,
)
plain = st.builds(
    lambda kind, message, hint: kind(message, hint=hint),
    st.sampled_from(
        [
            *(AnswerTooLargeError, CallError, FormatError, OtherReleaseError, StoreAnswerError),
            *(StoreDeniedError, StoreError, StoreTimeoutError, StoreUnreachableError),
        ]
    ),
    st.text(),
    hints,
)
contents = st.lists(st.binary(max_size=50), max_size=5)


@given(placed | plain)
def test_an_error_arrives_as_it_left(error: RetiError) -> None:
    """With its type, message, hint, line and column."""
    told = decode_said(to_frame(failure_of(error))[4:])
    assert isinstance(told, Failure)
    arrived = error_of(told)
    assert type(arrived) is type(error)
    assert (arrived.message, arrived.hint, str(arrived)) == (error.message, error.hint, str(error))
    if isinstance(error, PositionError):
        assert isinstance(arrived, PositionError)
        assert (arrived.line, arrived.column) == (error.line, error.column)


def test_an_error_that_is_not_expected_arrives_as_a_failure_of_the_store() -> None:
    """A worker that knows other types than its pool still gets its message across."""
    arrived = error_of(failure_of(UnknownThingError("urn:x")))
    assert type(arrived) is StoreError
    assert "urn:x" in arrived.message


@pytest.mark.parametrize(
    "told", [Ready(confined=True), Answer(b"\0\xff"), Failure("E", "m", "h", 1)]
)
def test_what_a_worker_says_is_understood(told: Ready | Answer | Failure) -> None:
    """Whichever of its messages it is."""
    assert decode_said(to_frame(told)[4:]) == told


def test_what_a_worker_is_told_is_understood() -> None:
    """The first message and the others."""
    setup = Setup("a folder", on_disk=True, prefixes={"": "urn:"}, memory_bytes=1)
    job = Job("ASK {}", "json", (("urn:g",), ()), 1.5, 10)
    assert decode(to_frame(setup)[4:], Setup) == setup
    assert decode(to_frame(job)[4:], Job) == job


@given(st.binary())
def test_anything_else_is_refused(content: bytes) -> None:
    """It cannot do worse than fail."""
    try:
        told = decode_said(content)
    except StoreError:
        return
    assert to_frame(told)


@given(contents, st.data())
def test_frames_are_put_together_from_any_pieces(sent: list[bytes], data: st.DataObject) -> None:
    """However the bytes are cut on their way."""
    stream = b"".join(len(each).to_bytes(4, "big") + each for each in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    frames = Frames(longest=50)
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert [frame for piece in pieces for frame in frames.feed(piece)] == sent


def test_a_frame_that_is_too_long_is_refused_before_it_arrives() -> None:
    """Nobody fills the memory of the pool."""
    with pytest.raises(StoreError):
        list(Frames(longest=10).feed((11).to_bytes(4, "big")))


@given(contents, st.integers(0, 3))
def test_frames_are_read_until_the_other_side_leaves(sent: list[bytes], cut: int) -> None:
    """A frame of which a part is missing does not count."""
    whole = b"".join(len(each).to_bytes(4, "big") + each for each in sent)
    broken = (4).to_bytes(4, "big") + b"abc"
    stream = io.BytesIO(whole + broken[: cut + 4] if cut else whole)
    found = list(iter(lambda: read_frame(stream), None))
    assert found == sent
