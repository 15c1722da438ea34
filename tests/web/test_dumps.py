"""The files of a release over HTTP: whole, in part, compressed, and not sent twice."""

from __future__ import annotations

import csv
import email
import gzip
import io
import json
from dataclasses import replace
from email import policy
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox
import pytest

from reti_graph.release import published, release_parts
from reti_graph.web.dump_files import MadeDumps
from tests.web.conftest import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.release import Release

    Open = Callable[[Starlette], TestClient]

DUMP: Final = "/dump.nq"
METADATA: Final = "/table/city.csv-metadata.json"


@pytest.fixture(scope="module")
def whole(session_client: TestClient) -> bytes:
    """Give the bytes of the N-Quads of the whole graph."""
    content = session_client.get(DUMP).content
    assert len(content) > 1000
    return content


@pytest.mark.parametrize("suffix", ["nq", "trig", "ttl", "nt", "jsonld", "rdf"])
def test_the_whole_graph_can_be_had(
    client: TestClient, small_release: Release, suffix: str
) -> None:
    """In every format, and again without being sent twice."""
    answer = client.get(f"/dump.{suffix}")
    kind = ox.RdfFormat.from_media_type(answer.headers["content-type"])
    assert kind is not None
    triples = {quad.triple for quad in ox.parse(answer.content, format=kind)}
    assert triples == {quad.triple for quad in small_release.quads}
    again = client.get(f"/dump.{suffix}", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    packed = client.get(f"/dump.{suffix}", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == answer.content
    assert packed.headers["etag"] != answer.headers["etag"]
    head = client.head(f"/dump.{suffix}")
    assert head.headers["content-length"] == str(len(answer.content))
    assert head.content == b""


def test_the_parts_of_the_graph_can_be_had(client: TestClient, small_release: Release) -> None:
    """What one source says, the ontology, the shapes, the queries."""
    answer = client.get("/dump/source/page.nq")
    assert {*ox.parse(answer.content, format=ox.RdfFormat.N_QUADS)} < {*small_release.quads}
    shapes = client.get("/dump/shapes.ttl")
    triples = {quad.triple for quad in ox.parse(shapes.content, format=ox.RdfFormat.TURTLE)}
    assert triples == {*small_release.shapes}
    for path in ("/dump/ontology.jsonld", "/dump/queries.rdf", "/dump/source/page.trig.gz"):
        assert client.get(path).status_code == 200


def test_a_compressed_file_is_a_file_of_its_own(client: TestClient, whole: bytes) -> None:
    """It is not compressed for the transport, and nobody unpacks it on the way."""
    answer = client.get("/dump.nq.gz", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-type"] == "application/gzip"
    assert not {"content-encoding", "vary"} & {*answer.headers}
    assert gzip.decompress(answer.content) == whole


def test_a_table_comes_with_what_it_means(client: TestClient) -> None:
    """A link leads to its metadata, which names the table (tabular data model, 5.2)."""
    answer = client.get("/table/city.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    described = f'<{METADATA}>; rel="describedby"; type="application/csvm+json"'
    assert described in answer.headers["link"]
    header, *rows = csv.reader(io.StringIO(answer.text, newline=""))
    assert header[0] == "iri"
    assert [row[0] for row in rows] == ["https://example.org/nets/id/city/milan"]
    metadata = client.get(METADATA)
    assert metadata.headers["content-type"] == "application/csvm+json"
    assert metadata.json()["url"] == "city.csv"
    packed = client.get("/table/city.csv", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == answer.content


@pytest.mark.parametrize(
    ("path", "dataset", "filename"),
    [
        ("dump.nq", "dataset", "{}.nq"),
        ("dump.ttl.gz", "dataset", "{}.ttl.gz"),
        ("dump/source/page.ttl", "dataset/source/page", "source-page-{}.ttl"),
        ("table/city.csv", "dataset", "table-city-{}.csv"),
    ],
)
def test_a_file_says_of_which_dataset_and_release_it_is(
    client: TestClient, small_release: Release, path: str, dataset: str, filename: str
) -> None:
    """By links for programs and by the name it is saved under."""
    headers = client.get(f"/{path}").headers
    name = filename.format(small_release.digest[:12])
    assert headers["content-disposition"] == f'attachment; filename="{name}"'
    for link in (
        f'<https://example.org/nets/{dataset}>; rel="cite-as"',
        f'</{dataset}>; rel="collection"; type="text/html"',
        f'</{dataset}>; rel="describedby"',
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
    ):
        assert link in headers["link"]


def test_a_slug_in_any_letters_makes_a_name_for_a_file(
    small_release: Release, client_of: Open
) -> None:
    """Though a header has only ASCII."""
    texts = "\n".join(map("{} .".format, small_release.quads)).replace("source/page", "source/più")
    quads = tuple(ox.parse(texts, format=ox.RdfFormat.N_QUADS))
    client = client_of(application(replace(small_release, quads=quads)))
    answer = client.get("/dump/source/più.nq")
    assert answer.status_code == 200
    assert 'filename="source-pi_-' in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/dump.zip", "dump.nt"),
        ("/dump/source/pag.nq", "dump/source/page.nq"),
        ("/table/cities.csv", "table/city.csv"),
        ("/dump/", None),
        ("/dump/../reti.toml", None),
        ("/dump/%2e%2e/dump.nq", None),
        ("/table/%00", None),
    ],
)
def test_an_unknown_file_is_not_there(client: TestClient, path: str, near: str | None) -> None:
    """404 with those like it."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert near is None or near in answer.json()["nearest"]


def test_some_bytes_can_be_had(client: TestClient, whole: bytes) -> None:
    """The answer says which they are (RFC 9110, 15.3.7.1)."""
    answer = client.get(DUMP, headers={"range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, whole[10:20])
    assert answer.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert answer.headers["content-length"] == "10"
    plain = client.get(DUMP).headers
    same = ("etag", "last-modified", "content-type", "vary", "link", "accept-ranges")
    assert [answer.headers[name] for name in same] == [plain[name] for name in same]
    assert plain["accept-ranges"] == "bytes"


def test_a_download_that_broke_off_goes_on(client: TestClient, whole: bytes) -> None:
    """From the byte that is missing."""
    answer = client.get(DUMP, headers={"range": f"bytes={len(whole) - 5}-"})
    assert (answer.status_code, answer.content) == (206, whole[-5:])
    assert client.get(DUMP, headers={"range": "bytes=-5"}).content == whole[-5:]


def test_several_ranges_come_in_one_answer(client: TestClient, whole: bytes) -> None:
    """As parts, of which each says where it belongs (RFC 9110, 15.3.7.2)."""
    answer = client.get(DUMP, headers={"range": "bytes=0-9,100-109,-7"})
    assert answer.status_code == 206
    assert "content-range" not in answer.headers
    assert answer.headers["content-length"] == str(len(answer.content))
    kind = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(kind + answer.content, policy=policy.HTTP)
    assert message.get_content_type() == "multipart/byteranges"
    parts = [
        (part["content-range"], part.get_payload(decode=True)) for part in message.iter_parts()
    ]
    size = len(whole)
    assert parts == [
        (f"bytes 0-9/{size}", whole[:10]),
        (f"bytes 100-109/{size}", whole[100:110]),
        (f"bytes {size - 7}-{size - 1}/{size}", whole[-7:]),
    ]


def test_ranges_that_meet_are_one(client: TestClient, whole: bytes) -> None:
    """Whoever gets one range gets it without parts."""
    answer = client.get(DUMP, headers={"range": "bytes=5-9,0-4"})
    assert answer.content == whole[:10]
    assert answer.headers["content-range"] == f"bytes 0-9/{len(whole)}"


def test_bytes_beyond_the_end_cannot_be_had(client: TestClient, whole: bytes) -> None:
    """416 with the size there is (RFC 9110, 15.5.17)."""
    answer = client.get(DUMP, headers={"range": f"bytes={len(whole)}-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(whole)}"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["hint"] == f"It has {len(whole)} bytes."


@pytest.mark.parametrize("header", ["lines=0-1", "bytes=x", "bytes=9-0", "bytes"])
def test_a_range_that_is_none_is_ignored(client: TestClient, whole: bytes, header: str) -> None:
    """The answer is the whole (RFC 9110, 14.2)."""
    answer = client.get(DUMP, headers={"range": header})
    assert (answer.status_code, answer.content) == (200, whole)


def test_head_knows_no_ranges(client: TestClient, whole: bytes) -> None:
    """They are defined for GET alone (RFC 9110, 14.2)."""
    for header in ("bytes=0-1", f"bytes={len(whole)}-"):
        answer = client.head(DUMP, headers={"range": header})
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-length"] == str(len(whole))
        assert "content-range" not in answer.headers


def test_a_range_of_what_changed_is_the_whole(client: TestClient, whole: bytes) -> None:
    """If-Range holds for the very tag or the very date (RFC 9110, 13.1.5)."""
    headers = client.get(DUMP).headers
    tag, date = headers["etag"], headers["last-modified"]
    for validator in (tag, date):
        answer = client.get(DUMP, headers={"range": "bytes=0-1", "if-range": validator})
        assert (answer.status_code, answer.content) == (206, whole[:2])
        assert answer.headers["etag"] == tag
        assert "last-modified" not in answer.headers
    for validator in (f"W/{tag}", '"x"', "Wed, 25 Nov 2026 11:59:59 GMT", "x"):
        answer = client.get(DUMP, headers={"range": "bytes=0-1", "if-range": validator})
        assert (answer.status_code, answer.content) == (200, whole)
    # Neither does a range beyond the end matter then.
    beyond = {"range": f"bytes={len(whole)}-", "if-range": '"x"'}
    assert client.get(DUMP, headers=beyond).status_code == 200


def test_conditions_come_before_ranges(client: TestClient) -> None:
    """RFC 9110, 13.2.2."""
    tag = client.get(DUMP).headers["etag"]
    some = {"range": "bytes=0-1"}
    assert client.get(DUMP, headers={**some, "if-none-match": tag}).status_code == 304
    assert client.get(DUMP, headers={**some, "if-match": '"x"'}).status_code == 412
    assert client.get(DUMP, headers={**some, "if-match": tag}).status_code == 206


def test_ranges_of_a_coding_are_bytes_of_that_coding(client: TestClient, whole: bytes) -> None:
    """Under the tag of that coding, so that parts of one are never joined with another's."""
    coded = {"accept-encoding": "gzip"}
    tag = client.head(DUMP, headers=coded).headers["etag"]
    with client.stream("GET", DUMP, headers={**coded, "range": "bytes=0-3"}) as answer:
        assert (answer.status_code, answer.headers["etag"]) == (206, tag)
        assert b"".join(answer.iter_raw()) == gzip.compress(b"")[:4]
    other = {"range": "bytes=0-3", "if-range": tag}
    assert client.get(DUMP, headers=other).content == whole


def test_an_empty_file_is_whole_in_any_range(small_release: Release, client_of: Open) -> None:
    """A site without shapes has a dump of none."""
    client = client_of(application(replace(small_release, shapes=())))
    for headers in ({}, {"range": "bytes=0-1"}, {"range": "bytes=-1"}):
        answer = client.get("/dump/shapes.nq", headers=headers)
        assert (answer.status_code, answer.content) == (200, b"")


def test_a_tag_is_of_the_bytes_and_not_of_the_release(
    small_release: Release, client_of: Open
) -> None:
    """What did not change from one release to the next is not sent again."""
    other = msgspec.structs.replace(small_release.settings, title={"it": "x", "en": "x"})
    one = client_of(application(small_release))
    two = client_of(application(replace(small_release, settings=other, digest="0" * 64)))
    for path, same in (("/dump/ontology.ttl", True), (METADATA, False)):
        tags = {client.get(path).headers["etag"] for client in (one, two)}
        assert (len(tags) == 1) is same


def test_the_reference_form_is_what_the_digest_stands_for(
    client: TestClient, small_release: Release
) -> None:
    """The version of a release is the SHA-256 of its N-Quads."""
    tag = client.get(DUMP).headers["etag"]
    assert small_release.digest.startswith(json.loads(tag))


def test_files_go_with_their_release(small_release: Release) -> None:
    """Nothing stays on the disk."""
    parts = release_parts(small_release, published(small_release))
    dumps = MadeDumps(parts, small_release.settings)
    place = dumps.get("dump.nq", None).place
    assert place.exists()
    dumps.close()
    assert not place.exists()
