from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import StoreError
from reti_graph.preflight.answers import Answer
from reti_graph.preflight.harvest import harvest
from reti_graph.problems import Problem, Severity
from tests.unit.preflight.fake_fetcher import FakeFetcher, Given, answered
from tests.unit.preflight.listings import BASE, CATALOG, ONE

MEGABYTES_50: Final = 50 * 1024 * 1024


def first_problem(given: Given, heads: dict[str, Given] | None = None) -> Problem:
    """Return the only finding about a catalogue that is answered so; it must end the harvest."""
    read = harvest(FakeFetcher({CATALOG: given}, heads), CATALOG)
    (problem,) = read.problems
    assert problem.severity is Severity.VIOLATION
    assert (read.complete, read.pages, read.graph.triples) == (False, (), ())
    assert problem.hint
    assert problem.messages["it"] != problem.messages["en"]
    return problem


def test_a_sound_catalogue_is_read_whole() -> None:
    """HEAD first, then GET, anything accepted; nothing is found wrong."""
    fetcher = FakeFetcher({CATALOG: answered(ONE)})
    read = harvest(fetcher, CATALOG)
    assert (read.problems, read.complete, read.pages) == ((), True, (CATALOG,))
    assert [node.value for node in read.graph.datasets()] == [f"{BASE}dataset"]
    assert fetcher.asked == [("HEAD", CATALOG), ("GET", CATALOG)]
    assert fetcher.accepted == [None, None]


@pytest.mark.parametrize("status", [405, 400])
def test_get_is_tried_after_a_head_that_the_server_does_not_do(status: int) -> None:
    """After 405 and 400 harvesters ask again with GET, and nothing is wrong."""
    heads: dict[str, Given] = {CATALOG: answered("", None, status)}
    read = harvest(FakeFetcher({CATALOG: answered(ONE)}, heads), CATALOG)
    assert (read.problems, read.complete) == ((), True)


@pytest.mark.parametrize("status", [404, 403, 500, 503])
def test_any_other_failing_head_refuses_the_catalogue(status: int) -> None:
    """Though GET would have answered: it is not asked."""
    heads: dict[str, Given] = {CATALOG: answered("", None, status)}
    fetcher = FakeFetcher({CATALOG: answered(ONE)}, heads)
    read = harvest(fetcher, CATALOG)
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("status", Severity.VIOLATION)
    assert problem.messages["en"] == f"{CATALOG} answers {status} to HEAD."
    assert "HEAD must be answered as GET" in (problem.hint or "")
    assert fetcher.asked == [("HEAD", CATALOG)]
    assert not read.complete


def test_a_failing_get_refuses_the_catalogue() -> None:
    """The status and the method are told."""
    heads: dict[str, Given] = {CATALOG: answered("", None, 405)}
    problem = first_problem(answered("gone", None, 410), heads)
    assert problem.messages["en"] == f"{CATALOG} answers 410 to GET."


def test_a_server_that_does_not_answer_is_told_with_its_hint() -> None:
    """What the fetcher raises becomes a finding."""
    problem = first_problem(StoreError("The name is not known.", hint="Check the address."))
    assert problem.code == "no-answer"
    assert problem.messages["en"] == f"{CATALOG} does not answer: The name is not known."
    assert problem.hint == "Check the address."


@pytest.mark.parametrize("content_type", ["text/html", "TEXT/HTML; charset=utf-8"])
def test_html_at_the_catalogues_address_is_refused(content_type: str) -> None:
    """With the words for it, and what to do."""
    problem = first_problem(answered("<!doctype html><p>Catalogue", content_type))
    assert problem.code == "html"
    assert "HTML at the catalogue's address" in problem.messages["en"]
    assert "Accept: */*" in (problem.hint or "")
    assert problem.location is not None
    assert problem.location.file == CATALOG


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/octet-stream", "application/xml", "application/x-turtle", "?"],
)
def test_a_content_type_that_harvesters_have_no_parser_for_is_refused(content_type: str) -> None:
    """Even where we would know what is meant."""
    problem = first_problem(answered(ONE, content_type))
    assert problem.code == "content-type"
    assert content_type in problem.messages["en"]
    assert "text/turtle" in (problem.hint or "")


def test_a_catalogue_without_a_content_type_is_refused() -> None:
    """Harvesters would read it as RDF/XML."""
    problem = first_problem(answered(ONE, None))
    assert problem.code == "content-type"
    assert "has no Content-Type" in problem.messages["en"]


def test_a_catalogue_in_latin_1_is_refused_with_the_line() -> None:
    """The first byte that is no UTF-8 is named."""
    body = ONE.replace("Reti", "Città").encode("latin-1")
    problem = first_problem(answered(body, "text/turtle"))
    assert problem.code == "encoding"
    assert "is not UTF-8: byte 0xE0" in problem.messages["en"]
    assert problem.location is not None
    assert problem.location.line == body[: body.index(b"\xe0")].count(b"\n") + 1


def test_a_charset_other_than_utf_8_is_refused() -> None:
    """Whatever the bytes are."""
    problem = first_problem(answered(ONE, 'text/turtle; charset="ISO-8859-1"'))
    assert problem.code == "charset"
    assert "iso-8859-1" in problem.messages["en"]


@pytest.mark.parametrize(
    "content_type", ["text/turtle;charset=UTF-8", 'text/turtle; v=1; Charset="utf-8"']
)
def test_utf_8_may_be_spelt_in_several_ways(content_type: str) -> None:
    """Names of parameters and charsets know no case."""
    assert harvest(FakeFetcher({CATALOG: answered(ONE, content_type)}), CATALOG).problems == ()


def test_a_byte_order_mark_is_refused_but_in_xml() -> None:
    """Readers of Turtle and JSON stumble over it; those of XML know it."""
    assert first_problem(answered(f"\ufeff{ONE}")).code == "byte-order-mark"
    quads = ox.parse(ONE, ox.RdfFormat.TURTLE)
    xml = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.RDF_XML) or b""
    sound = answered(b"\xef\xbb\xbf" + xml, "application/rdf+xml")
    assert harvest(FakeFetcher({CATALOG: sound}), CATALOG).problems == ()


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_an_empty_catalogue_is_refused(body: bytes) -> None:
    """Though Turtle of no byte is right."""
    assert first_problem(answered(body)).code == "empty"


def test_a_catalogue_that_says_to_be_over_50_mb_is_not_asked_for() -> None:
    """Content-Length of HEAD is enough."""
    heads: dict[str, Given] = {
        CATALOG: answered("", content_length=str(MEGABYTES_50 + 1)),
    }
    fetcher = FakeFetcher({CATALOG: answered(ONE)}, heads)
    (problem,) = harvest(fetcher, CATALOG).problems
    assert (problem.code, problem.severity) == ("too-large", Severity.VIOLATION)
    assert "longer than 50 MB" in problem.messages["en"]
    assert "hydra:next" in (problem.hint or "")
    assert fetcher.asked == [("HEAD", CATALOG)]


def test_a_catalogue_that_turns_out_to_be_over_50_mb_is_refused() -> None:
    """Where HEAD says nothing, the body is cut and judged."""
    long = Answer(
        address=CATALOG,
        status=200,
        headers={"content-type": "text/turtle"},
        body=ONE.encode(),
        cut=True,
    )
    heads: dict[str, Given] = {
        CATALOG: Answer(address=CATALOG, status=200, headers={"content-length": "-1"})
    }
    assert first_problem(long, heads).code == "too-large"


def test_what_cannot_be_parsed_is_told_with_line_and_column() -> None:
    """Of the page, as its author sees it."""
    problem = first_problem(answered("PREFIX a: <http://a/>\na:b a:c .\n"))
    assert problem.code == "syntax"
    assert "cannot be parsed as turtle" in problem.messages["en"]
    assert problem.location is not None
    assert (problem.location.file, problem.location.line) == (CATALOG, 2)
    assert problem.location.column == 9


def test_iris_are_relative_to_the_address_that_redirects_led_to() -> None:
    """And the redirect is told."""
    there = f"{BASE}v2/catalog.ttl"
    text = "<x> a <http://www.w3.org/ns/dcat#Dataset> ."
    read = harvest(FakeFetcher({CATALOG: answered(text, address=there)}), CATALOG)
    assert [node.value for node in read.graph.datasets()] == [f"{BASE}v2/x"]
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("redirect", Severity.INFO)
    assert problem.hint == f"Use {there} itself."
    assert (read.pages, read.complete) == ((there,), True)


def test_a_permanent_redirect_is_a_warning() -> None:
    """The portal should be given the new address."""
    there = f"{BASE}new.ttl"
    moved = Answer(
        address=there,
        status=200,
        headers={"content-type": "text/turtle"},
        body=ONE.encode(),
        redirects=(301,),
    )
    (problem,) = harvest(FakeFetcher({CATALOG: moved}), CATALOG).problems
    assert problem.severity is Severity.WARNING
    assert "for good" in problem.messages["en"]


def test_a_redirect_from_https_to_http_is_a_warning() -> None:
    """The connection is protected no more."""
    there = CATALOG.replace("https:", "http:")
    (problem,) = harvest(FakeFetcher({CATALOG: answered(ONE, address=there)}), CATALOG).problems
    assert (problem.code, problem.severity) == ("downgrade", Severity.WARNING)


@given(st.binary(max_size=200), st.sampled_from(["text/turtle", "application/ld+json", "a/b"]))
def test_no_body_whatever_makes_harvesting_fail(body: bytes, content_type: str) -> None:
    """A catalogue that cannot be read has a violation that says why."""
    read = harvest(FakeFetcher({CATALOG: answered(body, content_type)}), CATALOG)
    refused = any(problem.severity is Severity.VIOLATION for problem in read.problems)
    assert refused is not read.complete
