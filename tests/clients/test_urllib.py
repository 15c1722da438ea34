"""Python's own client, which sends nothing but what it is told: headers as they stand."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from reti_graph.canned.run import run
from reti_graph.formats import RDF_FORMATS
from tests.clients.released import BASE, EUROCITIES, MILAN, parsed, said_of
from tests.clients.serving import serving

if TYPE_CHECKING:
    from email.message import Message

    from reti_graph.formats import Format
    from reti_graph.release import Release
    from reti_graph.stores.port import Store

SMALL_SITE: Final = Path(__file__).parents[1] / "assets" / "small_site"
DOCUMENT: Final = "doc/network/eurocities"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whether or not it was what was asked for."""

    status: int
    headers: Message
    body: bytes
    address: str

    @property
    def media_type(self) -> str:
        """The type of the body, without parameters."""
        return self.headers["Content-Type"].partition(";")[0]


def get(address: str, **headers: str) -> Answer:
    """Ask for an address; redirects are followed, other failures are answers, too."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    try:
        with urlopen(Request(address, headers=named)) as found:  # noqa: S310 - of this machine
            return Answer(found.status, found.headers, found.read(), found.url)
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read(), address)


@pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda target: target.name)
def test_the_document_about_eurocities_comes_in_every_format(
    address: str, store: Store, target: Format
) -> None:
    """By suffix, by `?format=` and by Accept the same bytes, with all that the release says."""
    found = get(f"{address}{DOCUMENT}.{target.extension}")
    assert (found.status, found.media_type) == (200, target.media_type)
    assert get(f"{address}{DOCUMENT}?format={target.extension}").body == found.body
    assert get(f"{address}{DOCUMENT}", Accept=target.media_type).body == found.body
    if target.extension != "jsonld":
        # A reader of JSON-LD fetches the context, which this library does not: see rdflib's tests.
        assert said_of(store, EUROCITIES) <= parsed(found.body, target.media_type)


def test_json_ld_is_compact_and_its_context_is_where_it_says(address: str) -> None:
    """A program may read the document as the JSON it is."""
    document = json.loads(get(f"{address}{DOCUMENT}.jsonld").body)
    context = get(f"{address.rstrip('/')}{document['@context']}")
    assert (context.status, context.media_type) == (200, "application/ld+json")
    assert context.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert EUROCITIES.removeprefix(BASE) in json.dumps(document)
    assert json.loads(context.body)["@context"]


def test_a_page_names_the_thing_in_the_language_of_the_reader(address: str) -> None:
    """Accept-Language decides, and the suffix outweighs it."""
    page = f"{address}doc/city/milan"
    for language, name in (("it", "Milano"), ("en", "Milan")):
        found = get(page, Accept="text/html", Accept_Language=language)
        assert found.headers["Content-Language"] == language
        assert f"<h1>{name}</h1>" in found.body.decode()
        same = get(f"{page}.{language}.html", Accept_Language="de")
        assert same.headers["Content-Language"] == language


def test_an_identifier_leads_to_the_document(address: str) -> None:
    """303, which this client follows."""
    found = get(f"{address}{EUROCITIES.removeprefix(BASE)}", Accept="text/turtle")
    assert (found.status, found.address) == (200, f"{address}{DOCUMENT}")
    assert found.headers["Content-Location"] == f"/{DOCUMENT}.ttl"


@pytest.mark.parametrize(
    "path", [f"{DOCUMENT}.ttl", "query/networks.csv", "dump.nq", "", "openapi.json"]
)
def test_what_has_not_changed_is_not_sent_again(address: str, path: str) -> None:
    """By its tag and by its date, with the headers that keep the copy alive."""
    first = get(f"{address}{path}")
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    assert tag.startswith('"')
    assert parsedate_to_datetime(date).tzinfo is not None
    assert first.headers["Cache-Control"] == "no-cache"
    for condition in ({"If_None_Match": tag}, {"If_Modified_Since": date}):
        again = get(f"{address}{path}", **condition)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    other = get(f"{address}{path}", If_None_Match='"another"')
    assert (other.status, other.body) == (200, first.body)


@pytest.mark.parametrize("path", [f"{DOCUMENT}.ttl", "dump.nq", "query/networks.csv"])
def test_a_body_is_compressed_for_whoever_reads_that(address: str, path: str) -> None:
    """The same bytes once unpacked, under a tag of their own."""
    bare, packed = get(f"{address}{path}"), get(f"{address}{path}", Accept_Encoding="gzip")
    assert "Content-Encoding" not in bare.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.body) == bare.body
    assert packed.headers["ETag"] != bare.headers["ETag"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("id/network/eurocitys", 404), ("query/nothing", 404), (f"{DOCUMENT}?format=docx", 406)],
)
def test_a_failure_is_a_problem_document(address: str, path: str, status: int) -> None:
    """With its status in it, never to be kept, and what was asked for by name in the detail."""
    found = get(f"{address}{path}", Accept="application/json")
    problem = json.loads(found.body)
    assert (found.status, problem["status"]) == (status, status)
    assert found.media_type == "application/problem+json"
    assert found.headers["Cache-Control"] == "no-store"
    assert problem["detail"]


def test_a_name_that_is_almost_right_brings_the_right_one(address: str) -> None:
    """404 with what may have been meant."""
    problem = json.loads(get(f"{address}id/network/eurocitys").body)
    assert EUROCITIES in problem["nearest"]


def test_a_client_that_accepts_nothing_there_is_told_what_there_is(address: str) -> None:
    """406 with the list."""
    found = get(f"{address}{DOCUMENT}", Accept="image/png")
    assert found.status == 406
    assert "text/turtle" in json.loads(found.body)["hint"]


@pytest.mark.parametrize(("page", "status"), [("1", 200), ("2", 404), ("none", 400)])
def test_there_is_no_page_after_the_last(address: str, page: str, status: int) -> None:
    """And what is no number is no page."""
    assert get(f"{address}doc/network/circular-economy-100.ttl?page={page}").status == status


def test_a_canned_query_comes_as_a_table_for_spreadsheets(
    address: str, release: Release, store: Store
) -> None:
    """The rows of the query as the program itself gives them, in the same order."""
    query = next(query for query in release.queries if query.name == "members")
    values = {"network": "c40", "lang": "en"}
    found = get(f"{address}query/members.csv?network=c40&lang=en")
    lines = list(csv.reader(io.StringIO(found.body.decode())))
    expected = run(store, query, values, release.settings)
    assert not isinstance(expected, bool | tuple)
    assert found.media_type == "text/csv"
    assert lines[0] == list(expected.variables)
    texts = [[str(getattr(term, "value", "")) for term in row] for row in expected.rows]
    assert lines[1:] == texts
    assert MILAN in {row[0] for row in texts}


def test_what_was_withdrawn_is_said_to_be_gone(tmp_path: Path) -> None:
    """410 for a name that the site once had, 404 for one it never had."""
    site = tmp_path / "site"
    shutil.copytree(SMALL_SITE, site)
    settings = site / "reti.toml"
    gone = 'withdrawn = ["https://example.org/nets/id/network/omega"]\n'
    settings.write_text(gone + settings.read_text())
    with serving(site) as address:
        assert get(f"{address}id/network/omega").status == 410
        assert get(f"{address}doc/network/omega.ttl").status == 410
        assert get(f"{address}id/network/psi").status == 404
        assert get(f"{address}id/network/alpha").status == 200
