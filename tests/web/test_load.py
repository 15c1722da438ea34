"""What many, slow and leaving clients do to the others, and to the log."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, cast

import msgspec
import pytest

from reti_graph.errors import (
    AnswerTooLargeError,
    BusyError,
    RetiError,
    StoreTimeoutError,
    WorkerLostError,
)
from reti_graph.logs import REQUEST_ID
from reti_graph.web.budget import Budget
from tests.fakes import InProcessAnswers
from tests.web.conftest import application
from tests.web.far import FarSite
from tests.web.test_documents import with_settings

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.formats import Format
    from reti_graph.release import Release
    from reti_graph.stores.port import Dataset, Store

    Open = Callable[[Starlette], TestClient]
    Message = MutableMapping[str, object]

QUERIES: Final = ("/sparql?query=ASK%7B%7D&format=csv", "/query/networks?format=csv")
WAIT: Final = 60


class FailingAnswers(InProcessAnswers):
    """Fails of every query in one way."""

    def __init__(self, error: RetiError) -> None:
        """Fail of this."""
        super().__init__(cast("Store", None))
        self._error = error

    async def answer(
        self, query: str, target: Format, dataset: Dataset | None = None, *, client: str = ""
    ) -> bytes:
        """Fail."""
        del query, target, dataset, client
        raise self._error


class HeldAnswers(InProcessAnswers):
    """Answers `{}` once it is let go, and tells when it began and whether it was cancelled."""

    def __init__(self) -> None:
        """Hold everything back."""
        super().__init__(cast("Store", None))
        self.begun = asyncio.Event()
        self.go = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def answer(
        self, query: str, target: Format, dataset: Dataset | None = None, *, client: str = ""
    ) -> bytes:
        """Answer once it is let go."""
        del target, dataset, client
        self.asked.append(query)
        self.begun.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return b"{}"


@pytest.mark.parametrize("address", QUERIES)
@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (BusyError(7), 503, "7"),
        (StoreTimeoutError("The query took longer than 10 seconds."), 504, None),
        (WorkerLostError("The query could not be finished."), 502, None),
        (AnswerTooLargeError("The answer has more than 20000000 bytes."), 400, None),
    ],
)
def test_a_query_that_fails_fails_alone(
    small_release: Release,
    client_of: Open,
    address: str,
    error: RetiError,
    status: int,
    retry: str | None,
) -> None:
    """With its own status and words; pages and documents are there all the while."""
    client = client_of(application(small_release, FailingAnswers(error)))
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["detail"] == error.message
    assert answer.headers.get("retry-after") == retry
    assert answer.headers["cache-control"] == "no-store"
    for page in ("/", "/doc/network/alpha", "/queries", "/health"):
        assert client.get(page).status_code == 200


class Notebook(logging.Handler):
    """Writes down what is logged, and for which request."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.notes: list[tuple[str | None, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record down."""
        self.notes.append((REQUEST_ID.get(), record.getMessage()))


@pytest.mark.parametrize("error", [StoreTimeoutError("Too long."), WorkerLostError("Gone.")])
def test_a_lost_worker_is_in_the_log_with_the_request(
    small_release: Release, client_of: Open, error: RetiError
) -> None:
    """By the name that its answer has; what was asked is nobody's business."""
    client = client_of(application(small_release, FailingAnswers(error)))
    notebook = Notebook()
    logger = logging.getLogger("reti_graph.web.asking")
    logger.addHandler(notebook)
    try:
        answer = client.get(QUERIES[0])
    finally:
        logger.removeHandler(notebook)
    [(request_id, message)] = notebook.notes
    assert request_id == answer.headers["x-request-id"]
    assert error.message in message
    assert "ASK" not in message


def test_a_store_elsewhere_that_is_slow_costs_no_worker(
    small_release: Release, client_of: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """The log tells of workers that ended, and not of those that only waited."""
    far = FarSite(small_release)
    client = client_of(far.app)
    far.store.error = StoreTimeoutError("Late.")
    with caplog.at_level(logging.WARNING, "reti_graph.web.asking"):
        assert client.get(QUERIES[0]).status_code == 504
    assert "cost a worker" not in caplog.text


def test_a_client_that_used_its_time_waits(small_release: Release, client_of: Open) -> None:
    """429 with the time to wait; what is kept is given all the same."""
    budget = Budget(60, clock=lambda: 0.0)
    client = client_of(application(small_release, budget=budget))
    assert client.get(QUERIES[0]).status_code == 200
    budget.charge("testclient", 75)
    assert client.get(QUERIES[0]).status_code == 200
    refused = client.get(QUERIES[1])
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "16")
    assert client.get("/doc/network/alpha").status_code == 200


def test_free_sparql_is_refused_where_no_worker_can_be_confined(
    small_release: Release, client_of: Open
) -> None:
    """403 with the reason; canned queries are answered; a setting lets the others through."""
    answers = InProcessAnswers(store_of(small_release), confined=False)
    client = client_of(application(small_release, answers))
    refused = client.get(QUERIES[0])
    assert refused.status_code == 403
    assert "confine" in refused.json()["detail"]
    assert client.get(QUERIES[1]).status_code == 200
    server = msgspec.structs.replace(small_release.settings.server, unconfined=True)
    allowed = client_of(application(with_settings(small_release, server=server), answers))
    assert allowed.get(QUERIES[0]).status_code == 200


def store_of(release: Release) -> Store:
    """Return a store of a release's quads."""
    from reti_graph import wiring  # noqa: PLC0415 -- for this test alone

    return wiring.store_for(release)


def test_the_server_is_ready_only_while_a_worker_is(
    small_release: Release, client_of: Open
) -> None:
    """`/health` tells which release is served and what the workers do."""
    answers = InProcessAnswers(store_of(small_release))
    client = client_of(application(small_release, answers))
    state = client.get("/health").json()
    assert (state["status"], state["release"]) == ("ok", small_release.digest)
    answers.ready = 0
    lost = client.get("/health")
    assert (lost.status_code, lost.json()["status"]) == (503, "unavailable")
    assert lost.headers["retry-after"] == "1"


class Scene:
    """One application and requests to it, in one event loop, with nothing between."""

    def __init__(self, app: Starlette) -> None:
        """Take an application that has been started."""
        self._app = app

    async def get(self, path: str, received: asyncio.Queue[Message]) -> list[Message]:
        """Ask for a path; what the client does comes through the queue."""
        sent: list[Message] = []
        name, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": "GET",
            "path": name,
            "raw_path": name.encode(),
            "query_string": query.encode(),
            "headers": [],
            "client": ("192.0.2.1", 1),
        }

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(scope, received.get, send)
        return sent


def play(app: Starlette, scene: Callable[[Scene], object]) -> None:
    """Start an application, play a scene with it, and close it."""

    async def whole() -> None:
        async with app.router.lifespan_context(app):
            await cast("asyncio.Future[None]", scene(Scene(app)))

    asyncio.run(asyncio.wait_for(whole(), WAIT))


def here() -> asyncio.Queue[Message]:
    """Return what comes from a client that has asked and waits."""
    queue: asyncio.Queue[Message] = asyncio.Queue()
    queue.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    return queue


@pytest.mark.parametrize("address", QUERIES)
def test_a_query_ends_when_its_client_leaves(small_release: Release, address: str) -> None:
    """No worker goes on for somebody who is gone, and nobody is answered."""
    answers = HeldAnswers()

    async def scene(scene: Scene) -> None:
        client = here()
        asked = asyncio.create_task(scene.get(address, client))
        await answers.begun.wait()
        client.put_nowait({"type": "http.disconnect"})
        assert await asked == []
        await answers.cancelled.wait()

    play(application(small_release, answers), scene)


def test_one_that_leaves_does_not_end_the_same_query_of_another(small_release: Release) -> None:
    """Both wait for one run; it goes on for the one that stays."""
    answers = HeldAnswers()

    async def scene(scene: Scene) -> None:
        leaving, staying = here(), here()
        one = asyncio.create_task(scene.get(QUERIES[0], leaving))
        other = asyncio.create_task(scene.get(QUERIES[0], staying))
        await answers.begun.wait()
        leaving.put_nowait({"type": "http.disconnect"})
        assert await one == []
        answers.go.set()
        assert (await other)[0]["status"] == 200
        assert len(answers.asked) == 1

    play(application(small_release, answers), scene)


def test_pages_come_while_queries_wait(small_release: Release) -> None:
    """Documents need no worker."""
    answers = HeldAnswers()

    async def scene(scene: Scene) -> None:
        held = [asyncio.create_task(scene.get(address, here())) for address in QUERIES]
        await answers.begun.wait()
        for page in ("/", "/doc/network/alpha.ttl", "/health"):
            assert (await scene.get(page, here()))[0]["status"] == 200
        answers.go.set()
        await asyncio.gather(*held)

    play(application(small_release, answers), scene)
