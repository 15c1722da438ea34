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
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.collecting import collecting_later
from reti_graph.errors import CallError, DataError, StoreError
from reti_graph.formats import JSON_LD, N_QUADS, TRIG, TURTLE, serialize_quads
from reti_graph.validation.render import as_json
from reti_graph.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reti_graph.canned.query import CannedQuery
    from reti_graph.config import Settings
    from reti_graph.formats import Format
    from reti_graph.problems import Problem, Report
    from reti_graph.sources.lines import SourceFile
    from reti_graph.sources.site import Site
    from reti_graph.validation.engine import Engine

MANIFEST: Final = "release.json"
REPORT: Final = "report.json"
_DATASETS: Final[Mapping[str, Format]] = {
    f"dataset.{form.extension}": form for form in (N_QUADS, TRIG, TURTLE, JSON_LD)
}
_NAMES: Final = frozenset({MANIFEST, REPORT, *_DATASETS})


@dataclass(frozen=True, slots=True)
class Release:
    """What servers and exporters take: settings, quads, canned queries, and how it was checked.

    `quads` are sorted and blank nodes have canonical names; `digest` is the SHA-256 of the quads
    as canonical N-Quads. `shapes` are what the site's shapes say, and `contexts` the JSON-LD
    contexts it keeps, by version.
    """

    settings: Settings
    quads: tuple[ox.Quad, ...]
    digest: str
    report: Report
    queries: tuple[CannedQuery, ...]
    shapes: tuple[ox.Triple, ...] = ()
    contexts: Mapping[str, bytes] = field(default_factory=dict)


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


def write_release(
    release: Release, folder: Path, progress: Callable[[str], object] = lambda _name: None
) -> tuple[str, ...]:
    """Write a release into a folder, whole or not at all, and return the names of its files.

    They are the dataset in four formats, the report, and `release.json` with digest, counts and
    the size and SHA-256 of every file. `progress` gets each name before the file is written. An
    older release in the folder is replaced. Raises CallError when the folder holds anything else,
    StoreError when the disk fails.
    """
    try:
        _refuse_others(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release-", dir=folder.parent) as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            new.mkdir()
            files = {}
            for name, content in _contents(release, progress):
                (new / name).write_bytes(content)
                files[name] = content
            progress(MANIFEST)
            (new / MANIFEST).write_bytes(_manifest(release, files))
            _swap(new, folder, old)
    except OSError as error:
        raise StoreError(f"The release cannot be written to {folder}: {error.strerror}.") from error
    return (*files, MANIFEST)


def _refuse_others(folder: Path) -> None:
    """Raise CallError unless the folder is missing, empty, or an older release."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CallError(f"{folder} is a file, not a folder.")
    names = {path.name for path in folder.iterdir()}
    if names and (MANIFEST not in names or names - _NAMES):
        raise CallError(
            f"{folder} is not empty and not a release.", hint="Name a new folder, or empty it."
        )


def _contents(release: Release, progress: Callable[[str], object]) -> Iterator[tuple[str, bytes]]:
    for name, form in _DATASETS.items():
        progress(name)
        yield name, serialize_quads(release.quads, form, release.settings.prefixes)
    progress(REPORT)
    yield REPORT, as_json(release.report).encode()


def _manifest(release: Release, files: Mapping[str, bytes]) -> bytes:
    document = {
        "digest": release.digest,
        "base_iri": release.settings.base_iri,
        "quads": len(release.quads),
        "counts": dict(release.report.counts),
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
        },
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
