from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.import_facts.since import Since, read_since

DATES = st.dates(min_value=dt.date(1, 1, 1)).map(dt.date.isoformat)
WORDS = st.from_regex(r"[a-z][a-z -]*", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", Since("2019")),
        ("2009-09", Since("2009-09")),
        ("2018-12-08 (founding board)", Since("2018-12-08", "founding board")),
        ("1986 (founder)", Since("1986", "founder")),
        ("by 2019-03-28", Since("2019-03-28", latest=True)),
    ],
)
def test_each_form_is_read(text: str, expected: Since) -> None:
    """A date stands alone, with words in brackets, or after "by"."""
    assert read_since(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "19",
        "2019-13",
        "2019-02-29",
        "0000",
        "2019 founder",
        "2019 (Founder)",
        "2019 ()",
        "by 2019 (founder)",
        "since 2019",
        "2019\n",
        "٢٠١٩",
        "2019-W01",
    ],
)
def test_any_other_form_is_refused(text: str) -> None:
    """What cannot be read for certain is not read at all."""
    assert read_since(text) is None


@given(DATES, st.sampled_from([4, 7, 10]), st.none() | WORDS)
def test_every_date_of_the_calendar_is_read_as_it_stands(
    day: str, length: int, note: str | None
) -> None:
    """Years, months and days keep the precision they are written with, and their words."""
    date = day[:length]
    text = date if note is None else f"{date} ({note})"
    assert read_since(text) == Since(date, note)


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever a cell holds is read, whole, or refused."""
    found = read_since(text)
    assert found is None or found.date in text
