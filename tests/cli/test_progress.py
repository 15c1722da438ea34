from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from reti_graph.cli.progress import progress_bar

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        """Say that somebody is watching."""
        return True


def work() -> None:
    """Tell of two parts of some work."""
    with progress_bar() as watcher:
        watcher.advance(1)
        watcher.phase("counting what is there", 0)
        watcher.advance(3)
        watcher.phase("reading back", 25_515)
        watcher.advance(25_515)


def test_a_terminal_shows_how_far_the_work_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The part that is going on, what is done of it, and nothing in the end."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    work()
    shown = terminal.getvalue()
    assert "reading back" in shown
    assert "25515/25515" in shown
    assert shown.rstrip().endswith("\x1b[2K")


def test_what_is_no_terminal_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A log file gets no progress."""
    work()
    assert capsys.readouterr() == ("", "")
