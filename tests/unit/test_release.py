from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from reti_graph.errors import CallError, DataError, SiteError, StoreError
from reti_graph.problems import Location, Problem, Severity
from reti_graph.release import (
    MANIFEST,
    Release,
    canonical_quads,
    digest_of,
    make_release,
    published,
    release_parts,
    write_release,
)
from reti_graph.sources.dates import Dated
from reti_graph.sources.site import read_site
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine

SMALL_SITE = Path(__file__).parents[1] / "assets" / "small_site"
OLD = {"dump.nq", "dump/source/page.ttl", "table/city.csv", "report.json"}
DAYS = {name: Dated(date(2026, 1, 2), date(2026, 3, 4)) for name in ("ontology", "source/page")}


def released(root: Path) -> Release:
    """Make a release of a site."""
    site, found = read_site(root)
    return make_release(site, ShaclRustEngine(), {}, found)


@pytest.fixture(scope="module")
def release() -> Release:
    """Give a release of the small site."""
    return released(SMALL_SITE)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def of_page(quad: ox.Quad) -> bool:
    """Tell whether a statement is one of the source's."""
    return "/source/page" in str(quad.graph_name)


def nodes(trig: str) -> tuple[ox.Quad, ...]:
    """Return canonical quads of a TriG text with a short prefix."""
    return canonical_quads(ox.parse(f"@prefix : <urn:x:> . {trig}", format=ox.RdfFormat.TRIG))


def test_a_release_cannot_be_changed(release: Release) -> None:
    """Nothing unvalidated gets into it."""
    with pytest.raises(FrozenInstanceError):
        release.digest = ""  # type: ignore[misc]


def test_a_release_has_what_follows_from_the_data(release: Release) -> None:
    """And the queries that run on it."""
    derived = ox.NamedNode("https://w3id.org/reti-graph/ontology#memberOf")
    assert any(quad.predicate == derived for quad in release.quads)
    assert [query.name for query in release.queries] == ["map", "members", "networks"]
    assert release.report.conforms


def test_data_that_is_wrong_makes_no_release(tmp_path: Path) -> None:
    """The error carries the report."""
    root = shutil.copytree(SMALL_SITE, tmp_path / "site")
    file = root / "data/page/networks.trig"
    file.write_text(file.read_text().replace(', "Beta"@en', ""))
    with pytest.raises(DataError) as caught:
        released(root)
    assert [str(p.location) for p in caught.value.report.violations] == [
        "data/page/networks.trig:50"
    ]


def test_a_warning_of_reading_is_in_the_report() -> None:
    """It does not stop the release."""
    site, _ = read_site(SMALL_SITE)
    warning = Problem("odd", Severity.WARNING, {"en": "odd"}, Location("a"))
    assert make_release(site, ShaclRustEngine(), None, [warning]).report.problems == (warning,)


def test_a_release_knows_when_its_parts_changed(release: Release) -> None:
    """As its site does."""
    site, _ = read_site(SMALL_SITE)
    assert release.dates == site.dates
    assert {"ontology", "rules", "shapes", "queries", "source/page"} == {*release.dates}


def test_the_digest_is_that_of_the_n_quads_file(release: Release, tmp_path: Path) -> None:
    """So anybody can check it."""
    write_release(release, tmp_path / "out")
    written = (tmp_path / "out" / "dump.nq").read_bytes()
    assert hashlib.sha256(written).hexdigest() == release.digest


def test_order_and_names_of_blank_nodes_do_not_change_the_digest() -> None:
    """RDF Dataset Canonicalization names them."""
    one = nodes(":g { _:a :p _:b . _:b :q 097 . }")
    other = nodes(":g { _:x :q 097 . _:y :p _:x . }")
    assert one == other
    assert digest_of(one) == digest_of(other) != digest_of(nodes(":g { _:a :p _:b . }"))


def test_lexical_forms_stay_as_they_are() -> None:
    """A release says 1.50 where the author did."""
    assert {str(quad.object)[:7] for quad in nodes(":g { :a :p 1.50, 097 }")} == {
        '"1.50"^',
        '"097"^^',
    }


def test_a_release_has_a_part_of_each_kind_and_source(release: Release) -> None:
    """The queries are those that can be asked, described."""
    parts = {part.name: part for part in release_parts(release, published(release))}
    assert list(parts) == ["", "ontology", "shapes", "queries", "source/page"]
    assert parts[""].quads == release.quads
    assert {quad.triple for quad in parts["shapes"].quads} == {*release.shapes}
    asked = {f"https://example.org/nets/query/{query.name}" for query in release.queries}
    subjects = {quad.subject for quad in parts["queries"].quads}
    assert {ox.NamedNode(query) for query in asked} <= subjects


def test_a_release_without_dates_has_no_parts(release: Release) -> None:
    """The error says what to do."""
    with pytest.raises(SiteError) as caught:
        release_parts(replace(release, dates={}), published(release))
    assert "reti-graph fmt" in (caught.value.hint or "")


def test_a_release_is_written_with_its_manifest(release: Release, tmp_path: Path) -> None:
    """Every file with its size and digest, and every date; parents are made."""
    seen: list[str] = []
    folder = tmp_path / "deep" / "out"
    names = write_release(replace(release, dates=DAYS), folder, seen.append)
    files = contents(folder)
    manifest = json.loads(files[MANIFEST])
    assert set(files) == set(names) > {*OLD, "dump.jsonld.gz", "table/city.csv-metadata.json"}
    assert seen == [*names]
    assert (manifest["digest"], manifest["quads"]) == (release.digest, len(release.quads))
    assert manifest["base_iri"] == "https://example.org/nets/"
    assert manifest["dates"] == {
        name: {"issued": "2026-01-02", "modified": "2026-03-04"} for name in DAYS
    }
    assert {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name != MANIFEST
    } == manifest["files"]


def test_the_catalogue_is_written_beside_the_files(release: Release, tmp_path: Path) -> None:
    """It knows their checksums, and stands in the manifest like them."""
    folder = tmp_path / "out"
    for _ in range(2):
        names = write_release(release, folder)
    files = contents(folder)
    assert set(files) == set(names) >= {"catalog.ttl", "catalog.jsonld", "catalog.rdf", "void.ttl"}
    told = (files["catalog.ttl"], files["void.ttl"])
    assert release.digest.encode() in told[0]
    assert b"void:dataDump" in told[1]
    size = json.loads(files[MANIFEST])["files"]["catalog.ttl"]["bytes"]
    assert size == len(told[0])


def test_equal_sites_give_equal_bytes(release: Release, tmp_path: Path) -> None:
    """Wherever they lie, whenever they are written."""
    write_release(release, tmp_path / "one")
    write_release(released(shutil.copytree(SMALL_SITE, tmp_path / "site")), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_an_older_release_and_an_empty_folder_are_replaced(
    release: Release, tmp_path: Path
) -> None:
    """Nothing of the older one stays, and nothing else is left beside."""
    folder = tmp_path / "out"
    folder.mkdir()
    names = write_release(release, folder)
    (folder / "dump.nq").write_text("old")
    (folder / "report.json").unlink()
    fewer = replace(release, quads=tuple(quad for quad in release.quads if not of_page(quad)))
    assert {*write_release(fewer, folder)} == {
        name for name in names if not name.startswith(("dump/source/", "table/"))
    }
    assert not (folder / "dump" / "source").exists()
    assert (folder / "dump.nq").read_text() != "old"
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    "names",
    [
        ["notes.txt"],
        ["dump.nq"],
        [MANIFEST, "notes.txt"],
        # What is called so is no manifest.
        [MANIFEST],
    ],
)
def test_a_folder_of_something_else_is_left_alone(
    release: Release, tmp_path: Path, names: list[str]
) -> None:
    """Whoever named it meant another."""
    for name in names:
        (tmp_path / name).write_text("mine")
    with pytest.raises(CallError, match="not a release"):
        write_release(release, tmp_path)
    assert set(contents(tmp_path).values()) == {b"mine"}


@pytest.mark.parametrize("name", ["notes.txt", "table/mine.csv", "mine/dump.nq", "dump/empty/"])
def test_a_release_that_somebody_put_something_into_is_left_alone(
    release: Release, tmp_path: Path, name: str
) -> None:
    """At whatever depth it is."""
    write_release(release, tmp_path / "out")
    added = tmp_path / "out" / name
    (added if name.endswith("/") else added.parent).mkdir(exist_ok=True)
    if not name.endswith("/"):
        added.write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(CallError, match="not a release"):
        write_release(release, tmp_path / "out")
    assert contents(tmp_path) == before


def test_a_file_in_the_way_is_a_mistake_in_the_call(release: Release, tmp_path: Path) -> None:
    """It is not overwritten."""
    file = tmp_path / "out"
    file.write_text("mine")
    with pytest.raises(CallError, match="is a file"):
        write_release(release, file)


def test_a_failure_on_the_way_leaves_the_older_release(release: Release, tmp_path: Path) -> None:
    """It is whole or not there."""
    folder = tmp_path / "out"
    write_release(release, folder)
    before = contents(folder)

    def fail(name: str) -> None:
        if name == MANIFEST:
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left on device"):
        write_release(release, folder, fail)
    assert contents(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_failure_of_the_last_step_puts_the_older_release_back(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new one could not be moved to its place."""
    folder = tmp_path / "out"
    write_release(release, folder)
    before = contents(folder)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreError, match="Permission denied"):
        write_release(release, folder)
    assert contents(folder) == before
