"""A release as files: dumps and tables, the catalogue of these, the report, the manifest."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from reti_graph.catalogue.downloads import Downloads
from reti_graph.catalogue.written import catalogue_files
from reti_graph.derive import in_default
from reti_graph.register import NAMES, SUMMARY, write_register
from reti_graph.release.folder import replacing
from reti_graph.release.loading import note_opening
from reti_graph.release.made import published, release_parts
from reti_graph.release.manifest import DUMP, MANIFEST, REPORT, STORE, Manifest
from reti_graph.release.records import file_entry
from reti_graph.release.served import to_be_served
from reti_graph.validation.render import as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from reti_graph.catalogue.parts import File, Part
    from reti_graph.release.made import Release


def write_release(
    release: Release,
    folder: Path,
    progress: Callable[[str], object] = lambda _name: None,
    *,
    settings: str | None = None,
) -> tuple[str, ...]:
    """Write a release into a folder, whole or not at all, and return the names of its files.

    They are the dumps and tables of its parts, the catalogue of these and its VoID, the report,
    and `release.json` with digest, counts, dates and the size and SHA-256 of every file.
    `progress` gets each name before the file is written. With `settings`, the text of the site's
    reti.toml, the folder has a store as well, and the manifest what it takes to serve from it. An
    older release in the folder is replaced. Raises CallError when the folder holds anything else,
    StoreError when the disk fails.
    """
    with replacing(folder) as new:
        known = published(release)
        parts = release_parts(release, known)
        downloads = Downloads(parts, release.settings, new)
        files: list[File] = []
        for path in downloads.paths:
            progress(path)
            files.append(downloads.file(path))
        told_of = entry if settings is None else file_entry
        entries = {file.path: told_of(file) for file in files}
        others = {**catalogue_files(known, parts, files), REPORT: as_json(release.report).encode()}
        for name, content in others.items():
            progress(name)
            entries[name] = written(new / name, content)
        more = None
        if settings is not None:
            progress(NAMES)
            entries |= named(new, parts, release.settings.base_iri)
            progress(STORE)
            _store(release, new / STORE)
            note_opening(new / STORE, new / DUMP)
            more = to_be_served(known, parts, settings, release.contexts)
        progress(MANIFEST)
        (new / MANIFEST).write_bytes(_manifest(release, entries).text(more))
    return (*entries, MANIFEST)


def _manifest(release: Release, files: Mapping[str, object]) -> Manifest:
    return Manifest(
        digest=release.digest,
        base_iri=release.settings.base_iri,
        quads=len(release.quads),
        counts=release.report.counts,
        dates=release.dates,
        files=files,
    )


def _store(release: Release, folder: Path) -> None:
    store = ox.Store(folder)
    store.bulk_extend(chain(release.quads, map(in_default, release.quads)))
    store.optimize()
    store.flush()


def entry(file: File) -> dict[str, object]:
    """Return what the manifest says of a file."""
    return {"bytes": file.size, "sha256": file.sha256}


def written(path: Path, content: bytes) -> dict[str, object]:
    """Write a file, and return what the manifest says of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _described(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def named(folder: Path, parts: Sequence[Part], base: str) -> dict[str, dict[str, object]]:
    """Write the register of the dumps in a folder, and return what the manifest says of it."""
    write_register(folder, folder, parts, base)
    return {name: _described(folder / name) for name in (NAMES, SUMMARY)}
