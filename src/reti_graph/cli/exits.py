"""How the program ends: each type of error has its exit code here and nowhere else."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click
from click.exceptions import Exit, NoArgsIsHelpError

from reti_graph.cli.lines import SENTENCE, shortened
from reti_graph.errors import CallError, DataError, PositionError, RetiError, StoreError
from reti_graph.language import choose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.problems import Problem, Report

FINDINGS: Final = 1
FAULT: Final = 70
INTERRUPTED: Final = 130
READER_GONE: Final = 141

_SHOWN: Final = 10
_DATA_HINT: Final = "`reti-graph validate` shows everything about them."

EXIT_CODES: Mapping[type[RetiError], int] = MappingProxyType(
    {DataError: FINDINGS, CallError: 2, StoreError: 3},
)


def exit_code(error: RetiError) -> int:
    """Return the code of the nearest listed type an error belongs to."""
    listed = (EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)
    return next(listed, FAULT)


def ended(message: str, hint: str | None, code: int) -> Exit:
    """Say on standard error what is wrong and how to mend it; return the end to be raised."""
    click.echo(f"error: {message}", err=True)
    if hint:
        click.echo(f"hint: {hint}", err=True)
    return Exit(code)


@contextmanager
def failures() -> Iterator[None]:
    """Turn whatever goes wrong inside into a message, if one is due, and an exit code."""
    try:
        yield
    except (Exit, click.Abort, NoArgsIsHelpError):
        raise
    except click.ClickException as error:
        raise ended(error.format_message(), _usage_hint(error), 2) from error
    except DataError as error:
        raise _wrong_data(error.report) from error
    except PositionError as error:
        raise ended(_placed(error), error.hint, exit_code(error)) from error
    except RetiError as error:
        raise ended(error.message, error.hint, exit_code(error)) from error
    except KeyboardInterrupt:
        click.echo(err=True)
        raise Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _forget_output()
        raise Exit(READER_GONE) from None
    except OSError as error:
        raise _system_failure(error) from error
    except Exception as error:
        raise _fault(error) from error


def _wrong_data(report: Report) -> Exit:
    """Name the first findings, one a line; the rest is for `validate` to show."""
    found = report.sorted().violations
    lines = [
        f"  {problem.location or problem.focus}: {_sentences(problem)}"
        for problem in found[:_SHOWN]
    ]
    more = [f"  and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    count = f"{len(found)} finding{'' if len(found) == 1 else 's'}"
    hint = _DATA_HINT if more or any(problem.focus for problem in found) else None
    message = "\n".join([f"The data is wrong: {count}.", *lines, *more])
    return ended(message, hint, EXIT_CODES[DataError])


def _sentences(problem: Problem) -> str:
    texts = (choose(problem.messages, "en"), problem.hint)
    return " ".join(shortened(text, SENTENCE) for text in texts if text)


def _placed(error: PositionError) -> str:
    if error.line is None:
        return error.message
    return f"line {error.line}, column {error.column}: {error.message}"


def _usage_hint(error: click.ClickException) -> str | None:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"`{context.command_path} --help` lists what it takes." if context else None


def _system_failure(error: OSError) -> Exit:
    """A file that cannot be used is a wrong call; anything else is the network or the machine."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return ended(reason, None, EXIT_CODES[StoreError])
    return ended(f"Cannot use {error.filename}: {reason}.", None, EXIT_CODES[CallError])


def _fault(error: Exception) -> Exit:
    """A fault of the program itself; RETI_DEBUG=1 lets it through for whoever mends it."""
    if os.environ.get("RETI_DEBUG"):
        raise error
    message = f"A fault in the program: {type(error).__name__}: {error}"
    return ended(message, "Please report it; with RETI_DEBUG=1 it shows where.", FAULT)


def _forget_output() -> None:
    """Let what Python flushes at its end go nowhere: whoever read the pipe has left."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a path of ours
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
