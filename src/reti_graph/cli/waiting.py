"""Work that may take long: shown when it does, and always open to Ctrl-C."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Value = TypeVar("Value")

PATIENCE: Final = 1.0


class _Work(threading.Thread, Generic[Value]):
    """A thread that keeps what its work returned or raised."""

    def __init__(self, work: Callable[[], Value]) -> None:
        # A daemon, so that the process can end while the work cannot be stopped.
        super().__init__(daemon=True)
        self._work = work
        self._values: list[Value] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._values.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised again where the value is wanted
            self._error = error

    def result(self) -> Value:
        if self._error is not None:
            raise self._error
        return self._values[0]


def wait_for(work: Callable[[], Value], label: str, *, patience: float = PATIENCE) -> Value:
    """Do the work and return what it gives, or raise what it raises.

    Once it has taken longer than `patience` seconds and standard error is a terminal, `label` is
    shown there until the work is done. A running query does not listen to signals, so the work
    has a thread of its own and Ctrl-C ends the wait.
    """
    thread = _Work(work)
    thread.start()
    thread.join(patience)
    if thread.is_alive():
        with showing(label):
            thread.join()
    return thread.result()


@contextmanager
def showing(label: str) -> Iterator[None]:
    """Show a label on standard error meanwhile, where that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    # rich takes longer to import than most commands take to answer.
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status(label):
        yield
