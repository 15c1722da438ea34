from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph import wiring
from reti_graph.config import Settings, parse_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reti_graph.stores.remote.values import Remote
    from tests.cli.conftest import Run


class Server:
    """Stands for the real one: notes what it is to serve, and says that it answers."""

    def __init__(self) -> None:
        """Begin with nothing served."""
        self.folder: Path | None = None
        self.settings: Settings | None = None
        self.watch: bool | None = None
        self.remote: Remote | None = None

    def __call__(
        self,
        folder: Path,
        change: Callable[[Settings], Settings],
        *,
        remote: Remote | None,
        watch: bool,
        ready: Callable[[str], object],
    ) -> None:
        """Take what the command gives, with the settings of a site that says its port."""
        self.folder, self.remote = folder, remote
        text = (folder / "reti.toml").read_text("utf-8")
        self.settings = change(parse_settings(f"{text}\n[server]\nport = 1111\nworkers = 3\n"))
        self.watch = watch
        ready("http://127.0.0.1:1111/")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """Serve with the stand-in."""
    fake = Server()
    monkeypatch.setattr(wiring, "serve", fake)
    return fake


def test_the_file_of_the_site_says_how_it_is_served(site: Path, run: Run, server: Server) -> None:
    """Without an option and a variable nothing is changed, and the address is printed."""
    result = run("serve")
    assert (result.exit_code, result.output) == (0, "Serving on http://127.0.0.1:1111/\n")
    assert server.settings is not None
    assert (server.folder, server.watch, server.remote) == (site, False, None)
    assert (server.settings.server.port, server.settings.server.workers) == (1111, 3)
    assert server.settings.server.unconfined is False


@pytest.mark.usefixtures("site")
def test_the_environment_goes_before_the_file_and_options_before_both(
    run: Run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Key by key."""
    monkeypatch.setenv("RETI_PORT", "2222")
    monkeypatch.setenv("RETI_HOST", "localhost")
    assert run("serve", "--host", "::1").exit_code == 0
    assert server.settings is not None
    assert server.settings.server.host == "::1"
    assert server.settings.server.port == 2222
    assert server.settings.server.workers == 3


@pytest.mark.usefixtures("site")
def test_each_option_sets_its_key(run: Run, server: Server) -> None:
    """Named after it."""
    options = (
        "--port 0 --workers 9 --public-url https://example.com/ --unconfined --watch "
        "--metrics-port 9000"
    )
    assert run("serve", *options.split()).exit_code == 0
    assert server.settings is not None
    assert server.watch is True
    assert server.settings.public_url == "https://example.com/"
    own = server.settings.server
    assert (own.port, own.workers, own.unconfined, own.metrics_port) == (0, 9, True, 9000)


@pytest.mark.usefixtures("site", "server")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--public-url example.com", "--public-url: <example.com> is not an http or https"),
        ("--host http://localhost", '--host: "http://localhost" is not an IP address'),
        ("--port 70000", "70000"),
        ("--workers 0", "0"),
    ],
)
def test_an_option_that_will_not_do_is_a_wrong_call(run: Run, words: str, said: str) -> None:
    """It is said with the option's name."""
    result = run("serve", *words.split())
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.usefixtures("site", "server")
def test_a_variable_that_will_not_do_is_a_wrong_call(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where an option says the same."""
    monkeypatch.setenv("RETI_PORT", "x")
    monkeypatch.setenv("RETI_PROT", "80")
    result = run("serve", "--port", "0")
    assert result.exit_code == 2
    assert "RETI_PORT: 'x' will not do" in result.stderr
    assert "Did you mean RETI_PORT?" in result.stderr


def test_a_release_is_served_in_place_of_the_site(
    site: Path, run: Run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the environment names a site."""
    monkeypatch.setattr(wiring, "serve_release", server)
    monkeypatch.delattr(wiring, "serve")
    result = run("serve", "--release", site, "--watch")
    assert (result.exit_code, result.output) == (0, "Serving on http://127.0.0.1:1111/\n")
    assert (server.folder, server.watch, server.remote) == (site, True, None)


def test_a_site_and_a_release_are_not_served_together(site: Path, run: Run) -> None:
    """Nobody is to guess which of them is meant."""
    result = run("serve", "--site", site, "--release", site)
    assert result.exit_code == 2
    assert "--site or --release, not both" in result.stderr


@pytest.mark.parametrize("store", [(), ("--from-store",)])
def test_a_folder_without_a_release_is_a_wrong_call(
    tmp_path: Path, run: Run, store: tuple[str, ...]
) -> None:
    """The hint says what writes one."""
    result = run("serve", "--release", tmp_path, *store)
    assert result.exit_code == 2
    assert "is no release that can be served" in result.stderr
    assert "reti-graph build --store DIR" in result.stderr
