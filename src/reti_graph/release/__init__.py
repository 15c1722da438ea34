"""A release: a site that was read, derived and found good. Immutable, named by its digest.

Held in memory (`made`), or, when there is more than memory should hold, on disk (`large`).
"""

from __future__ import annotations

from reti_graph.release.canonical import canonical_quads, canonical_triples, digest_of
from reti_graph.release.large import build_large, check_large
from reti_graph.release.made import Release, make_release, published, release_parts
from reti_graph.release.manifest import MANIFEST, REPORT, STORE
from reti_graph.release.served import OnDisk, read_served
from reti_graph.release.writing import write_release

__all__ = [
    "MANIFEST",
    "REPORT",
    "STORE",
    "OnDisk",
    "Release",
    "build_large",
    "canonical_quads",
    "canonical_triples",
    "check_large",
    "digest_of",
    "make_release",
    "published",
    "read_served",
    "release_parts",
    "write_release",
]
