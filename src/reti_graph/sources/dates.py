"""When each part of a site was first published and last changed.

Parts are what is published as a dataset, or makes one: `source/{slug}` for what stands in
`data/{slug}/`, `ontology`, `rules`, `shapes` and `queries`. Checks, examples and contexts are no
part: whoever downloads the shapes gets neither checks nor examples, and contexts never change.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from reti_graph.sources.folder import kind_of, last_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SOURCE: Final = "source/"
# Of these kinds of files, all of a kind are one part.
KINDS: Final = ("ontology", "queries", "rules", "shapes")


@dataclass(frozen=True, slots=True)
class Dated:
    """The day something was first published, and the day it last changed."""

    issued: date
    modified: date


class Recorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `modified.toml` says of a part: its dates, and the digest its files had by then."""

    issued: date
    modified: date
    sha256: Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]

    @property
    def dated(self) -> Dated:
        """The dates alone."""
        return Dated(self.issued, self.modified)


def part_of(name: str) -> str | None:
    """Return the part that a file of a site belongs to by its name, or None.

    A file that stands in `data/` itself is a source of one file: `data/c40.trig` is `source/c40`.
    """
    kind = kind_of(name)
    if kind == "data":
        return SOURCE + name.split("/")[1].removesuffix(".trig")
    return kind if kind in KINDS else None


def dates_of(
    root: Path, sums: Mapping[str, str], recorded: Mapping[str, Recorded]
) -> Mapping[str, Dated]:
    """Return the dates of all parts that have a file; `sums` are those of their texts by name.

    The dates of a part are the recorded ones while its digest is. A part that was edited since, or
    was never recorded, changed on the day (UTC) its newest file was written.
    """
    return {
        part: known.dated
        if (known := recorded.get(part)) and known.sha256 == _digest(files)
        else _by_disk(root, files, known)
        for part, files in _parts(sums).items()
    }


def text_sum(text: str) -> str:
    """Return the SHA-256 of the text of a file, in hexadecimal.

    Lines end as in Unix, whatever git made of them in this clone.
    """
    return _sha256(text.replace("\r\n", "\n"))


def renewed(
    recorded: Mapping[str, Recorded], texts: Mapping[str, str], today: date
) -> Mapping[str, Recorded]:
    """Return what is to be recorded of the parts that there are, given what was.

    A part with another digest than before changed today, a new one was also first published today.
    No date goes back, whatever the clock says.
    """
    found = {}
    sums = {name: text_sum(text) for name, text in texts.items()}
    for part, files in _parts(sums).items():
        digest = _digest(files)
        known = recorded.get(part) or Recorded(today, today, digest)
        if known.sha256 != digest:
            known = Recorded(known.issued, max(today, known.modified), digest)
        found[part] = known
    return found


def _by_disk(root: Path, files: Iterable[str], known: Recorded | None) -> Dated:
    """Tell by the times on disk; an edit is never older than what was recorded before it."""
    day = last_written(root / name for name in files).date()
    return Dated(known.issued, max(day, known.modified)) if known else Dated(day, day)


def _parts(sums: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    for name, text in sorted(sums.items()):
        part = part_of(name)
        if part is not None:
            parts.setdefault(part, {})[name] = text
    return parts


def _digest(files: Mapping[str, str]) -> str:
    """Return the SHA-256 of what `sha256sum` prints of the files, sorted by name."""
    return _sha256("".join(f"{known}  {name}\n" for name, known in sorted(files.items())))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
