"""What is known of the passages that say something: their kind, their date, their completeness."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.describe import (
    Dated,
    Passage,
    PassageKind,
    SourceDate,
    describe,
    describe_quads,
)
from reti_graph.stores.embedded import EmbeddedStore

BASE = "https://example.org/nets/"
PREFIXES = """
@prefix : <https://example.org/nets/id/> .
@prefix completeness: <https://example.org/nets/concept/completeness/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix page: <https://example.org/nets/source/page/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix reti: <https://w3id.org/reti-graph/ontology#> .
@prefix source: <https://example.org/nets/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LIST = """
page:list {
    page:list a reti:Passage, reti:List ; reti:quote "Members"@en ;
        prov:wasQuotedFrom source:page ; reti:completeness completeness:partial ;
        reti:covers "le città"@it, "the cities"@en .
    :alpha reti:hasMember :milan . :milan rdfs:label "Milan"@en .
}
<https://example.org/nets/concept/completeness> {
    completeness:partial rdfs:label "parziale"@it, "partial"@en .
}
"""


def node(path: str) -> ox.NamedNode:
    """Return a thing of the site."""
    return ox.NamedNode(BASE + path)


def store(*texts: str) -> EmbeddedStore:
    """Return a store of what some TriG texts say."""
    return EmbeddedStore.of(tuple(ox.parse(PREFIXES + "".join(texts), format=ox.RdfFormat.TRIG)))


def dated(*statements: str) -> str:
    """Return a source that says some things of itself."""
    said = " ; ".join(("a reti:Source", *statements))
    return f"source:page {{ source:page {said} . }}\n"


def passage_of(*texts: str) -> Passage:
    """Return the passage that says that a network has a member."""
    (statement,) = describe(store(*texts), node("id/alpha")).outgoing
    (passage,) = statement.passages
    return passage


def test_a_list_says_what_it_covers_and_how_completely() -> None:
    """Its title is not taken for words of a text, and the concept's label is there."""
    passage = passage_of(LIST)
    assert passage.kind is PassageKind.LIST
    assert passage.covers == {"it": "le città", "en": "the cities"}
    assert passage.completeness == node("concept/completeness/partial")
    labels = describe(store(LIST), node("id/alpha")).labels
    assert labels[node("concept/completeness/partial")]["en"] == "partial"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("reti:Passage, reti:Record", PassageKind.RECORD),
        ("reti:Passage", PassageKind.WORDS),
        ("<https://example.org/other#List>", PassageKind.WORDS),
    ],
)
def test_what_is_neither_list_nor_record_is_words(kind: str, expected: PassageKind) -> None:
    """Whatever else it is said to be."""
    text = LIST.replace("reti:Passage, reti:List", kind)
    assert passage_of(text).kind is expected


@pytest.mark.parametrize(
    ("said", "how", "days"),
    [
        ('dcterms:issued "2022-05"^^xsd:gYearMonth', Dated.ISSUED, ("2022-05",)),
        ('reti:seenOn "2026-11-22"^^xsd:date', Dated.SEEN, ("2026-11-22",)),
        (
            'reti:notBefore "2022"^^xsd:gYear ; reti:notAfter "2026-11-22"^^xsd:date',
            Dated.BETWEEN,
            ("2022", "2026-11-22"),
        ),
        ('reti:notBefore "2022"^^xsd:gYear', Dated.NOT_BEFORE, ("2022",)),
        ('reti:notAfter "2024"^^xsd:gYear', Dated.NOT_AFTER, ("2024",)),
    ],
)
def test_the_date_of_the_source_is_as_it_is_written(
    said: str, how: Dated, days: tuple[str, ...]
) -> None:
    """One day, month or year, the day it was seen, or the limits there are."""
    date = passage_of(dated(said), LIST).date
    assert isinstance(date, SourceDate)
    assert (date.how, tuple(day.value for day in date.days)) == (how, days)


def test_a_source_need_not_have_a_date() -> None:
    """Nor a title, nor anything said of it."""
    assert passage_of(dated(), LIST).date is None
    assert passage_of(LIST).date is None


def test_the_day_it_was_issued_comes_before_the_day_it_was_seen() -> None:
    """A source that has both was of the first already."""
    issued = dated('dcterms:issued "2020"^^xsd:gYear', 'reti:seenOn "2026-11-22"^^xsd:date')
    date = passage_of(issued, LIST).date
    assert date is not None
    assert date.how is Dated.ISSUED


def test_quads_tell_how_old_and_how_complete_the_evidence_is() -> None:
    """The source's title and date as written, the list's own statements, the concept's label."""
    source = dated('dcterms:title "Page"@en', 'reti:notAfter "2024"^^xsd:gYear')
    found = describe_quads(store(source, LIST), node("id/alpha"))
    said = {(quad.subject, quad.predicate.value.rpartition("#")[2]) for quad in found}
    assert (node("source/page/list"), "completeness") in said
    assert (node("source/page/list"), "covers") in said
    assert (node("source/page"), "notAfter") in said
    assert (node("source/page"), "http://purl.org/dc/terms/title") in said
    assert (node("concept/completeness/partial"), "label") in said
    graphs = {quad.graph_name for quad in found if quad.subject == node("source/page")}
    assert graphs == {node("source/page")}


def test_quads_leave_out_what_a_list_says_of_others() -> None:
    """However long it is; its parts that it names are there."""
    part = """
page:list {
    page:list reti:refersTo <https://example.org/nets/source/page/list#part> .
    <https://example.org/nets/source/page/list#part> reti:exact "Members" .
    :beta reti:hasMember :turin .
}
"""
    subjects = {quad.subject for quad in describe_quads(store(LIST, part), node("id/alpha"))}
    assert node("source/page/list#part") in subjects
    assert node("id/beta") not in subjects
