"""`publish --release`: what `build` wrote, written into a store."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from reti_graph.wiring import open_release
from tests.deliver.http_fake import fronted
from tests.unit.deliver.stores import FakeStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run
    from tests.deliver.http_fake import Fronted


@pytest.fixture
def store() -> Iterator[tuple[Fronted, str]]:
    """Give a store, and where it answers queries."""
    with fronted(FakeStore()) as (front, server):
        yield front, f"{server.url}/query"


@pytest.fixture(params=["--store", None], ids=["with a store", "without one"])
def folder(run: Run, own_site: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Build a release of the site; then the site goes."""
    built = tmp_path / "release"
    words = [word for word in (request.param,) if word]
    assert run("build", built, *words).exit_code == 0
    own_site.rename(tmp_path / "gone")
    return built


def test_a_release_is_published_without_its_site(
    run: Run, folder: Path, tmp_path: Path, store: tuple[Fronted, str]
) -> None:
    """What is said is what is said of the site; a second time nothing is written."""
    front, url = store
    result = run("publish", url, "--release", folder)
    assert (result.stderr, result.exit_code) == ("", 0)
    there = front.store.holds()
    assert run("publish", url, "--release", folder).stdout.count("Nothing was written.") == 1
    with fronted(FakeStore()) as (other, server):
        site = run("publish", f"{server.url}/query", "--site", tmp_path / "gone")
        assert site.stdout.replace(server.url, "") == result.stdout.replace(url[:-6], "")
        assert (other.store.holds(), other.store.says()) == (there, front.store.says())


def test_a_release_that_was_changed_is_refused(
    run: Run, folder: Path, store: tuple[Fronted, str]
) -> None:
    """Exit code 2, before the store is asked, with what to do."""
    front, url = store
    file = folder / "dump.nq"
    file.write_bytes(file.read_bytes().replace(b"Alpha", b"Omega"))
    result = run("publish", url, "--release", folder)
    assert (result.exit_code, front.number) == (2, 0)
    assert "was changed after the release was written" in result.stderr
    assert "reti-graph build DIR" in result.stderr


def test_a_folder_that_is_no_release_is_refused(
    run: Run, tmp_path: Path, store: tuple[Fronted, str]
) -> None:
    """It is said how to write one."""
    _, url = store
    result = run("publish", url, "--release", tmp_path)
    assert result.exit_code == 2
    assert "is no release that can be published" in result.stderr


def test_a_site_and_a_release_are_one_too_many(run: Run, own_site: Path, tmp_path: Path) -> None:
    """A site that stands in the environment alone does no harm: the other tests have one."""
    result = run("publish", "http://127.0.0.1/", "--site", own_site, "--release", tmp_path)
    assert result.exit_code == 2
    assert "Give --site or --release, not both." in result.stderr


def test_settings_are_those_of_the_release_and_of_the_environment(
    run: Run,
    own_site: Path,
    tmp_path: Path,
    store: tuple[Fronted, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The variables go before, as they do for a site."""
    front, url = store
    toml = own_site / "reti.toml"
    toml.write_text(f'{toml.read_text()}\n[store]\nurl = "{url}"\nretries = 0\n')
    run("build", "--store", tmp_path / "release")
    result = run("publish", "--release", tmp_path / "release")
    assert result.exit_code == 0
    assert front.store.says() == open_release(own_site).digest
    monkeypatch.setenv("RETI_STORE_URL", "nowhere")
    assert run("publish", "--release", tmp_path / "release").exit_code == 2


def test_the_release_before_is_gone_back_to(
    run: Run, own_site: Path, tmp_path: Path, store: tuple[Fronted, str]
) -> None:
    """From a release over that of a site; for going back a release gives its settings alone."""
    front, url = store
    run("publish", url)
    before = front.store.says()
    file = own_site / "data" / "page" / "networks.trig"
    file.write_text(file.read_text().replace('"Alpha"@en', '"Alpha Network"@en'))
    run("build", tmp_path / "release")
    tried = run("publish", url, "--release", tmp_path / "release", "--dry-run")
    assert "1 graph would be replaced: 1 statement added, 1 removed." in tried.stdout
    run("publish", url, "--release", tmp_path / "release")
    assert front.store.says() == open_release(own_site).digest
    shutil.rmtree(own_site)
    assert run("publish", url, "--release", tmp_path / "release", "--rollback").exit_code == 0
    assert front.store.says() == before
