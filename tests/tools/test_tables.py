from __future__ import annotations

from pathlib import Path

import pytest

from reti_graph.errors import SettingsError
from tests.tools.example_tables import LISTS, PLACES
from tests.tools.facts import tables
from tools.import_facts.tables import read_tables

OWN = Path(__file__).parents[2] / "tools" / "import_facts" / "tables"


def test_the_projects_own_tables_are_good() -> None:
    """They are read without a finding, and every list has its source."""
    found = read_tables(OWN)
    assert len(found.lists.lists) > 20
    assert all(entry.source.pages for entry in found.lists.lists)


def test_a_source_has_the_rights_and_last_day_of_the_table(tmp_path: Path) -> None:
    """Where an entry says nothing, what the table says holds."""
    table = tables(tmp_path).lists
    undated, limited = (
        table.described(table.lists[2].source),
        table.described(table.lists[1].source),
    )
    assert (undated.not_before, undated.not_after) == (None, "2026-11-22")
    assert (limited.not_before, limited.not_after) == ("2019", "2026-11-22")
    assert table.described(table.lists[0].source).not_after is None
    assert undated.rights.en == "Not known."
    assert table.described(table.geonames).license == "https://example.org/licence"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('network = "Beta"', 'network = "Beta"\ncolour = "red"', "unknown field `colour`"),
        ('completeness = "unstated"', 'completeness = "whole"', "Invalid enum value 'whole'"),
        ('slug = "delta-page"', 'slug = "Delta Page"', "matching regex"),
        ('target = "network:beta"', 'target = "beta"', "matching regex"),
        ('founder = "founding"', 'founder = "what"', "Invalid enum value 'what'"),
        ('quote = "gli aderenti"', 'quote = "aderenti tutti"', "beta-page/members is not in"),
        ('slug = "beta-page"', 'slug = "alpha-page"', "two lists are called alpha-page/members"),
        ('quote = "more.csv"', 'quote = "less.csv"', "the quote of more is not in"),
        ('source_of = "store"', 'source_of = "shop"', "more needs a source"),
        ('source_of = "store"', "", "more needs a source"),
        ('languages = ["it"]\npages', "languages = []\npages", "beta-page/members has no language"),
    ],
)
def test_what_is_wrong_with_the_lists_is_told(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    """A slip of the pen is refused before any row is read."""
    assert LISTS.count(old) >= 1
    with pytest.raises(SettingsError, match=words):
        tables(tmp_path, {"lists.toml": LISTS.replace(old, new)})


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "region"', 'kind = "county"', "Invalid enum value 'county'"),
        ('country = "TR"', 'land = "TR"', "unknown field `land`"),
        ("[slugs]", "[slugs", "this is not TOML"),
    ],
)
def test_what_is_wrong_with_the_places_is_told(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    """A slip of the pen is refused before any row is read."""
    with pytest.raises(SettingsError, match=words):
        tables(tmp_path, {"places.toml": PLACES.replace(old, new)})


def test_a_quote_may_be_read_off_an_address(tmp_path: Path) -> None:
    """There, hyphens stand for spaces."""
    changed = LISTS.replace('quote = "gli aderenti"', 'quote = "la lista di beta"').replace(
        '"https://example.org/beta"', '"https://example.org/la-lista-di-beta"'
    )
    assert tables(tmp_path, {"lists.toml": changed}).lists.lists[2].quote == "la lista di beta"
