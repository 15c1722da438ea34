from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reti_graph.errors import CallError, SettingsError
from tools.import_facts.graph import Kind, Words
from tools.import_facts.record_rows import COLUMNS
from tools.import_facts.records import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tools.import_facts.records import Records

ROOT: Final = Path(__file__).resolve().parents[2]

# One table of each kind, with a rule's thing, a row read by hand, one left out and one in part.
TABLES: Final = """
[things]
Forum = "network:forum"
Mara = "person:mara"

[cities]
"7" = "city:turin"

[new."person:mara"]
class = "foaf:Person"
label = "Mara Rossi"

[[leave]]
properties = ["website"]
reason = "websites are not taken"

[[row]]
entity = "Mara"
property = "mayor"
value = "2001 / 2006, and later"
slug = "mara-mayor"
partly = "no time is stated for later"
[[row.says]]
type = "term"
person = "person:mara"
office = "office:mayor"
since = "2001"
until = "2006"

[[row]]
entity = "Mara"
property = "mayor"
value = "2001 / 2006, and later"
slug = "mara-mayor-record"
quote = "value"
read_with = ["mara-mayor"]
says = [{ type = "term", person = "person:mara", office = "office:mayor", until = "2006" }]
"""

SOURCES: Final = """
collected = "2026-11-22"
rights = { it = "Non si sa.", en = "Not known." }

[[source]]
cited = ["a page", "the same page"]
slug = "a-page"
title = { it = "Una pagina", en = "A page" }
languages = ["en"]
pages = ["https://example.org/page"]

[[source]]
cited = ["a register"]
slug = "a-register"
title = { it = "Un registro", en = "A register" }
languages = ["en"]
issued = "2020"
publisher = "network:forum"
description = { it = "Copia.", en = "A copy." }
rights = { it = "Liberi.", en = "Free." }
register = true
"""

MAYOR: Final = ("Mara", "mayor", "2001 / 2006, and later", "a page", "Mara Rossi was it", "high")
WEBSITE: Final = ("Forum", "website", "https://example.org/", "a page", "host", "high")
WIKIDATA: Final = "http://www.wikidata.org/entity/Q1"
WHOLE: Final = (MAYOR, WEBSITE)
"""Rows that use all that the tables hold but the register and the second name of the page."""

Load: TypeAlias = "Callable[..., Records]"


def write(folder: Path, rows: Sequence[Sequence[str]], tables: str, sources: str) -> Path:
    """Write rows and tables into a folder, and give the file of the rows."""
    (folder / "records.toml").write_text(tables, encoding="utf-8")
    (folder / "record-sources.toml").write_text(sources, encoding="utf-8")
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


@pytest.fixture
def given_rows(tmp_path: Path) -> Load:
    """Load rows with the tables above, or others."""

    def loaded(*rows: Sequence[str], tables: str = TABLES, sources: str = SOURCES) -> Records:
        return load(write(tmp_path, rows, tables, sources), tmp_path)

    return loaded


def of_rows(records: Records) -> list[tuple[int, str]]:
    """List line and English message of the problems that rows have."""
    return [
        (found.location.line, found.messages["en"])
        for found in records.problems
        if found.location and found.location.line
    ]


def test_a_row_of_the_table_says_what_the_table_has_it_say(given_rows: Load) -> None:
    """A row read by hand gives its passages, with the words of the row and nothing else."""
    records = given_rows(*WHOLE)
    words, record = records.passages
    assert (words.source, words.slug, words.language) == ("a-page", "mara-mayor", "en")
    assert (words.quote, words.kind, words.read_with) == ("Mara Rossi was it", Kind.WORDS, ())
    assert words.says == {
        "term-of-office:a-page--mara--mayor": (
            "a reti:TermOfOffice",
            "reti:holder person:mara",
            "reti:heldOffice office:mayor",
            'reti:since "2001"^^xsd:gYear',
            'reti:until "2006"^^xsd:gYear',
        ),
        "person:mara": ("a foaf:Person", 'rdfs:label "Mara Rossi"@en'),
    }
    assert (record.quote, record.kind) == ("2001 / 2006, and later", Kind.RECORD)
    assert record.read_with == ("mara-mayor",)


def test_every_row_is_taken_or_left_out_with_its_reason(given_rows: Load) -> None:
    """The report has each row once, and what is missing of a row that was taken."""
    empty = ("Forum", "Wikidata", "", "", "NOT FOUND", "")
    low = ("Forum", "inception", "1990", "a page", "from 1990", "low")
    medium = ("Forum", "inception", "1991", "a page", "from 1991", "medium")
    records = given_rows(*WHOLE, empty, low, medium)
    assert records.taken == (2,)
    assert [(left.line, left.property, left.reason) for left in records.left_out] == [
        (2, "mayor", "in part: no time is stated for later"),
        (3, "website", "websites are not taken"),
        (4, "Wikidata", "the collectors looked for it and did not find it"),
        (5, "inception", "the collectors are not sure enough of it (confidence low)"),
        (6, "inception", "the collectors are not sure enough of it (confidence medium)"),
    ]
    assert of_rows(records) == []


def test_an_entry_of_a_register_is_a_record(given_rows: Load) -> None:
    """What a register holds is quoted as a record, without a word about it in the table."""
    records = given_rows(("Forum", "Wikidata", WIKIDATA, "a register", "id Q1", "high"))
    assert [(found.quote, found.kind) for found in records.passages] == [("id Q1", Kind.RECORD)]


def test_only_sources_that_say_something_are_given(given_rows: Load) -> None:
    """A source has its own date and rights, or those the table gives where it has none."""
    (page,) = given_rows(*WHOLE).sources
    assert (page.slug, page.title) == ("a-page", Words("Una pagina", "A page"))
    assert (page.not_after, page.issued) == ("2026-11-22", None)
    assert page.rights == Words("Non si sa.", "Not known.")
    register = given_rows(("Forum", "Wikidata", WIKIDATA, "a register", "id", "high")).sources[0]
    assert (register.issued, register.not_after) == ("2020", None)
    assert (register.rights, register.publisher) == (Words("Liberi.", "Free."), "network:forum")
    assert register.description == Words("Copia.", "A copy.")


def test_a_name_is_given_only_where_the_row_has_it(given_rows: Load) -> None:
    """A passage whose row does not have a new thing's name says its class only."""
    row = (*MAYOR[:4], "she was it", "high")
    says = given_rows(row).passages[0].says
    assert says["person:mara"] == ("a foaf:Person",)


def test_rows_with_the_same_words_make_one_passage(given_rows: Load) -> None:
    """Two rows with one slug and one quote say what they say together."""
    placed = """
[[row]]
entity = "Forum"
property = "place"
value = "Turin"
slug = "forum-founding"
says = [{ type = "founding", place = "city:turin" }]
"""
    date = ("Forum", "inception", "1990", "a page", "Turin 1990", "high")
    place = ("Forum", "place", "Turin", "the same page", "Turin 1990", "high")
    records = given_rows(*WHOLE, date, place, tables=TABLES + placed)
    assert records.passages[-1].says["founding:a-page--forum"] == (
        "a reti:Founding",
        "org:resultingOrganization network:forum",
        'reti:date "1990"^^xsd:gYear',
        "reti:place city:turin",
    )
    assert records.taken == (2, 4, 5)
    assert records.needed == {"7": "city:turin"}


def test_rows_with_other_words_do_not_share_a_passage(given_rows: Load) -> None:
    """A second quote under a name that is taken is a problem of its row."""
    first = ("Forum", "inception", "1990", "a page", "from 1990", "high")
    second = ("Forum", "inception", "1991", "a page", "from 1991", "high")
    records = given_rows(first, second)
    assert of_rows(records) == [
        (3, "The passage a-page/forum-founding already has other words; give it another slug.")
    ]
    assert [found.quote for found in records.passages] == ["from 1990"]
    assert records.taken == (2,)


def test_what_no_row_asks_for_is_a_problem_of_the_table(given_rows: Load) -> None:
    """An entry that matches nothing is named, with the table it stands in."""
    records = given_rows(("Forum", "Wikidata", WIKIDATA, "a page", "id", "high"))
    found = [(str(problem.location), problem.messages["en"]) for problem in records.problems]
    matches = "correct it or take it out."
    assert ("records.toml", f'No row matches "Mara" (things); {matches}') in found
    assert ("records.toml", f'No row matches "websites are not taken" (leave); {matches}') in found
    row = "Mara, mayor, 2001 / 2006, and later"
    assert ("records.toml", f'No row matches "{row}" (row); {matches}') in found
    citation = f'No row matches "a register" (source); {matches}'
    assert ("record-sources.toml", citation) in found


@pytest.mark.parametrize(
    ("tables", "sources", "said"),
    [
        (TABLES + "\n[more]\n", SOURCES, "records.toml: Object contains unknown field `more`"),
        (TABLES, SOURCES + 'licence = "?"\n', "record-sources.toml: Object contains unknown"),
        (TABLES.replace('"2001"', '"2001-13"'), SOURCES, "records.toml: Expected `str` matching"),
        (TABLES.replace('"term"', '"reign"'), SOURCES, "records.toml: Invalid value 'reign'"),
        ("[things", SOURCES, "records.toml"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    given_rows: Load, tables: str, sources: str, said: str
) -> None:
    """An unknown key, a date that is none or broken TOML stop the import before anything else."""
    with pytest.raises(SettingsError) as refused:
        given_rows(*WHOLE, tables=tables, sources=sources)
    assert said in refused.value.message


def test_other_columns_are_refused(tmp_path: Path) -> None:
    """A file with other columns is not taken for rows without values."""
    path = write(tmp_path, [], TABLES, SOURCES)
    path.write_text("entity,value\nForum,1990\n", encoding="utf-8")
    with pytest.raises(CallError, match=r"rows\.csv:1: The columns should be entity, prop"):
        load(path, tmp_path)


cells = st.one_of(
    st.sampled_from(["Forum", "Mara", "mayor", "inception", "1990", "a page", "high", "low", ""]),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=4),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(cells, min_size=1, max_size=7), max_size=5))
def test_no_row_is_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Whatever the cells hold, every line is taken, left out or a problem, and only one of them."""
    folder = tmp_path_factory.mktemp("rows")
    records = load(write(folder, rows, TABLES, SOURCES), folder)
    whole = [left.line for left in records.left_out if not left.reason.startswith("in part")]
    lines = [*records.taken, *whole, *(line for line, _ in of_rows(records))]
    assert sorted(lines) == list(range(2, len(rows) + 2))


def test_what_is_said_is_turtle(given_rows: Load) -> None:
    """Every subject and what is said of it can be read with the prefixes of the site."""
    prefixes = tomllib.loads((ROOT / "reti.toml").read_text(encoding="utf-8"))["prefixes"]
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    records = given_rows(*WHOLE, ("Forum", "Wikidata", WIKIDATA, "a register", "id Q1", "high"))
    for passage in records.passages:
        for subject, lines in passage.says.items():
            text = f"{head}{subject} {' ; '.join(lines)} ."
            assert len(list(ox.parse(text, ox.RdfFormat.TURTLE))) == len(lines)
