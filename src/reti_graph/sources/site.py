"""A site as values: what its folder holds, read whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.collecting import collecting_later
from reti_graph.config import Settings, parse_settings
from reti_graph.errors import SiteError
from reti_graph.problems import Location, Problem
from reti_graph.sources.dates import dates_of, text_sum
from reti_graph.sources.dates_file import read_dates
from reti_graph.sources.example_folders import example_folder_problems
from reti_graph.sources.findings import finding
from reti_graph.sources.folder import SETTINGS_FILE, check_folder, list_files
from reti_graph.sources.lines import SourceFile, parse_text, read_text
from reti_graph.terms import OWL_ONTOLOGY, RDF_TYPE, SKOS_CONCEPT_SCHEME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reti_graph.sources.dates import Dated

# Parts that `read_site` can leave unread: reading them takes most of the time.
EXAMPLES: Final = frozenset({"examples"})
SHAPES: Final = frozenset((*EXAMPLES, "shapes", "checks"))


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file kept as text: its name within the site, where it is on disk, and what it says."""

    name: str
    path: Path
    text: str

    @property
    def stem(self) -> str:
        """The file's name without folder and extension."""
        return PurePosixPath(self.name).stem


@dataclass(frozen=True, slots=True)
class Example:
    """A file of `shapes/examples/{shape}/`: data that must conform, or must fail in one way."""

    shape: str
    valid: bool
    text: str
    source: SourceFile

    @property
    def name(self) -> str:
        """The file's name within the site."""
        return self.source.name


@dataclass(frozen=True, slots=True)
class Site:
    """Everything a site's folder holds.

    Each file of the ontology stands in the graph named by the owl:Ontology or
    skos:ConceptScheme it describes; shapes stand in the default graph. `dates` has the parts of
    `sources.dates` that were read.
    """

    root: Path
    settings: Settings
    ontology: tuple[SourceFile, ...] = ()
    data: tuple[SourceFile, ...] = ()
    shapes: tuple[SourceFile, ...] = ()
    examples: tuple[Example, ...] = ()
    rules: tuple[TextFile, ...] = ()
    checks: tuple[TextFile, ...] = ()
    queries: tuple[TextFile, ...] = ()
    contexts: tuple[TextFile, ...] = ()
    dates: Mapping[str, Dated] = field(default_factory=dict)

    @property
    def quads(self) -> tuple[ox.Quad, ...]:
        """What ontology and data say, each statement once, in the order of the files."""
        files = self.ontology + self.data
        return tuple(dict.fromkeys(chain.from_iterable(file.quads for file in files)))


@collecting_later()
def read_site(
    root: Path,
    *,
    without: frozenset[str] = frozenset(),
    keep: Callable[[SourceFile], SourceFile] = lambda file: file,
) -> tuple[Site, tuple[Problem, ...]]:
    """Read a site whole, and report every file that cannot be used, not only the first.

    A file with a problem is in the site without quads. `without` leaves parts unread: EXAMPLES for
    whoever does not test the shapes, SHAPES for whoever only asks the data. `keep` gets each file
    of the data when it has been read, and returns what the site is to have of it. Raises SiteError
    when the folder is no site, saying what it lacks, and SettingsError when `reti.toml` cannot be
    used.
    """
    settings = read_settings(root)
    listing = list_files(root)
    reader = _Reader()
    if not without >= EXAMPLES:
        parts = listing.parts
        reader.problems += example_folder_problems(parts["shapes"], parts["examples"])
    texts: dict[str, tuple[TextFile, ...]] = {}
    data: tuple[SourceFile, ...] = ()
    for part, paths in listing.parts.items():
        read = () if part in without else reader.texts(paths)
        if part == "data":
            # There may be more data than fits into memory: no text is kept that was read.
            data = tuple(map(keep, reader.statements(read)))
        else:
            texts[part] = tuple(read)
    recorded, problems = read_dates(root)
    sources = {part: tuple(reader.statements(texts[part])) for part in ("ontology", "shapes")}
    site = Site(
        root=root,
        settings=settings,
        ontology=reader.named(sources["ontology"]),
        data=data,
        shapes=sources["shapes"],
        examples=reader.examples(texts["examples"]),
        rules=texts["rules"],
        checks=texts["checks"],
        queries=texts["queries"],
        contexts=texts["contexts"],
        dates=dates_of(root, reader.sums, recorded),
    )
    return site, (*listing.problems, *problems, *reader.problems)


def read_settings(root: Path) -> Settings:
    """Read the settings of a site. Raises SiteError and SettingsError as `read_site`."""
    check_folder(root)
    text = read_text(root / SETTINGS_FILE, SETTINGS_FILE)
    if isinstance(text, Problem):
        raise SiteError(f"{root / SETTINGS_FILE}: {text.messages['en']}", hint=text.hint)
    return parse_settings(text, SETTINGS_FILE)


class _Reader:
    """Reads part after part; gathers the sums of all texts by name, and what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.sums: dict[str, str] = {}
        self._first_with: dict[bytes, str] = {}
        self._graphs: dict[ox.NamedNode, str] = {}

    def texts(self, paths: Mapping[str, Path]) -> Iterator[TextFile]:
        """Read the files that can be read; a second file with the same text is a problem."""
        for name, path in paths.items():
            text = read_text(path, name)
            if isinstance(text, Problem):
                self.problems.append(text)
                continue
            self.sums[name] = text_sum(text)
            first = self._first_with.setdefault(hashlib.sha256(text.encode()).digest(), name)
            if first == name:
                yield TextFile(name, path, text)
            else:
                self.problems.append(_duplicate(name, first))

    def statements(self, files: Iterable[TextFile]) -> Iterator[SourceFile]:
        """Parse each file; one without a statement is a problem."""
        return map(self._statements, files)

    def named(self, files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
        """Put each file of the ontology in its own graph."""
        return tuple(self._in_own_graph(file) if file.quads else file for file in files)

    def examples(self, files: Iterable[TextFile]) -> tuple[Example, ...]:
        """Read `{shape}/valid-….ttl` and `{shape}/invalid-….ttl`, or `.trig`."""
        found = []
        for file in files:
            shape, verdict = PurePosixPath(file.name).parent.name, file.stem.partition("-")[0]
            if verdict not in {"valid", "invalid"} or file.name.count("/") != 3:  # noqa: PLR2004
                self.problems.append(_misnamed_example(file.name))
                continue
            found.append(Example(shape, verdict == "valid", file.text, self._source(file)))
        return tuple(found)

    def _statements(self, file: TextFile) -> SourceFile:
        known = len(self.problems)
        source = self._source(file)
        if not source.quads and len(self.problems) == known:
            self.problems.append(_empty(file.name))
        return source

    def _source(self, file: TextFile) -> SourceFile:
        source, problems = parse_text(file.text, file.name)
        self.problems += problems
        return source

    def _in_own_graph(self, file: SourceFile) -> SourceFile:
        graph = _graph_named_in(file)
        if graph is None:
            self.problems.append(_unnamed(file.name))
            return SourceFile(file.name)
        first = self._graphs.setdefault(graph, file.name)
        if first != file.name:
            self.problems.append(_same_graph(file.name, first, graph))
        return file.in_graph(graph)


def _graph_named_in(file: SourceFile) -> ox.NamedNode | None:
    """Return the one ontology of the file or else its one scheme."""
    for kind in (OWL_ONTOLOGY, SKOS_CONCEPT_SCHEME):
        named = {
            quad.subject
            for quad in file.quads
            if quad.predicate == RDF_TYPE
            and quad.object == kind
            and isinstance(quad.subject, ox.NamedNode)
        }
        if len(named) == 1:
            return named.pop()
    return None


def _duplicate(name: str, first: str) -> Problem:
    return finding(
        "duplicate-file",
        Location(name),
        it=f"Il testo è lo stesso di {first}.",
        en=f"The text is the same as in {first}.",
        hint="Remove one of the two.",
    )


def _empty(name: str) -> Problem:
    return finding(
        "empty-file",
        Location(name),
        it="Il file non dice nulla.",
        en="The file says nothing.",
        hint="Write a statement in it, or remove it.",
    )


def _misnamed_example(name: str) -> Problem:
    return finding(
        "misnamed-example",
        Location(name),
        it="Un esempio si chiama {forma}/valid-… o {forma}/invalid-….",
        en="An example is called {shape}/valid-… or {shape}/invalid-….",
    )


def _unnamed(name: str) -> Problem:
    return finding(
        "unnamed-ontology",
        Location(name),
        it="Il file deve descrivere una owl:Ontology o uno skos:ConceptScheme, uno solo.",
        en="The file must describe one owl:Ontology or one skos:ConceptScheme, and no more.",
    )


def _same_graph(name: str, first: str, graph: ox.NamedNode) -> Problem:
    return finding(
        "duplicate-ontology",
        Location(name),
        it=f"Anche {first} descrive {graph}.",
        en=f"{first} describes {graph} too.",
    )
