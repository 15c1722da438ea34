from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pytest

from reti_graph.errors import StoreError
from reti_graph.formats import JSON, N_TRIPLES
from reti_graph.stores.frames import Setup
from reti_graph.stores.pool import WorkerPool, pause_after
from reti_graph.stores.spool import spool
from tests.unit.stores.pools import COUNT, LIMITS, QUADS, begun, number_of, started_pool
from tests.unit.stores.samples import ENDLESS

if TYPE_CHECKING:
    from pathlib import Path

NONSENSE = "import sys; sys.stdout.buffer.write({!r}); sys.stdout.flush(); sys.stdin.read()"


def test_nothing_is_left_after_closing(
    runner: asyncio.Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No process, no zombie, no file; what runs and what comes later fails."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def modes() -> list[int]:
        return [folder.stat().st_mode & 0o777 for folder in tmp_path.iterdir()]

    async def scene() -> None:
        pool = await started_pool(workers=2)
        assert modes() == [0o700]
        running = await begun(pool.answer(ENDLESS, JSON))
        pids = pool.pids
        await asyncio.gather(pool.close(), pool.close())
        with pytest.raises(StoreError, match="closed"):
            await running
        with pytest.raises(StoreError, match="closed"):
            await pool.answer(COUNT, JSON)
        await pool.close()
        assert pool.pids == ()
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    runner.run(scene())
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_is_cancelled_leaves_nothing(
    runner: asyncio.Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither while the data is written nor while the worker loads it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    async def scene() -> None:
        for turns in (1, 200):
            starting = asyncio.ensure_future(started_pool())
            for _ in range(turns):
                await asyncio.sleep(0)
            starting.cancel()
            await asyncio.wait([starting])
            if not starting.cancelled():
                await starting.result().close()

    runner.run(scene())
    assert list(tmp_path.iterdir()) == []


def test_a_pool_without_a_worker_does_not_start(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says how the first worker ended, or why there is none; nonsense ends it."""
    for command, said in (
        ((sys.executable, "-c", "raise SystemExit(3)"), "exit code 3"),
        (("there-is-no-such-program",), "No worker can be started"),
        ((sys.executable, "-c", NONSENSE.format(b"\xff" * 4)), "SIGKILL"),
        ((sys.executable, "-c", NONSENSE.format(b"\0\0\0\1?")), "SIGKILL"),
    ):
        monkeypatch.setattr("reti_graph.stores.children._COMMAND", command)
        with pytest.raises(StoreError, match=said):
            runner.run(started_pool())


def test_a_worker_that_cannot_read_its_data_says_so(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pool does not start, with the worker's reason."""

    def forget(*_given: object) -> Any:  # noqa: ANN401 -- a Spool
        return type("Gone", (), {"source": "gone.nq", "on_disk": False})

    monkeypatch.setattr("reti_graph.stores.pool.spool", forget)
    with pytest.raises(StoreError, match="cannot read its data"):
        runner.run(started_pool())


def test_workers_that_are_of_no_use_are_started_ever_more_seldom() -> None:
    """Up to a limit, however often."""
    pauses = [pause_after(times) for times in range(1, 2_000)]
    assert pauses[0] > 0
    assert pauses == sorted(pauses)
    assert pauses[-1] <= 60


def test_a_pool_that_others_have_left_is_drained(pool: WorkerPool, runner: asyncio.Runner) -> None:
    """Once the last query is answered."""

    async def scene() -> None:
        asking = await begun(pool.answer("CONSTRUCT WHERE { <urn:s0> ?p ?o }", N_TRIPLES))
        await pool.drained()
        assert (pool.running, pool.waiting) == (0, 0)
        assert len((await asking).splitlines()) == 2

    runner.run(scene())


def test_workers_know_no_secret_of_the_environment(
    runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query that got hold of its process would not get hold of the store elsewhere."""
    tell = "import os, sys; sys.exit(sum(name.startswith('RETI_') for name in os.environ))"
    monkeypatch.setattr("reti_graph.stores.children._COMMAND", (sys.executable, "-c", tell))
    monkeypatch.setenv("RETI_LANG", "it")
    for name in ("RETI_STORE_USER", "RETI_STORE_PASSWORD", "RETI_STORE_TOKEN"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.delenv("RETI_SITE", raising=False)
    with pytest.raises(StoreError, match="exit code 1"):
        runner.run(started_pool())


def test_a_pool_over_data_that_is_there_leaves_it(runner: asyncio.Runner, tmp_path: Path) -> None:
    """It cleans up what it is told to, and nothing else."""
    data = spool(QUADS, tmp_path, quads_in_memory=0)
    setup = Setup(str(data.source), data.on_disk, {"": "urn:"}, LIMITS.memory_bytes)
    cleaned: list[bool] = []

    async def scene() -> None:
        for _ in range(2):
            pool = await WorkerPool.over(setup, LIMITS, lambda: cleaned.append(True))
            assert await number_of(pool) == len({quad.triple for quad in QUADS})
            await pool.close()

    runner.run(scene())
    assert cleaned == [True, True]
    assert data.source.exists()
