"""A release of more statements than memory should hold: from the files of a site to a folder.

The folder has the store that the release is served from. Of the whole graph there is one dump,
N-Quads, plain and compressed, and one of each source: other formats, and tables, would be made of
all statements at once.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from reti_graph.catalogue.downloads import Downloads, measured, packed
from reti_graph.catalogue.written import catalogue_files
from reti_graph.errors import DataError
from reti_graph.formats import GZIP_ENDING, N_QUADS
from reti_graph.release.folder import replacing
from reti_graph.release.manifest import DUMP, MANIFEST, REPORT, STORE, Manifest
from reti_graph.release.records import file_entry
from reti_graph.release.served import to_be_served
from reti_graph.release.statements import Statements
from reti_graph.release.surveyed import graphs_of_parts, look_through, surveyed
from reti_graph.release.writing import named, written
from reti_graph.sources.folder import SETTINGS_FILE
from reti_graph.validation.render import as_json
from reti_graph.validation.validate import looked_through

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    import pyoxigraph as ox

    from reti_graph.canned.query import CannedQuery
    from reti_graph.catalogue.parts import File, Part
    from reti_graph.catalogue.published import Published
    from reti_graph.problems import Report
    from reti_graph.release.surveyed import Looked
    from reti_graph.sources.site import Site
    from reti_graph.validation.data import Data
    from reti_graph.validation.engine import Engine

# The best level takes three times as long as this one and saves a tenth.
_LEVEL: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A large site that was looked through, without its statements."""

    site: Site
    queries: tuple[CannedQuery, ...]
    report: Report


def check_large(
    root: Path,
    engine: Engine,
    work: Path,
    texts: Mapping[str, str] | None = None,
    progress: Callable[[str], object] = lambda _step: None,
) -> Checked:
    """Read, derive and validate a site without holding its statements in Python.

    `work` is an empty folder for what is only in the way. Whether canned queries find anything is
    not looked at: that takes longer than all the rest. `progress` gets a word for each step.
    Raises SiteError and SettingsError as `read_site`, UnknownNameError as `validate`, and OSError.
    """
    with closing(Statements(work, work / DUMP, None)) as statements:
        return _checked(root, engine, statements, texts, progress, lambda _site: None)


def build_large(
    root: Path,
    engine: Engine,
    folder: Path,
    progress: Callable[[str], object] = lambda _step: None,
) -> str:
    """Write the release of a site into a folder, whole or not at all, and return its digest.

    `progress` gets a word for each step. Raises as `check_large`, DataError with the report when a
    finding is a violation, CallError and StoreError as `write_release`.
    """
    with replacing(folder) as new:
        work = new.parent / "work"
        work.mkdir()
        with closing(Statements(work, new / DUMP, new / STORE)) as statements, _Beside() as beside:

            def begin(site: Site) -> None:
                statements.fill()
                said = graphs_of_parts(statements.store)
                beside.begin(new, work, said, site.settings.base_iri)

            checked = _checked(root, engine, statements, None, progress, begin)
            if not checked.report.conforms:
                raise DataError(checked.report)
            progress("writing the release")
            statements.leave()
            published, parts = surveyed(
                beside.end(), checked.site, checked.queries, statements.digest
            )
            _write(checked, published, parts, new)
    return published.digest


class _Beside:
    """What needs the dump alone, done while the statements are checked: engines need no Python."""

    _packed: Future[None]
    _looked: Future[Looked]

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._threads.shutdown()

    def begin(self, new: Path, work: Path, said: Sequence[ox.Quad], base: str) -> None:
        """Look through the dump and compress it, without waiting for either."""
        dump = new / DUMP
        self._packed = self._threads.submit(packed, dump, new / (DUMP + GZIP_ENDING), _LEVEL)
        self._looked = self._threads.submit(look_through, dump, said, base, new, work)

    def end(self) -> Looked:
        """Wait for both, and return what was found. Raises OSError."""
        self._packed.result()
        return self._looked.result()


def _checked(
    root: Path,
    engine: Engine,
    statements: Statements,
    texts: Mapping[str, str] | None,
    progress: Callable[[str], object],
    begin: Callable[[Site], object],
) -> Checked:
    """Look a site through; `begin` is called when its dump is written."""
    progress("reading the files")
    site, found = statements.read(root)

    def read() -> Data:
        progress("deriving what follows")
        data = statements.derived(site)
        progress("checking the statements")
        begin(site)
        return data

    queries, report = looked_through(site, engine, read, texts, found, try_queries=False)
    return Checked(site=site, queries=queries, report=report)


def _write(checked: Checked, published: Published, parts: Sequence[Part], new: Path) -> None:
    site = checked.site
    files = tuple(_files(parts, site, new))
    entries = {file.path: file_entry(file) for file in files}
    others = {**catalogue_files(published, parts, files), REPORT: as_json(checked.report).encode()}
    for name, content in others.items():
        entries[name] = written(new / name, content)
    entries |= named(new, parts, site.settings.base_iri)
    document = Manifest(
        digest=published.digest,
        base_iri=site.settings.base_iri,
        quads=published.statistics.quads,
        counts=checked.report.counts,
        dates=site.dates,
        files=entries,
    )
    settings = (site.root / SETTINGS_FILE).read_text(encoding="utf-8")
    contexts = {file.stem: file.text.encode() for file in site.contexts}
    more = to_be_served(published, parts, settings, contexts)
    (new / MANIFEST).write_bytes(document.text(more))


def _files(parts: Sequence[Part], site: Site, folder: Path) -> Iterator[File]:
    """Yield the files of all parts; those that memory holds are written in every format."""
    for path in (DUMP, DUMP + GZIP_ENDING):
        yield measured(folder / path, path, "", N_QUADS)
    small = [part for part in parts if part.known is None]
    yield from Downloads(small, site.settings, folder).all()
    for part in parts:
        if part.kind == "source":
            path = f"{part.stem}.{N_QUADS.extension}"
            yield measured(folder / path, path, part.name, N_QUADS)
