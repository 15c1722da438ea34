from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reti_graph.gate import QueryForm
from reti_graph.stores.remote.answers import truth
from reti_graph.stores.remote.held import (
    Held,
    changing_update,
    held_update,
    holds_query,
    read_held,
    read_undo,
    undo_cleared_update,
    undo_update,
)
from tests.unit.stores.remote.engines import BASE, Engine

digests = st.text("0123456789abcdef", min_size=1, max_size=6)


def operations(update: str) -> list[str]:
    """Split an update where a store may be cut off."""
    return update.split(" ;\n")


def test_a_store_that_holds_nothing_says_nothing() -> None:
    """It need not be empty otherwise."""
    assert read_held(Engine(), BASE) == Held(None, None, None)


@given(digests, st.none() | digests)
def test_what_is_written_is_read(digest: str, previous: str | None) -> None:
    """Whatever was there before."""
    engine = Engine()
    engine.store.update(held_update(BASE, "old", "older"))
    engine.store.update(changing_update(BASE, "old", digest))
    assert read_held(engine, BASE) == Held(None, "older", ("old", digest))
    engine.store.update(held_update(BASE, digest, previous))
    assert read_held(engine, BASE) == Held(digest, previous, None)


def test_the_first_release_comes_from_none() -> None:
    """A change from nothing."""
    engine = Engine()
    engine.store.update(changing_update(BASE, None, "new"))
    assert read_held(engine, BASE).changing == ("", "new")


@given(digests, digests)
def test_cut_off_anywhere_it_never_says_what_is_not(before: str, after: str) -> None:
    """A change that has begun is seen from the first operation to the last."""
    engine = Engine()
    engine.store.update(held_update(BASE, before, None))
    for operation in operations(changing_update(BASE, before, after)):
        engine.store.update(operation)
        held = read_held(engine, BASE)
        assert held.changing == (before, after)
        assert held.digest in {None, before}
    for operation in operations(held_update(BASE, after, before)):
        assert read_held(engine, BASE).changing == (before, after)
        engine.store.update(operation)
    assert read_held(engine, BASE) == Held(after, before, None)


def test_another_release_may_be_wanted_in_the_middle_of_a_change() -> None:
    """What it changes from stays the same."""
    engine = Engine()
    engine.store.update(changing_update(BASE, "a", "b"))
    engine.store.update(changing_update(BASE, "a", "c"))
    assert read_held(engine, BASE) == Held(None, None, ("a", "c"))


def test_a_store_can_be_asked_for_one_release() -> None:
    """It answers yes to that one only, and to none while it is changed."""
    engine = Engine()

    def holds(digest: str) -> bool:
        return truth(engine.query(holds_query(BASE, digest), QueryForm.ASK))

    engine.store.update(held_update(BASE, "a", None))
    assert (holds("a"), holds("b")) == (True, False)
    engine.store.update(changing_update(BASE, "a", "b"))
    assert (holds("a"), holds("b")) == (False, False)


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=3))
def test_the_undo_journal_comes_back_in_its_order(pieces: list[str]) -> None:
    """Letter for letter, what is to be added before what is to be removed."""
    engine = Engine()
    for number, text in enumerate(pieces, start=1):
        engine.store.update(undo_update(BASE, "remove", number, text))
        engine.store.update(undo_update(BASE, "add", number, text))
    assert list(read_undo(engine, BASE)) == [
        *(("add", text) for text in pieces),
        *(("remove", text) for text in pieces),
    ]
    engine.store.update(undo_cleared_update(BASE))
    assert list(read_undo(engine, BASE)) == []
