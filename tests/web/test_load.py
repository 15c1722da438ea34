"""What many, slow and leaving clients do to the others, and to the log."""

from __future__ import annotations

import asyncio
import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import pytest
from starlette.testclient import TestClient

from reti_graph import wiring
from reti_graph.web.context import QUERIES_AT_ONCE
from tests.web.conftest import SMALL_SITE

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from starlette.applications import Starlette

    from reti_graph.formats import Format
    from reti_graph.stores.port import Store

    Message = MutableMapping[str, object]

QUERIES: Final = ("/sparql?query=ASK%7B%7D&format=csv", "/query/networks?format=csv")
WAIT: Final = 60


class HeldStore:
    """A store whose answers in a format are held back until they are let go."""

    def __init__(self, store: Store) -> None:
        """Wrap a store."""
        self._store = store
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def answer(self, query: str, target: Format) -> bytes:
        """Answer once it is let go."""
        self.begun.release()
        assert self.go.wait(WAIT)
        return self._store.answer(query, target)


@pytest.fixture
def held() -> Iterator[tuple[TestClient, HeldStore]]:
    """Give a client of an application of its own, and the store that holds answers back."""
    app = wiring.asgi(SMALL_SITE)
    store = HeldStore(app.state.served.store)
    app.state.served = dataclasses.replace(app.state.served, store=store)
    with TestClient(app) as client:
        yield client, store
        store.go.set()


@pytest.mark.parametrize("address", QUERIES)
def test_slow_queries_leave_the_pages_alone(
    held: tuple[TestClient, HeldStore], address: str
) -> None:
    """One query too many is 503 at once, pages answer, and later queries find room again."""
    client, store = held
    with ThreadPoolExecutor(QUERIES_AT_ONCE) as pool:
        running = [pool.submit(client.get, address) for _ in range(QUERIES_AT_ONCE)]
        try:
            assert all(store.begun.acquire(timeout=WAIT) for _ in running)
            for refused in map(client.get, QUERIES):
                assert refused.status_code == 503
                assert int(refused.headers["retry-after"]) > 0
            for page in ("/", "/doc/network/alpha", "/queries"):
                assert client.get(page).status_code == 200
        finally:
            store.go.set()
        assert {one.result(WAIT).status_code for one in running} == {200}
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/sparql?query=SELECT%20nothing", "/query/map?format=csv"])
def test_a_query_that_fails_gives_its_place_back(app: Starlette, address: str) -> None:
    """However often a query goes wrong, there is room for the next."""
    with TestClient(app) as client:
        failed = [client.get(address).status_code for _ in range(QUERIES_AT_ONCE + 1)]
    assert 503 not in failed


def post(app: Starlette, headers: dict[str, str], *received: Message) -> list[Message]:
    """Post to `/sparql` what is received, and return what is sent; asking for more fails."""
    sent: list[Message] = []
    waiting = iter(received)
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/sparql",
        "raw_path": b"/sparql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def test_a_client_that_leaves_while_posting_leaves_no_trace(
    app: Starlette, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is there to be answered, and nothing went wrong that the log should tell."""
    begun: Message = {"type": "http.request", "body": b"ASK", "more_body": True}
    sent = post(
        app, {"content-type": "application/sparql-query"}, begun, {"type": "http.disconnect"}
    )
    assert sent == []
    assert caplog.records == []


def test_a_body_said_to_be_too_large_is_refused_unread(app: Starlette) -> None:
    """413 comes before the first byte of the body."""
    headers = {"content-type": "application/sparql-query", "content-length": "1000001"}
    assert post(app, headers)[0]["status"] == 413
