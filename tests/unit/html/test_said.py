from __future__ import annotations

import pyoxigraph as ox

from reti_graph.html.said import Said
from reti_graph.terms import DCTERMS, RDFS_LABEL, SKOS

THING = ox.NamedNode("https://example.org/thing")
OTHER = ox.NamedNode("https://example.org/other")
TITLE = ox.NamedNode(DCTERMS + "title")
PART = ox.NamedNode(DCTERMS + "hasPart")
IT = ox.Literal("uno", language="it")
EN = ox.Literal("one", language="en")
PLAIN = ox.Literal("1")


def said(*values: tuple[ox.NamedNode, ox.NamedNode | ox.Literal]) -> Said:
    """Make what is said of one thing, each in a graph of its own."""
    return Said(
        ox.Quad(THING, predicate, value, ox.NamedNode(f"urn:graph:{number}"))
        for number, (predicate, value) in enumerate(values)
    )


def test_a_value_is_there_once_however_many_graphs_say_it() -> None:
    """Records of datasets repeat what they share."""
    found = said((TITLE, IT), (TITLE, EN), (TITLE, IT))
    assert found.values(THING, TITLE.value) == (IT, EN)


def test_iris_and_literals_are_told_apart() -> None:
    """Each reader gets only what it can show."""
    found = said((PART, PLAIN), (PART, OTHER))
    assert (found.nodes(THING, PART.value), found.literals(THING, PART.value)) == (
        (OTHER,),
        (PLAIN,),
    )
    assert (found.node(THING, PART.value), found.literal(THING, PART.value)) == (OTHER, PLAIN)


def test_what_nobody_says_is_nothing() -> None:
    """No value is made up, and asking leaves no trace."""
    found = said()
    assert found.values(THING, TITLE.value) == ()
    assert found.node(THING, TITLE.value) is None
    assert found.literal(None, TITLE.value) is None
    assert found.texts(THING, TITLE.value) == {}
    assert found.labels() == {}


def test_texts_are_found_by_language_the_first_of_each() -> None:
    """A text without language has the empty tag."""
    found = said((TITLE, IT), (TITLE, ox.Literal("due", language="it")), (TITLE, PLAIN))
    assert found.texts(THING, TITLE.value) == {"it": "uno", "": "1"}


def test_a_thing_is_named_by_its_title_before_its_label() -> None:
    """Labels are of things that say what they are in no better way."""
    label = (RDFS_LABEL, ox.Literal("label"))
    assert said(label).labels() == {THING: {"": "label"}}
    assert said(label, (TITLE, EN)).labels_of(THING) == {"en": "one"}
    concept = said(label, (ox.NamedNode(SKOS + "prefLabel"), IT))
    assert concept.labels_of(THING) == {"it": "uno"}
