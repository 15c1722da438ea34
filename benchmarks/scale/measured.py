"""What a process of its own cost: seconds of the processor, seconds of the clock, memory."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process and those it waited for took; `peak` is the most memory, in bytes, of one."""

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
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux counts ru_maxrss in kilobytes.
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss * 1024)
