"""curl, with the options people use."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from tests.clients.released import (
    ABOUT,
    BASE,
    EUROCITIES,
    MEMBERSHIPS,
    parsed,
    parsed_rows,
    rows,
    said_of,
    triples,
)

if TYPE_CHECKING:
    from pathlib import Path

    from reti_graph.release import Release
    from reti_graph.stores.port import Store

# Nothing of the user's own settings, no proxy, no progress; failures are said, and it waits.
ALWAYS: Final = ("--disable", "--noproxy", "*", "--silent", "--show-error", "--max-time", "60")
DIRECT: Final = "Content-Type: application/sparql-query"
JSON: Final = "application/sparql-results+json"
NOT_FOUND: Final = 22

pytestmark = pytest.mark.skipif(
    shutil.which("curl") is None, reason="curl is not installed on this machine"
)


def curl(*words: str | Path, folder: Path | None = None) -> bytes:
    """Run curl, which must go well, and give what it prints."""
    command = ["curl", *ALWAYS, *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, cwd=folder).stdout


def headers_of(printed: bytes) -> dict[str, str]:
    """Read the last block of headers that curl printed, by lower-case name."""
    block = printed.decode().replace("\r\n", "\n").strip().split("\n\n")[-1]
    pairs = (line.partition(": ") for line in block.splitlines()[1:])
    return {name.lower(): value for name, _, value in pairs}


def test_an_identifier_is_followed_to_the_format_asked_for(address: str, store: Store) -> None:
    """`-L` goes from the thing to the document, and the Accept header goes along."""
    name = f"{address}{EUROCITIES.removeprefix(BASE)}"
    shown = "%{stderr}%{http_code} %{num_redirects} %{content_type} %{url_effective}"
    command = ["curl", *ALWAYS, "-L", "-H", "Accept: text/turtle", "-w", shown, name]
    ended = subprocess.run(command, check=True, capture_output=True)
    document = f"{address}doc/network/eurocities"
    assert ended.stderr.decode() == f"200 1 text/turtle; charset=utf-8 {document}"
    assert said_of(store, EUROCITIES) <= parsed(ended.stdout, "text/turtle")


def test_an_identifier_is_no_document(address: str) -> None:
    """Without `-L` there is only the way to it."""
    name = f"{address}{EUROCITIES.removeprefix(BASE)}"
    assert curl("-w", "%{http_code} %{redirect_url}", name).decode() == (
        f"303 {address}doc/network/eurocities"
    )


def test_what_is_compressed_is_unpacked(address: str, store: Store, tmp_path: Path) -> None:
    """`--compressed` asks for every coding this curl knows, and gets one."""
    document = f"{address}doc/network/eurocities.nt"
    headers = tmp_path / "headers"
    content = curl("--compressed", "-D", headers, document)
    assert "content-encoding" in headers_of(headers.read_bytes())
    assert content == curl(document)
    assert said_of(store, EUROCITIES) <= parsed(content, "application/n-triples")


@pytest.mark.parametrize("path", ["doc/network/eurocities.ttl", "query/networks.csv", "dump.nq"])
def test_a_head_has_the_headers_of_the_get(address: str, path: str, tmp_path: Path) -> None:
    """`-I` tells how long the body is and how it may be kept."""
    saved = tmp_path / "headers"
    content = curl("-D", saved, f"{address}{path}")
    asked, got = headers_of(curl("-I", f"{address}{path}")), headers_of(saved.read_bytes())
    own = {"date", "x-request-id"}
    # A body that is sent in pieces has no length, though it has one.
    got["content-length"] = str(len(content))
    got.pop("transfer-encoding", None)
    assert {key: text for key, text in asked.items() if key not in own} == {
        key: text for key, text in got.items() if key not in own
    }


def test_a_tag_that_was_saved_saves_the_second_transfer(address: str, tmp_path: Path) -> None:
    """`--etag-save` and `--etag-compare`: 304, and the file is left as it was."""
    tag, copy = tmp_path / "tag", tmp_path / "copy"
    words = ("-o", copy, "-w", "%{http_code} %{size_download}", f"{address}dump.nq")
    first = curl("--etag-save", tag, *words).decode()
    assert first == f"200 {copy.stat().st_size}"
    assert curl("--etag-compare", tag, *words).decode() == "304 0"


def test_a_file_that_is_new_enough_is_not_fetched(address: str, tmp_path: Path) -> None:
    """`-R` keeps the date of the site, and `-z` compares it."""
    copy = tmp_path / "copy"
    words = ("-w", "%{http_code}", f"{address}doc/network/eurocities.ttl")
    assert curl("-R", "-o", copy, *words) == b"200"
    assert curl("-z", copy, "-o", copy, *words) == b"304"


def test_the_whole_graph_is_saved_under_the_name_of_its_release(
    address: str, release: Release, tmp_path: Path
) -> None:
    """`-OJ` takes the name that the server gives the file."""
    curl("-OJ", f"{address}dump.nq", folder=tmp_path)
    [saved] = tmp_path.iterdir()
    assert saved.name == f"{release.digest[:12]}.nq"
    assert set(ox.parse(path=str(saved))) == set(release.quads)


def test_a_query_is_asked_in_the_address(endpoint: str, store: Store) -> None:
    """`-G` with `--data-urlencode`, the format by `?format=`."""
    asked = ("-G", "--data-urlencode", f"query={MEMBERSHIPS}", "-d", "format=json")
    assert parsed_rows(curl(*asked, endpoint), JSON) == rows(store, MEMBERSHIPS)


def test_a_query_is_posted_as_a_form(endpoint: str, store: Store) -> None:
    """As curl posts unless told otherwise; the format by Accept."""
    asked = ("--data-urlencode", f"query={ABOUT}", "-H", "Accept: application/n-triples")
    assert parsed(curl(*asked, endpoint), "application/n-triples") == triples(store, ABOUT)


def test_a_query_is_posted_from_a_file(endpoint: str, store: Store, tmp_path: Path) -> None:
    """As it stands, line ends and all."""
    file = tmp_path / "memberships.rq"
    file.write_text(MEMBERSHIPS)
    answer = curl("-H", DIRECT, "--data-binary", f"@{file}", endpoint)
    assert parsed_rows(answer, JSON) == rows(store, MEMBERSHIPS)


def test_a_canned_query_can_be_fetched_and_asked_again(
    address: str, endpoint: str, store: Store
) -> None:
    """The text of `networks` is SPARQL as it stands, its parameters variables."""
    text = curl(f"{address}query/networks.rq").decode()
    answer = curl("-H", DIRECT, "--data-binary", text, endpoint)
    networks = {row[0] for row in rows(store, "SELECT ?network { ?network a reti:Network }")}
    assert {row[0] for row in parsed_rows(answer, JSON)} <= networks
    named = json.loads(curl(f"{address}query/networks?format=json"))
    found = {row["network"]["value"] for row in named["results"]["bindings"]}
    assert found == networks


@pytest.mark.parametrize(
    ("path", "methods"),
    [("sparql", "GET, HEAD, OPTIONS, POST"), ("doc/network/eurocities", "GET, HEAD, OPTIONS")],
)
def test_a_page_of_another_site_may_ask(address: str, path: str, methods: str) -> None:
    """The preflight of a browser is answered as to what may be done, and the answer is readable."""
    origin = ("-H", "Origin: https://example.org")
    asked = ("-X", "OPTIONS", "-H", "Access-Control-Request-Method: POST", "-D", "-")
    found = headers_of(curl(*asked, *origin, f"{address}{path}"))
    assert found["access-control-allow-origin"] == "*"
    assert found["access-control-allow-methods"] == methods
    assert headers_of(curl("-I", *origin, f"{address}{path}"))["access-control-allow-origin"] == "*"


def test_what_is_not_there_fails_for_scripts(address: str) -> None:
    """`--fail` ends with curl's code for an HTTP error."""
    with pytest.raises(subprocess.CalledProcessError) as caught:
        curl("--fail", f"{address}doc/network/nowhere.ttl")
    assert caught.value.returncode == NOT_FOUND
