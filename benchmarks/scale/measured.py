"""What a process of its own cost: seconds of the processor, seconds of the clock, memory."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from benchmarks.http.processes import memory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_BETWEEN_LOOKS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and its children took; `peak` is the most resident bytes at once."""

    processor: float
    clock: float
    peak: int

    def after(self, other: Cost) -> Cost:
        """Return the cost of this one when the other has run before it."""
        return Cost(
            self.processor + other.processor,
            self.clock + other.clock,
            max(self.peak, other.peak),
        )


def cost(command: Sequence[str], variables: Mapping[str, str] = MappingProxyType({})) -> Cost:
    """Run a command to its end, with some variables more in its environment.

    Raises CalledProcessError when it fails.
    """
    start = time.perf_counter()
    environment = {**os.environ, **variables}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        peak, ended = 0, 0
        while not ended:
            peak = max(peak, memory(process.pid))
            time.sleep(_BETWEEN_LOOKS)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # What one process had for a moment may have been overlooked. Linux counts it in kilobytes.
    peak = max(peak, used.ru_maxrss * 1024)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, peak)
