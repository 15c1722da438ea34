from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.canned.choices import Choices
from reti_graph.canned.query import Param
from reti_graph.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from reti_graph.config import Settings
    from reti_graph.stores.port import Store

BASE = "https://example.org/"
DATA = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<{BASE}id/city/milan> rdfs:label "Milano"@it, "Milan"@en .
<{BASE}id/city/rome> rdfs:label "Roma"@it .
<{BASE}id/office/milan> rdfs:label "Ufficio"@it .
<{BASE}id/office/a/b> rdfs:label "Deeper"@en .
<{BASE}source/page> dcterms:title "Pagina"@it .
<{BASE}id/city/nameless> rdfs:seeAlso <{BASE}source/page> .
"""


@pytest.fixture
def store() -> Store:
    """Give a store with cities, an office and a source."""
    return EmbeddedStore.of(ox.parse(DATA, format=ox.RdfFormat.TURTLE))


def param(*kinds: str) -> Param:
    """Return a parameter that may be a thing of some kinds."""
    return Param("x", "iri", {"en": "Thing"}, "milan", kinds=kinds)


def test_the_things_of_a_kind_are_offered_with_their_names(
    store: Store, settings: Settings
) -> None:
    """In every language there is; titles are names, too."""
    offered = {each.value: dict(each.labels) for each in Choices(store, settings).of(param("city"))}
    assert offered == {"milan": {"it": "Milano", "en": "Milan"}, "rome": {"it": "Roma"}}


def test_a_slug_of_two_kinds_is_written_with_its_prefix_the_second_time(
    store: Store, settings: Settings
) -> None:
    """Alone it means the first kind."""
    values = [each.value for each in Choices(store, settings).of(param("city", "office"))]
    assert values == ["milan", "rome", "office:milan"]


def test_what_is_no_thing_has_no_choices(store: Store, settings: Settings) -> None:
    """A parameter without kinds takes any IRI."""
    assert Choices(store, settings).of(param()) == ()


def test_things_are_looked_up_once(settings: Settings) -> None:
    """The store of a release does not change."""

    class Counting:
        asked = 0

        def select(self, query: str) -> object:
            Counting.asked += 1
            return EmbeddedStore.of(ox.parse(DATA, format=ox.RdfFormat.TURTLE)).select(query)

        def ask(self, query: str) -> bool:
            Counting.asked += 1
            return "milan" in query

    choices = Choices(Counting(), settings)  # type: ignore[arg-type] # what it needs of a store
    for _ in range(2):
        assert choices.slugs(f"{BASE}id/city/") == ("milan", "rome")
        assert choices.has(ox.NamedNode(f"{BASE}id/city/milan"))
    assert Counting.asked == 2
    assert not choices.has(ox.NamedNode(f"{BASE}id/city/paris"))
