from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.exceptions import Exit

from reti_graph import errors
from reti_graph.cli.exits import EXIT_CODES, exit_code, failures
from reti_graph.problems import Location, Problem, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = "docs/nowhere.md"


def end_of(work: Callable[[], object]) -> int:
    """Do some work that fails and return the code the program ends with."""
    with pytest.raises(Exit) as caught, failures():
        work()
    return caught.value.exit_code


def raising(error: BaseException) -> Callable[[], None]:
    """Give a function that raises an error."""

    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DataError(Report()), 1),
        (errors.CallError("no"), 2),
        (errors.UnknownNameError("query", "x"), 2),
        (errors.GateError("no"), 2),
        (errors.SettingsError("no"), 2),
        (errors.StoreError("no"), 3),
        (errors.StoreTimeoutError("no"), 3),
        (errors.AddressInUseError("127.0.0.1", 8000), 3),
    ],
)
def test_an_error_ends_with_the_code_of_its_family(error: errors.RetiError, code: int) -> None:
    """The nearest listed type decides, so that a new error needs no new line."""
    assert exit_code(error) == code
    assert end_of(raising(error)) == code


def test_every_family_of_errors_has_its_own_code() -> None:
    """No type directly under the root is forgotten."""
    assert set(errors.RetiError.__subclasses__()) == set(EXIT_CODES)
    assert len(set(EXIT_CODES.values())) == len(EXIT_CODES)


def test_the_message_and_the_hint_go_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two lines: what is wrong, and how to mend it."""
    end_of(raising(errors.CallError("It is wrong.", hint="Mend it.")))
    assert capsys.readouterr() == ("", "error: It is wrong.\nhint: Mend it.\n")


def test_an_error_without_a_hint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is said where there is nothing to say."""
    end_of(raising(errors.CallError("It is wrong.")))
    assert capsys.readouterr().err == "error: It is wrong.\n"


def test_an_error_in_a_query_text_has_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    """Line and column come before the message."""
    end_of(raising(errors.QuerySyntaxError("No.", line=3, column=5)))
    end_of(raising(errors.GateError("Too long.")))
    assert capsys.readouterr().err == "error: line 3, column 5: No.\nerror: Too long.\n"


def test_wrong_data_is_named_file_by_file(capsys: pytest.CaptureFixture[str]) -> None:
    """In order, without the warnings, and not more than fit on a screen."""
    found = [
        Problem("syntax", severity, {"it": "No.", "en": "Wrong."}, Location("a.trig", line))
        for line in range(12, 0, -1)
        for severity in (Severity.VIOLATION, Severity.WARNING)
    ]
    assert end_of(raising(errors.DataError(Report(tuple(found))))) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["error: The data is wrong: 12 findings.", "  a.trig:1: Wrong."]
    assert lines[10:12] == ["  a.trig:10: Wrong.", "  and 2 more"]
    assert lines[12] == "hint: `reti-graph validate` shows everything about them."


def test_a_file_that_cannot_be_used_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the file and the reason."""
    assert end_of(raising(FileNotFoundError(2, "No such file or directory", HERE))) == 2
    assert capsys.readouterr().err == f"error: Cannot use {HERE}: No such file or directory.\n"


def test_a_system_error_without_a_file_is_the_machine_or_the_network() -> None:
    """It may go away by itself, which a wrong call does not."""
    assert end_of(raising(OSError(28, "No space left on device"))) == 3


def test_ctrl_c_ends_with_130() -> None:
    """As a shell reports a process that SIGINT ended."""
    assert end_of(raising(KeyboardInterrupt())) == 130


def test_a_fault_of_the_program_is_a_message_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is met by a traceback they did not ask for."""
    monkeypatch.delenv("RETI_DEBUG", raising=False)
    assert end_of(raising(ZeroDivisionError("division by zero"))) == 70
    assert "ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_a_fault_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """With RETI_DEBUG set, the traceback is there for whoever mends it."""
    monkeypatch.setenv("RETI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError), failures():
        raise ZeroDivisionError


def test_a_wrong_option_points_to_the_help_of_its_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Click's own errors look like all others."""
    context = click.Context(click.Command("query"), info_name="reti-graph query")
    assert end_of(raising(click.NoSuchOption("--fromat", ctx=context))) == 2
    assert capsys.readouterr().err == (
        "error: No such option '--fromat'.\nhint: `reti-graph query --help` lists what it takes.\n"
    )
