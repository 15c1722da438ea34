from __future__ import annotations

import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

import pytest

from reti_graph import wiring
from reti_graph.errors import AddressInUseError, ParameterError, SiteError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL_SITE: Final = Path(__file__).resolve().parents[1] / "assets" / "small_site"
NOWHERE: Final = SMALL_SITE / "nowhere"
SERVE: Final = """
import sys
from pathlib import Path
from reti_graph import wiring
wiring.serve(Path(sys.argv[1]), sys.argv[2], 0, lambda address: print(address, flush=True))
"""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])  # noqa: S104
def test_only_the_machine_itself_is_served(host: str) -> None:
    """Whatever other machines could reach is refused, before anything is read."""
    with pytest.raises(ParameterError, match="only the machine it runs on"):
        wiring.serve(NOWHERE, host)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    """A number out of range is the caller's mistake."""
    with pytest.raises(ParameterError, match="0 to 65535"):
        wiring.serve(NOWHERE, port=port)


def test_a_port_in_use_is_said_before_the_site_is_read() -> None:
    """Another program's port costs no waiting, and no site."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressInUseError) as caught:
            wiring.serve(NOWHERE, port=port)
    assert (caught.value.host, caught.value.port) == ("127.0.0.1", port)


def test_an_address_that_cannot_be_used_is_a_failure_of_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A port one may not open is reported with the system's own reason."""

    def refuse(*_args: object, **_keys: object) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(StoreError, match="Permission denied"):
        wiring.serve(NOWHERE, port=80)


def test_a_site_that_cannot_be_read_frees_the_port() -> None:
    """An error before serving leaves nothing behind."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(SiteError):
        wiring.serve(NOWHERE, port=port)
    with socket.create_server(("127.0.0.1", port)):
        pass


@contextmanager
def server(host: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the server as a process of its own, and give it with its address."""
    command = [sys.executable, "-c", SERVE, str(SMALL_SITE), host]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def get(address: str, path: str) -> tuple[int, str]:
    """Fetch a path from the server at an address."""
    place = urlsplit(address)
    assert place.hostname is not None
    connection = HTTPConnection(place.hostname, place.port, timeout=30)
    try:
        connection.request("GET", path, headers={"Accept": "text/turtle"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_real_server_answers_and_ends_when_told(end: signal.Signals) -> None:
    """It says its address, serves, and stops without a word and with exit code 0."""
    with server("127.0.0.1") as (process, address):
        status, text = get(address, "/doc/network/alpha")
        assert (status, "reti:Network" in text) == (200, True)
        assert get(address, "/id/network/alpha")[0] == 303
        process.send_signal(end)
        said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, ("", ""))


def test_a_query_that_never_ends_does_not_keep_the_server_from_ending() -> None:
    """After a time to finish the process ends without a word, whatever still runs."""
    product = " . ".join(f"?s{place} ?p{place} ?o{place}" for place in range(8))
    endless = urlencode({"query": f"SELECT (COUNT(*) AS ?n) {{ {product} FILTER(?s0 != ?o1) }}"})
    with server("127.0.0.1") as (process, address):
        place = urlsplit(address)
        with socket.create_connection((place.hostname, place.port)) as client:
            client.sendall(f"GET /sparql?{endless} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert get(address, "/doc/network/alpha")[0] == 200
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, ("", ""))


def test_a_path_is_decoded_once() -> None:
    """What arrives percent-encoded twice does not turn into another name."""
    with server("localhost") as (_, address):
        assert get(address, "/doc/network/%61lpha")[0] == 200
        assert get(address, "/doc/network/%2561lpha")[0] == 404
        assert get(address, "/doc/network%2Falpha")[0] == 404
