"""Each thing that can go wrong between us and a store, at each request of a publishing."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.deliver.publishing import publish, roll_back
from reti_graph.deliver.target import Target
from reti_graph.errors import OtherReleaseError, StoreAnswerError, StoreError, StoreTimeoutError
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.values import Addresses, Patience, Remote
from tests.deliver.http_fake import fronted
from tests.servers.scripted import DROP, RESET, Sent, answer, cut, cut_chunked
from tests.unit.deliver.releases import NEW, OLD, holding
from tests.unit.deliver.stores import BASE, WAYS, Way, expected
from tests.unit.deliver.watchers import Quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.deliver.wanted import Published
    from tests.unit.deliver.stores import FakeStore

HTML: Final = {"Content-Type": "text/html"}
RESULTS: Final = {"Content-Type": "application/sparql-results+json"}
PAGE: Final = b"<!DOCTYPE html><title>Welcome</title>"
FAULTS: Final[dict[str, Sent]] = {
    "dropped": DROP,
    "reset": RESET,
    "401": answer(401, {"WWW-Authenticate": 'Basic realm="store"'}),
    "403": answer(403, body=b"No."),
    "429": answer(429, {"Retry-After": "3600"}),
    "500": answer(500, body=b"Something went wrong."),
    "503": answer(503, HTML, PAGE),
    "507": answer(507, body=b"No space left on device"),
    "a web page": answer(200, HTML, PAGE),
    "a redirect": answer(302, {"Location": "http://127.0.0.1:9/"}),
    "a truncated answer": cut(RESULTS, b'{"head":{"vars":["g"]},"results":{"bindin'),
    "truncated chunks": cut_chunked(RESULTS, b'{"head":{"vars":["g"]},"results":{"bindin'),
}
ONCE: Final = Patience(seconds=20.0, retries=0)
OURS: Final = {
    "one update": Way("own", atomic=True, graphs=True),
    "updates": Way("own", statements=10, graphs=True),
    "graphs alone": WAYS["graphs alone"],
}


@contextmanager
def asked(url: str, way: Way, patience: Patience = ONCE) -> Iterator[Target]:
    """Give a store at an address; there is no pause before it is asked again."""
    known = way.remote()
    remote = Remote(
        addresses=Addresses(
            query=f"{url}/query",
            update=f"{url}/update" if way.updates else None,
            graphs=f"{url}/store",
        ),
        dialect=known.dialect,
        base=BASE,
        patience=patience,
    )
    connection = Connection(remote.addresses, patience, pause=lambda _seconds: None)
    with connection:
        yield Target(connection, remote)


def broken_at_each(
    way: Way, store: FakeStore, fault: Sent, *, done: bool
) -> Iterator[tuple[FakeStore, StoreError]]:
    """Yield the store and the error after publishing NEW failed at each of its requests.

    With `done` the store has done what it was asked before its answer went wrong.
    """
    with fronted(store) as (front, server), asked(server.url, way) as target:
        for at in count(1):
            front.store, front.number = store.copy(), 0
            front.fail(at, fault, done=done)
            try:
                publish(target, NEW, Quiet())
            except StoreError as error:
                yield front.store, error
            if front.number < at:
                return


def ends_right(way: Way, store: FakeStore, before: Published) -> None:
    """Run it again, and go back."""
    publish(way.target(store), NEW, Quiet())
    assert (store.says(), store.holds()) == (NEW.digest, expected(NEW))
    roll_back(way.target(store), Quiet())
    assert (store.says(), store.holds()) == (before.digest, expected(before))


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        pytest.param(way, fault, id=f"{name}, {fault}")
        for name, way in OURS.items()
        for fault in FAULTS
        if name == "updates" or fault in {"dropped", "401", "500", "truncated chunks"}
    ],
)
def test_a_fault_at_any_request_is_told_and_loses_nothing(way: Way, fault: str) -> None:
    """No mixture is ever read; the error says what to do; run again, it ends right."""
    failed = 0
    for store, error in broken_at_each(way, holding(way, OLD), FAULTS[fault], done=False):
        failed += 1
        assert error.hint
        assert "127.0.0.1" in error.message
        ends_right(way, store, OLD)
    assert failed > 5


@pytest.mark.parametrize("way", OURS.values(), ids=OURS.keys())
@pytest.mark.parametrize("fault", ["dropped", "500"])
def test_a_change_that_was_made_though_its_answer_failed_is_taken_for_made(
    way: Way, fault: str
) -> None:
    """What is there is read, and not what was sent is remembered."""
    for store, _ in broken_at_each(way, holding(way, OLD), FAULTS[fault], done=True):
        ends_right(way, store, OLD)


@pytest.mark.parametrize("way", OURS.values(), ids=OURS.keys())
def test_a_store_that_answers_nonsense_is_not_believed(way: Way) -> None:
    """Results of the right type that are no results, also for a change that it does not make."""
    fault = answer(200, RESULTS, b'{"head": {"vars": []}, "results": {"bindings": 7}}')
    for store, error in broken_at_each(way, holding(way, OLD), fault, done=False):
        assert isinstance(error, StoreAnswerError | OtherReleaseError)
        ends_right(way, store, OLD)


@pytest.mark.parametrize("way", OURS.values(), ids=OURS.keys())
def test_a_store_that_takes_changes_and_does_not_make_them_is_found_out(way: Way) -> None:
    """The address for updates may be that of another store."""
    store = holding(way, OLD)
    with fronted(store) as (front, server), asked(server.url, way) as target:
        front.instead = lambda _number, each: None if each.target == "/query" else answer(204)
        with pytest.raises(StoreAnswerError, match="still says that it holds") as caught:
            publish(target, NEW, Quiet())
    assert caught.value.hint
    assert "store.update_url" in caught.value.hint


def test_a_store_that_does_not_answer_in_time_is_given_up() -> None:
    """Each request has so many seconds."""
    way = OURS["updates"]
    store = holding(way, OLD)
    hang = Sent(b"", "hang")
    hasty = Patience(seconds=0.2, retries=0)
    with fronted(store) as (front, server), asked(server.url, way, hasty) as target:
        front.fail(8, hang)
        with pytest.raises(StoreTimeoutError) as caught:
            publish(target, NEW, Quiet())
    assert caught.value.hint
    ends_right(way, store, OLD)


def test_publishing_twice_sends_no_change() -> None:
    """Seen from the other side: questions alone."""
    for way in OURS.values():
        store = holding(way, OLD)
        with fronted(store) as (front, server), asked(server.url, way) as target:
            publish(target, NEW, Quiet())
            first = len(server.requests)
            outcome = publish(target, NEW, Quiet())
            assert not outcome.written
            assert front.store.says() == NEW.digest
            assert {request.target for request in server.requests[first:]} == {"/query"}


def test_a_repeated_update_makes_no_difference() -> None:
    """A connection repeats what was lost on the way, and what was done already."""
    stubborn = Patience(seconds=20.0, retries=5)
    for way in OURS.values():
        store = holding(way, OLD)
        with fronted(store) as (front, server), asked(server.url, way, stubborn) as target:
            front.instead = front.twice
            publish(target, NEW, Quiet())
            ends_right(way, store, OLD)
