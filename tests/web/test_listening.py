from __future__ import annotations

import errno
import socket

import pytest

from reti_graph.errors import AddressInUseError, ParameterError, StoreError
from reti_graph.web.listening import address_of, listen


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    """A number out of range is the caller's mistake."""
    with pytest.raises(ParameterError, match="0 to 65535"):
        listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["", "a..b", "\0"])
def test_what_is_no_name_is_refused(host: str) -> None:
    """Nobody has to be asked for its address."""
    with pytest.raises(ParameterError, match="no address of this machine") as caught:
        listen(host, 0)
    assert caught.value.parameter == "host"


def test_an_address_of_another_machine_is_refused() -> None:
    """One can only listen at home."""
    with pytest.raises(ParameterError, match="another machine's"):
        listen("192.0.2.1", 0)


def test_a_name_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The resolver's own reason is told."""

    def unknown(*_args: object, **_keys: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ParameterError, match=r"known\.$"):
        listen("nowhere.example", 0)


def test_a_name_with_several_addresses_stands_for_ipv4(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that is printed is one that whoever types the name reaches."""

    def both(*_args: object, **_keys: object) -> list[object]:
        six = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 0, 0, 0))
        four = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))
        return [six, four]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with listen("both.example", 0) as listener:
        assert address_of(listener).startswith("http://127.0.0.1:")


def test_a_port_in_use_is_said_with_its_address() -> None:
    """Whoever started the other program knows which."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressInUseError) as caught:
            listen("127.0.0.1", port)
    assert (caught.value.host, caught.value.port) == ("127.0.0.1", port)


def test_a_port_that_may_not_be_opened_is_a_failure_with_the_systems_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same call may work for another user."""

    def refuse(*_args: object, **_keys: object) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(StoreError, match="Permission denied"):
        listen("127.0.0.1", 80)


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_ipv6_address_is_written_in_brackets() -> None:
    """RFC 3986, 3.2.2."""
    with listen("::1", 0) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener) == f"http://[::1]:{port}/"


def test_a_free_port_is_taken_for_0() -> None:
    """Clients can connect at once, even before anybody accepts."""
    with listen("localhost", 0) as listener:
        port = listener.getsockname()[1]
        assert port
        with socket.create_connection(("127.0.0.1", port)):
            pass
