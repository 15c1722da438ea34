from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.mark.usefixtures("site")
def test_a_release_is_written_and_its_digest_printed(run: Run, tmp_path: Path) -> None:
    """Dumps and tables, and what the digest stands for."""
    folder = tmp_path / "out" / "release"
    result = run("build", folder)
    assert (result.stderr, result.exit_code) == ("", 0)
    assert {path.name for path in folder.iterdir()} >= {
        *("dump.nq", "dump.rdf.gz", "dump", "table"),
        *("report.json", "release.json"),
    }
    assert (folder / "dump" / "source" / "page.trig").is_file()
    assert (folder / "table" / "city.csv").is_file()
    manifest = json.loads((folder / "release.json").read_text())
    assert result.stdout == f"{manifest['digest']}\n"


@pytest.mark.usefixtures("site")
def test_a_store_is_written_beside_when_it_is_wanted(run: Run, tmp_path: Path) -> None:
    """The other files are the same."""
    plain, served = tmp_path / "plain", tmp_path / "served"
    assert run("build", plain).stdout == run("build", "--store", served).stdout
    store = ox.Store.read_only(str(served / "store"))
    assert store.query("ASK { ?city a <https://w3id.org/reti-graph/ontology#City> }")
    assert {path.name for path in served.iterdir()} == {
        *(path.name for path in plain.iterdir()),
        *("store", "names.tsv", "names.json"),
    }
    assert (served / "catalog.ttl").read_bytes() == (plain / "catalog.ttl").read_bytes()


@pytest.mark.usefixtures("site")
def test_a_site_that_says_much_has_the_same_digest(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written as N-Quads, with a store."""
    small = run("build", tmp_path / "small")
    monkeypatch.setenv("RETI_QUADS_IN_MEMORY", "10")
    large = run("build", tmp_path / "large")
    assert (large.stdout, large.stderr, large.exit_code) == (small.stdout, "", 0)
    names = {path.name for path in (tmp_path / "large").iterdir()}
    assert names > {"dump.nq", "dump.nq.gz", "store", "release.json"}
    assert names.isdisjoint({"dump.ttl", "table"})


@pytest.mark.usefixtures("site")
def test_what_the_rules_derive_is_in_the_release(run: Run, tmp_path: Path) -> None:
    """A derived statement stands in the graph of its evidence."""
    run("build", tmp_path / "release")
    quads = ox.parse(path=tmp_path / "release" / "dump.nq", format=ox.RdfFormat.N_QUADS)
    graphs = [str(quad.graph_name) for quad in quads if quad.predicate.value.endswith("memberOf")]
    assert graphs == ["<https://example.org/nets/source/page/alpha-joins>"]


def test_wrong_data_is_not_released(run: Run, own_site: Path, tmp_path: Path) -> None:
    """The findings are named, and nothing is written."""
    file = own_site / "data" / "page" / "networks.trig"
    file.write_text(file.read_text().replace('"Alfa"@it, "Alpha"@en', '"Alfa"@it'))
    result = run("build", tmp_path / "release")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "data/page/networks.trig:22: A network has a name" in result.stderr
    assert result.stderr.endswith("hint: `reti-graph validate` shows everything about them.\n")
    assert not (tmp_path / "release").exists()


@pytest.mark.usefixtures("site")
def test_a_folder_with_other_files_is_left_alone(run: Run, tmp_path: Path) -> None:
    """A release never overwrites what is no release."""
    (tmp_path / "notes.txt").write_text("mine")
    result = run("build", tmp_path)
    assert result.exit_code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt"}


def build_elsewhere(site: Path, folder: Path, **environment: str) -> dict[str, bytes]:
    """Build a site in a process of its own, and return the bytes of all files by their paths."""
    subprocess.run(
        [sys.executable, "-m", "reti_graph", "build", "--site", site, folder],
        check=True,
        env={**os.environ, **environment},
    )
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def copied_backwards(site: Path, copy: Path, age: int) -> Path:
    """Copy a site, its files in the reverse order, each written so many seconds after 1970."""
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_file():
            target = copy / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
            os.utime(target, (age, age))
    return copy


def test_two_builds_of_one_site_are_equal_to_the_byte(
    run: Run, own_site: Path, tmp_path: Path
) -> None:
    """On different days, from different clones, with whatever order sets have."""
    (own_site / "modified.toml").touch()
    assert run("fmt").exit_code == 0
    clone = copied_backwards(own_site, tmp_path / "clone", age=1_000_000_000)
    one = build_elsewhere(
        own_site, tmp_path / "one", PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="1700000000"
    )
    other = build_elsewhere(
        clone, tmp_path / "other", PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1900000000"
    )
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
