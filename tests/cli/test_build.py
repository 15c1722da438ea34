from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.mark.usefixtures("site")
def test_a_release_is_written_and_its_digest_printed(run: Run, tmp_path: Path) -> None:
    """The dataset in four formats, and what the digest stands for."""
    folder = tmp_path / "out" / "release"
    result = run("build", folder)
    assert (result.stderr, result.exit_code) == ("", 0)
    assert {path.name for path in folder.iterdir()} >= {
        "dataset.nq",
        "dataset.trig",
        "dataset.ttl",
        "dataset.jsonld",
    }
    manifest = json.loads((folder / "release.json").read_text())
    assert result.stdout == f"{manifest['digest']}\n"


@pytest.mark.usefixtures("site")
def test_what_the_rules_derive_is_in_the_release(run: Run, tmp_path: Path) -> None:
    """A derived statement stands in the graph of its evidence."""
    run("build", tmp_path / "release")
    quads = ox.parse(path=tmp_path / "release" / "dataset.nq", format=ox.RdfFormat.N_QUADS)
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
