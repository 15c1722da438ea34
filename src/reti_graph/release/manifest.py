"""`release.json`: what a release is, and all it takes to serve it that is in none of its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.sources.dates import Dated

DUMP: Final = "dump.nq"
"""The file that has all statements of a release: its SHA-256 is the digest."""

MANIFEST: Final = "release.json"
REPORT: Final = "report.json"
STORE: Final = "store"
"""The folder of the store, where a release has one."""


class Named(msgspec.Struct, frozen=True):
    """What has to be known of the manifest of an older release."""

    digest: str
    files: dict[str, object]
    store: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the manifest of every release says."""

    digest: str
    base_iri: str
    quads: int
    counts: Mapping[str, int]
    dates: Mapping[str, Dated]
    files: Mapping[str, object]

    def text(self, more: Mapping[str, Any] | None = None) -> bytes:
        """Return the manifest as JSON; `more` is what it says besides, so as to be served from."""
        document = {
            "digest": self.digest,
            "base_iri": self.base_iri,
            "quads": self.quads,
            "counts": dict(self.counts),
            "dates": {
                part: {"issued": dated.issued.isoformat(), "modified": dated.modified.isoformat()}
                for part, dated in sorted(self.dates.items())
            },
            "files": self.files,
            **(more or {}),
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
