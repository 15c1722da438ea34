from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.describe import Dated, Passage, PassageKind, SourceDate, Statement
from reti_graph.html.cells import Reader
from reti_graph.html.evidence import quote, rows
from reti_graph.terms import RETI, XSD_DATE, XSD_G_YEAR

BASE = "https://example.org/nets/"
NETWORK = ox.NamedNode(f"{BASE}id/network/alpha")
HAS_MEMBER = ox.NamedNode(f"{RETI}hasMember")
PARTIAL = ox.NamedNode(f"{BASE}concept/completeness/partial")
LABELS = {PARTIAL: {"it": "parziale", "en": "partial"}}
SEEN = ox.Literal("2026-11-22", datatype=XSD_DATE)
YEAR = ox.Literal("2022", datatype=XSD_G_YEAR)


def passage(name: str, **more: object) -> Passage:
    """Make a passage of a source."""
    source = ox.NamedNode(f"{BASE}source/page")
    iri = ox.NamedNode(f"{source.value}/{name}")
    return Passage(iri, ox.Literal(name, language="en"), source, {}, **more)  # type: ignore[arg-type]


def reader(language: str) -> Reader:
    """Return a reader of a language."""
    return Reader(BASE, {}, language, ("it", "en"), labels=LABELS)


def member(name: str, *said_by: Passage) -> Statement:
    """Make the statement that a network has a member."""
    node = ox.NamedNode(f"{BASE}id/city/{name}")
    graphs = tuple(each.iri for each in said_by)
    return Statement(NETWORK, HAS_MEMBER, node, graphs, said_by)


@pytest.mark.parametrize(("language", "label"), [("it", "parziale"), ("en", "partial")])
def test_a_list_tells_how_complete_it_is_and_what_it_covers(language: str, label: str) -> None:
    """In the words of the reader's language."""
    covers = {"it": "parziale di tutto", "en": "partial of all"}
    found = passage("a", kind=PassageKind.LIST, completeness=PARTIAL, covers=covers)
    shown = quote(found, reader(language))
    assert shown.kind == "list"
    assert shown.completeness is not None
    assert shown.completeness.text == label
    assert shown.covers is not None
    assert (shown.covers.text, shown.covers.lang) == (f"{covers[language]}", None)


@pytest.mark.parametrize(
    ("date", "italian", "english"),
    [
        (SourceDate(Dated.ISSUED, (SEEN,)), "22 novembre 2026", "22 November 2026"),
        (SourceDate(Dated.SEEN, (SEEN,)), "visto: 22 novembre 2026", "seen 22 November 2026"),
        (SourceDate(Dated.BETWEEN, (YEAR, SEEN)), "2022 22 novembre 2026", "2022 22 November 2026"),
        (SourceDate(Dated.NOT_BEFORE, (YEAR,)), "non prima: 2022", "not before 2022"),
        (SourceDate(Dated.NOT_AFTER, (YEAR,)), "non dopo: 2022", "not after 2022"),
    ],
)
def test_the_date_is_that_of_the_source(date: SourceDate, italian: str, english: str) -> None:
    """As exact as it is there, with a word for what it means."""
    for language, text in (("it", italian), ("en", english)):
        shown = quote(passage("a", date=date), reader(language)).date
        assert shown is not None
        assert " ".join([shown.word, *(day.text for day in shown.days)]).strip() == text


def test_passages_without_kind_or_date_are_words() -> None:
    """A site need not have lists, records or dates."""
    shown = quote(passage("a"), reader("it"))
    assert (shown.kind, shown.date, shown.completeness, shown.covers) == ("words", None, None, None)


def test_values_with_the_same_evidence_share_a_row() -> None:
    """Rows and values are in alphabetical order, whatever the order they come in."""
    a, b = passage("a"), passage("b")
    said = [member("turin", a), member("rome", a, b), member("milan", a), member("bari")]
    found = rows(said, lambda one: one.object, reader("it"), quoted=True)
    assert [
        ([value.cell.raw.rpartition("/")[2] for value in row.values], len(row.quotes))
        for row in found
    ] == [(["bari"], 0), (["milan", "turin"], 1), (["rome"], 2)]


def test_where_no_evidence_is_shown_all_values_share_a_row() -> None:
    """As in what a passage itself says."""
    said = [member("turin", passage("a")), member("rome", passage("b"))]
    (row,) = rows(said, lambda one: one.object, reader("it"), quoted=False)
    assert (len(row.values), row.quotes) == (2, ())
