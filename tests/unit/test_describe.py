from __future__ import annotations

import pyoxigraph as ox
import pytest

from reti_graph.describe import Description, describe, describe_quads
from reti_graph.errors import ParameterError, UnknownThingError
from reti_graph.stores.embedded import EmbeddedStore

BASE = "https://example.org/nets/"
QUADS = tuple(
    ox.parse(
        """
@prefix : <https://example.org/nets/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix page: <https://example.org/nets/source/page/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix reti: <https://w3id.org/reti-graph/ontology#> .
@prefix source: <https://example.org/nets/source/> .
source:page {
    source:page a reti:Source ; dcterms:title "Reti"@it, "Networks"@en ; rdfs:label "La pagina"@it .
}
page:a {
    page:a a reti:Passage ; reti:quote "la rete"@it ; prov:wasQuotedFrom source:page ;
        reti:section "Prima"@it ; reti:position 4 .
    <https://example.org/nets/source/page/a#quote> reti:exact "la rete" .
    :alpha reti:seat :milan ; a reti:Network ; rdfs:label "Alfa"@it, "Alpha"@en .
}
page:b {
    page:b reti:quote "a Milano"@it ; prov:wasQuotedFrom source:page .
    :alpha reti:seat :milan . :beta reti:grewOutOf :alpha . :milan rdfs:label "Milano"@it .
}
<https://example.org/nets/ontology> { reti:seat rdfs:label "sede"@it . }
""",
        format=ox.RdfFormat.TRIG,
    )
)
STORE = EmbeddedStore.of(QUADS)


def node(path: str) -> ox.NamedNode:
    """Return a thing of the site."""
    return ox.NamedNode(BASE + path)


@pytest.fixture(scope="module")
def alpha() -> Description:
    """Give what is said of a network."""
    return describe(STORE, node("id/alpha"))


def test_statements_come_type_first_each_once(alpha: Description) -> None:
    """However many passages say one."""
    names = [statement.predicate.value.rpartition("#")[2] for statement in alpha.outgoing]
    assert names == ["type", "label", "label", "seat"]


def test_a_statement_has_every_passage_that_says_it(alpha: Description) -> None:
    """With the words, the place and the source."""
    first, second = alpha.outgoing[-1].passages
    assert (first.iri, first.quote.value, first.section, first.position) == (
        node("source/page/a"),
        "la rete",
        "Prima",
        4,
    )
    assert (second.quote.value, second.section, second.position) == ("a Milano", None, None)
    assert (second.source, dict(second.source_titles)) == (
        node("source/page"),
        {"it": "Reti", "en": "Networks"},
    )


def test_statements_about_a_thing_come_in_too(alpha: Description) -> None:
    """Those whose value it is."""
    (statement,) = alpha.incoming
    assert (statement.subject, statement.graphs) == (node("id/beta"), (node("source/page/b"),))


def test_whatever_is_named_has_its_labels(alpha: Description) -> None:
    """The thing itself, values, properties, sources; what has none is left out."""
    reti = "https://w3id.org/reti-graph/ontology#"
    assert alpha.labels == {
        node("id/alpha"): {"it": "Alfa", "en": "Alpha"},
        node("id/milan"): {"it": "Milano"},
        node("source/page"): {"it": "La pagina"},
        ox.NamedNode(reti + "seat"): {"it": "sede"},
    }


def test_a_passage_has_contents_that_are_not_about_itself() -> None:
    """What its words say."""
    found = describe(STORE, node("source/page/b"))
    assert [statement.subject for statement in found.contents] == [
        node("id/milan"),
        node("id/beta"),
        node("id/alpha"),
    ]
    assert len(found.outgoing) == 2


def test_a_statement_of_no_passage_says_its_graph_alone() -> None:
    """The ontology's statements have no words."""
    seat = ox.NamedNode("https://w3id.org/reti-graph/ontology#seat")
    (statement,) = describe(STORE, seat).outgoing
    assert (statement.graphs, statement.passages) == ((node("ontology"),), ())


@pytest.mark.parametrize(
    ("path", "nearest"), [("id/alfa", "id/alpha"), ("id/network/beta", "id/beta")]
)
def test_a_thing_nothing_is_said_of_comes_with_the_nearest(path: str, nearest: str) -> None:
    """By the last part of the name."""
    with pytest.raises(UnknownThingError) as caught:
        describe(STORE, node(path))
    assert caught.value.nearest[0] == BASE + nearest


def test_an_iri_of_another_scheme_is_refused() -> None:
    """Nothing of it gets into a query."""
    with pytest.raises(ParameterError):
        describe(STORE, ox.NamedNode("javascript:alert(1)"))


def test_quads_hold_statements_passages_and_labels_in_their_graphs() -> None:
    """What a passage says of other things is left out."""
    found = describe_quads(STORE, node("id/beta"))
    subjects = [quad.subject for quad in found]
    assert len(found) == len(set(found))
    assert set(found) <= set(QUADS)
    assert subjects.count(node("source/page/b")) == 2
    assert subjects.count(node("id/alpha")) == 2
    assert node("id/milan") not in subjects


def test_quads_of_a_passage_hold_its_parts() -> None:
    """Such as the selectors of its words."""
    found = describe_quads(STORE, node("source/page/a"))
    assert node("source/page/a#quote") in {quad.subject for quad in found}


def test_quads_of_an_unknown_thing_are_an_error() -> None:
    """As its description is."""
    with pytest.raises(UnknownThingError):
        describe_quads(STORE, node("id/gamma"))
