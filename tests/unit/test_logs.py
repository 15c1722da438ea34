from __future__ import annotations

import json
import logging
import re
import sys
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.logs import (
    ACCESS_LOGGER,
    REQUEST_ID,
    JsonFormatter,
    logging_to_stderr,
    new_request_id,
)

WARNING: Final = logging.WARNING
VALUES: Final = st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none())


def record(message: str, **extra: object) -> logging.LogRecord:
    """Make a record as a logger does."""
    logger = logging.getLogger("reti_graph.test")
    return logger.makeRecord(logger.name, WARNING, "f", 1, message, (), None, extra=extra)


def written(one: logging.LogRecord) -> dict[str, object]:
    """Write a record as a line, and read that."""
    found: dict[str, object] = json.loads(JsonFormatter().format(one))
    return found


def test_a_line_says_when_who_what_and_all_that_was_given() -> None:
    """In fields of their own."""
    one = record("Something happened", status=503, client="192.0.2.1", cached=True, none=None)
    one.created = 1_700_000_000.1234
    assert written(one) == {
        "time": "2023-11-14T22:13:20.123Z",
        "level": "warning",
        "logger": "reti_graph.test",
        "message": "Something happened",
        "status": 503,
        "client": "192.0.2.1",
        "cached": True,
        "none": None,
    }


def test_the_request_that_is_answered_is_named() -> None:
    """Its identifier stands in every line that is written while it is."""
    token = REQUEST_ID.set(new_request_id())
    try:
        assert written(record("x"))["request_id"] == REQUEST_ID.get()
    finally:
        REQUEST_ID.reset(token)
    assert "request_id" not in written(record("x"))


def test_an_exception_is_a_field_with_its_traceback() -> None:
    """A traceback of many lines is one line of the log."""
    try:
        raise KeyError("\n\x1b[2J")  # noqa: TRY301 - to be caught here
    except KeyError:
        one = record("Failed")
        one.exc_info = sys.exc_info()
    line = JsonFormatter().format(one)
    assert "\n" not in line
    assert re.search(r"Traceback.*KeyError", json.loads(line)["exception"], re.DOTALL)


@given(st.text(), st.dictionaries(st.text().map("x_".__add__), VALUES))
def test_whatever_is_logged_is_one_line_of_plain_ascii(
    message: str, extra: dict[str, object]
) -> None:
    """No line end, no control character and no letter that a terminal may take for one."""
    line = JsonFormatter().format(record(message.replace("%", "%%"), **extra))
    assert re.fullmatch(r"[ -~]+", line)
    assert json.loads(line)["logger"] == "reti_graph.test"


@pytest.mark.parametrize("text", ["a\nb", "\x00\x1b[31m\x7f\x9b", "\u2028\u2029", "\ud800", "é"])
def test_what_was_written_can_be_read_back(text: str) -> None:
    """Escaped, not lost."""
    found = written(record(text, field=text))
    assert (found["message"], found["field"]) == (text, text)


def test_a_field_cannot_pass_for_one_of_the_lines_own() -> None:
    """What a client sends does not change who speaks."""
    found = written(record("x", level="critical", logger="other", time="never"))
    assert (found["level"], found["logger"]) == ("warning", "reti_graph.test")
    assert found["time"] != "never"


def test_what_json_has_no_form_for_is_written_as_text() -> None:
    """Values of any type may be logged."""
    found = written(record("x", pair=("a", 1), big=float("inf")))
    assert (found["pair"], found["big"]) == ("('a', 1)", "inf")


def test_identifiers_of_requests_are_long_and_all_different() -> None:
    """Nobody guesses one."""
    many = {new_request_id() for _ in range(100)}
    assert len(many) == 100
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in many)


def test_the_log_of_problems_has_no_requests(capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody has to look at is not written; nor what clients send to the server's library."""
    with logging_to_stderr("problems"):
        logging.getLogger(ACCESS_LOGGER).info("Answered")
        logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
        logging.getLogger("reti_graph.web").warning("A worker died")
        logging.getLogger("uvicorn.error").error("A fault")
    lines = [json.loads(line)["message"] for line in capsys.readouterr().err.splitlines()]
    assert lines == ["A worker died", "A fault"]


def test_the_log_of_requests_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    """With their fields."""
    with logging_to_stderr("requests"):
        logging.getLogger(ACCESS_LOGGER).info("Answered", extra={"path": "/\n", "status": 200})
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["path"] == "/\n"


def test_nothing_is_written_any_more_after_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    """The loggers are as they were, for whoever uses the program as a library."""
    logger = logging.getLogger("reti_graph")
    before = (logger.level, logger.propagate, list(logger.handlers))
    with logging_to_stderr("requests"):
        pass
    assert (logger.level, logger.propagate, list(logger.handlers)) == before
    logger.info("Nobody hears")
    assert capsys.readouterr().err == ""
