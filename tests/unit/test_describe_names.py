from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.describe import ThingNames, describe
from reti_graph.errors import StoreError, UnknownThingError
from reti_graph.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reti_graph.stores.port import Solutions

BASE = "https://example.org/nets/"
PATHS = (
    *("id/network/c40", "id/network/eurocities", "id/network/cities-alliance"),
    *("id/city/milan", "id/municipality/milan", "id/person/mira"),
    *("ontology#Network", "ontology#memberOf", "ontology", "shapes#Network"),
)


class Asked(EmbeddedStore):
    """A store that counts the questions it gets, and fails the first of them if told to."""

    asked = 0
    failing = False

    def select(self, query: str) -> Solutions:
        """Count, and answer or fail."""
        self.asked += 1
        if self.failing:
            self.failing = False
            raise StoreError("The store is away.")
        return super().select(query)


def store_of(paths: Iterable[str]) -> Asked:
    """Return a store that says something of some things."""
    about = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
    quads = [ox.Quad(ox.NamedNode(BASE + path), about, ox.Literal("x")) for path in paths]
    return Asked.of(quads)


def near(path: str, paths: Iterable[str] = PATHS) -> list[str]:
    """Return the paths of the names like one."""
    found = ThingNames().nearest(store_of(paths), BASE + path)
    return [iri.removeprefix(BASE) for iri in found]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("id/network/C4O", ["id/network/c40"]),
        ("id/network/eurocity", ["id/network/eurocities"]),
        ("ontology#Netwrok", ["ontology#Network"]),
        ("id/person/milan", ["id/person/mira"]),
        ("ontologies", ["ontology"]),
    ],
)
def test_names_are_looked_for_in_the_same_folder(path: str, expected: list[str]) -> None:
    """What is alike elsewhere is not offered beside them."""
    assert near(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("id/organization/c40", ["id/network/c40"]),
        ("id/network/milan", ["id/city/milan", "id/municipality/milan"]),
        ("id/netwrok/eurocity", ["id/network/eurocities"]),
        ("id/netwrok/c40", ["id/network/c40"]),
    ],
)
def test_a_name_not_in_its_folder_is_looked_for_in_others(path: str, expected: list[str]) -> None:
    """The same last part first, then what is like it in a folder that is called alike."""
    assert near(path) == expected


@pytest.mark.parametrize("path", ["id/network/zzzzzzzz", "id/network/" + "c40" * 99, "//", ""])
def test_nothing_alike_is_nothing_offered(path: str) -> None:
    """Nor is what is too long for a name compared with anything."""
    assert near(path) == []


def test_an_iri_without_folders_has_neighbours_too() -> None:
    """A URN is a name in one folder with all others."""
    store = EmbeddedStore.of([ox.Quad(ox.NamedNode("urn:isbn:1234"), *_SAYING)])
    assert ThingNames().nearest(store, "urn:isbn:1235") == ("urn:isbn:1234",)


_SAYING = (ox.NamedNode(BASE + "p"), ox.Literal("x"))


def test_a_folder_that_shares_more_of_the_way_comes_first() -> None:
    """Before those that come first by the alphabet."""
    paths = ["a/x", "id/city/x", "id/b/x"]
    assert near("id/network/x", paths) == ["id/b/x", "id/city/x", "a/x"]


def test_at_most_three_are_offered() -> None:
    """However many are alike."""
    assert len(near("id/a/thing", [f"id/a/thing-{number}" for number in range(9)])) == 3
    assert len(near("id/none/x", [f"id/{number}/x" for number in range(9)])) == 3


def test_of_a_folder_so_many_names_are_kept() -> None:
    """The first by the alphabet: the others are not found."""
    paths = [f"id/a/{number:05}" for number in range(2_001)]
    assert near("id/none/01999", paths) == ["id/a/01999"]
    assert near("id/none/02000", paths) == []


def test_of_folders_the_largest_are_kept() -> None:
    """Which go first does not hang on chance."""
    paths = [*(f"id/{number:05}/x" for number in range(2_001)), "id/02000/y"]
    assert near("id/none/y", paths) == ["id/02000/y"]
    assert near("id/01998/x", paths)[0] == "id/01998/x"
    assert "id/01999/x" not in near("id/01999/x", paths)


def test_a_store_is_read_once_for_all_names() -> None:
    """Asking for what is not there costs no look at the data, from any thread."""
    store, names = store_of(PATHS), ThingNames()
    found: list[tuple[str, ...]] = []

    def ask() -> None:
        found.append(names.nearest(store, BASE + "id/network/c41"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(BASE + "id/network/c40",)] * 8
    assert store.asked == 1


def test_stores_are_kept_apart() -> None:
    """What one has is not offered for another."""
    names = ThingNames()
    one, other = store_of(["id/a/one"]), store_of(["id/a/two"])
    assert names.nearest(one, BASE + "id/a/onee") == (BASE + "id/a/one",)
    assert names.nearest(other, BASE + "id/a/onee") == ()


def test_a_store_that_failed_is_asked_again() -> None:
    """Nothing is kept of a failure."""
    store, names = store_of(PATHS), ThingNames()
    store.failing = True
    with pytest.raises(StoreError):
        names.nearest(store, BASE + "id/network/c41")
    assert names.nearest(store, BASE + "id/network/c41") == (BASE + "id/network/c40",)


def test_a_description_takes_the_names_it_is_given() -> None:
    """The second wrong name costs the two questions about itself, and no third."""
    store, names = store_of(PATHS), ThingNames()
    for path in ("id/network/c41", "id/network/c42"):
        store.asked = 0
        with pytest.raises(UnknownThingError) as caught:
            describe(store, ox.NamedNode(BASE + path), names=names)
        assert caught.value.nearest == (BASE + "id/network/c40",)
    assert store.asked == 2
