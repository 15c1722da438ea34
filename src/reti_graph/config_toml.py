"""The text of `reti.toml`: read as TOML, and the line on which a key stands."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from reti_graph.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOML_PLACE: Final = re.compile(r"line (\d+), column (\d+)\)")
_TABLE_LINE: Final = re.compile(r"\s*\[\[?\s*([^\]]*?)\s*\]")
_KEY_LINE: Final = re.compile(r"\s*([^=#\s][^=#]*?)\s*=")


def read_toml(text: str, file: str) -> Mapping[str, Any]:
    """Return the tables and values of a text.

    Raises SettingsError, with the place in the file, for what is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise refusal([_not_toml(str(error), text, file)]) from error
    except RecursionError as error:
        reason = "the brackets are nested too deeply"
        raise refusal([f"{file}: this cannot be read as TOML: {reason}"]) from error
    except ValueError as error:
        # A number of thousands of digits.
        raise refusal([f"{file}: this cannot be read as TOML: {error}"]) from error


def refusal(findings: Sequence[str]) -> SettingsError:
    """Return the error that carries these findings, one line each."""
    return SettingsError("The settings cannot be used.\n" + "\n".join(findings), findings=findings)


def place(text: str, file: str, key: str) -> str:
    """Return `file:line` of a key, or of the table it is in; the file alone when neither is found.

    A key is written with those of its tables, `limits.query_seconds`.
    """
    while key:
        if line := _line(text, key):
            return f"{file}:{line}"
        key = key.rpartition(".")[0]
    return file


def _line(text: str, key: str) -> int | None:
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE_LINE.match(line):
            table = found = header[1]
        elif pair := _KEY_LINE.match(line):
            found = f"{table}.{pair[1]}".lstrip(".").replace('"', "")
        else:
            continue
        if f"{found}.".startswith(f"{key}."):
            return number
    return None


def _not_toml(message: str, text: str, file: str) -> str:
    """Return the reader's message with the place, which it puts last, first."""
    reason, _, where = message.rpartition(" (at ")
    if numbers := _TOML_PLACE.fullmatch(where):
        line, column = numbers.groups()
    else:
        lines = text.replace("\r\n", "\n").split("\n")
        line, column = str(len(lines)), str(len(lines[-1]) + 1)
    return f"{file}:{line}:{column}: this is not TOML: {reason}"
