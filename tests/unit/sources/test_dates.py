from __future__ import annotations

import hashlib
import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.sources.dates import Dated, Recorded, dates_of, part_of, renewed, text_sum

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

DAY, NEXT_DAY = date(2026, 11, 26), date(2026, 11, 27)
NAMES = (
    "data/c40/a.trig",
    "data/c40/more/a.trig",
    "data/efus/a.trig",
    "ontology/a.ttl",
    "ontology/schemes/a.ttl",
    "ontology/rules/a.ru",
    "queries/a.rq",
    "shapes/a.ttl",
)
DIGEST = "0" * 64

texts = st.dictionaries(st.sampled_from(NAMES), st.text(st.characters(codec="utf-8"), max_size=3))


def write(root: Path, name: str, text: str, day: date = DAY) -> None:
    """Write a file as if on that day, in its last second."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    written = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC).timestamp()
    os.utime(path, (written, written))


def sums(**texts: str) -> dict[str, str]:
    """Return the sums of the texts of queries by the names of their files."""
    return {f"queries/{name}.rq": text_sum(text) for name, text in texts.items()}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("data/milan-page/networks.trig", "source/milan-page"),
        ("data/milan-page/more/networks.trig", "source/milan-page"),
        ("data/c40.trig", "source/c40"),
        ("ontology/schemes/roles.ttl", "ontology"),
        ("ontology/rules/direct.ru", "rules"),
        ("ontology/contexts/0.jsonld", None),
        ("shapes/city.ttl", "shapes"),
        ("shapes/checks/quotes.rq", None),
        ("shapes/examples/city/valid-milan.ttl", None),
        ("queries/founders.rq", "queries"),
        ("queries/README.md", None),
        ("data/milan-page/notes.txt", None),
        ("reti.toml", None),
        ("modified.toml", None),
    ],
)
def test_a_file_belongs_to_the_part_of_its_folder(name: str, part: str | None) -> None:
    """What is published with no dataset, or is not read at all, belongs to none."""
    assert part_of(name) == part


def test_a_digest_is_that_of_a_list_that_others_can_make() -> None:
    """The record has what `sha256sum data/c40/*.trig | sha256sum` prints."""
    given_texts = {"data/c40/b.trig": "b\n", "data/c40/a.trig": "a\n"}
    listed = "".join(
        f"{hashlib.sha256(given_texts[name].encode()).hexdigest()}  {name}\n"
        for name in sorted(given_texts)
    )
    record = renewed({}, given_texts, DAY)["source/c40"]
    assert record.sha256 == hashlib.sha256(listed.encode()).hexdigest()


@given(texts)
def test_a_new_part_is_issued_and_modified_today(given_texts: dict[str, str]) -> None:
    """Each part that has a file is recorded, and no other."""
    record = renewed({}, given_texts, DAY)
    assert set(record) == {part_of(name) for name in given_texts}
    assert {known.dated for known in record.values()} <= {Dated(DAY, DAY)}


@given(texts, st.randoms(use_true_random=False))
def test_the_record_of_what_did_not_change_stays(
    given_texts: dict[str, str], random: Random
) -> None:
    """Neither the day nor the order in which the disk lists the files changes it."""
    record = renewed({}, given_texts, DAY)
    names = list(given_texts)
    random.shuffle(names)
    assert renewed(record, {name: given_texts[name] for name in names}, NEXT_DAY) == record


def test_a_clone_with_other_ends_of_lines_is_the_same() -> None:
    """Git may write them as the system has them."""
    record = renewed({}, {"queries/a.rq": "ASK\n{}\n"}, DAY)
    assert renewed(record, {"queries/a.rq": "ASK\r\n{}\r\n"}, NEXT_DAY) == record
    assert renewed(record, {"queries/a.rq": "ASK\n\n{}\n"}, NEXT_DAY) != record


@given(texts, texts)
def test_only_parts_with_other_names_or_texts_changed(
    before: dict[str, str], after: dict[str, str]
) -> None:
    """A changed part keeps the day it was first published; a part that is gone is dropped."""

    def files(all_texts: dict[str, str], part: str) -> dict[str, str]:
        return {
            name: text.replace("\r\n", "\n")
            for name, text in all_texts.items()
            if part_of(name) == part
        }

    record = renewed({}, before, DAY)
    again = renewed(record, after, NEXT_DAY)
    assert set(again) == {part_of(name) for name in after}
    for part, known in again.items():
        same = files(before, part) == files(after, part)
        new = part not in record
        assert known.dated == Dated(NEXT_DAY if new else DAY, DAY if same else NEXT_DAY)
        assert (not new and known.sha256 == record[part].sha256) == same


def test_a_file_that_moved_changes_both_parts() -> None:
    """The name of a file counts as its text does."""
    record = renewed({}, {"data/a/x.trig": "x", "data/b/y.trig": "y"}, DAY)
    moved = renewed(record, {"data/a/x.trig": "x", "data/a/y.trig": "y"}, NEXT_DAY)
    assert {part: known.modified for part, known in moved.items()} == {"source/a": NEXT_DAY}


def test_a_date_never_goes_back() -> None:
    """A clock or a SOURCE_DATE_EPOCH of yesterday gives no part that changed before it was."""
    record = {"queries": Recorded(NEXT_DAY, NEXT_DAY, DIGEST)}
    known = renewed(record, {"queries/a.rq": "a"}, DAY)["queries"]
    assert known.dated == Dated(NEXT_DAY, NEXT_DAY)


def test_what_is_recorded_and_true_is_given(tmp_path: Path) -> None:
    """The clone's own times do not matter."""
    write(tmp_path, "queries/a.rq", "a", day=date(2030, 1, 1))
    record = renewed({}, {"queries/a.rq": "a"}, DAY)
    assert dates_of(tmp_path, sums(a="a"), record) == {"queries": Dated(DAY, DAY)}


def test_an_edited_part_changed_when_its_newest_file_was_written(tmp_path: Path) -> None:
    """The day is that of UTC; the part keeps the day it was first published."""
    write(tmp_path, "queries/a.rq", "new", day=NEXT_DAY)
    write(tmp_path, "queries/b.rq", "b", day=DAY)
    record = {"queries": Recorded(date(2026, 1, 1), date(2026, 2, 1), DIGEST)}
    dates = dates_of(tmp_path, sums(a="new", b="b"), record)
    assert dates == {"queries": Dated(date(2026, 1, 1), NEXT_DAY)}


def test_an_edit_is_no_older_than_what_was_recorded_before_it(tmp_path: Path) -> None:
    """Files unpacked with older times, or one taken away, do not move the date back."""
    write(tmp_path, "queries/a.rq", "a", day=date(2020, 1, 1))
    record = {"queries": Recorded(DAY, NEXT_DAY, DIGEST)}
    assert dates_of(tmp_path, sums(a="a"), record) == {"queries": Dated(DAY, NEXT_DAY)}


def test_an_unrecorded_part_was_published_when_it_was_written(tmp_path: Path) -> None:
    """A site without a record has dates as well; what is recorded but gone has none."""
    write(tmp_path, "data/c40/a.trig", "a")
    record = {"source/gone": Recorded(DAY, DAY, DIGEST)}
    dates = dates_of(tmp_path, {"data/c40/a.trig": text_sum("a"), "reti.toml": ""}, record)
    assert dates == {"source/c40": Dated(DAY, DAY)}
