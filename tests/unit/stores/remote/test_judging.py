from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.judging import refused, unusable, unwritten
from reti_graph.stores.remote.transport import Reply

if TYPE_CHECKING:
    from reti_graph.stores.remote.failures import Failure

MOST: Final = 200
WHOLE: Final = {"content-length": "1"}


def failure(
    content: bytes = b"", credentials: Credentials | None = None, **headers: str
) -> Failure:
    """Give what a reply of status 503 is judged to be."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    found = refused(Reply(503, named, content), credentials)
    assert found is not None
    return found


@given(st.binary())
def test_what_a_store_says_is_quoted_on_one_short_line(content: bytes) -> None:
    """No byte of a foreign answer can write lines, move a cursor or fill a screen."""
    said = failure(content, content_type="text/plain").said
    assert len(said) <= MOST
    assert said == "" or said.isprintable()


def test_a_long_text_is_shown_in_its_beginning() -> None:
    """That there is more is seen."""
    said = failure(b"word " * 100, content_type="application/problem+json").said
    assert said.startswith("word word")
    assert said.endswith("word…")


@pytest.mark.parametrize("media_type", ["image/png", "application/octet-stream", "video/mp4"])
def test_what_is_no_text_is_not_quoted(media_type: str) -> None:
    """Bytes of a picture tell nobody anything."""
    assert failure(b"abc", content_type=media_type).said == ""


@given(st.text("abcé ", min_size=1, max_size=60))
def test_a_secret_is_never_quoted_not_even_its_beginning(before: str) -> None:
    """It is taken out before the text is cut, wherever the cut falls."""
    secret = "S3SAME" * 40
    content = f"{before}{secret} and more".encode()
    said = failure(content, Credentials("basic", "u", secret), content_type="text/plain").said
    assert "S3" not in said


@pytest.mark.parametrize(("header", "seconds"), [("0", 0.0), ("120", 120.0), ("Soon", None)])
def test_retry_after_may_be_seconds(header: str, seconds: float | None) -> None:
    """What is neither a number nor a date is as if it were not there."""
    assert failure(retry_after=header).after == seconds


@pytest.mark.parametrize(("hours", "least", "most"), [(1, 3_500, 3_600), (-1, 0, 0)])
def test_retry_after_may_be_a_date(hours: int, least: float, most: float) -> None:
    """A time that has passed means now."""
    then = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    after = failure(retry_after=then).after
    assert after is not None
    assert least <= after <= most


@pytest.mark.parametrize("header", ["", "²", "Thu, 99 Foo 2026 99:99:99 GMT", "1e3", "-5"])
def test_a_retry_after_that_is_neither_is_ignored(header: str) -> None:
    """No header of a store is a fault of the program."""
    assert failure(retry_after=header).after is None


def test_success_is_no_failure() -> None:
    """Statuses of 2xx are judged by what is in the answer."""
    reply = Reply(200, {**WHOLE, "content-type": "Application/JSON; charset=utf-8"}, b"1")
    assert refused(reply, None) is None
    assert unusable(reply, ("application/json",), None) is None
    assert unwritten(reply, None) is None


def test_a_strange_media_type_is_shown_safely() -> None:
    """A header is a foreign text like any other."""
    reply = Reply(200, {**WHOLE, "content-type": "x/\x1b[31my"}, b"1")
    found = unusable(reply, ("application/json",), None)
    assert found is not None
    assert found.words.isprintable()
