"""What is kept in files while a store is read and written: memory holds one graph at a time."""

from __future__ import annotations

import io
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

import msgspec

from reti_graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

Value = TypeVar("Value")
Read_co = TypeVar("Read_co", covariant=True)

FEW: Final = 1_000_000
"""How many bytes of what is kept are held in memory at most, until they go to a file."""

_PREFIX: Final = "reti-publish-"


class Many(Protocol[Read_co]):
    """Values that can be gone through again and again, in memory or in a file."""

    def __len__(self) -> int:
        """Return how many there are."""
        ...

    def __iter__(self) -> Iterator[Read_co]:
        """Yield them."""
        ...


class Spool:
    """Bytes in a file, or in memory while they are few. Raises OSError when the disk fails."""

    def __init__(self, path: Path) -> None:
        """Take where the file may be; it is not there yet."""
        self._path = path
        self._few = bytearray()
        self._in_file = 0

    def write(self, content: bytes) -> None:
        """Write at the end."""
        self._few += content
        if len(self._few) > FEW:
            with self._path.open("ab") as file:
                self._in_file += file.write(self._few)
            self._few.clear()

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._in_file + len(self._few)

    def lines(self, start: int = 0) -> Generator[bytes, None, None]:
        """Yield the lines from a place on; each piece that was written ends one."""
        if start < self._in_file:
            with self._path.open("rb") as file:
                file.seek(start)
                yield from file
        yield from io.BytesIO(self._few[max(start - self._in_file, 0) :])


class Kept(Generic[Value]):
    """Values in the order in which they came, in a file if they are many.

    Raises OSError when the disk fails.
    """

    def __init__(self, path: Path, kind: type[Value]) -> None:
        """Keep values of a kind that msgspec knows; the file is not there yet."""
        self._spool = Spool(path)
        self._decoder = msgspec.json.Decoder(kind)
        self._count = 0

    def extend(self, *values: Value) -> None:
        """Keep more values."""
        for value in values:
            # JSON has no line feed within a text.
            self._spool.write(msgspec.json.encode(value) + b"\n")
        self._count += len(values)

    def __len__(self) -> int:
        """Return how many values there are."""
        return self._count

    def __iter__(self) -> Iterator[Value]:
        """Yield the values, each read when it is wanted."""
        yield from map(self._decoder.decode, self._spool.lines())


@contextmanager
def room() -> Iterator[Path]:
    """Give a folder of one's own, which goes in the end.

    Raises StoreError when the disk fails while it is there.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
            yield Path(name)
    except ConnectionError:
        # Of a terminal or a pipe that is gone, not of the disk.
        raise
    except OSError as error:
        raise StoreError(
            f"What is published cannot be kept in a temporary file: {error.strerror or error}.",
            hint="It takes three to seven times the room of dump.nq. Make room, or set TMPDIR to "
            "a folder where there is some. Then run it again.",
        ) from error
