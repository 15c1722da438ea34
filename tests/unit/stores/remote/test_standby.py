from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.errors import OtherReleaseError, QuerySyntaxError, StoreUnreachableError
from reti_graph.formats import JSON
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.port import Dataset
from reti_graph.stores.remote.held import held_update
from reti_graph.stores.remote.standby import Standby
from reti_graph.stores.remote.store import RemoteStore
from tests.unit.stores.remote.engines import BASE, PREFIXES, Engine, node, quads, remote, union_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from reti_graph.stores.port import Store

SITE: Final = ":g { :a :p :b , :c } :h { :b :p :a }"
ASKED: Final[tuple[Callable[[Store], object], ...]] = (
    lambda store: store.ask("ASK { :a :p :b }"),
    lambda store: store.select("SELECT ?o { :a :p ?o } ORDER BY ?o"),
    lambda store: set(store.construct("CONSTRUCT WHERE { ?s :p ?o }")),
    lambda store: store.answer("SELECT ?s { ?s :p :b }", JSON),
    lambda store: store.answer("ASK { :b :p :a }", JSON, Dataset((f"{BASE}g",), ())),
)


class Place:
    """A store elsewhere with a copy of its release, and how often the copy was made."""

    def __init__(self, copy: str = SITE) -> None:
        """Hold release a."""
        self.engine = Engine.holding([*quads(SITE), *union_of(quads(SITE), None)])
        self.becomes("a")
        self.copies = 0
        self._copy = copy
        self.standby = Standby(
            RemoteStore(remote(), PREFIXES, self.engine, pinned="a"), self._copied
        )

    def becomes(self, digest: str) -> None:
        """Hold another release."""
        self.engine.store.update(held_update(BASE, digest, None))

    def _copied(self) -> EmbeddedStore:
        self.copies += 1
        return EmbeddedStore.of(quads(self._copy), PREFIXES)


@pytest.mark.parametrize("ask", ASKED)
def test_what_is_asked_is_answered_the_same_whatever_release_the_store_holds(
    ask: Callable[[Store], object],
) -> None:
    """By the store, by the copy, and by the store again."""
    place = Place()
    first = ask(place.standby)
    assert place.standby.uses == 0
    place.becomes("b")
    place.engine.store.update("DELETE WHERE { GRAPH ?g { ?s <http://example.org/p> ?o } }")
    place.engine.store.update("DELETE WHERE { ?s <http://example.org/p> ?o }")
    assert ask(place.standby) == first
    assert place.standby.uses == 1


def test_the_store_is_asked_while_it_holds_the_release() -> None:
    """And no copy is made; once it holds it again it is asked again."""
    place = Place(copy="")
    assert place.standby.ask("ASK { :a :p :b }")
    assert place.copies == 0
    place.becomes("b")
    assert not place.standby.ask("ASK { :a :p :b }")
    place.becomes("a")
    assert place.standby.ask("ASK { :a :p :b }")
    assert place.standby.uses == 1


def test_the_copy_is_made_once() -> None:
    """For all threads, which wait for it."""
    place = Place()
    place.becomes("b")
    ask = "ASK { :a :p :b }"
    threads = [threading.Thread(target=place.standby.ask, args=(ask,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (place.copies, place.standby.uses) == (1, 4)


def test_no_other_failure_makes_the_copy_answer() -> None:
    """A store that cannot be reached has failed, and a query that is wrong is wrong."""
    place = Place()
    with pytest.raises(QuerySyntaxError):
        place.standby.ask("ASK {")

    def gone(*_args: object, **_options: object) -> None:
        raise StoreUnreachableError("Gone.")

    place.engine.query = gone  # type: ignore[method-assign,assignment]  # it fails from now on
    with pytest.raises(StoreUnreachableError):
        place.standby.ask("ASK {}")
    assert place.copies == 0


def test_changes_go_to_the_store() -> None:
    """It then holds no release that is known, and the copy answers for the one that was."""
    place = Place()
    place.standby.replace(node("g"), [])
    assert place.standby.ask("ASK { :a :p :b }")
    with pytest.raises(OtherReleaseError):
        RemoteStore(remote(), PREFIXES, place.engine, pinned="a").ask("ASK {}")
