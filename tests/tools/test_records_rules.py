from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

import pytest

from tools.import_facts.record_rows import COLUMNS
from tools.import_facts.records import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tools.import_facts.records import Records

TABLES: Final = """
leave = []
row = []
new = {}

[things]
Forum = "network:forum"

[cities]
"7" = "city:turin"
"""

SOURCES: Final = """
collected = "2026-11-22"
rights = { it = "Non si sa.", en = "Not known." }

[[source]]
cited = ["a page"]
slug = "a-page"
title = { it = "Una pagina", en = "A page" }
languages = ["en"]
"""

QID: Final = "http://www.wikidata.org/entity/Q1"
BODIES: Final = "http://publications.europa.eu/resource/authority/corporate-body/"
GOOD: Final = ("Forum", "inception", "1990", "a page", "from 1990", "high")


def loaded(folder: Path, *rows: Sequence[str]) -> Records:
    """Load rows with the tables above."""
    (folder / "records.toml").write_text(TABLES, encoding="utf-8")
    (folder / "record-sources.toml").write_text(SOURCES, encoding="utf-8")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return load(folder / "rows.csv", folder)


@pytest.mark.parametrize(
    ("property_", "value", "confidence", "slug", "said"),
    [
        ("ROR", "https://ror.org/0438wbg98", "high", "forum-ror", "owl:sameAs ror:0438wbg98"),
        ("Wikidata", QID, "high", "forum-wikidata", "owl:sameAs wikidata:Q1"),
        ("Wikidata", QID, "medium", "forum-wikidata", "skos:closeMatch wikidata:Q1"),
        ("ISNI", "0000 0001 2159 007X", "high", "forum-isni", 'reti:isni "000000012159007X"'),
        (
            "EU authority IRI",
            f"{BODIES}COM",
            "high",
            "forum-eu-authority",
            f"owl:sameAs <{BODIES}COM>",
        ),
        (
            "headquarters location (GeoNames)",
            "https://sws.geonames.org/7/",
            "high",
            "forum-seat",
            "reti:seat city:turin",
        ),
        (
            "headquarters",
            "Turin (https://sws.geonames.org/7/)",
            "high",
            "forum-seat",
            "reti:seat city:turin",
        ),
    ],
)
def test_a_property_with_one_form_needs_no_table(
    tmp_path: Path, property_: str, value: str, confidence: str, slug: str, *, said: str
) -> None:
    """Identifiers and seats are said of the thing, as surely as the row is sure."""
    records = loaded(tmp_path, ("Forum", property_, value, "a page", "words", confidence))
    assert records.problems == ()
    (passage,) = records.passages
    assert (passage.slug, passage.says) == (slug, {"network:forum": (said,)})


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("1990", '"1990"^^xsd:gYear'),
        ("1990-10", '"1990-10"^^xsd:gYearMonth'),
        ("1990-10-31", '"1990-10-31"^^xsd:date'),
    ],
)
def test_a_founding_keeps_the_precision_of_its_date(tmp_path: Path, value: str, time: str) -> None:
    """A date gives a founding of the source's own, dated as precisely as the row is."""
    (passage,) = loaded(tmp_path, ("Forum", "inception", value, "a page", "w", "high")).passages
    assert passage.says == {
        "founding:a-page--forum": (
            "a reti:Founding",
            "org:resultingOrganization network:forum",
            f"reti:date {time}",
        )
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("Forum", "ROR", "x", "a page", "w", "high"), 'The value "x" of "ROR" should be an IRI'),
        (("Forum", "ISNI", "1234", "a page", "w", "high"), "should be four groups of four digits"),
        (
            ("Forum", "inception", "2015-13", "a page", "w", "high"),
            "should be a year, month or day",
        ),
        (("Forum", "Wikidata", f"{QID}x", "a page", "w", "high"), "should be an IRI of Wikidata"),
        (("Forum", "EU authority IRI", f"{BODIES}CONSIL", "a page", "w", "high"), "than CONSIL"),
        (("Forum", "headquarters", "Turin", "a page", "w", "high"), "should be a city and its IRI"),
        (
            ("Forum", "headquarters", "Rome (https://sws.geonames.org/9/)", "a page", "w", "high"),
            'The tables know no place "9"; add it to "cities".',
        ),
        (("Forum", "colour", "red", "a page", "w", "high"), 'No rule and no table says what "col'),
        (("Club", "inception", "1990", "a page", "w", "high"), 'The tables know no entity "Club"'),
        (("Forum", "inception", "1991", "a book", "w", "high"), 'know no source "a book"'),
        (("Forum", "inception", "1991", "", "w", "high"), "The value has no source"),
        (("Forum", "inception", "1991", "a page", " ", "high"), "The value has no evidence"),
        (("Forum", "inception", "1991", "a page", "w", "sure"), 'The confidence "sure" is not'),
        (("", "inception", "1991", "a page", "w", "high"), "does not say what it is about"),
        (("Forum", "inception", "1991", "a page", "w"), "fields instead of 6"),
        (("Forum", "inception", "1991", "a page", "w", "high", "more"), "fields instead of 6"),
        (("Forum", "ROR", "https://ror.org/0438wbg98", "a page", "w " * 26, "high"), "than 25 wo"),
        (GOOD, "The row repeats line 2;"),
    ],
)
def test_a_bad_row_is_reported_and_stops_no_other(
    tmp_path: Path, row: Sequence[str], said: str
) -> None:
    """The problem has file and line, in both languages; the row before it and after it stand."""
    after = ("Forum", "Wikidata", QID, "a page", "id Q1", "high")
    records = loaded(tmp_path, GOOD, row, after)
    (found,) = records.problems
    assert said in found.messages["en"]
    assert found.messages["it"]
    assert str(found.location) == "rows.csv:3"
    assert [passage.slug for passage in records.passages] == ["forum-founding", "forum-wikidata"]
    assert records.taken == (2, 4)
