"""Work of several steps, each of which is shown while it lasts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from reti_graph.cli.progress import progress_bar
from reti_graph.cli.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


def in_steps(work: Callable[[Callable[[str], object]], Value]) -> Value:
    """Do work that is told how to say which step it takes, and return what it gives.

    Steps are shown on standard error where that is a terminal. Ctrl-C ends the wait, as in
    `wait_for`.
    """
    with progress_bar() as bar:
        return wait_for(
            lambda: work(lambda step: bar.phase(step, 0)), "", patience=threading.TIMEOUT_MAX
        )
