"""What the pool and its workers say to one another: msgpack, each message after its length.

Errors travel as the name of their type and their fields, and come back as the same type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import msgspec

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
)
from reti_graph.stores.elsewhere import Elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

LENGTH_BYTES: Final = 4

_PLACED: Final[Mapping[str, type[PositionError]]] = {
    kind.__name__: kind for kind in (QuerySyntaxError, GateError)
}
_PLAIN: Final[Mapping[str, type[RetiError]]] = {
    kind.__name__: kind
    for kind in (
        AnswerTooLargeError,
        CallError,
        FormatError,
        OtherReleaseError,
        StoreAnswerError,
        StoreDeniedError,
        StoreError,
        StoreTimeoutError,
        StoreUnreachableError,
    )
}


class Setup(msgspec.Struct, frozen=True, array_like=True):
    """The first thing a worker is told: where its data is and how much more it may take.

    `source` is an N-Quads file, or the folder of a store on disk; it is empty where the data is in
    a store `elsewhere`. `identity` is that of a folder that others may replace
    (`stores.holding`).
    """

    source: str
    on_disk: bool
    prefixes: dict[str, str]
    memory_bytes: int
    elsewhere: Elsewhere | None = None
    identity: tuple[int, int] | None = None


class Ready(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A worker has its data; `confined` says that it can open neither a file nor a socket."""

    confined: bool


class Job(msgspec.Struct, frozen=True, array_like=True):
    """A query to be answered in the format of a name; `dataset` has default and named graphs.

    The worker is ended by the kernel when it has taken `seconds`.
    """

    query: str
    target: str
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None
    seconds: float
    answer_bytes: int


class Answer(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """The bytes of an answer."""

    content: bytes


class Failure(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """An error of ours, by its type's name."""

    kind: str
    message: str
    hint: str | None = None
    line: int | None = None
    column: int | None = None


Said: TypeAlias = Ready | Answer | Failure
Message = TypeVar("Message")


def to_frame(message: msgspec.Struct) -> bytes:
    """Return a message with its length before it. Raises UnicodeEncodeError for surrogates."""
    content = msgspec.msgpack.encode(message)
    return len(content).to_bytes(LENGTH_BYTES, "big") + content


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return what stands in the next frame, or None when the other side has left."""
    length = stream.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    expected = int.from_bytes(length, "big")
    content = stream.read(expected)
    return content if len(content) == expected else None


class Frames:
    """Puts together what arrives in pieces."""

    def __init__(self, longest: int) -> None:
        """Refuse frames with more than `longest` bytes."""
        self._longest = longest
        self._pieces = bytearray()

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Take a piece and yield each frame that is whole with it. Raises StoreError."""
        self._pieces += piece
        while len(self._pieces) >= LENGTH_BYTES:
            end = LENGTH_BYTES + int.from_bytes(self._pieces[:LENGTH_BYTES], "big")
            if end > LENGTH_BYTES + self._longest:
                raise StoreError("A worker says more than it was asked for.")
            if len(self._pieces) < end:
                return
            content = bytes(memoryview(self._pieces)[LENGTH_BYTES:end])
            del self._pieces[:end]
            yield content


def decode(content: bytes, kind: type[Message]) -> Message:
    """Return the message that stands in a frame. Raises StoreError for anything else."""
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _not_understood() from error


def decode_said(content: bytes) -> Said:
    """Return what a worker said in a frame. Raises StoreError for anything else."""
    try:
        return _SAID.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _not_understood() from error


def failure_of(error: RetiError) -> Failure:
    """Return an error as a message."""
    line, column = (error.line, error.column) if isinstance(error, PositionError) else (None, None)
    return Failure(type(error).__name__, error.message, error.hint, line, column)


def error_of(failure: Failure) -> RetiError:
    """Return the error that a message stands for; a StoreError where its type is not known."""
    if placed := _PLACED.get(failure.kind):
        return placed(failure.message, line=failure.line, column=failure.column, hint=failure.hint)
    return _PLAIN.get(failure.kind, StoreError)(failure.message, hint=failure.hint)


def _not_understood() -> StoreError:
    return StoreError("A worker and its pool do not understand one another.")


_SAID: Final[msgspec.msgpack.Decoder[Said]] = msgspec.msgpack.Decoder(Said)
