"""`query` and `sparql` asked of a store elsewhere, and `serve` from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from reti_graph import wiring
from tests.cli.conftest import SMALL_SITE
from tests.servers.running import free_ports
from tests.stores.loading import loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reti_graph.config import Settings
    from reti_graph.release import Release
    from reti_graph.stores.remote.values import Remote
    from tests.cli.conftest import Run
    from tests.stores.loading import Loaded

SECRET: Final = "a very secret word"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def release() -> Release:
    """Give the small site as a release."""
    return wiring.open_release(SMALL_SITE)


@pytest.fixture(scope="module")
def far(release: Release) -> Iterator[Loaded]:
    """Give a server that holds it."""
    with loaded("oxigraph", release) as found:
        yield found


@pytest.fixture
def nobody() -> str:
    """Give an address where nobody answers."""
    return f"http://127.0.0.1:{free_ports()[0]}/query"


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "words",
    [
        ("query", "networks"),
        ("query", "networks", "--lang", "en", "--format", "csv"),
        ("query", "members", "-p", "network=alpha"),
        ("query", "map"),
        ("query", "members", "-p", "network=alpah"),
        ("sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("sparql", "ASK { network:alpha a reti:Network }"),
        ("sparql", "--format", "nt", "CONSTRUCT WHERE { network:alpha a ?class }"),
        ("sparql", "SELECT ?x { ?x no:no ?y }"),
    ],
)
def test_an_endpoint_is_asked_as_the_files_are(run: Run, far: Loaded, words: tuple[str]) -> None:
    """The same rows, graphs and mistakes, written in the same way."""
    near, found = run(*words), run(*words, "--endpoint", far.remote.addresses.query)
    assert (found.stdout, found.stderr) == (near.stdout, near.stderr)
    assert found.exit_code == near.exit_code


def test_with_an_endpoint_the_data_of_the_site_is_not_read(
    run: Run, far: Loaded, own_site: Path
) -> None:
    """It may be as wrong as it likes; settings and queries are the site's."""
    (own_site / "data" / "page" / "networks.trig").write_text("nonsense", "utf-8")
    assert run("query", "networks").exit_code == 1
    assert "Alfa" in run("query", "networks", "--endpoint", far.remote.addresses.query).stdout


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("words", [("query", "networks"), ("sparql", "ASK {}")])
def test_an_endpoint_where_nobody_answers_is_said(
    run: Run, nobody: str, words: tuple[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its address and what to look at, and exit code 3; never with a secret."""
    monkeypatch.setenv("RETI_STORE_USER", "somebody")
    monkeypatch.setenv("RETI_STORE_PASSWORD", SECRET)
    monkeypatch.setenv("RETI_STORE_RETRIES", "0")
    result = run(*words, "--endpoint", nobody)
    assert (result.exit_code, result.stdout) == (3, "")
    assert nobody in result.stderr
    assert "hint: " in result.stderr
    assert SECRET not in result.output


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("address", ["", "example.org", "ftp://example.org/", "http://a:b@c/"])
def test_an_endpoint_that_is_no_address_is_a_wrong_call(run: Run, address: str) -> None:
    """Nothing is asked of anybody."""
    result = run("sparql", "ASK {}", "--endpoint", address)
    assert (result.exit_code, result.stdout) == (2, "")


class Server:
    """Stands for the real one: notes which store it is to serve from."""

    def __init__(self) -> None:
        """Begin with nothing served."""
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
        """Take what the command gives."""
        del folder, change, watch
        self.remote = remote
        ready("http://127.0.0.1:1/")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """Serve with the stand-in."""
    fake = Server()
    monkeypatch.setattr(wiring, "serve", fake)
    return fake


@pytest.mark.usefixtures("site")
def test_a_store_to_serve_from_is_named_and_told(run: Run, far: Loaded, server: Server) -> None:
    """What was found out of it is printed after the server's own address."""
    result = run("serve", "--store", far.remote.addresses.query)
    assert server.remote == far.remote
    first, second, *_ = result.stdout.splitlines()
    assert first == "Serving on http://127.0.0.1:1/"
    assert second.startswith(f"Oxigraph at {far.remote.addresses.query}")


@pytest.mark.usefixtures("site")
def test_the_store_of_the_settings_is_served_from_only_when_asked_for(
    run: Run, far: Loaded, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be there to be published into, and no more."""
    monkeypatch.setenv("RETI_STORE_URL", far.remote.addresses.query)
    assert run("serve").exit_code == 0
    assert server.remote is None
    assert run("serve", "--from-store").exit_code == 0
    assert server.remote == far.remote


@pytest.mark.usefixtures("site")
def test_what_the_settings_say_of_one_store_does_not_hold_for_another(
    run: Run, far: Loaded, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its update address and its kind of default graph are its own."""
    monkeypatch.setenv("RETI_STORE_URL", "https://example.org/sparql")
    monkeypatch.setenv("RETI_STORE_UPDATE_URL", "https://example.org/update")
    monkeypatch.setenv("RETI_STORE_DEFAULT_GRAPH", "repeated")
    assert run("serve", "--store", far.remote.addresses.query).exit_code == 0
    assert server.remote == far.remote


@pytest.mark.usefixtures("site", "server")
def test_without_a_store_in_the_settings_there_is_none_to_serve_from(run: Run) -> None:
    """The hint says where to name it."""
    result = run("serve", "--from-store")
    assert result.exit_code == 2
    assert "--store URL" in result.stderr


@pytest.mark.usefixtures("site", "server")
def test_one_store_is_enough(run: Run) -> None:
    """Two ways to say it at once are a mistake."""
    result = run("serve", "--from-store", "--store", "https://example.org/sparql")
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_store_that_holds_another_release_is_not_served_from(
    run: Run, far: Loaded, own_site: Path
) -> None:
    """Exit code 3, both releases, and the command that publishes."""
    page = own_site / "data" / "page" / "networks.trig"
    page.write_text(page.read_text("utf-8").replace("2009-09", "2009-08"), "utf-8")
    result = run("serve", "--port", "0", "--store", far.remote.addresses.query)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"reti-graph publish {far.remote.addresses.query}" in result.stderr
