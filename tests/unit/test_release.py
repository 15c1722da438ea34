from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import FrozenInstanceError
from pathlib import Path

import pyoxigraph as ox
import pytest

from reti_graph.errors import CallError, DataError, StoreError
from reti_graph.problems import Location, Problem, Severity
from reti_graph.release import (
    MANIFEST,
    Release,
    canonical_quads,
    digest_of,
    make_release,
    write_release,
)
from reti_graph.sources.site import read_site
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine

SMALL_SITE = Path(__file__).parents[1] / "assets" / "small_site"
NAMES = {
    "dataset.nq",
    "dataset.trig",
    "dataset.ttl",
    "dataset.jsonld",
    "report.json",
    "release.json",
}


def released(root: Path) -> Release:
    """Make a release of a site."""
    site, found = read_site(root)
    return make_release(site, ShaclRustEngine(), {}, found)


@pytest.fixture(scope="module")
def release() -> Release:
    """Give a release of the small site."""
    return released(SMALL_SITE)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


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


def test_the_digest_is_that_of_the_n_quads_file(release: Release, tmp_path: Path) -> None:
    """So anybody can check it."""
    write_release(release, tmp_path / "out")
    written = (tmp_path / "out" / "dataset.nq").read_bytes()
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


def test_a_release_is_written_with_its_manifest(release: Release, tmp_path: Path) -> None:
    """Every file with its size and digest; parents are made."""
    seen: list[str] = []
    folder = tmp_path / "deep" / "out"
    names = write_release(release, folder, seen.append)
    files = contents(folder)
    manifest = json.loads(files[MANIFEST])
    assert set(files) == set(names) == set(seen) == NAMES
    assert (manifest["digest"], manifest["quads"]) == (release.digest, len(release.quads))
    assert manifest["base_iri"] == "https://example.org/nets/"
    assert {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name != MANIFEST
    } == manifest["files"]


@pytest.mark.parametrize("name", ["dataset.nq", "dataset.trig", "dataset.jsonld"])
def test_every_format_holds_the_same_quads(release: Release, tmp_path: Path, name: str) -> None:
    """Turtle, which has no graphs, holds their union."""
    write_release(release, tmp_path / "out")
    assert set(ox.parse(path=tmp_path / "out" / name)) == set(release.quads)
    union = {quad.triple for quad in ox.parse(path=tmp_path / "out" / "dataset.ttl")}
    assert union == {quad.triple for quad in release.quads}


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
    write_release(release, folder)
    (folder / "dataset.nq").write_text("old")
    (folder / "report.json").unlink()
    write_release(release, folder)
    assert set(contents(folder)) == NAMES
    assert (folder / "dataset.nq").read_text() != "old"
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("names", [["notes.txt"], [MANIFEST, "notes.txt"], ["dataset.nq"]])
def test_a_folder_of_something_else_is_left_alone(
    release: Release, tmp_path: Path, names: list[str]
) -> None:
    """Whoever named it meant another."""
    for name in names:
        (tmp_path / name).write_text("mine")
    with pytest.raises(CallError, match="not a release"):
        write_release(release, tmp_path)
    assert set(contents(tmp_path).values()) == {b"mine"}


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
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreError, match="Permission denied"):
        write_release(release, folder)
    assert set(contents(folder)) == NAMES
