"""Event loops and pools that several tests share: starting workers takes a while."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.stores.pools import started_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reti_graph.stores.pool import WorkerPool


def loop_factories() -> Iterator[Callable[[], asyncio.AbstractEventLoop]]:
    """Yield what makes each kind of event loop there is here."""
    yield asyncio.new_event_loop
    if sys.platform != "win32":
        import uvloop  # noqa: PLC0415 -- not made for every system

        yield uvloop.new_event_loop


@pytest.fixture(scope="module", params=list(loop_factories()), ids=lambda make: make.__module__)
def runner(request: pytest.FixtureRequest) -> Iterator[asyncio.Runner]:
    """Give each kind of event loop."""
    with asyncio.Runner(loop_factory=request.param) as made:
        yield made


@pytest.fixture(scope="module", params=["memory", "disk"])
def pool(runner: asyncio.Runner, request: pytest.FixtureRequest) -> Iterator[WorkerPool]:
    """Give a pool that reads from memory, and one that reads from disk."""
    started = runner.run(started_pool(on_disk=request.param == "disk"))
    yield started
    runner.run(started.close())
