"""Starting and ending an ASGI application (ASGI specifications, Lifespan 2.0).

uvicorn does this too, but writes down what a start failed of and ends the process; here it is
raised, for whoever runs the server to tell in its own words.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, MutableMapping

    from starlette.types import ASGIApp, Message


@contextlib.asynccontextmanager
async def started(app: ASGIApp, state: MutableMapping[str, object]) -> AsyncIterator[None]:
    """Start an application, and end it with the context.

    What the application puts into `state` is what its requests find there. Raises what its start
    or its end raises, and RuntimeError when it only says that it failed.
    """
    inbox: asyncio.Queue[Message] = asyncio.Queue()
    outbox: asyncio.Queue[Message] = asyncio.Queue()
    asgi = {"version": "3.0", "spec_version": "2.0"}

    async def run() -> None:
        scope = {"type": "lifespan", "asgi": asgi, "state": state}
        await app(scope, inbox.get, outbox.put)

    running = asyncio.create_task(run())
    await inbox.put({"type": "lifespan.startup"})
    await _completed("lifespan.startup", running, outbox)
    try:
        yield
    finally:
        await inbox.put({"type": "lifespan.shutdown"})
        await _completed("lifespan.shutdown", running, outbox)
        await running


async def _completed(
    step: str, running: asyncio.Task[None], outbox: asyncio.Queue[Message]
) -> None:
    """Wait until the application says that a step is complete; raise what it raises instead."""
    answer = asyncio.create_task(outbox.get())
    await asyncio.wait({running, answer}, return_when=asyncio.FIRST_COMPLETED)
    if answer.done():
        message = answer.result()
        if message["type"] == f"{step}.complete":
            return
        reason = message.get("message", "")
    else:
        answer.cancel()
        reason = "it returned before it had answered"
    await running
    raise RuntimeError(f"The application did not complete {step}: {reason}")
