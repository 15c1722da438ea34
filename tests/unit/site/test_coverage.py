"""docs/coverage.md accounts for every sentence of the page and every passage of the data."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[3]
PAGE = ROOT.parent / "shared" / "source" / "milan-page.txt"
RETI = "https://w3id.org/reti-graph/ontology#"
PAGE_PASSAGES = "https://w3id.org/reti-graph/source/milan-page/"

# A sentence ends at a full stop before a capital, a quotation mark or a link, or at a colon that
# ends its line.
SENTENCE = re.compile(r"\[https?://[^\n]*|[^\[](?:.|\n)*?(?:[.](?=\s+[A-Z“È\[]|\s*$)|:(?=\n))")
LIST_OF_COMMITMENTS = "Altri impegni internazionali"


class Row(NamedTuple):
    """One line of the table: the sentence's section and number, and what is said of it."""

    section: str
    number: int
    passages: frozenset[str]
    reason: str


def rows() -> Iterator[Row]:
    """Read the tables of docs/coverage.md."""
    section = ""
    for line in (ROOT / "docs" / "coverage.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif match := re.match(r"\| (\d+) \| .* \| (.*) \|$", line):
            cell = match[2]
            passages = frozenset(re.findall(r"`([a-z0-9-]+)`", cell))
            yield Row(section, int(match[1]), passages, "" if passages else cell)


def passages_in_data() -> dict[str, tuple[str, int]]:
    """Give each passage of the page its section and the number of its sentence."""
    section: dict[str, str] = {}
    position: dict[str, int] = {}
    for file in sorted((ROOT / "data" / "milan-page").glob("*.trig")):
        for quad in ox.parse(path=file):
            name = str(quad.subject).strip("<>").removeprefix(PAGE_PASSAGES)
            if quad.predicate.value == RETI + "section":
                section[name] = quad.object.value
            elif quad.predicate.value == RETI + "position":
                position[name] = int(quad.object.value)
    return {name: (section[name], position[name]) for name in section}


def test_every_passage_stands_under_its_own_sentence() -> None:
    """A passage is listed once, under the section and the sentence that its own data names."""
    listed = {name: (row.section, row.number) for row in rows() for name in row.passages}
    assert listed == passages_in_data()


def test_every_sentence_has_a_passage_or_a_reason() -> None:
    """No row of the table is left empty."""
    assert [
        row for row in rows() if not row.passages and len(row.reason) < len("Title only.")
    ] == []


def sentences(section: str) -> int:
    """Count the sentences of one section: the heading is its first line and is number 0."""
    body = section.split("\n", 1)[1]
    if section.startswith(LIST_OF_COMMITMENTS):
        return len(body.strip().splitlines())
    return len(SENTENCE.findall(body))


@pytest.mark.skipif(not PAGE.exists(), reason="the page's text is not at hand (../shared/source)")
def test_the_table_has_every_sentence_of_the_page() -> None:
    """Sections and sentence numbers are those of the text, none missing and none invented."""
    sections = PAGE.read_text("utf-8").strip().split("\n\n")
    expected = [
        (section.split("\n", 1)[0], number)
        for section in sections
        for number in range(sentences(section) + 1)
    ]
    assert [(row.section, row.number) for row in rows()] == expected
