from __future__ import annotations

import pyoxigraph as ox

from reti_graph.preflight.graph import Graph
from reti_graph.terms import DCAT, DCTERMS
from tests.unit.preflight.listings import BASE, graph_of

A, B = ox.NamedNode(f"{BASE}a"), ox.NamedNode(f"{BASE}b")
CATALOGUE = graph_of(
    '<a> a dcat:Dataset ; dct:title "Uno"@it, "One"@en, "1" ; dct:publisher [], <b>, "x" .'
)


def test_triples_are_there_once_and_in_their_order() -> None:
    """However often and in whatever order they are given."""
    one, two = (ox.Triple(A, B, ox.Literal(number)) for number in (1, 2))
    assert Graph([two, one, two]).triples == (two, one)


def test_values_and_statements_are_found_by_subject() -> None:
    """What nothing is said of has none."""
    titles = CATALOGUE.values(A, DCTERMS + "title")
    assert [str(title) for title in titles] == ['"Uno"@it', '"One"@en', '"1"']
    assert len(CATALOGUE.about(A)) == 7
    assert (CATALOGUE.values(B, DCTERMS + "title"), CATALOGUE.about(B)) == ((), ())


def test_instances_are_found_by_class() -> None:
    """An IRI as text."""
    assert CATALOGUE.instances(DCAT + "Dataset") == (A,)
    assert CATALOGUE.instances(DCAT + "Catalog") == ()


def test_nodes_are_the_values_that_are_no_literals() -> None:
    """IRIs and blank nodes, in their order."""
    blank, iri = CATALOGUE.nodes(A, DCTERMS + "publisher")
    assert isinstance(blank, ox.BlankNode)
    assert iri == B


def test_titles_are_told_by_language() -> None:
    """One without a language under no name."""
    assert CATALOGUE.title(A) == {"it": "Uno", "en": "One", "": "1"}


def test_datasets_are_those_listed_and_then_those_that_have_the_type() -> None:
    """Each once; a text is none."""
    graph = graph_of(
        '<c> a dcat:Dataset . <catalog> dcat:dataset <b>, <c>, "x" . <a> a dcat:Dataset .'
    )
    assert [str(node) for node in graph.datasets()] == [f"<{BASE}{name}>" for name in "bca"]
