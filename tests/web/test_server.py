from __future__ import annotations

import json
import resource
import signal
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from reti_graph.config import LimitSettings, ServerSettings
from reti_graph.errors import AddressInUseError, ParameterError, StoreError
from reti_graph.web.server import Application, serve
from tests.web.served import Plan, connected, get, process, server

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send


def never_made() -> Application:
    """Fail the test: no application is due."""
    raise AssertionError


def ignored(_address: str) -> None:
    """Let the address be."""


async def failing(_scope: Scope, receive: Receive, _send: Send) -> None:
    """Fail to start."""
    await receive()
    raise StoreError("No worker starts.")


def test_a_port_in_use_is_said_before_the_application_is_made() -> None:
    """Another program's port costs no waiting."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressInUseError) as caught:
            serve(never_made, ServerSettings(port=port), LimitSettings(), ignored)
    assert (caught.value.host, caught.value.port) == ("127.0.0.1", port)


def test_a_host_that_is_none_of_this_machine_is_the_callers_mistake() -> None:
    """It is said before the application is made."""
    with pytest.raises(ParameterError, match="no address of this machine"):
        serve(never_made, ServerSettings(host="a..b"), LimitSettings(), ignored)


def test_an_application_that_cannot_be_made_frees_the_port() -> None:
    """An error before serving leaves nothing behind."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(AssertionError):
        serve(never_made, ServerSettings(port=port), LimitSettings(), ignored)
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_an_application_that_fails_to_start_raises_what_it_failed_of(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Whoever runs the server tells it, and nothing is printed before; nothing is served."""
    said: list[str] = []
    with pytest.raises(StoreError, match="No worker starts"):
        serve(lambda: Application(failing), ServerSettings(port=0), LimitSettings(), said.append)
    assert (said, capfd.readouterr()) == ([], ("", ""))


def test_an_error_after_the_start_ends_the_application() -> None:
    """What was started is ended, whatever goes wrong between."""
    steps: list[str] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        for step in ("startup", "shutdown"):
            steps.append((await receive())["type"])
            await send({"type": f"lifespan.{step}.complete"})

    def broken(_address: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        serve(lambda: Application(app), ServerSettings(port=0), LimitSettings(), broken)
    assert steps == ["lifespan.startup", "lifespan.shutdown"]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_request_in_flight_is_finished_before_the_end(end: signal.Signals) -> None:
    """No new connection is taken, the answer is sent whole, and the application is ended."""
    with server() as (served, host, port):
        idle, slow = connected(host, port), connected(host, port)
        idle.request("GET", "/")
        idle.getresponse().read()
        slow.request("GET", "/slow")
        answer = slow.getresponse()
        assert answer.read(5) == b"begun"
        served.is_told(end)
        # A connection that is idle is closed as soon as the end is asked for.
        assert idle.sock.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((host, port))
        served.goes_on()
        assert answer.read() == b""
        idle.close()
        slow.close()
        assert served.ends() == (0, "ended\n", "")


def test_a_request_that_never_ends_does_not_keep_the_server_from_ending() -> None:
    """After the time of a query and some more the process ends, and says what it left."""
    with server(Plan(limits=LimitSettings(query_seconds=0.1))) as (served, host, port):
        stuck = connected(host, port)
        stuck.request("GET", "/stuck")
        assert stuck.getresponse().read(5) == b"begun"
        served.is_told(signal.SIGTERM)
        code, output, errors = served.ends()
        stuck.close()
    assert (code, output) == (0, "ended\n")
    assert [json.loads(line)["message"] for line in errors.splitlines()] == [
        "Requests that had not ended: 1"
    ]


def test_a_server_that_is_still_starting_ends_when_told_and_does_not_mind_a_hangup() -> None:
    """Reading a site takes seconds, in which one may change one's mind."""
    with process(Plan(slow_to_make=True)) as served:
        assert served.hears() == "making"
        served.is_told(signal.SIGHUP)
        served.is_told(signal.SIGTERM)
        assert served.ends() == (0, "", "")


def test_a_server_that_is_told_to_end_while_it_starts_never_says_that_it_answers() -> None:
    """What has begun is ended in its order."""
    with process(Plan(slow_to_start=True)) as served:
        assert served.hears() == "starting"
        served.is_told(signal.SIGTERM)
        served.goes_on()
        assert served.ends() == (0, "started\nended\n", "")


def test_a_hangup_does_nothing_where_there_is_nothing_to_reload() -> None:
    """It does not end the process either."""
    with server(Plan(reloads=False)) as (served, host, port):
        served.is_told(signal.SIGHUP)
        assert get(host, port)["scheme"] == "http"
        served.is_told(signal.SIGTERM)
        assert served.ends() == (0, "ended\n", "")


def test_a_hangup_reloads_and_further_ones_wait_for_the_first() -> None:
    """Never two at once: however many come during one, there is one more after it."""
    with server() as (served, host, port):
        served.is_told(signal.SIGHUP)
        assert served.hears() == "reload begins"
        for _ in range(3):
            served.is_told(signal.SIGHUP)
            # Requests are answered meanwhile; and after some, the signal has come.
            get(host, port)
        served.goes_on()
        assert [served.hears(), served.hears()] == ["reload ends", "reload begins"]
        served.goes_on()
        assert served.hears() == "reload ends"
        get(host, port)
        served.is_told(signal.SIGTERM)
        assert served.ends() == (0, "ended\n", "")


@pytest.mark.parametrize("name", ["queries/new.rq", "reti.toml"])
def test_a_change_to_a_file_of_a_watched_site_reloads(name: str, tmp_path: Path) -> None:
    """What authors write is served without being asked for."""
    (tmp_path / "queries").mkdir()
    with server(Plan(watch=str(tmp_path))) as (served, _, _):
        (tmp_path / "notes.txt").write_text("not of the site")
        (tmp_path / name).write_text("new")
        assert served.hears() == "reload begins"
        served.goes_on()
        assert served.hears() == "reload ends"
        served.is_told(signal.SIGTERM)
        assert served.ends() == (0, "ended\n", "")


def test_a_proxy_that_is_trusted_says_who_the_client_is() -> None:
    """Its two headers stand for the connection's own address and scheme."""
    plan = Plan(server=ServerSettings(port=0, trusted_proxies=("127.0.0.0/8",)))
    forwarded = {"X_Forwarded_For": "192.0.2.7", "X_Forwarded_Proto": "https"}
    with server(plan) as (_, host, port):
        found = get(host, port, **forwarded)
    assert (found["client"], found["scheme"]) == ("192.0.2.7", "https")


def test_nobody_is_trusted_who_is_not_named() -> None:
    """Whatever the environment says to the server's library."""
    forwarded = {"X_Forwarded_For": "192.0.2.7", "X_Forwarded_Proto": "https"}
    with server(FORWARDED_ALLOW_IPS="*", WEB_CONCURRENCY="many") as (_, host, port):
        found = get(host, port, **forwarded)
    assert (found["client"], found["scheme"]) == ("127.0.0.1", "http")


def test_answers_have_a_date_and_do_not_name_the_server() -> None:
    """RFC 9110 wants the one (6.6.1), and nobody needs the other."""
    with server() as (_, host, port):
        connection = connected(host, port)
        connection.request("GET", "/")
        headers = connection.getresponse().headers
        connection.close()
    assert "date" in headers
    assert "server" not in headers


def test_the_process_may_open_as_many_files_as_the_system_allows() -> None:
    """Each connection is one."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with server() as (_, host, port):
        found = get(host, port)
    assert found["files"] == (65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536))


def test_a_server_runs_in_a_thread_too() -> None:
    """Signals are for the main thread; elsewhere nothing is asked of them."""
    caught: list[BaseException] = []

    def run() -> None:
        try:
            serve(lambda: Application(failing), ServerSettings(port=0), LimitSettings(), ignored)
        except StoreError as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert [str(error) for error in caught] == ["No worker starts."]
