from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from reti_graph.errors import StoreError
from reti_graph.web.lifespan import started

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Receive, Scope, Send


def run(app: ASGIApp, state: dict[str, object] | None = None) -> list[str]:
    """Start and end an application; give what happened in between."""
    steps: list[str] = []

    async def live() -> None:
        async with started(app, {} if state is None else state):
            steps.append("served")

    asyncio.run(live())
    return steps


def test_an_application_is_started_and_ended_in_one_task() -> None:
    """What a task group or a context variable needs of it; its state is handed on."""
    tasks = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[dict[str, object]]:
        tasks.append(asyncio.current_task())
        yield {"pool": 1}
        tasks.append(asyncio.current_task())

    state: dict[str, object] = {}
    assert run(Starlette(lifespan=lifespan), state) == ["served"]
    assert len(tasks) == 2
    assert tasks[0] is tasks[1]
    assert state == {"pool": 1}


@pytest.mark.parametrize("fails_first", [True, False])
def test_what_a_start_or_an_end_raises_is_raised(*, fails_first: bool) -> None:
    """The very error, with what it carries; nothing is served after a start that failed."""
    served = not fails_first

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        if not fails_first:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        raise StoreError("No worker.")

    steps: list[str] = []

    async def live() -> None:
        async with started(app, {}):
            steps.append("served")

    with pytest.raises(StoreError, match=r"^No worker\.$"):
        asyncio.run(live())
    assert bool(steps) is served


def test_a_framework_that_says_failed_before_it_raises_is_understood() -> None:
    """As Starlette does."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if app.debug is False:
            raise StoreError("No worker.")
        yield

    with pytest.raises(StoreError):
        run(Starlette(lifespan=lifespan))


def test_an_application_that_only_says_that_it_failed_is_an_error() -> None:
    """With the reason it gives."""

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "tired"})

    with pytest.raises(RuntimeError, match=r"lifespan\.startup: tired"):
        run(app)


def test_an_application_that_returns_without_a_word_is_an_error() -> None:
    """It does not know the protocol."""

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        pass

    with pytest.raises(RuntimeError, match="before it had answered"):
        run(app)


def test_an_error_while_serving_ends_the_application_and_stays_the_error() -> None:
    """Nothing that was started is left running."""
    steps: list[str] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        for step in ("startup", "shutdown"):
            steps.append((await receive())["type"])
            await send({"type": f"lifespan.{step}.complete"})

    async def live() -> None:
        async with started(app, {}):
            raise KeyError

    with pytest.raises(KeyError):
        asyncio.run(live())
    assert steps == ["lifespan.startup", "lifespan.shutdown"]
