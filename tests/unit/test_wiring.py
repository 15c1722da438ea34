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

from reti_graph import open_dataset, wiring
from reti_graph.errors import (
    AddressInUseError,
    DataError,
    ParameterError,
    SiteError,
    StoreError,
    UnknownNameError,
)

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
SLOW_TO_IMPORT: Final = ("rdflib", "oxrdflib", "pyshacl", "rich", "uvicorn")


def test_the_bundled_site_is_a_site() -> None:
    """In a checkout it is the repository's root, in a wheel the package's own folder."""
    assert (wiring.bundled_site() / "reti.toml").is_file()


def test_without_a_bundled_site_the_error_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation that lost its site is no traceback."""
    monkeypatch.setattr(wiring, "__file__", str(tmp_path / "src" / "reti_graph" / "wiring.py"))
    with pytest.raises(SiteError) as caught:
        wiring.bundled_site()
    assert caught.value.hint == "Name one with --site DIR."


def test_the_site_within_the_package_comes_before_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed wheel uses what it brought."""
    package = tmp_path / "src" / "reti_graph"
    for folder in (package / "site", tmp_path):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "reti.toml").touch()
    monkeypatch.setattr(wiring, "__file__", str(package / "wiring.py"))
    assert wiring.bundled_site() == package / "site"


@pytest.mark.parametrize("name", wiring.ENGINES)
def test_engines_are_chosen_by_their_names(name: str) -> None:
    """Each engine knows the name it is chosen by."""
    assert wiring.load_engine(name).name == name


def test_an_unknown_engine_is_an_error_with_the_engines_there_are() -> None:
    """The nearest names are given, or all of them."""
    with pytest.raises(UnknownNameError) as caught:
        wiring.load_engine("pyshackle")
    assert caught.value.nearest == ("pyshacl",)
    with pytest.raises(UnknownNameError) as caught:
        wiring.load_engine("zzz")
    assert caught.value.nearest == wiring.ENGINES


def test_a_release_holds_what_is_derived_and_a_store_answers_from_it() -> None:
    """Rules run before anything is served."""
    release = wiring.open_release(SMALL_SITE)
    assert wiring.store_for(release).ask("ASK { city:milan reti:memberOf network:alpha }")
    assert {query.name for query in release.queries} == {"map", "members", "networks"}


def test_wrong_data_is_never_released(tmp_path: Path) -> None:
    """A syntax error is a finding in the report that the error carries."""
    for name in ("reti.toml", "ontology", "data", "shapes", "queries"):
        source, target = SMALL_SITE / name, tmp_path / name
        target.symlink_to(source) if name != "ontology" else target.mkdir()
    (tmp_path / "ontology" / "broken.ttl").write_text("<a> <b> .\n")
    with pytest.raises(DataError) as caught:
        wiring.open_release(tmp_path)
    places = [str(problem.location) for problem in caught.value.report.violations]
    assert any(place.startswith("ontology/broken.ttl:1") for place in places)


def test_the_dataset_for_rdflib_holds_the_release() -> None:
    """Derived statements are there, and plain literals equal rdflib's."""
    from rdflib import Literal, URIRef  # noqa: PLC0415 -- other tests here run without it
    from rdflib.namespace import RDFS  # noqa: PLC0415

    dataset = open_dataset(SMALL_SITE)
    alpha = URIRef("https://example.org/nets/id/network/alpha")
    milan = URIRef("https://example.org/nets/id/city/milan")
    member_of = URIRef("https://w3id.org/reti-graph/ontology#memberOf")
    assert (milan, member_of, alpha) in dataset.default_graph
    assert set(dataset.default_graph.objects(alpha, RDFS.label)) == {
        Literal("Alfa", lang="it"),
        Literal("Alpha", lang="en"),
    }


def test_serving_needs_no_slow_import() -> None:
    """The application is made without rdflib, pySHACL and what only commands need."""
    code = (
        "import sys; from pathlib import Path; from reti_graph import wiring;"
        "wiring.asgi(Path(sys.argv[1])); print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(SMALL_SITE)]
    run = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)
    assert {name.partition(".")[0] for name in run.stdout.split()} & set(SLOW_TO_IMPORT) == set()


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
