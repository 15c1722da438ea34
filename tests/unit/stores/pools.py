"""Pools for tests, and ways to ask them."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from reti_graph.formats import JSON
from reti_graph.stores.pool import PoolLimits, WorkerPool
from tests.unit.stores.samples import quad

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from reti_graph.stores.port import Dataset

Result = TypeVar("Result")

QUADS = [quad(f"s{n}", f"p{n % 3}", f"o{n % 7}", f"g{n % 5}") for n in range(200)]
QUADS += [quad("s0", "p0", "o0", "other"), quad("s0", "p0", "alone")]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LIMITS = PoolLimits(workers=1, seconds=60.0, memory_bytes=100_000_000, answer_bytes=20_000, queue=1)


async def started_pool(*, on_disk: bool = False, **changed: Any) -> WorkerPool:  # noqa: ANN401 -- any limit
    """Return a pool with other limits than most tests have."""
    limits = replace(LIMITS, quads_in_memory=0 if on_disk else 1_000, **changed)
    return await WorkerPool.start(QUADS, {"": "urn:"}, limits)


@asynccontextmanager
async def opened(**changed: Any) -> AsyncIterator[WorkerPool]:  # noqa: ANN401 -- as above
    """Give a pool of one test."""
    started = await started_pool(**changed)
    try:
        yield started
    finally:
        await started.close()


async def begun(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Return a task that has run as far as it can."""
    task = asyncio.ensure_future(work)
    await asyncio.sleep(0)
    return task


async def number_of(pool: WorkerPool, query: str = COUNT, dataset: Dataset | None = None) -> int:
    """Return the one number in an answer."""
    document = json.loads(await pool.answer(query, JSON, dataset))
    return int(document["results"]["bindings"][0]["n"]["value"])
