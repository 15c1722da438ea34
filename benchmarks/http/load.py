"""Asking as fast as a server answers, on connections that are kept open."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.http.questions import changes, filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SLOW: Final = 0.05
"""An answer that takes longer, in seconds, is counted to its end, and not at the end of a time."""

_HOST: Final = "127.0.0.1"
_SCRIPT: Final = Path(__file__).with_name("load.lua")
_COUNTED: Final = re.compile(r"^counted (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)
_GOOD: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a server is asked: targets in turn, from a count on that no other cell has.

    Warming up begins at another count, `first_cold`, so that it answers none of them beforehand.
    """

    port: int
    targets: Sequence[str]
    accept: str
    connections: int
    first: int
    first_cold: int
    longest: float
    """What a cell may take at most, in seconds, however slow the answers are."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Good answers a second, and how many answers were not good.

    `cut_short` says that some were begun and not waited for.
    """

    per_second: float
    failed: int = 0
    cut_short: bool = False


def has_wrk() -> bool:
    """Tell whether wrk is there; without it, the load comes from threads of this process."""
    return shutil.which("wrk") is not None


def measure(asked: Asked, seconds: float, warm_up: float, one_answer: float) -> Rate:
    """Return the rate of good answers over some seconds, after a time of warming up.

    `one_answer` is how long a single one takes: slow ones are asked by threads that wait for the
    last, up to the longest time a cell may take, and need no warming up.
    """
    if one_answer >= SLOW:
        return _by_threads(asked, seconds)
    ask = _by_wrk if has_wrk() else _by_threads
    if warm_up:
        ask(replace(asked, first=asked.first_cold), warm_up)
    return ask(asked, seconds)


def _by_wrk(asked: Asked, seconds: float) -> Rate:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(asked.targets))
        file.flush()
        # wrk counts in whole seconds.
        command = ["wrk", "--threads", "1", "--connections", str(asked.connections)]
        command += [
            "--duration",
            f"{max(1, round(seconds))}s",
            "--timeout",
            f"{asked.longest:.0f}s",
        ]
        command += ["--script", str(_SCRIPT), f"http://{_HOST}:{asked.port}", "--"]
        command += [file.name, asked.accept, str(asked.connections), str(asked.first)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    counted = _COUNTED.search(done.stdout)
    if counted is None:
        raise ValueError(f"wrk did not say what it counted: {done.stdout}{done.stderr}")
    requests, microseconds, refused, broken = map(int, counted.groups())
    return Rate((requests - refused) * 1e6 / microseconds, refused + broken)


class _Crowd:
    """Clients that ask at once, each on its own connection, until the time is over."""

    def __init__(self, asked: Asked, seconds: float) -> None:
        self._asked = asked
        self._begun = time.perf_counter()
        self._seconds = seconds
        self._lock = threading.Lock()
        self._count = asked.first
        self.good: list[float] = []
        self.failed = 0

    @property
    def elapsed(self) -> float:
        return time.perf_counter() - self._begun

    def targets(self) -> Iterator[tuple[int, str]]:
        """Yield the next target with its count, while there is time for another one."""
        wanted = self._asked.targets
        while self.elapsed < self._seconds:
            with self._lock:
                count, self._count = self._count, self._count + 1
            target = wanted[count % len(wanted)]
            yield count, filled(target, count) if changes(target) else target

    def note(self, *, good: bool) -> None:
        with self._lock:
            if good:
                self.good.append(self.elapsed)
            else:
                self.failed += 1

    def client(self) -> None:
        """Ask until the time is over; a broken connection ends the client."""
        asked = self._asked
        connection = http.client.HTTPConnection(_HOST, asked.port)
        try:
            for count, target in self.targets():
                client = f"198.51.100.{1 + count % asked.connections}"
                headers = {"Accept": asked.accept, "X-Forwarded-For": client}
                connection.timeout = max(1.0, asked.longest - self.elapsed)
                if connection.sock:
                    connection.sock.settimeout(connection.timeout)
                connection.request("GET", target, headers=headers)
                answer = connection.getresponse()
                answer.read()
                self.note(good=answer.status == _GOOD)
        except TimeoutError:
            # Not a failure: the cell ends before the answer comes.
            return
        except (OSError, http.client.HTTPException):
            self.note(good=False)
        finally:
            connection.close()


def _by_threads(asked: Asked, seconds: float) -> Rate:
    """Count every answer that was begun in time, and the time until the last has come."""
    crowd = _Crowd(asked, seconds)
    threads = [threading.Thread(target=crowd.client) for _ in range(asked.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cut_short = crowd.elapsed >= asked.longest
    took = crowd.elapsed if cut_short or not crowd.good else max(crowd.good)
    return Rate(len(crowd.good) / took, crowd.failed, cut_short)
