"""A release: a site that was read, derived and found good. Immutable, named by its digest.

Equal sites give equal releases, to the byte: there is no date in them and no order of chance.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox

from reti_graph.catalogue.downloads import Downloads
from reti_graph.catalogue.executables import executables
from reti_graph.catalogue.published import Published
from reti_graph.catalogue.splitting import parts_of
from reti_graph.catalogue.written import catalogue_files
from reti_graph.collecting import collecting_later
from reti_graph.errors import CallError, DataError, StoreError
from reti_graph.formats import N_QUADS, serialize_quads
from reti_graph.validation.render import as_json
from reti_graph.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue.parts import Part
    from reti_graph.config import Settings
    from reti_graph.problems import Problem, Report
    from reti_graph.sources.dates import Dated
    from reti_graph.sources.lines import SourceFile
    from reti_graph.sources.site import Site
    from reti_graph.validation.engine import Engine

MANIFEST: Final = "release.json"
REPORT: Final = "report.json"


@dataclass(frozen=True, slots=True)
class Release:
    """What servers and exporters take: settings, quads, canned queries, and how it was checked.

    `quads` are sorted and blank nodes have canonical names; `digest` is the SHA-256 of the quads
    as canonical N-Quads. `shapes` are what the site's shapes say, `contexts` the JSON-LD contexts
    it keeps, by version, and `dates` when its parts were published and changed (`sources.dates`).
    """

    settings: Settings
    quads: tuple[ox.Quad, ...]
    digest: str
    report: Report
    queries: tuple[CannedQuery, ...]
    shapes: tuple[ox.Triple, ...] = ()
    contexts: Mapping[str, bytes] = field(default_factory=dict)
    dates: Mapping[str, Dated] = field(default_factory=dict)


@collecting_later()
def make_release(
    site: Site,
    engine: Engine,
    texts: Mapping[str, str] | None = None,
    found: Sequence[Problem] = (),
    *,
    try_queries: bool = True,
) -> Release:
    """Derive and validate a site, and return it as a release.

    `texts` holds texts of sources by slug, `found` the problems of reading the site; canned
    queries are tried on the data only with `try_queries`. Raises
    DataError with the report when a finding is a violation, and UnknownNameError when `texts`
    names no source.
    """
    validated = validate(site, engine, texts, found, try_queries=try_queries)
    if not validated.report.conforms:
        raise DataError(validated.report)
    quads = canonical_quads(validated.quads)
    return Release(
        settings=site.settings,
        quads=quads,
        digest=digest_of(quads),
        report=validated.report,
        queries=validated.queries,
        shapes=canonical_triples(site.shapes),
        contexts={file.stem: file.text.encode() for file in site.contexts},
        dates=site.dates,
    )


def canonical_quads(quads: Iterable[ox.Quad]) -> tuple[ox.Quad, ...]:
    """Return the quads sorted as N-Quads, each once, blank nodes named by RDFC-1.0."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(dataset, key=str))


def canonical_triples(files: Iterable[SourceFile]) -> tuple[ox.Triple, ...]:
    """Return what some files say, sorted, each triple once, blank nodes named by RDFC-1.0."""
    quads = (quad for file in files for quad in file.quads)
    said = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return tuple(quad.triple for quad in canonical_quads(said))


def digest_of(quads: Iterable[ox.Quad]) -> str:
    """Return the SHA-256, in hexadecimal, of canonical quads written as sorted N-Quads."""
    return hashlib.sha256(serialize_quads(quads, N_QUADS)).hexdigest()


def published(release: Release, limits: Mapping[str, int | float] | None = None) -> Published:
    """Return what there is to be said of a release; `limits` are those of its SPARQL service."""
    return Published.of(
        release.quads,
        settings=release.settings,
        digest=release.digest,
        queries=release.queries,
        limits=limits or {},
    )


def release_parts(release: Release, known: Published) -> tuple[Part, ...]:
    """Return the datasets that a release is to be had as. Raises SiteError when it has no dates."""
    return parts_of(
        release.quads,
        shapes=release.shapes,
        queries=executables(known),
        settings=release.settings,
        dates=release.dates,
    )


def write_release(
    release: Release,
    folder: Path,
    progress: Callable[[str], object] = lambda _name: None,
) -> tuple[str, ...]:
    """Write a release into a folder, whole or not at all, and return the names of its files.

    They are the dumps and tables of its parts, the catalogue of these and its VoID, the report,
    and `release.json` with digest, counts, dates and the size and SHA-256 of every file.
    `progress` gets each name before the file is written. An older release in the folder is
    replaced. Raises CallError when the folder holds anything else, StoreError when the disk fails.
    """
    try:
        _refuse_others(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release-", dir=folder.parent) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            new.mkdir()
            known = published(release)
            downloads = Downloads(release_parts(release, known), release.settings, new)
            files = {path: _downloaded(downloads, path, progress) for path in downloads.paths}
            others = {**catalogue_files(known, downloads), REPORT: as_json(release.report).encode()}
            for name, content in others.items():
                progress(name)
                files[name] = _written(new / name, content)
            progress(MANIFEST)
            (new / MANIFEST).write_bytes(_manifest(release, files))
            _swap(new, folder, old)
    except OSError as error:
        raise StoreError(f"The release cannot be written to {folder}: {error.strerror}.") from error
    return (*files, MANIFEST)


def _downloaded(
    downloads: Downloads, path: str, progress: Callable[[str], object]
) -> dict[str, object]:
    progress(path)
    file = downloads.file(path)
    return {"bytes": file.size, "sha256": file.sha256}


def _written(path: Path, content: bytes) -> dict[str, object]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _refuse_others(folder: Path) -> None:
    """Raise CallError unless the folder is missing, empty, or an older release and no more."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CallError(f"{folder} is a file, not a folder.")
    own = _names_in_manifest(folder)
    if any(own is None or path.relative_to(folder) not in own for path in folder.rglob("*")):
        raise CallError(
            f"{folder} is not empty and not a release.", hint="Name a new folder, or empty it."
        )


def _names_in_manifest(folder: Path) -> frozenset[PurePath] | None:
    """Return the files and folders that a release's manifest knows of, or None without one."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Manifest)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    files = [PurePath(name) for name in (MANIFEST, *manifest.files)]
    return frozenset((*files, *(above for file in files for above in file.parents)))


class _Manifest(msgspec.Struct, frozen=True):
    """What has to be known of the manifest of an older release."""

    digest: str
    files: dict[str, object]


def _manifest(release: Release, files: Mapping[str, object]) -> bytes:
    document = {
        "digest": release.digest,
        "base_iri": release.settings.base_iri,
        "quads": len(release.quads),
        "counts": dict(release.report.counts),
        "dates": {
            part: {"issued": dated.issued.isoformat(), "modified": dated.modified.isoformat()}
            for part, dated in sorted(release.dates.items())
        },
        "files": files,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _swap(new: Path, folder: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, which ends in `old`."""
    if folder.exists():
        os.replace(folder, old)  # noqa: PTH105 - the same name for files and folders
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
