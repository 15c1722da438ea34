from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.describe import Page, describe, describe_quads, is_known
from reti_graph.errors import ParameterError, UnknownThingError
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.terms import RDF_TYPE, RDFS_LABEL

if TYPE_CHECKING:
    from reti_graph.stores.port import Solutions

BASE = "https://example.org/nets/"
HUB = ox.NamedNode(BASE + "id/hub")
SEES = ox.NamedNode(BASE + "ontology#sees")
# Before rdf:type by the alphabet.
LIKES = ox.NamedNode("http://example.org/ontology#likes")


def node(path: str) -> ox.NamedNode:
    """Return a thing of the site."""
    return ox.NamedNode(BASE + path)


def said(subject: ox.NamedNode, predicate: ox.NamedNode, *graphs: str) -> list[ox.Quad]:
    """Return the statement that something points at the hub, in each of some graphs."""
    return [ox.Quad(subject, predicate, HUB, node(graph)) for graph in graphs]


QUADS = (
    ox.Quad(HUB, RDFS_LABEL, ox.Literal("Hub", language="en"), node("g/1")),
    ox.Quad(SEES, RDFS_LABEL, ox.Literal("sees", language="en"), node("g/1")),
    *said(node("id/z"), RDF_TYPE, "g/1"),
    *said(node("id/b"), SEES, "g/1", "g/2"),
    *said(node("id/a"), SEES, "g/2"),
    *said(node("id/a-2"), SEES, "g/2"),
    *said(node("id/c"), LIKES, "g/1"),
)
STORE = EmbeddedStore.of(QUADS)


class Measured(EmbeddedStore):
    """A store that remembers the most rows it gave for a SELECT."""

    largest = 0

    def select(self, query: str) -> Solutions:
        """Answer, and measure."""
        found = super().select(query)
        self.largest = max(self.largest, len(found.rows))
        return found


def pointing(page: Page | None) -> list[str]:
    """Return what points at the hub on a page, shortened."""
    return [
        f"{str(one.predicate).rpartition('#')[2][:-1]} {str(one.subject).rpartition('/')[2][:-1]}"
        for one in describe(STORE, HUB, page=page).incoming
    ]


def test_what_points_at_a_thing_is_ordered_by_property_and_subject() -> None:
    """The type comes first, and a name before the longer one that starts with it."""
    assert pointing(None) == ["type z", "likes c", "sees a", "sees a-2", "sees b"]


def test_properties_of_few_statements_come_before_those_of_many() -> None:
    """Whatever their names: what is rare about a thing is not on its last page."""
    zone = ox.NamedNode("https://example.org/zzz#founded")
    quads = [*said(node("id/a"), LIKES, "g"), *said(node("id/b"), LIKES, "g")]
    store = EmbeddedStore.of([*quads, *said(node("id/c"), zone, "g")])
    for page in (None, Page(1, 10)):
        found = describe(store, HUB, page=page)
        assert [one.predicate for one in found.incoming] == [zone, LIKES, LIKES]
        assert list(found.incoming_counts) == [zone, LIKES]


def test_pages_cut_that_order() -> None:
    """A page may begin and end within a property."""
    assert [pointing(Page(number, 2)) for number in (1, 2, 3)] == [
        ["type z", "likes c"],
        ["sees a", "sees a-2"],
        ["sees b"],
    ]


def test_a_page_says_how_many_statements_and_pages_there_are() -> None:
    """A statement of two passages counts once; counts are of all pages."""
    found = describe(STORE, HUB, page=Page(2, 2))
    assert (found.incoming_total, found.page, found.pages) == (5, 2, 3)
    assert dict(found.incoming_counts) == {RDF_TYPE: 1, LIKES: 1, SEES: 3}


def test_without_a_page_all_is_on_the_first() -> None:
    """The counts are the same."""
    found = describe(STORE, HUB)
    assert (found.incoming_total, found.page, found.pages) == (5, 1, 1)
    assert dict(found.incoming_counts) == {RDF_TYPE: 1, LIKES: 1, SEES: 3}


def test_a_statement_on_a_page_has_all_its_graphs() -> None:
    """However many passages say it."""
    (statement,) = describe(STORE, HUB, page=Page(3, 2)).incoming
    assert statement.graphs == (node("g/1"), node("g/2"))


def test_a_page_after_the_last_is_empty() -> None:
    """Its description says how many there are, and what is said of the thing stays."""
    found = describe(STORE, HUB, page=Page(10**30, 2))
    assert (found.incoming, found.pages, len(found.outgoing)) == ((), 3, 1)


def test_properties_of_other_pages_have_their_labels() -> None:
    """Their counts are shown with them."""
    assert SEES in describe(STORE, HUB, page=Page(1, 1)).labels


def test_quads_of_a_page_are_those_of_its_statements() -> None:
    """What is said of the thing is on every page."""
    found = set(describe_quads(STORE, HUB, page=Page(3, 2)))
    incoming = {quad for quad in found if quad.object == HUB}
    assert incoming == set(said(node("id/b"), SEES, "g/1", "g/2"))
    assert QUADS[0] in found


def test_a_thing_that_is_only_pointed_at_is_known_on_every_page() -> None:
    """Nothing is said of it, but with it."""
    store = EmbeddedStore.of(said(node("id/a"), SEES, "g/1"))
    assert is_known(store, HUB)
    assert describe(store, HUB, page=Page(2)).incoming_total == 1


def test_nothing_said_is_not_known() -> None:
    """With a page or without."""
    assert not is_known(STORE, node("id/none"))
    with pytest.raises(UnknownThingError):
        describe_quads(STORE, node("id/none"), page=Page())


def test_the_graph_of_a_passage_is_known_by_what_it_says() -> None:
    """Even when nothing is said of the passage itself."""
    assert is_known(STORE, node("g/2"))


def test_statements_in_no_named_graph_are_described() -> None:
    """They have no graphs, and their quads stand in the default graph."""
    quads = [ox.Quad(HUB, SEES, node("id/a")), ox.Quad(node("id/a"), SEES, HUB)]
    store = EmbeddedStore.of(quads)
    found = describe(store, HUB, page=Page())
    assert [one.graphs for one in (*found.outgoing, *found.incoming)] == [(), ()]
    assert set(describe_quads(store, HUB)) == set(quads)


def test_a_page_does_not_read_the_rest() -> None:
    """However much points at a thing, the store gives a page of it and the counts."""
    many = [quad for number in range(500) for quad in said(node(f"id/x{number}"), SEES, "g/1")]
    store = Measured.of(many)
    describe(store, HUB, page=Page(7, 10))
    assert store.largest == 10


@pytest.mark.parametrize(("number", "size"), [(0, 10), (-1, 10), (1, 0)])
def test_a_page_before_the_first_is_refused(number: int, size: int) -> None:
    """Pages count from 1, and hold something."""
    with pytest.raises(ParameterError) as caught:
        Page(number, size)
    assert caught.value.parameter == "page"


_pointers = st.builds(
    ox.Quad,
    st.one_of(
        st.text("ab/-é", min_size=1, max_size=4).map(lambda tail: node("id/" + tail)),
        st.sampled_from("xyz").map(ox.BlankNode),
    ),
    st.sampled_from([RDF_TYPE, SEES, LIKES, node("ontology#a")]),
    st.just(HUB),
    st.sampled_from([node("g/1"), node("g/2"), ox.DefaultGraph()]),
)


@given(st.lists(_pointers, min_size=1, max_size=20), st.integers(1, 7))
def test_all_pages_together_are_the_whole(quads: list[ox.Quad], size: int) -> None:
    """Nothing is lost between two pages and nothing is there twice, in one order."""
    store = EmbeddedStore.of(quads)
    whole = describe(store, HUB)
    pages = [describe(store, HUB, page=Page(number + 1, size)) for number in range(len(quads))]
    paged = [one for page in pages for one in page.incoming]
    assert paged == list(whole.incoming)
    assert {page.incoming_total for page in pages} == {len(paged)}
    assert {page.pages for page in pages} == {-(-len(paged) // size)}
