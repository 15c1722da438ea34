from __future__ import annotations

import io
import sys
import threading

import pytest

from reti_graph.cli.waiting import wait_for
from reti_graph.errors import StoreError


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        """Say that somebody is watching."""
        return True


def long_work(until: threading.Event) -> str:
    """Work that lasts until it is told to end."""
    until.wait(timeout=30)
    return "done"


def test_the_value_of_the_work_is_returned() -> None:
    """Waiting changes nothing about what comes out."""
    assert wait_for(lambda: 42, "counting") == 42


def test_the_error_of_the_work_is_raised() -> None:
    """An error crosses from the work to whoever waits for it."""

    def fail() -> None:
        raise StoreError("gone")

    with pytest.raises(StoreError, match="gone"):
        wait_for(fail, "failing")


def test_quick_work_shows_nothing_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is for work that takes long."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    wait_for(lambda: None, "reading the site", patience=30)
    assert terminal.getvalue() == ""


def test_long_work_is_named_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The label appears, and the work goes on until it is done."""
    until = threading.Event()

    class Watching(Terminal):
        def write(self, text: str) -> int:
            if "reading the site" in text:
                until.set()
            return super().write(text)

    monkeypatch.setattr(sys, "stderr", Watching())
    monkeypatch.setenv("TERM", "xterm")
    assert wait_for(lambda: long_work(until), "reading the site", patience=0.01) == "done"
    assert until.is_set()


def test_long_work_shows_nothing_when_standard_error_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A log file gets no progress."""
    until = threading.Event()
    threading.Timer(0.05, until.set).start()
    assert wait_for(lambda: long_work(until), "reading the site", patience=0.01) == "done"
    assert capsys.readouterr().err == ""
