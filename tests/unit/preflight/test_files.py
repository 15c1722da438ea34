from __future__ import annotations

from hashlib import sha256

import pyoxigraph as ox
import pytest

from reti_graph import formats
from reti_graph.errors import StoreError
from reti_graph.preflight.files import check_files
from reti_graph.problems import Severity
from tests.unit.preflight.fake_fetcher import FakeFetcher, Given, answered
from tests.unit.preflight.listings import BASE, graph_of
from tests.unit.preflight.offered import (
    CSV,
    DATASET,
    TTL,
    download,
    dump,
    found,
    offering,
    only,
    quads,
)


@pytest.mark.parametrize("status", [404, 410, 500])
def test_a_dead_download_is_told_with_dataset_address_and_status(status: int) -> None:
    """That is what its keeper needs."""
    problem = only(found({TTL: answered("", None, status)}, download(TTL)), "dead-download")
    assert problem.messages["en"] == (
        f"Dead download: {TTL} of the dataset {DATASET} answers {status} to HEAD."
    )
    assert problem.focus == ox.NamedNode(f"{DATASET}#0")
    assert problem.location is not None
    assert problem.location.file == TTL


def test_a_download_of_a_server_that_is_not_there_is_dead() -> None:
    """With what happened."""
    problems = found({TTL: StoreError("Refused.", hint="Start it.")}, download(TTL))
    problem = only(problems, "dead-download")
    assert "does not answer: Refused." in problem.messages["en"]
    assert problem.hint == "Start it."


def test_a_download_that_does_not_do_head_is_in_order() -> None:
    """GET is asked then."""
    heads: dict[str, Given] = {TTL: answered("", None, 405)}
    assert found({TTL: dump(formats.TURTLE)}, download(TTL), heads=heads) == ()


def test_a_page_about_a_file_only_has_to_answer() -> None:
    """What is no download is not fetched."""
    page = f"{BASE}about"
    fetcher = FakeFetcher({page: answered("<p>", "text/html")})
    catalogue = graph_of(offering(f"dcat:accessURL <{page}> ; dct:format type:CSV"))
    assert check_files(fetcher, catalogue) == ()
    assert fetcher.asked == [("HEAD", page)]
    problem = only(found({}, f"dcat:accessURL <{page}>"), "dead-link")
    assert "Dead link" in problem.messages["en"]


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", None])
def test_a_file_sent_as_something_else_than_promised_is_told(content_type: str | None) -> None:
    """By the property that promises."""
    body = formats.serialize_quads(quads(), formats.TURTLE)
    problem = only(found({TTL: answered(body, content_type)}, download(TTL)), "content-type")
    assert (
        f"is {content_type or 'missing'}, but dct:format says text/turtle"
        in (problem.messages["en"])
    )


def test_a_media_type_is_a_promise_too() -> None:
    """As an IRI of IANA's, or as text."""
    answers: dict[str, Given] = {TTL: dump(formats.TURTLE)}
    iana = "http://www.iana.org/assignments/media-types/text/csv"
    for value in (f"<{iana}>", '"text/csv"'):
        problem = only(found(answers, download(TTL, f"; dcat:mediaType {value}")), "content-type")
        assert "dcat:mediaType says text/csv" in problem.messages["en"]


def test_a_format_without_one_media_type_promises_nothing() -> None:
    """Such as one the tables here do not have."""
    answers: dict[str, Given] = {f"{BASE}x.shp": answered("x", "application/zip")}
    assert found(answers, download(f"{BASE}x.shp")) == ()


def test_a_wrong_size_is_told() -> None:
    """With both numbers."""
    problem = only(found({CSV: answered("a\n1\n", "text/csv")}, download(CSV, "; dcat:byteSize 5")),
                   "byte-size")  # fmt: skip
    assert f"{CSV} has 4 bytes, but dcat:byteSize says 5." in problem.messages["en"]


def test_a_wrong_checksum_is_told() -> None:
    """With both values; the digits may be in upper case."""
    right = sha256(b"a\n1\n").hexdigest().upper()
    answers: dict[str, Given] = {CSV: answered("a\n1\n", "text/csv")}
    said = (
        "; spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue '{}' ]"
    )
    assert found(answers, download(CSV, said.format(right))) == ()
    problem = only(found(answers, download(CSV, said.format("00"))), "checksum")
    assert f"is {right.lower()}, but the catalogue says 00" in problem.messages["en"]


def test_a_checksum_of_an_unknown_algorithm_is_a_warning() -> None:
    """It cannot be checked, here or by anybody."""
    answers: dict[str, Given] = {CSV: answered("a\n1\n", "text/csv")}
    said = "; spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_crc ; spdx:checksumValue '0' ]"
    (problem,) = found(answers, download(CSV, said))
    assert (problem.code, problem.severity) == ("checksum", Severity.WARNING)


def test_of_a_file_over_50_mb_only_the_headers_are_checked() -> None:
    """Which may be wrong all the same."""
    length = 60 * 1024 * 1024
    heads: dict[str, Given] = {TTL: answered("", content_length=str(length))}
    fetcher = FakeFetcher({TTL: dump(formats.TURTLE)}, heads)
    catalogue = graph_of(offering(download(TTL, "; dcat:byteSize 5")))
    size, large = check_files(fetcher, catalogue)
    assert f"has {length} bytes" in size.messages["en"]
    assert (large.code, large.severity) == ("large-file", Severity.INFO)
    assert "longer than 50 MB" in large.messages["en"]
    assert fetcher.asked == [("HEAD", TTL)]


def test_a_redirected_download_is_told() -> None:
    """It works, and is not what the catalogue says."""
    there = f"{BASE}v2.ttl"
    body = formats.serialize_quads(quads(), formats.TURTLE)
    (problem,) = found({TTL: answered(body, "text/turtle", address=there)}, download(TTL))
    assert (problem.code, problem.severity) == ("redirect", Severity.INFO)


def test_an_address_of_two_distributions_is_asked_once_and_told_for_each() -> None:
    """In the order of the catalogue."""
    fetcher = FakeFetcher({})
    catalogue = graph_of(offering(download(TTL), download(CSV), download(TTL)))
    problems = check_files(fetcher, catalogue)
    assert sorted(fetcher.asked) == [("HEAD", TTL), ("HEAD", CSV)]
    focus = [str(problem.focus) for problem in problems]
    assert focus == [f"<{DATASET}#{number}>" for number in (0, 2, 1)]


def test_an_address_with_a_fragment_is_no_redirect() -> None:
    """Fragments are not asked for."""
    page = f"{BASE}about"
    answers: dict[str, Given] = {f"{page}#data": answered("<p>", "text/html", address=page)}
    assert found(answers, f"dcat:accessURL <{page}#data>") == ()
