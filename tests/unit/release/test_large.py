from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.errors import DataError, StoreError
from reti_graph.register import NAMES
from reti_graph.release import (
    MANIFEST,
    STORE,
    build_large,
    check_large,
    make_release,
    published,
    read_served,
    release_parts,
    statements,
    write_release,
)
from reti_graph.sources.folder import SETTINGS_FILE
from reti_graph.sources.site import read_site
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from reti_graph.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from reti_graph.problems import Report
    from reti_graph.release import Release

SMALL_SITE = Path(__file__).parents[2] / "assets" / "small_site"
ENGINE = ShaclRustEngine()
# Spellings that a store changes, nodes without names, statements in no graph and said twice.
ODD = """\
@prefix : <https://example.org/nets/> .
:odd { :a :p 1.50, 097, "x"@it-IT, "1"^^<http://www.w3.org/2001/XMLSchema#int>, 1e3 ; :q 2.0 }
:same { :a :p 1.50 ; :q 2.00 }
:blank { _:one :p _:two . _:two :p 097 . :a :p [ :q _:one ] }
{ :b :p "in no graph" , <http://example.org/iri>, _:none . :a :p 1.50 }
"""
COPY = """\
PREFIX : <https://example.org/nets/>
INSERT { GRAPH ?g { ?a :copy ?b . [] :of ?a } }
WHERE { GRAPH ?g { ?a :p|:q ?b } FILTER NOT EXISTS { ?a :copy ?any } FILTER(ISIRI(?a)) }
"""


@pytest.fixture(params=["memory", "disk"])
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what is said looked at in a store in memory, and in one on disk."""
    in_memory = request.param == "memory"
    monkeypatch.setattr(statements, "_MOST_IN_MEMORY", 1_000_000 if in_memory else 0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a copy of the small site."""
    return shutil.copytree(SMALL_SITE, tmp_path / "site")


@pytest.fixture
def odd(root: Path) -> Path:
    """Give the small site with data that takes care, and a rule that copies it."""
    (root / "data/page/odd.trig").write_text(ODD, encoding="utf-8")
    (root / "ontology/rules/copy.ru").write_text(COPY, encoding="utf-8")
    return root


def in_memory(root: Path) -> Release:
    """Make a release of a site that is held in memory."""
    site, found = read_site(root)
    return make_release(site, ENGINE, {}, found, try_queries=False)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file of a release, but for its store."""
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if not name.startswith("store/")}


@pytest.mark.usefixtures("room")
def test_what_is_written_is_what_a_release_in_memory_writes(root: Path, tmp_path: Path) -> None:
    """The same digest, the same dumps; only what tells of files and formats is less."""
    release = in_memory(root)
    assert build_large(root, ENGINE, tmp_path / "large") == release.digest
    settings = (root / SETTINGS_FILE).read_text(encoding="utf-8")
    write_release(release, tmp_path / "small", settings=settings)
    small, large = contents(tmp_path / "small"), contents(tmp_path / "large")
    assert set(large) < set(small)
    assert {"dump.nq", "dump.nq.gz", "dump/source/page.nq", "dump/shapes.ttl", NAMES} < set(large)
    assert {name for name in large if large[name] != small[name]} == {
        *("catalog.ttl", "catalog.rdf", "catalog.jsonld", "void.ttl"),
        *("dump.nq.gz", MANIFEST),
    }
    told = [line for line in small["void.ttl"].splitlines() if b"dataDump" not in line]
    assert told == [line for line in large["void.ttl"].splitlines() if b"dataDump" not in line]


@pytest.mark.usefixtures("room")
def test_spellings_and_nodes_without_names_are_those_of_a_release_in_memory(
    odd: Path, tmp_path: Path
) -> None:
    """Derived ones as well; and the store says what a store in memory would."""
    release = in_memory(odd)
    assert any(isinstance(term, ox.BlankNode) for quad in release.quads for term in quad)
    assert build_large(odd, ENGINE, tmp_path / "large") == release.digest
    held = ox.Store.read_only(str(tmp_path / "large" / STORE))
    expected = ox.Store()
    expected.extend(release.quads)
    expected.extend(ox.Quad(*quad.triple) for quad in release.quads)
    assert set(held) == set(expected)
    assert (len(held), held.contains_named_graph(ox.NamedNode("urn:x:none"))) == (
        len(expected),
        False,
    )


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/page/networks.trig", ', "Alpha"@en', ""),
        ("data/page/networks.trig", '"Alfa"@it', '"Alfa"@it, "Alfà"@it'),
        ("data/page/networks.trig", 'reti:since "2009-09"^^xsd:gYearMonth', "a org:Membership"),
        ("data/page/networks.trig", "page:alpha-name {", "page:alpha-name {{"),
        (
            "reti.toml",
            "languages",
            'withdrawn = ["https://example.org/nets/id/city/milan"]\nlanguages',
        ),
        ("shapes/network.ttl", "reti:Network", "reti:Netwrok"),
        ("ontology/rules/member-of.ru", "GRAPH ?passage { ?member", "GRAPH reti:no { ?member"),
        ("queries/members.rq", "SELECT", "SELEKT"),
    ],
)
def test_findings_have_the_words_and_the_places_they_have_in_memory(
    root: Path, tmp_path: Path, file: str, old: str, new: str
) -> None:
    """Lines are looked up in the files when there is something to place."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    site, found = read_site(root)
    expected = validate(site, ENGINE, {}, found, try_queries=False).report
    (tmp_path / "work").mkdir()
    report = check_large(root, ENGINE, tmp_path / "work").report
    assert expected.problems
    assert same(report) == same(expected)


def same(report: Report) -> tuple[object, ...]:
    """Return what a report says, without the names that blank nodes happen to have."""
    return (
        [(p.code, p.messages, p.location, p.path, p.component) for p in report.problems],
        report.counts,
        report.engine,
    )


def test_quotes_are_looked_up_in_texts_that_are_given(root: Path, tmp_path: Path) -> None:
    """A finding stands at the line of the quote."""
    texts = {"page": "la rete Alfa e altro"}
    site, found = read_site(root)
    expected = validate(site, ENGINE, texts, found, try_queries=False).report
    (tmp_path / "work").mkdir()
    report = check_large(root, ENGINE, tmp_path / "work", texts).report
    assert expected.problems
    assert same(report) == same(expected)


def test_wrong_data_leaves_nothing_behind(root: Path, tmp_path: Path) -> None:
    """Neither a folder nor what was in the way."""
    file = root / "data/page/networks.trig"
    file.write_text(file.read_text(encoding="utf-8").replace(', "Alpha"@en', ""), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        build_large(root, ENGINE, tmp_path / "large")
    assert [str(p.location) for p in caught.value.report.violations] == [
        "data/page/networks.trig:22"
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_each_step_is_told(root: Path, tmp_path: Path) -> None:
    """In the order they are taken."""
    steps: list[str] = []
    build_large(root, ENGINE, tmp_path / "large", steps.append)
    assert steps == [
        "reading the files",
        "deriving what follows",
        "checking the statements",
        "writing the release",
    ]


def test_a_failure_of_the_disk_leaves_the_older_release(root: Path, tmp_path: Path) -> None:
    """Whatever step it comes in."""
    folder = tmp_path / "large"
    build_large(root, ENGINE, folder)
    before = contents(folder)

    def fail(step: str) -> None:
        if step == "writing the release":
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left on device"):
        build_large(root, ENGINE, folder, fail)
    assert contents(folder) == before


def test_whoever_reads_the_store_is_not_disturbed_by_a_new_release(
    root: Path, tmp_path: Path
) -> None:
    """They hold what they have opened, and open the new one when they want to."""
    folder = tmp_path / "large"
    build_large(root, ENGINE, folder)
    old = ox.Store.read_only(str(folder / STORE))
    file = root / "data/page/networks.trig"
    file.write_text(file.read_text(encoding="utf-8").replace("Beta", "Gamma"), encoding="utf-8")
    build_large(root, ENGINE, folder)
    new = ox.Store.read_only(str(folder / STORE))
    ask = 'ASK { ?s ?p "Gamma"@en }'
    assert (bool(old.query(ask)), bool(new.query(ask))) == (False, True)


@pytest.mark.parametrize("build", ["small", "large"])
def test_a_release_with_a_store_has_all_it_takes_to_be_served(
    root: Path, tmp_path: Path, build: str
) -> None:
    """Everything that a release in memory has, but for the statements."""
    release = in_memory(root)
    folder = tmp_path / build
    writers: dict[str, Callable[[], object]] = {
        "small": lambda: write_release(
            release, folder, settings=(root / SETTINGS_FILE).read_text(encoding="utf-8")
        ),
        "large": lambda: build_large(root, ENGINE, folder),
    }
    for _ in range(2):
        writers[build]()
    found, known = read_served(folder), published(release)
    parts = release_parts(release, known)
    assert (found.digest, found.settings) == (release.digest, release.settings)
    assert (found.published.queries, found.published.titles) == (release.queries, known.titles)
    assert (found.dates, found.contexts) == (release.dates, release.contexts)
    assert found.shapes() == release.shapes
    assert found.published.statistics.properties == known.statistics.properties
    assert found.graphs == len(known.graphs)
    assert [(part.name, part.kind, part.dated) for part in found.parts] == [
        (part.name, part.kind, part.dated) for part in parts
    ]
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert {file.path: file.sha256 for file in found.files}.items() <= {
        name: entry["sha256"] for name, entry in manifest["files"].items()
    }.items()
    served = EmbeddedStore(ox.Store.read_only(str(found.store)), {}, ())
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert served.select(count) == EmbeddedStore.of(release.quads).select(count)
