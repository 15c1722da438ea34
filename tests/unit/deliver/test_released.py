from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.deliver.released import Released, opened_release, read_release
from reti_graph.deliver.wanted import Published
from reti_graph.errors import CallError, RefusedError, SettingsError
from reti_graph.release.canonical import digest_of
from reti_graph.release.manifest import DUMP
from reti_graph.sources.nquads import lines_of
from tests.unit.deliver.stores import BASE, WAYS, FakeStore, Way, expected, quads_of
from tests.unit.deliver.watchers import Quiet

if TYPE_CHECKING:
    from pathlib import Path

TEXT: Final = """
    g:one { :s :p 1, 01, 1.0, "P1Y"^^:duration ; :q "a\\tb\\n"@it-IT , "\\u2028" }
    g:two { :s :p 1 . [] :q [ :p 2 ] }
    :s :p 3 .
"""


def written(folder: Path, text: str = TEXT, **more: object) -> Path:
    """Write what is needed of a release into a folder."""
    quads = quads_of(text)
    folder.mkdir()
    (folder / DUMP).write_bytes(b"".join(sorted(lines_of(quads))))
    told = {"digest": digest_of(quads), "base_iri": BASE, **more}
    (folder / "release.json").write_text(json.dumps(told))
    return folder


def read(folder: Path, beside: Path) -> Released:
    """Read a release from its folder."""
    beside.mkdir()
    with opened_release(folder) as files:
        return read_release(files, beside)


def in_memory(text: str = TEXT) -> Published:
    """Give the same release as a site has it."""
    quads = quads_of(text)
    return Published.of_release(digest_of(quads), quads, BASE)


def test_a_release_in_a_folder_is_that_of_its_site(tmp_path: Path) -> None:
    """The same statements in the same graphs, counted alike."""
    released, site = read(written(tmp_path / "release"), tmp_path / "beside"), in_memory()
    assert released.digest == site.digest
    assert released.graphs == site.graphs
    assert released.blank_nodes == site.blank_nodes == 2
    assert released.counted() == site.counted()
    assert released.counted() == released.counted()
    for graph in (*site.graphs, f"{BASE}g/none"):
        assert released.of(graph, {}).keys() == site.of(graph, {}).keys()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_release_in_a_folder_is_published_like_its_site(way: Way, tmp_path: Path) -> None:
    """Over another one, with the same content hash, and the way back; twice writes nothing."""
    text = 'g:one { :s :p 1, 2 ; :q "a" } g:two { :s :p 1 }'
    released = read(written(tmp_path / "release", text), tmp_path / "beside")
    site, before = in_memory(text), in_memory("g:one { :s :p 1 } g:gone { :t :p 4 }")
    store, other = FakeStore(), FakeStore()
    for each in (store, other):
        publish(way.target(each), before, Quiet())
    outcome = publish(way.target(store), released, Quiet())
    assert outcome == publish(way.target(other), site, Quiet())
    assert (store.says(), store.holds()) == (site.digest, expected(site))
    assert not publish(way.target(store), released, Quiet()).written
    roll_back(way.target(store), Quiet())
    assert (store.says(), store.holds()) == (before.digest, expected(before))


def test_a_literal_that_a_store_would_change_is_refused(tmp_path: Path) -> None:
    """It is named, with its graph, before anything is written."""
    released = read(written(tmp_path / "release"), tmp_path / "beside")
    released.refuse(frozenset({f"{BASE}id/other"}), "Some Store")
    with pytest.raises(RefusedError, match=r"Some Store does not keep.*g/one.*P1Y"):
        released.refuse(frozenset({f"{BASE}id/duration"}), "Some Store")


def test_a_graph_of_others_is_not_published(tmp_path: Path) -> None:
    """The namespace is what a publisher may change."""
    folder = written(tmp_path / "release", "<urn:x:elsewhere> { :s :p 1 }")
    with pytest.raises(RefusedError, match="cannot be published"):
        read(folder, tmp_path / "beside")


def test_a_release_that_was_changed_is_refused(tmp_path: Path) -> None:
    """Nobody has checked what is there now; it is said what to do."""
    folder = written(tmp_path / "release")
    with (folder / DUMP).open("ab") as file:
        file.write(f"<{BASE}id/s> <{BASE}id/p> <{BASE}id/o> <{BASE}g/one> .\n".encode())
    now = hashlib.sha256((folder / DUMP).read_bytes()).hexdigest()
    with pytest.raises(CallError, match=f"was changed after.*{now[:12]}") as caught:
        read(folder, tmp_path / "beside")
    assert caught.value.hint
    assert "reti-graph build" in caught.value.hint


@pytest.mark.parametrize("lost", ["release.json", DUMP])
def test_a_folder_without_a_release_is_refused(lost: str, tmp_path: Path) -> None:
    """It is said how to write one."""
    folder = written(tmp_path / "release")
    (folder / lost).unlink()
    with pytest.raises(CallError, match="no release that can be published") as caught:
        read(folder, tmp_path / "beside")
    assert caught.value.hint


def test_settings_are_those_of_the_release(tmp_path: Path) -> None:
    """From its manifest; without them there the base IRI is known and no more."""
    settings = f"""
        base_iri = "{BASE}"
        languages = ["en"]
        licence = "https://creativecommons.org/licenses/by/4.0/"
        [title]
        en = "Networks"
        [description]
        en = "Some networks"
        [publisher]
        name = "Some Office"
        [prefixes]
        [store]
        url = "http://127.0.0.1/sparql"
    """
    with opened_release(written(tmp_path / "with", settings=settings)) as files:
        assert files.settings.store.url == "http://127.0.0.1/sparql"
    with opened_release(written(tmp_path / "without")) as files:
        assert (files.settings.base_iri, files.settings.store.url) == (BASE, None)
    with (
        pytest.raises(SettingsError),
        opened_release(written(tmp_path / "wrong", settings="base_iri = 1")),
    ):
        pass


def test_a_release_that_is_replaced_meanwhile_is_read_as_it_was(tmp_path: Path) -> None:
    """What was opened stays what it was."""
    folder = written(tmp_path / "release")
    (tmp_path / "beside").mkdir()
    with opened_release(folder) as files:
        shutil.rmtree(folder)
        written(folder, "g:other { :s :p 1 }")
        released = read_release(files, tmp_path / "beside")
    assert released.graphs == in_memory().graphs


def test_no_statement_is_written_as_it_stands_in_the_file(tmp_path: Path) -> None:
    """A file that is spelt otherwise than pyoxigraph does gives the same statements."""
    folder = written(tmp_path / "release", "g:one { :s :p 'é' }")
    spelt = (
        f'<{BASE}id/s>  <{BASE}id/p> "\\u00E9"^^<{ox.Literal("").datatype.value}> <{BASE}g/one>.\n'
    )
    (folder / DUMP).write_text(spelt)
    told = {"digest": hashlib.sha256(spelt.encode()).hexdigest(), "base_iri": BASE}
    (folder / "release.json").write_text(json.dumps(told))
    released = read(folder, tmp_path / "beside")
    assert released.of(f"{BASE}g/one", {}) == in_memory("g:one { :s :p 'é' }").of(
        f"{BASE}g/one", {}
    )
