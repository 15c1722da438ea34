from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import count, takewhile
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.wiring import open_release
from tests.deliver.http_fake import fronted
from tests.servers.scripted import DROP, answer, refusing
from tests.unit.deliver.stores import FakeStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run
    from tests.deliver.http_fake import Fronted
    from tests.servers.scripted import Received, Sent

SECRET: Final = "do-not-show-this"  # noqa: S105 - to be looked for where it must not be


@pytest.fixture
def store() -> Iterator[tuple[Fronted, str]]:
    """Give a store, and where it answers queries."""
    with fronted(FakeStore()) as (front, server):
        yield front, f"{server.url}/query"


def change(site: Path) -> None:
    """Let a site say something else."""
    file = site / "data" / "page" / "networks.trig"
    file.write_text(file.read_text().replace('"Alpha"@en', '"Alpha Network"@en'))


def test_a_site_is_published_and_what_is_there_is_told(
    run: Run, own_site: Path, store: tuple[Fronted, str]
) -> None:
    """What was found out of the store, what was done, and what was read back."""
    _, url = store
    digest = open_release(own_site).digest
    result = run("publish", url)
    assert (result.stderr, result.exit_code) == ("", 0)
    lines = result.stdout.splitlines()
    assert lines[0] == f"Oxigraph at {url}, asked with no credentials."
    assert "5 graphs added: 45 statements added, 0 removed." in lines
    assert f"Release {digest}: 45 statements in 5 graphs, as published." in lines
    assert any(line.startswith("Content hash ") and line.endswith(", read back.") for line in lines)


def test_a_second_time_nothing_is_written(
    run: Run, own_site: Path, store: tuple[Fronted, str]
) -> None:
    """The store is asked, and no more."""
    front, url = store
    run("publish", url)
    before = len(front.store.writes)
    result = run("publish", url)
    digest = open_release(own_site).digest
    assert f"Release {digest} is there already: 45 statements in 5 graphs." in result.stdout
    assert (result.exit_code, len(front.store.writes)) == (0, before)


def test_a_dry_run_lists_graphs_and_statements(
    run: Run, own_site: Path, store: tuple[Fronted, str]
) -> None:
    """Only what would be changed; nothing is."""
    front, url = store
    run("publish", url)
    before = len(front.store.writes)
    change(own_site)
    result = run("publish", url, "--dry-run")
    assert result.exit_code == 0
    assert "change   graph" in result.stdout
    row = next(line for line in result.stdout.splitlines() if line.startswith("replace "))
    assert row.split() == ["replace", "https://example.org/nets/source/page/alpha-name", "1", "1"]
    assert "1 graph would be replaced: 1 statement added, 1 removed." in result.stdout
    assert "Nothing was written." in result.stdout
    assert len(front.store.writes) == before


def test_the_release_before_is_gone_back_to(
    run: Run, own_site: Path, store: tuple[Fronted, str]
) -> None:
    """It is told which one that is, before and after."""
    _, url = store
    before = open_release(own_site).digest
    run("publish", url)
    change(own_site)
    published = run("publish", url)
    assert f"--rollback goes back to release {before}." in published.stdout
    result = run("publish", url, "--rollback")
    assert result.exit_code == 0
    assert f"Release {before}: 45 statements in 5 graphs, as published." in result.stdout
    again = run("publish", url, "--rollback")
    assert (again.exit_code, "keeps no release before" in again.stderr) == (2, True)


@pytest.mark.usefixtures("own_site")
def test_the_address_may_stand_in_the_environment(
    run: Run, store: tuple[Fronted, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or in reti.toml; without any it is asked for."""
    _, url = store
    missing = run("publish")
    assert missing.exit_code == 2
    assert "RETI_STORE_URL" in missing.stderr
    monkeypatch.setenv("RETI_STORE_URL", url)
    assert run("publish").exit_code == 0


@pytest.mark.usefixtures("own_site")
def test_an_address_that_will_not_do_is_refused(run: Run) -> None:
    """Without a word of what may be a secret in it."""
    for words in (
        (f"http://me:{SECRET}@127.0.0.1/sparql",),
        ("http://127.0.0.1/sparql", "--update-url", f"http://me:{SECRET}@127.0.0.1/"),
        ("http://127.0.0.1/sparql", "--graphs-url", "ftp://127.0.0.1/"),
        ("nowhere",),
        ("http://127.0.0.1/sparql", "--rollback", "--take-over"),
    ):
        result = run("publish", *words)
        assert result.exit_code == 2, words
        assert SECRET not in result.output + result.stderr


def test_wrong_data_is_not_published(run: Run, own_site: Path, store: tuple[Fronted, str]) -> None:
    """The store is not even asked."""
    front, url = store
    file = own_site / "data" / "page" / "networks.trig"
    file.write_text(file.read_text().replace('"Alfa"@it, "Alpha"@en', '"Alfa"@it'))
    result = run("publish", url)
    assert (result.exit_code, front.number) == (1, 0)
    assert "A network has a name" in result.stderr


FAULTS: Final[dict[str, Sent]] = {
    "401": answer(401, {"WWW-Authenticate": 'Basic realm="store"'}),
    "403": answer(403),
    "500": answer(500, body=b"Something went wrong."),
    "a web page": answer(200, {"Content-Type": "text/html"}, b"<!DOCTYPE html>"),
}


@pytest.mark.usefixtures("own_site")
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
@pytest.mark.parametrize("at", [1, 2, 5])
def test_a_store_that_fails_is_told_of_in_two_lines(
    run: Run,
    store: tuple[Fronted, str],
    fault: Sent,
    at: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With exit code 3, without a traceback and without credentials."""
    front, url = store
    monkeypatch.setenv("RETI_STORE_USER", "me")
    monkeypatch.setenv("RETI_STORE_PASSWORD", SECRET)
    monkeypatch.setenv("RETI_STORE_RETRIES", "0")
    front.fail(at, fault)
    result = run("publish", url)
    assert result.exit_code == 3
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["error", "hint"]
    assert SECRET not in result.output
    front.fail(0, fault)
    assert run("publish", url).exit_code == 0


@pytest.mark.usefixtures("own_site")
def test_a_store_that_is_not_there_is_told_of(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3: the same call may work later."""
    monkeypatch.setenv("RETI_STORE_RETRIES", "0")
    with refusing() as url:
        result = run("publish", f"{url}/query")
    assert result.exit_code == 3
    assert "refuses the connection" in result.stderr


@pytest.mark.parametrize("atomic", ["true", "false"])
@pytest.mark.parametrize("done", [True, False])
def test_a_publisher_that_is_killed_can_be_run_again(
    run: Run,
    own_site: Path,
    store: tuple[Fronted, str],
    atomic: str,
    *,
    done: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At any of its changes, made or not: SIGKILL leaves no time to tidy up."""
    front, url = store
    assert run("publish", url).exit_code == 0
    before = front.store.says()
    change(own_site)
    monkeypatch.setenv("RETI_STORE_ATOMIC", atomic)
    # One that is not made leaves what the one before it left when it was made.
    kills = takewhile(bool, (killed_at_change(front, url, at, done=done) for at in count(1, 2)))
    assert sum(kills) >= 1
    digest = open_release(own_site).digest
    assert run("publish", url).exit_code == 0
    assert front.store.says() == digest
    assert run("publish", url, "--rollback").exit_code == 0
    assert front.store.says() == before


def killed_at_change(front: Fronted, url: str, at: int, *, done: bool) -> bool:
    """Publish in another process, and kill it at one of its changes; False if it makes fewer."""
    command = [sys.executable, "-m", "reti_graph", "publish", url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        changes = 0

        def instead(_number: int, request: Received) -> Sent | None:
            nonlocal changes
            if request.target == "/query":
                return None
            changes += 1
            if changes != at:
                return None
            if done:
                front.usual(request)
            os.kill(process.pid, signal.SIGKILL)
            return DROP

        front.instead = instead
        process.wait()
    return process.returncode == -signal.SIGKILL
