from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.errors import SettingsError
from reti_graph.sources.dates import Recorded
from reti_graph.sources.dates_file import parse_dates, read_dates, today, write_dates

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = "0123456789abcdef" * 4
GOOD = f"""
[ontology]
issued = 2026-11-26
modified = 2026-12-01
sha256 = "{DIGEST}"
"""
SOURCE = GOOD.replace("[ontology]", '["source/milan-page"]')

_slugs = st.text(st.characters(codec="utf-8", exclude_characters="/\n"), min_size=1, max_size=8)
_parts = st.sampled_from(["ontology", "queries", "rules", "shapes"]) | _slugs.map(
    "source/{}".format
)
_records = st.builds(
    lambda days, digest: Recorded(min(days), max(days), digest),
    st.tuples(st.dates(), st.dates()),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)


def places(text: str) -> list[str]:
    """List the places of what is wrong with a text."""
    return [str(problem.location) for problem in parse_dates(text)[1]]


@given(st.dictionaries(_parts, _records))
def test_what_is_written_is_read_again(recorded: dict[str, Recorded]) -> None:
    """Whatever a folder of data is called, its dates are found again."""
    assert parse_dates(write_dates(recorded)) == (recorded, ())


@given(st.dictionaries(_parts, _records))
def test_the_text_does_not_depend_on_the_order(recorded: dict[str, Recorded]) -> None:
    """Two clones write the same bytes."""
    other = dict(reversed(recorded.items()))
    assert write_dates(other) == write_dates(recorded)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing that somebody writes ends the program."""
    recorded, problems = parse_dates(text)
    assert not recorded
    assert all(problem.location for problem in problems)


def test_the_file_looks_like_this() -> None:
    """A heading says who writes it; parts stand in order of name."""
    recorded = Recorded(date(2026, 11, 26), date(2026, 12, 1), DIGEST)
    written = write_dates({"source/milan-page": recorded, "ontology": recorded})
    head, rest = written.split("\n", 1)
    assert head.startswith("# ")
    assert "`reti-graph fmt`" in head
    assert rest == GOOD + SOURCE


def test_an_empty_file_is_a_beginning() -> None:
    """Nothing is recorded, and nothing is wrong."""
    assert parse_dates("") == ({}, ())


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("issued = 2026-11-26", "issued = 2026-12-02", 4, "before it was first published"),
        ("issued = 2026-11-26", 'issued = "2026-11-26"', 3, "Expected `date`, got `str`"),
        ("issued = 2026-11-26", "issued = 2026-11-26T00:00:00", 3, "got `datetime`"),
        ("issued = 2026-11-26\n", "", 2, "missing required field `issued`"),
        (DIGEST, DIGEST[1:], 5, "matching regex"),
        (DIGEST, DIGEST.upper(), 5, "matching regex"),
        ("sha256", "sha", 2, "`sha"),
        (f'sha256 = "{DIGEST}"', "sha256 = 1", 5, "Expected `str`, got `int`"),
        ("2026-12-01", "2026-13-01", "4:16", "not TOML"),
        ("modified = ", "<<<<<<< ours\nmodified = ", "4:1", "not TOML"),
    ],
)
@pytest.mark.parametrize("text", [GOOD, SOURCE])
def test_what_will_not_do_is_found_with_its_line(
    text: str, old: str, new: str, place: int | str, words: str
) -> None:
    """The table is left out; the message says why, and the hint how to mend it."""
    recorded, [problem] = parse_dates(text.replace(old, new))
    assert recorded == {}
    assert (problem.code, str(problem.location)) == ("wrong-dates", f"modified.toml:{place}")
    assert words in problem.messages["en"]
    assert set(problem.messages) == {"it", "en"}
    assert "reti-graph fmt" in (problem.hint or "")


@pytest.mark.parametrize("name", ["ontolgy", '"source/"', '"source/a/b"', '"data/c40"', "checks"])
def test_a_table_of_no_part_is_found(name: str) -> None:
    """A slip is not taken for a part that is gone."""
    assert places(GOOD.replace("ontology", name)) == ["modified.toml:2"]


def test_a_value_that_is_no_table_is_found() -> None:
    """A part has three keys."""
    assert places("rules = 2026-11-26\n") == ["modified.toml:1"]


def test_all_tables_are_looked_at() -> None:
    """The first mistake does not hide the next, and good tables are read."""
    bad = GOOD.replace("2026", "1")
    text = GOOD + SOURCE.replace("issued", "isued") + GOOD.replace("ontology", "zzz")
    recorded, problems = parse_dates(text)
    assert set(recorded) == {"ontology"}
    assert [problem.location.line for problem in problems if problem.location] == [7, 12]
    assert places(bad) == ["modified.toml:3:11"]


def test_a_site_need_not_keep_dates(tmp_path: Path) -> None:
    """Nothing is recorded, and nothing is wrong."""
    assert read_dates(tmp_path) == ({}, ())


def test_the_file_of_a_site_is_read(tmp_path: Path) -> None:
    """It stands beside reti.toml."""
    (tmp_path / "modified.toml").write_text(GOOD)
    assert read_dates(tmp_path) == parse_dates(GOOD)
    assert parse_dates(GOOD)[0]["ontology"].dated.modified == date(2026, 12, 1)


def test_what_cannot_be_read_is_found(tmp_path: Path) -> None:
    """Bytes that are no text, a folder, a pipe and a link to nowhere are told apart."""
    path = tmp_path / "modified.toml"

    def code() -> str:
        recorded, [problem] = read_dates(tmp_path)
        assert recorded == {}
        assert problem.location
        assert problem.location.file == "modified.toml"
        return problem.code

    path.write_bytes(b"\xff")
    assert code() == "not-utf-8"
    path.unlink()
    path.mkdir()
    assert code() == "not-regular-file"
    path.rmdir()
    os.mkfifo(path)
    assert code() == "not-regular-file"
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    assert code() == "unreadable-file"


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("1795651199", date(2026, 11, 25)),
        ("1795651200", date(2026, 11, 26)),
        ("253402300799", date(9999, 12, 31)),
    ],
)
def test_source_date_epoch_says_what_is_today(seconds: str, day: date) -> None:
    """It counts seconds, and days begin at midnight in UTC."""
    assert today({"SOURCE_DATE_EPOCH": seconds}) == day


@pytest.mark.parametrize(
    "given_text",
    ["", "now", "1.5", "-1", "+1", " 1", "1\n", "١", "1_0", "253402300800", "9" * 13, "9" * 5000],
)
def test_any_other_source_date_epoch_is_refused(given_text: str) -> None:
    """The message names the variable and says what it takes."""
    with pytest.raises(SettingsError, match=r"^SOURCE_DATE_EPOCH: .*seconds since 1970") as caught:
        today({"SOURCE_DATE_EPOCH": given_text})
    assert caught.value.hint


def test_without_it_today_is_a_day_of_the_clock() -> None:
    """It is not in the year that a wrong unit would give."""
    assert today({"SOURCE_DATE": "0"}) > date(2025, 1, 1)
