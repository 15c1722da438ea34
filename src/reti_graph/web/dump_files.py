"""The files of a release for whoever sends them: made when first asked for, or there already."""

from __future__ import annotations

import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from reti_graph.catalogue.downloads import Downloads, measured, packed
from reti_graph.errors import StoreError, UnknownNameError
from reti_graph.formats import CSV, GZIP_ENDING, GZIP_TYPE
from reti_graph.naming import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reti_graph.catalogue.parts import File, Part
    from reti_graph.config import Settings

_TAG_LENGTH: Final = 40
# Comparing a longer name with a thousand others takes a while, and it is near none.
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Dump:
    """A file, and the file that is sent for it, which is the same or that in a content coding."""

    file: File
    sent: File
    place: Path

    @property
    def coding(self) -> str | None:
        """The content coding it is sent in; a file that is compressed itself has none."""
        return None if self.sent is self.file else self.sent.coding

    @property
    def tag(self) -> str:
        """The strong entity tag: it changes with the bytes that are sent, and with nothing else."""
        return f'"{self.sent.sha256[:_TAG_LENGTH]}"'

    @property
    def content_type(self) -> str:
        """The value of Content-Type; tables say that they have a header (RFC 4180, 3)."""
        if self.file.coding:
            return GZIP_TYPE
        kind = self.file.target.content_type
        return f"{kind}; header=present" if self.file.target == CSV else kind


class Dumps(Protocol):
    """The files of one release. For many threads."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The datasets they are of, the whole graph first."""
        ...

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        ...

    def all(self) -> tuple[File, ...]:
        """Return all files that there are for portals. Raises as `get`."""
        ...

    def get(self, path: str, coding: str | None) -> Dump:
        """Return a file, to be sent in the coding `gzip` or in none.

        Raises UnknownNameError, with the paths most like it, and StoreError when the disk fails.
        """
        ...

    def close(self) -> None:
        """Remove what was written for them."""
        ...


class MadeDumps:
    """The files of a release in memory, in a folder of their own that goes with them."""

    def __init__(self, parts: Sequence[Part], settings: Settings) -> None:
        """Write nothing yet."""
        self._folder = Path(tempfile.mkdtemp(prefix="reti-graph-dumps-"))
        self._downloads = Downloads(parts, settings, self._folder)

    @property
    def parts(self) -> tuple[Part, ...]:
        """See `Dumps.parts`."""
        return self._downloads.parts

    @property
    def tables(self) -> tuple[str, ...]:
        """See `Dumps.tables`."""
        return tuple(table.name for table in self._downloads.tables)

    def all(self) -> tuple[File, ...]:
        """See `Dumps.all`; files that are not there yet are written."""
        return self._downloads.all()

    def get(self, path: str, coding: str | None) -> Dump:
        """See `Dumps.get`; the first call writes the file."""
        file = self._downloads.file(path)
        sent = self._downloads.file(path + GZIP_ENDING) if coding and not file.coding else file
        return Dump(file, sent, self._downloads.on_disk(sent))

    def close(self) -> None:
        """See `Dumps.close`."""
        shutil.rmtree(self._folder, ignore_errors=True)


class StoredDumps:
    """The files of a release on disk, as they lie there; only what lacks is compressed."""

    def __init__(
        self, folder: Path, parts: Sequence[Part], files: Sequence[File], check: Callable[[], None]
    ) -> None:
        """Take the folder, and what lies there; `check` raises StoreError if it does no more."""
        self.parts = tuple(parts)
        self._folder = folder
        self._files = {file.path: file for file in files}
        self._check = check
        self._lock = threading.Lock()
        self._packed: dict[str, tuple[File, Path]] = {}
        self._work: Path | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """See `Dumps.tables`."""
        plain = (file for file in self._files.values() if file.target == CSV and not file.coding)
        return tuple(Path(file.path).stem for file in plain)

    def all(self) -> tuple[File, ...]:
        """See `Dumps.all`."""
        return tuple(self._files.values())

    def get(self, path: str, coding: str | None) -> Dump:
        """See `Dumps.get`."""
        self._check()
        file, place = self._file(path)
        if not coding or file.coding:
            return Dump(file, file, place)
        return Dump(file, *self._file(path + GZIP_ENDING))

    def close(self) -> None:
        """See `Dumps.close`."""
        if self._work is not None:
            shutil.rmtree(self._work, ignore_errors=True)

    def _file(self, path: str) -> tuple[File, Path]:
        if path in self._files:
            return self._files[path], self._folder / path
        plain = self._files.get(path.removesuffix(GZIP_ENDING))
        if plain is None or plain.coding or plain.path == path:
            close = nearest(path, self._files) if len(path) <= _LONGEST_NAME else ()
            raise UnknownNameError("file", path, close)
        with self._lock:
            if path not in self._packed:
                try:
                    self._packed[path] = self._pack(plain, path)
                except OSError as error:
                    raise StoreError(f"{path} cannot be written: {error.strerror}.") from error
            return self._packed[path]

    def _pack(self, plain: File, path: str) -> tuple[File, Path]:
        self._work = self._work or Path(tempfile.mkdtemp(prefix="reti-graph-dumps-"))
        place = self._work / path
        place.parent.mkdir(parents=True, exist_ok=True)
        packed(self._folder / plain.path, place)
        return measured(place, path, plain.part, plain.target), place
