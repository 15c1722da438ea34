"""The memory of a server over time, and whether it grows."""

from __future__ import annotations

import itertools
import statistics
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.http.processes import memory, resident

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS: Final = 5.0
"""Between two times that memory is looked at."""

_THIRDS: Final = 3


@dataclass(frozen=True, slots=True)
class Weight:
    """What was resident at a moment: of the process that listens, and of it and its workers."""

    seconds: float
    server: int
    family: int


@dataclass(frozen=True, slots=True)
class Growth:
    """How some bytes were over time: first, last, on average by thirds, and more each minute."""

    start: float
    thirds: tuple[float, ...]
    end: float
    most: float
    a_minute: float


def growth(points: Sequence[tuple[float, float]]) -> Growth:
    """Return how bytes grew that were seen at some seconds; there must be three at least."""
    count = len(points)
    cuts = [round(count * part / _THIRDS) for part in range(_THIRDS + 1)]
    parts = [points[start:end] for start, end in itertools.pairwise(cuts)]
    sizes = [size for _, size in points]
    slope, _ = statistics.linear_regression([moment for moment, _ in points], sizes)
    thirds = tuple(statistics.fmean(size for _, size in part) for part in parts)
    return Growth(sizes[0], thirds, sizes[-1], max(sizes), slope * 60)


class Scales(threading.Thread):
    """Weighs a server every few seconds until it is told to stop."""

    def __init__(self, pid: int) -> None:
        """Weigh the process with this number, and those that it has started."""
        super().__init__(name="scales", daemon=True)
        self.weights: list[Weight] = []
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        """Weigh until `stop`."""
        begun = time.monotonic()
        while not self._over.is_set():
            seconds = time.monotonic() - begun
            self.weights.append(Weight(seconds, resident(self._pid), memory(self._pid)))
            self._over.wait(SECONDS)

    def stop(self) -> None:
        """Weigh no more."""
        self._over.set()
        self.join()
