"""Bodies that are too large, too late, or left unfinished."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Final, cast

import msgspec

from tests.web.conftest import application
from tests.web.test_documents import with_settings

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    import pytest
    from starlette.applications import Starlette

    from reti_graph.release import Release

    Message = MutableMapping[str, object]

WAIT: Final = 60
DIRECT: Final = {"content-type": "application/sparql-query"}


def post(app: Starlette, headers: dict[str, str], *received: Message) -> list[Message]:
    """Post to `/sparql` what is received, and return what is sent; more never comes."""
    sent: list[Message] = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/sparql",
        "raw_path": b"/sparql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.1", 1),
    }

    async def send(message: Message) -> None:
        sent.append(message)

    async def whole() -> None:
        async with app.router.lifespan_context(app):
            queue: asyncio.Queue[Message] = asyncio.Queue()
            for message in received:
                queue.put_nowait(message)
            await app(scope, queue.get, send)

    asyncio.run(asyncio.wait_for(whole(), WAIT))
    return sent


def test_a_client_that_leaves_while_posting_leaves_no_trace(
    small_release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is there to be answered, and nothing went wrong that the log should tell."""
    begun: Message = {"type": "http.request", "body": b"ASK", "more_body": True}
    sent = post(application(small_release), DIRECT, begun, {"type": "http.disconnect"})
    assert sent == []
    assert [record for record in caplog.records if record.name.startswith("reti_graph")] == []


def test_a_body_said_to_be_too_large_is_refused_unread(small_release: Release) -> None:
    """413 comes before the first byte of the body."""
    headers = {**DIRECT, "content-length": "1000001"}
    assert post(application(small_release), headers)[0]["status"] == 413


def test_a_body_that_does_not_come_is_not_waited_for(small_release: Release) -> None:
    """408 when its time is over."""
    limits = msgspec.structs.replace(small_release.settings.limits, body_seconds=0.05)
    app = application(with_settings(small_release, limits=limits))
    begun: Message = {"type": "http.request", "body": b"ASK", "more_body": True}
    start, body, *_ = post(app, DIRECT, begun)
    assert start["status"] == 408
    assert json.loads(cast("bytes", body["body"]))["status"] == 408
