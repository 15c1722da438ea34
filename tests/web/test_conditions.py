from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.web.conditions import http_date, is_current, status_of

CHANGED: Final = datetime(2026, 11, 25, 12, 30, 15, tzinfo=UTC)
TAG: Final = '"abc"'
BEFORE: Final = http_date(CHANGED - timedelta(seconds=1))
THEN: Final = http_date(CHANGED)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, None),
        ({"if-none-match": TAG}, 304),
        ({"if-none-match": f'"x", W/{TAG}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"x"'}, None),
        ({"if-modified-since": THEN}, 304),
        ({"if-modified-since": BEFORE}, None),
        ({"if-match": TAG}, None),
        ({"if-match": "*"}, None),
        ({"if-match": '"x"'}, 412),
        # A weak tag is never the same to the byte.
        ({"if-match": f"W/{TAG}"}, 412),
        ({"if-unmodified-since": THEN}, None),
        ({"if-unmodified-since": BEFORE}, 412),
    ],
)
def test_a_condition_decides_between_200_304_and_412(
    headers: dict[str, str], status: int | None
) -> None:
    """Each of the four conditions of RFC 9110, 13.1."""
    assert status_of(headers, TAG, CHANGED) == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        # A tag outweighs a date, both ways (13.2.2).
        ({"if-none-match": '"x"', "if-modified-since": THEN}, None),
        ({"if-none-match": TAG, "if-modified-since": BEFORE}, 304),
        ({"if-match": TAG, "if-unmodified-since": BEFORE}, None),
        ({"if-match": '"x"', "if-none-match": TAG}, 412),
        ({"if-match": TAG, "if-none-match": TAG}, 304),
    ],
)
def test_conditions_are_looked_at_in_the_standards_order(
    headers: dict[str, str], status: int | None
) -> None:
    """RFC 9110, 13.2.2."""
    assert status_of(headers, TAG, CHANGED) == status


@given(st.text(max_size=40))
def test_a_date_that_is_none_is_no_condition(text: str) -> None:
    """Whatever is written there, nothing fails and nothing is held back that was not asked to."""
    for name in ("if-modified-since", "if-unmodified-since"):
        assert status_of({name: f"x{text}"}, TAG, CHANGED) is None


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2999, 1, 1)))  # noqa: DTZ001
def test_what_is_sent_as_last_modified_is_not_sent_again(moment: datetime) -> None:
    """The date that a client got is a date after which nothing changed."""
    changed = moment.replace(tzinfo=UTC)
    assert status_of({"if-modified-since": http_date(changed)}, TAG, changed) == 304


@pytest.mark.parametrize(
    ("validator", "holds"),
    [
        (None, True),
        (TAG, True),
        (f" {TAG} ", True),
        (THEN, True),
        (BEFORE, False),
        # What is only weakly the same may differ in some bytes.
        (f"W/{TAG}", False),
        ('"x"', False),
        ("*", False),
        (f'"x", {TAG}', False),
        ("soon", False),
    ],
)
def test_a_range_is_sent_of_what_the_client_has_already(
    validator: str | None, *, holds: bool
) -> None:
    """If-Range names one tag or one date (RFC 9110, 13.1.5)."""
    assert is_current(validator, TAG, CHANGED) is holds
