from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reti_graph.sources.dates import Dated, part_of, renewed
from reti_graph.sources.dates_file import write_dates
from reti_graph.sources.site import EXAMPLES, SHAPES, read_site

SMALL_SITE = Path(__file__).parents[2] / "assets" / "small_site"
LEAP_DAY = date(2020, 2, 29)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the folder of a site that recorded all its parts as new on a day."""
    root = tmp_path / "site"
    shutil.copytree(SMALL_SITE, root)
    names = (path.relative_to(root).as_posix() for path in root.rglob("*.*"))
    texts = {name: (root / name).read_text("utf-8") for name in names if part_of(name)}
    (root / "modified.toml").write_text(write_dates(renewed({}, texts, LEAP_DAY)))
    return root


def test_a_site_has_the_dates_it_recorded(root: Path) -> None:
    """All its parts have them, whenever the clone was made."""
    site, problems = read_site(root)
    assert problems == ()
    assert site.dates == dict.fromkeys(
        ("ontology", "queries", "rules", "shapes", "source/page"), Dated(LEAP_DAY, LEAP_DAY)
    )


def test_an_edited_part_has_the_day_of_its_newest_file(root: Path) -> None:
    """Serving a site that is being edited tells the truth too; checks are in no part."""
    for file in (root / "queries" / "members.rq", *(root / "shapes" / "checks").iterdir()):
        file.write_text("# new")
        written = datetime(2026, 12, 1, tzinfo=UTC).timestamp()
        os.utime(file, (written, written))
    for file in set((root / "queries").iterdir()) - {root / "queries" / "members.rq"}:
        os.utime(file, (1000, 1000))
    dates = dict(read_site(root)[0].dates)
    assert dates.pop("queries") == Dated(LEAP_DAY, date(2026, 12, 1))
    assert {dated.modified for dated in dates.values()} == {LEAP_DAY}


def test_dates_do_not_depend_on_what_is_left_unread(root: Path) -> None:
    """Examples are in no part; shapes that were not read have no dates."""
    # The shape is the same as an example: where both are read, one is left out as a copy.
    example = next((root / "shapes" / "examples").rglob("valid-*.ttl"))
    shutil.copy(root / "shapes" / "network.ttl", example)
    dates = read_site(root)[0].dates
    assert dates["shapes"] == Dated(LEAP_DAY, LEAP_DAY)
    assert read_site(root, without=EXAMPLES)[0].dates == dates
    without = read_site(root, without=SHAPES)[0].dates
    assert without == {part: dated for part, dated in dates.items() if part != "shapes"}


def test_recorded_dates_that_cannot_be_used_are_a_problem(root: Path) -> None:
    """The site has dates all the same: those of its files."""
    (root / "modified.toml").write_text("[rules]\nissued = 1\n")
    site, [problem] = read_site(root)
    assert (problem.code, str(problem.location)) == ("wrong-dates", "modified.toml:2")
    assert set(site.dates) == {"ontology", "queries", "rules", "shapes", "source/page"}
