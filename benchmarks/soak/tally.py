"""What came back under load: counted by many threads."""

from __future__ import annotations

import threading
from array import array
from collections import Counter, defaultdict
from typing import Final

_KEPT: Final = 20
"""So many wrong answers are shown; the others are only counted."""

_LONGEST: Final = 500


class Tally:
    """Counts answers by what was asked and by what came, and keeps how long they took."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = threading.Lock()
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.seconds: defaultdict[str, array[float]] = defaultdict(lambda: array("d"))
        self.slowest: dict[str, tuple[float, str]] = {}
        self.wrong = 0
        self.shown: list[str] = []

    def note(self, kind: str, asked: object, came: str, seconds: float) -> None:
        """Count what came for what was asked, which is of a kind."""
        with self._lock:
            self.counts[kind][came] += 1
            self.seconds[kind].append(seconds)
            if seconds > self.slowest.get(kind, (0.0, ""))[0]:
                self.slowest[kind] = seconds, str(asked)

    def complain(self, asked: object, reason: str) -> None:
        """Count what is wrong; the first few reasons are kept."""
        with self._lock:
            self.wrong += 1
            if len(self.shown) < _KEPT:
                self.shown.append(f"{asked}: {reason}"[:_LONGEST])
