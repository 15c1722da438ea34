from __future__ import annotations

import gzip
import json
from typing import Final

import pytest

from benchmarks.soak.asking import CANNED, DOCUMENT, POSTED, Asked
from benchmarks.soak.judging import NOT_NOW, Answer, Judge, Verdict, told

OLD: Final = "a" * 64
NEW: Final = "b" * 64
BOTH: Final = frozenset((OLD, NEW))
PAGE: Final = Asked(kind=DOCUMENT, target="/doc/x", headers=())
ROWS: Final = Asked(kind=CANNED, target="/query/x", headers=(), ordered=False)
IN_ORDER: Final = Asked(kind=CANNED, target="/query/y", headers=())
POST: Final = Asked(kind=POSTED, target="/sparql", headers=(), body=b"ASK {}")
EVERY: Final = (PAGE, ROWS, IN_ORDER, POST)


def answered(asked: Asked, release: str, body: bytes = b"", **headers: str) -> Answer:
    """Return an answer as the server gives it: to a GET with a tag that begins with the release."""
    tag = {} if asked.body is not None else {"etag": f'"{release[:16]}-{len(body)}"'}
    return Answer(200, {**tag, "content-type": "text/csv; charset=utf-8", **headers}, body)


def body_of(release: str) -> bytes:
    """Return the table that a release answers with."""
    return f"x\r\n1\r\n2\r\n{release}\r\n".encode()


@pytest.fixture
def judge() -> Judge:
    """Give a judge who knows two releases."""
    return Judge(
        {
            release: {
                asked: told(asked, answered(asked, release, body_of(release))) for asked in EVERY
            }
            for release in (OLD, NEW)
        }
    )


@pytest.mark.parametrize("asked", EVERY, ids=str)
@pytest.mark.parametrize("release", [OLD, NEW])
def test_what_a_release_answers_is_right_while_it_is_served(
    judge: Judge, asked: Asked, release: str
) -> None:
    """The answer that was given before is right now."""
    answer = answered(asked, release, body_of(release))
    assert judge.verdict(asked, answer, "", {release}) == Verdict("200")


@pytest.mark.parametrize("asked", EVERY, ids=str)
def test_what_a_release_answers_is_wrong_when_it_is_not_served(judge: Judge, asked: Asked) -> None:
    """An answer of the release before is wrong once only the new one is served."""
    answer = answered(asked, OLD, body_of(OLD))
    assert judge.verdict(asked, answer, "", {NEW}).wrong


@pytest.mark.parametrize("asked", [PAGE, ROWS, IN_ORDER], ids=str)
def test_the_body_of_one_release_under_the_tag_of_another_is_wrong(
    judge: Judge, asked: Asked
) -> None:
    """A mixture is seen, even while both releases may be served."""
    answer = answered(asked, NEW, body_of(OLD))
    assert judge.verdict(asked, answer, "", BOTH).wrong == "a body that no release gives"


def test_a_body_that_no_release_gives_is_wrong(judge: Judge) -> None:
    """Without a tag, too, a body must be of a release that is served."""
    assert judge.verdict(POST, answered(POST, OLD, b"x\r\n1\r\n"), "", BOTH).wrong


def test_rows_may_change_places_where_nobody_asked_for_an_order(judge: Judge) -> None:
    """The same rows are right in any order, but the head of the table comes first."""
    turned = f"x\r\n2\r\n{OLD}\r\n1\r\n".encode()
    assert not judge.verdict(ROWS, answered(ROWS, OLD, turned), "", BOTH).wrong
    beheaded = f"1\r\nx\r\n2\r\n{OLD}\r\n".encode()
    assert judge.verdict(ROWS, answered(ROWS, OLD, beheaded), "", BOTH).wrong


def test_rows_may_not_change_places_where_somebody_asked_for_an_order(judge: Judge) -> None:
    """Ordered rows in another order are wrong."""
    turned = f"x\r\n2\r\n1\r\n{OLD}\r\n".encode()
    assert judge.verdict(IN_ORDER, answered(IN_ORDER, OLD, turned), "", BOTH).wrong


def test_a_row_that_comes_twice_is_wrong(judge: Judge) -> None:
    """Rows are counted."""
    answer = answered(ROWS, OLD, body_of(OLD) + b"1\r\n")
    assert judge.verdict(ROWS, answer, "", BOTH).wrong


@pytest.mark.parametrize(("turned", "wrong"), [(["2", "1"], False), (["2", "2"], True)])
def test_rows_of_json_may_change_places(turned: list[str], *, wrong: bool) -> None:
    """What holds for CSV holds for JSON."""

    def results(values: list[str]) -> Answer:
        rows = [{"x": {"type": "literal", "value": value}} for value in values]
        body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()
        kind = {"content-type": "application/sparql-results+json"}
        return answered(ROWS, OLD, body, **kind)

    judge = Judge({OLD: {ROWS: told(ROWS, results(["1", "2"]))}})
    assert bool(judge.verdict(ROWS, results(turned), "", {OLD}).wrong) is wrong


def test_a_compressed_body_is_compared_as_what_it_is(judge: Judge) -> None:
    """The bytes of a coding do not matter, what is in them does."""
    coded = {"content-encoding": "gzip"}
    whole = gzip.compress(body_of(OLD))
    assert not judge.verdict(PAGE, answered(PAGE, OLD, whole, **coded), "", BOTH).wrong
    other = gzip.compress(body_of(NEW))
    assert judge.verdict(PAGE, answered(PAGE, OLD, other, **coded), "", BOTH).wrong


@pytest.mark.parametrize(
    ("asked", "headers", "body"),
    [
        (PAGE, {"content-encoding": "gzip"}, b"not gzip"),
        (PAGE, {"content-encoding": "gzip"}, gzip.compress(b"x" * 100, mtime=0)[:-9]),
        (
            PAGE,
            {"content-encoding": "gzip"},
            gzip.compress(b"x" * 100, mtime=0)[:12] + b"\xff" * 20,
        ),
        (ROWS, {"content-type": "application/sparql-results+json"}, b'{"head": {'),
        (ROWS, {"content-type": "application/sparql-results+json"}, b"[]"),
        (ROWS, {}, b""),
    ],
)
def test_a_broken_body_is_wrong(
    judge: Judge, asked: Asked, headers: dict[str, str], body: bytes
) -> None:
    """What cannot be read is told as a wrong answer, and ends nothing."""
    assert judge.verdict(asked, answered(asked, OLD, body, **headers), "", BOTH).wrong


def test_an_answer_without_its_tag_is_wrong(judge: Judge) -> None:
    """An answer to a GET says of which release it is."""
    answer = Answer(200, {}, body_of(OLD))
    assert judge.verdict(PAGE, answer, "", BOTH).wrong == "no entity tag"


def test_another_status_is_wrong(judge: Judge) -> None:
    """What was found before is found now."""
    assert judge.verdict(PAGE, Answer(404, {}, b""), "", BOTH).wrong.startswith("404")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_failure_of_the_server_is_wrong(judge: Judge, status: int) -> None:
    """Those who mean no harm get no failure."""
    assert judge.verdict(PAGE, Answer(status, {}, b""), "", BOTH).wrong


@pytest.mark.parametrize(("text", "wrong"), [("5", False), ("soon", True)])
def test_a_503_says_when_to_ask_again(judge: Judge, text: str, *, wrong: bool) -> None:
    """With the seconds in Retry-After it is deliberate, and counted as such."""
    found = judge.verdict(PAGE, Answer(503, {"retry-after": text}, b""), "", BOTH)
    assert bool(found.wrong) is wrong
    assert (found.kind == NOT_NOW) is not wrong


def test_a_304_is_right_for_the_tag_of_a_release_that_is_served(judge: Judge) -> None:
    """A client that has the document of the release that is served keeps it."""
    tag = judge.expected[OLD][PAGE].tag
    answer = Answer(304, {"etag": tag}, b"")
    assert judge.verdict(PAGE, answer, tag, BOTH) == Verdict("304")
    assert judge.verdict(PAGE, answer, tag, {NEW}).wrong


def test_a_304_with_another_tag_is_wrong(judge: Judge) -> None:
    """Nobody is told to keep what they have not got."""
    old, new = (judge.expected[release][PAGE].tag for release in (OLD, NEW))
    assert judge.verdict(PAGE, Answer(304, {"etag": new}, b""), old, BOTH).wrong
    assert judge.verdict(PAGE, Answer(304, {"etag": old}, b""), "", BOTH).wrong


def test_a_200_with_the_tag_of_the_client_is_wrong(judge: Judge) -> None:
    """It should have been a 304."""
    answer = answered(PAGE, OLD, body_of(OLD))
    assert judge.verdict(PAGE, answer, answer.headers["etag"], BOTH).wrong
