from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import (
    AnswerTooLargeError,
    BusyError,
    CallError,
    FormatError,
    GateError,
    PositionError,
    QuerySyntaxError,
    StoreError,
    StoreTimeoutError,
    WorkerLostError,
)
from reti_graph.formats import JSON, TURTLE, Format
from reti_graph.stores.port import Dataset
from tests.unit.stores.pools import COUNT, begun, number_of, opened
from tests.unit.stores.samples import DEADLY, ENDLESS, HUNGRY, LARGE, LARGE_GRAPH

if TYPE_CHECKING:
    from reti_graph.stores.pool import WorkerPool

NOWHERE = (None, None)


def test_the_default_graph_is_the_union(pool: WorkerPool, runner: asyncio.Runner) -> None:
    """Each triple once, named graphs apart, datasets as everywhere."""
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    both = Dataset(("urn:g0", "urn:other"), ())

    async def scene() -> None:
        assert await number_of(pool) == 201
        assert await number_of(pool, in_graphs) == 201
        assert await number_of(pool, COUNT, both) == 40

    runner.run(scene())


def test_a_worker_is_confined(pool: WorkerPool) -> None:
    """It has tried to open a file and a socket, in vain, and no terminal reaches it."""
    assert pool.confined
    assert [os.getsid(pid) for pid in pool.pids] == list(pool.pids)


def test_an_idle_worker_that_is_killed_is_replaced(
    pool: WorkerPool, runner: asyncio.Runner
) -> None:
    """Whoever asks next waits for the new one."""

    async def scene() -> None:
        assert await number_of(pool) == 201
        before = pool.pids
        for pid in before:
            os.kill(pid, 9)
        while set(before) & set(pool.pids):  # noqa: ASYNC110 -- nobody is told of an end
            await asyncio.sleep(0)
        assert await number_of(pool) == 201

    runner.run(scene())


@pytest.mark.parametrize(
    ("query", "target", "kind", "place"),
    [
        ("SELECT * {\n ?s no:p ?o }", JSON, QuerySyntaxError, (2, 5)),
        ("SELECT (<urn:f>(1) AS ?x) {}", JSON, GateError, NOWHERE),
        ("SELECT * {}", TURTLE, FormatError, NOWHERE),
        (LARGE, JSON, AnswerTooLargeError, NOWHERE),
        (LARGE_GRAPH, TURTLE, AnswerTooLargeError, NOWHERE),
        ("SELECT * { ?s ?p '\ud800' }", JSON, QuerySyntaxError, NOWHERE),
    ],
)
def test_errors_of_the_query_arrive_whole(
    pool: WorkerPool,
    runner: asyncio.Runner,
    query: str,
    target: Format,
    kind: type[CallError],
    place: tuple[int | None, int | None],
) -> None:
    """With their type and place; the worker stays."""
    assert runner.run(number_of(pool)) == 201
    before = pool.pids
    with pytest.raises(kind) as caught:
        runner.run(pool.answer(query, target))
    if isinstance(caught.value, PositionError):
        assert (caught.value.line, caught.value.column) == place
    assert runner.run(number_of(pool)) == 201
    assert pool.pids == before


@pytest.mark.parametrize(
    ("query", "signal"), [(HUNGRY, "SIGABRT"), (DEADLY, "SIGSEGV")], ids=["memory", "crash"]
)
def test_a_query_that_kills_its_worker_kills_no_other(
    pool: WorkerPool,
    runner: asyncio.Runner,
    caplog: pytest.LogCaptureFixture,
    query: str,
    signal: str,
) -> None:
    """It fails, the next one is answered by a new worker, and the log has no word of the query."""
    before = pool.pids

    async def scene() -> None:
        lost = await begun(pool.answer(query, JSON))
        kept = await begun(number_of(pool))
        with pytest.raises(WorkerLostError, match=signal):
            await lost
        assert await kept == 201

    with caplog.at_level(logging.DEBUG, "reti_graph"):
        runner.run(scene())
    assert set(pool.pids).isdisjoint(before)
    [record] = [each for each in caplog.records if each.name.startswith("reti_graph")]
    assert signal in record.getMessage()
    assert "SELECT" not in caplog.text


def test_a_worker_killed_from_outside_is_replaced(
    pool: WorkerPool, runner: asyncio.Runner, caplog: pytest.LogCaptureFixture
) -> None:
    """Its query fails alone."""

    async def scene() -> None:
        lost = await begun(pool.answer(ENDLESS, JSON))
        assert pool.running == 1
        [pid] = pool.pids
        os.kill(pid, 9)
        with pytest.raises(WorkerLostError, match="SIGKILL"):
            await lost
        assert await number_of(pool) == 201

    with caplog.at_level(logging.WARNING, "reti_graph"):
        runner.run(scene())
    assert "SIGKILL" in caplog.text


def test_a_query_of_a_caller_who_leaves_ends(
    pool: WorkerPool, runner: asyncio.Runner, caplog: pytest.LogCaptureFixture
) -> None:
    """With its worker, which nobody calls lost."""

    async def scene() -> None:
        leaving = await begun(pool.answer(ENDLESS, JSON))
        waiting = await begun(pool.answer(COUNT, JSON))
        waiting.cancel()
        leaving.cancel()
        await asyncio.wait([leaving, waiting])
        # It is given a moment, for it might be nearly done.
        assert pool.waiting == 0
        assert await number_of(pool) == 201
        assert (pool.running, pool.waiting) == (0, 0)

    with caplog.at_level(logging.WARNING, "reti_graph"):
        runner.run(scene())
    assert caplog.records == []


def test_more_queries_than_may_wait_are_sent_away(pool: WorkerPool, runner: asyncio.Runner) -> None:
    """At once, while the others run and wait."""

    async def scene() -> None:
        tasks = [await begun(pool.answer(ENDLESS, JSON)), await begun(number_of(pool))]
        assert (pool.ready, pool.running, pool.waiting) == (0, 1, 1)
        with pytest.raises(BusyError):
            await pool.answer(COUNT, JSON, client="another")
        tasks[0].cancel()
        assert await tasks[1] == 201

    runner.run(scene())


def test_a_query_calls_no_other_address(pool: WorkerPool, runner: asyncio.Runner) -> None:
    """Not even one of this machine, as SERVICE would."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        host, port = canary.getsockname()
        canary.settimeout(0)
        query = f"SELECT * {{ SERVICE <http://{host}:{port}/> {{ ?s ?p ?o }} }}"
        with pytest.raises(StoreError):
            runner.run(pool.answer(query, JSON))
        silent = query.replace("SERVICE", "SERVICE SILENT")
        assert json.loads(runner.run(pool.answer(silent, JSON)))["head"]
        with pytest.raises(BlockingIOError):
            canary.accept()
        with socket.create_connection((host, port)):
            canary.settimeout(30)
            canary.accept()[0].close()


def test_a_query_has_its_time_and_no_more(runner: asyncio.Runner) -> None:
    """The worker is killed and replaced."""

    async def scene() -> None:
        async with opened(seconds=0.5) as pool:
            [before] = pool.pids
            with pytest.raises(StoreTimeoutError, match=r"0\.5 seconds"):
                await pool.answer(ENDLESS, JSON)
            assert await number_of(pool) == 201
            assert before not in pool.pids

    runner.run(scene())
