"""A bar that shows how far long work is, on standard error, and only on a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

    from reti_graph.deliver.publishing import Watcher


class _Silence:
    """Shows nothing."""

    def phase(self, name: str, total: int) -> None:
        """Show nothing."""

    def advance(self, statements: int) -> None:
        """Show nothing."""


class _Bar:
    """Shows one bar for the part of the work that is going on."""

    def __init__(self, progress: Progress) -> None:
        """Draw with this."""
        self._progress = progress
        self._task: TaskID | None = None

    def phase(self, name: str, total: int) -> None:
        """Begin a bar in the place of the one before; without a total it only moves."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(name, total=total or None)

    def advance(self, statements: int) -> None:
        """Move the bar on."""
        if self._task is not None:
            self._progress.advance(self._task, statements)


@contextmanager
def progress_bar() -> Iterator[Watcher]:
    """Give what is told of the work; the bar is gone when the work is done."""
    if not sys.stderr.isatty():
        yield _Silence()
        return
    # rich takes longer to import than most commands take to answer.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        yield _Bar(progress)
