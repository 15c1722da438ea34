from __future__ import annotations

import pytest

from reti_graph import errors
from reti_graph.errors import (
    AddressInUseError,
    BusyError,
    DataError,
    GateError,
    RetiError,
    UnknownNameError,
    UnknownThingError,
)
from reti_graph.problems import Problem, Report, Severity

TREE = errors.__doc__ or ""


def test_every_error_of_the_module_is_in_its_tree() -> None:
    """Whoever reads the docstring sees all there is to catch, and nothing more."""
    defined = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, RetiError)
    }
    drawn = {word for word in TREE.split() if word.endswith("Error")}
    assert drawn == defined


def test_an_unknown_name_comes_with_the_names_like_it() -> None:
    """The message says what was looked for, the hint what there is."""
    error = UnknownNameError("query", "netwoks", ["networks", "networks-of"])
    assert str(error) == 'There is no query "netwoks".'
    assert error.hint == "Did you mean networks or networks-of?"
    assert error.nearest == ("networks", "networks-of")


def test_an_unknown_thing_without_likeness_has_no_hint() -> None:
    """Nothing is suggested when nothing looks like it."""
    error = UnknownThingError("https://example.org/x")
    assert "https://example.org/x" in str(error)
    assert error.hint is None


@pytest.mark.parametrize(
    ("line", "column", "text"),
    [(3, 7, "Line 3, column 7: No."), (3, None, "Line 3: No."), (None, None, "No.")],
)
def test_a_refused_query_says_where(line: int | None, column: int | None, text: str) -> None:
    """The place opens the text of the error and stays out of its message."""
    error = GateError("No.", line=line, column=column)
    assert str(error) == text
    assert error.message == "No."


@pytest.mark.parametrize(("count", "words"), [(1, "1 place."), (2, "2 places.")])
def test_a_data_error_counts_violations_only(count: int, words: str) -> None:
    """Warnings are in the report and not in the count."""
    found = [Problem(str(n), Severity.VIOLATION, {"en": "bad"}) for n in range(count)]
    warning = Problem("w", Severity.WARNING, {"en": "odd"})
    error = DataError(Report((*found, warning)))
    assert str(error).endswith(words)
    assert len(error.report.problems) == count + 1


@pytest.mark.parametrize(("seconds", "words"), [(1, "1 second."), (10, "10 seconds.")])
def test_a_full_queue_says_when_to_come_back(seconds: int, words: str) -> None:
    """As a number for programs, in words for people."""
    error = BusyError(seconds)
    assert error.retry_after == seconds
    assert error.hint is not None
    assert error.hint.endswith(words)


def test_an_address_in_use_is_named_with_a_way_out() -> None:
    """The message has host and port, the hint the option to change."""
    error = AddressInUseError("127.0.0.1", 8000)
    assert "127.0.0.1:8000" in str(error)
    assert error.hint is not None
    assert "--port" in error.hint
