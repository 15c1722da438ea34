"""The servers that other tests start: they keep their data, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx2
import pyoxigraph as ox
import pytest

from tests.servers.availability import INSTALLED_BY, needs
from tests.servers.own import own_server
from tests.servers.oxigraph import oxigraph_server
from tests.servers.running import HOST, SECONDS, Program, free_ports
from tests.servers.virtuoso import PASSWORD, USER, virtuoso_server

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.servers.running import Server, WritableServer
    from tests.servers.virtuoso import VirtuosoServer

QUAD: Final = "<urn:s> <urn:p> <urn:o> <urn:g> ."
UPDATE: Final = "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> <urn:o> } }"
TRIPLE: Final = "<urn:s> <urn:p> <urn:n> .\n"
OBJECTS: Final = "SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }"
CSV: Final = "text/csv"
SERVES: Final = "import signal; print('ready'); signal.pause()"


def objects(address: str) -> set[str]:
    """Ask for what the one graph of these tests says."""
    answer = httpx2.get(address, params={"query": OBJECTS}, headers={"Accept": CSV})
    assert answer.status_code == 200, answer.text
    return {line.strip('"') for line in answer.text.splitlines()[1:]}


def changed(address: str, auth: httpx2.Auth | None = None) -> int:
    """Send an update, and give the status of the answer."""
    return httpx2.post(address, data={"update": UPDATE}, auth=auth, timeout=SECONDS).status_code


def group_of(server: Server) -> int:
    """Give the process group of a running server."""
    return os.getpgid(server.program.process.pid)


def check_gone(server: Server, group: int) -> None:
    """Fail unless a server's processes, its port and its folder are gone."""
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)
    with pytest.raises(httpx2.ConnectError):
        objects(server.query_url)
    assert not server.folder.exists()


@pytest.fixture(scope="module", autouse=True)
def no_proxy() -> Iterator[None]:
    """Ask the servers themselves: a proxy would look for them on its own machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", HOST)
        yield


@pytest.fixture(scope="module")
def virtuoso() -> Iterator[VirtuosoServer]:
    """Give one Virtuoso to the tests that do not stop it."""
    with virtuoso_server() as server:
        yield server


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[WritableServer]:
    """Give one Oxigraph to the tests that do not stop it."""
    with oxigraph_server() as server:
        yield server


@pytest.mark.parametrize("started", [virtuoso_server, oxigraph_server])
def test_a_server_keeps_what_it_was_told(
    started: Callable[[], AbstractContextManager[WritableServer]],
) -> None:
    """After an update the data is there, after a stop and after a kill, and in the end gone."""
    with started() as server:
        assert changed(server.update_url) in {200, 204}
        assert objects(server.query_url) == {"urn:o"}
        server.stop()
        with pytest.raises(httpx2.ConnectError):
            objects(server.query_url)
        server.start()
        assert objects(server.query_url) == {"urn:o"}
        server.kill()
        server.start()
        assert objects(server.query_url) == {"urn:o"}
        group = group_of(server)
    check_gone(server, group)


def test_our_own_server_serves_what_it_is_given() -> None:
    """Any quads and any prefixes, again after a stop and after a kill; in the end it is gone."""
    with own_server(ox.parse(QUAD, format=ox.RdfFormat.N_QUADS), {"": "urn:"}) as server:
        assert objects(server.query_url) == {"urn:o"}
        server.stop()
        server.start()
        server.kill()
        server.start()
        answer = httpx2.get(server.query_url, params={"query": "ASK { :s :p :o }"})
        assert answer.json()["boolean"] is True
        group = group_of(server)
    check_gone(server, group)


@pytest.mark.parametrize("name", ["virtuoso", "oxigraph"])
def test_a_whole_graph_is_put(name: str, request: pytest.FixtureRequest) -> None:
    """Anybody may speak the Graph Store Protocol with a server."""
    server: WritableServer = request.getfixturevalue(name)
    answer = httpx2.put(
        server.graphs_url,
        params={"graph": "urn:g"},
        content=TRIPLE,
        headers={"Content-Type": "application/n-triples"},
    )
    assert answer.status_code in {200, 201, 204}, answer.text
    assert objects(server.query_url) == {"urn:n"}


def test_virtuoso_knows_its_user(virtuoso: VirtuosoServer) -> None:
    """At the addresses with a lock an update needs the user's digest, and is made with it."""
    digest = httpx2.DigestAuth(USER, PASSWORD)
    assert changed(virtuoso.auth_url) == 401
    assert changed(virtuoso.auth_url, httpx2.DigestAuth(USER, "another")) == 401
    assert changed(virtuoso.auth_url, digest) == 200
    graph = {"graph": "urn:g"}
    assert httpx2.get(virtuoso.auth_graphs_url, params=graph).status_code == 401
    assert httpx2.get(virtuoso.auth_graphs_url, params=graph, auth=digest).status_code == 200


def test_sql_that_fails_is_told(virtuoso: VirtuosoServer) -> None:
    """An error of isql fails the test, though isql itself ends well."""
    assert "42" in virtuoso.isql("SELECT 42;\n")
    with pytest.raises(AssertionError, match="no_such_table"):
        virtuoso.isql("SELECT * FROM no_such_table;\n")


def crash(process: subprocess.Popen[bytes]) -> None:
    """End a process as a fault of its own does."""
    process.send_signal(signal.SIGABRT)
    process.wait(SECONDS)


def program(folder: Path, script: str) -> Program:
    """Give a program that runs a Python script and is ready once it says so."""
    return Program([sys.executable, "-u", "-c", script], "ready", folder)


def test_a_server_that_does_not_start_tells_why(tmp_path: Path) -> None:
    """What a program printed before it ended is in the failure."""
    with (
        pytest.raises(AssertionError, match="no room"),
        program(tmp_path, "print('no room')").running(),
    ):
        pass


def test_a_server_that_ends_by_itself_is_noticed(tmp_path: Path) -> None:
    """A crash fails the test that uses the server last, whatever else that test does."""
    crashing = program(tmp_path, SERVES)
    with pytest.raises(AssertionError, match="ended by itself"), crashing.running():
        crash(crashing.process)


def test_a_failing_test_leaves_no_server(tmp_path: Path) -> None:
    """When a test fails its server is gone, too."""
    serving = program(tmp_path, SERVES)
    with pytest.raises(AssertionError) as failure, serving.running():
        raise AssertionError(serving.process.pid)
    [process] = failure.value.args
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_free_ports_are_not_given_to_connections() -> None:
    """They differ, and are below the range that Linux takes the ports of connections from."""
    ranged = Path("/proc/sys/net/ipv4/ip_local_port_range")
    lowest = int(ranged.read_text().split()[0]) if ranged.exists() else 32_768
    found = free_ports(20)
    assert len(set(found)) == 20
    assert max(found) < lowest


def test_a_program_is_found_beside_this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed with the project needs no PATH."""
    monkeypatch.setenv("PATH", "")
    assert needs("oxigraph").parent == Path(sys.executable).parent


def test_without_a_program_a_test_is_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The reason says how to install it."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install"):
        needs("virtuoso-t")


@pytest.mark.parametrize("name", INSTALLED_BY)
def test_without_a_program_ci_fails(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In CI there is no skip to overlook."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=f"{name} is not installed"):
        needs(name)
