"""Asking the workers on behalf of a client: within its budget, and only while it is there."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from starlette.requests import ClientDisconnect

from reti_graph.errors import RefusedError, RetiError, StoreTimeoutError, WorkerLostError
from reti_graph.web.context import client_of, served

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.requests import Request

    from reti_graph.formats import Format
    from reti_graph.stores.port import Dataset
    from reti_graph.web.budget import Budget
    from reti_graph.web.metrics import Metrics
    from reti_graph.web.publication import Served

Result = TypeVar("Result")

_LEAVING_SECONDS: Final = 0.2
_log = logging.getLogger(__name__)


async def answer(
    request: Request, text: str, target: Format, dataset: Dataset | None = None
) -> bytes:
    """Have a query answered by a worker, and count the time for the client.

    Raises BudgetError when the client has none left, and what `Answers.answer` raises.
    """
    budget = cast("Budget", request.app.state.budget)
    metrics = cast("Metrics", request.app.state.metrics)
    client = client_of(request)
    budget.admit(client)
    begun = time.monotonic()
    outcome = "cancelled"
    try:
        content = await served(request).answers.answer(text, target, dataset, client=client)
        outcome = "answered"
    except RetiError as error:
        outcome = type(error).__name__
        if _cost_a_worker(error, served(request)):
            metrics.worker_lost()
            _log.warning("A query cost a worker: %s", error.message)
        raise
    finally:
        seconds = time.monotonic() - begun
        # Whoever leaves may cost a worker, which takes time to start again.
        budget.charge(client, seconds if outcome != "cancelled" else seconds + _LEAVING_SECONDS)
        metrics.query(seconds, outcome)
    return content


def _cost_a_worker(error: RetiError, site: Served) -> bool:
    """Tell whether a worker had to end for a query; one that waits for a slow store need not."""
    late = isinstance(error, StoreTimeoutError) and site.upstream is None
    return late or isinstance(error, WorkerLostError)


def refuse_if_unconfined(request: Request) -> None:
    """Raise RefusedError where a query of a stranger could reach network or files."""
    site = served(request)
    if not (site.answers.confined or site.settings.server.unconfined):
        raise RefusedError(
            "SPARQL of your own is not answered here, for this machine cannot confine it.",
            hint="The canned queries under /queries are.",
        )


async def while_there(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """Return what some work gives, and end it when the client leaves.

    The request must have been read to its end. Raises ClientDisconnect, and what the work raises.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
