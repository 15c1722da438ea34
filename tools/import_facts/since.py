"""The column `since`: a date, alone, with words in brackets, or after "by"."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

_FORM: Final = re.compile(
    r"(?P<by>by )?(?P<date>[0-9]{4}(?:-[0-9]{2}){0,2})(?: \((?P<note>[a-z][a-z -]*)\))?"
)


class Since(NamedTuple):
    """A year, month or day, the words in brackets, and whether it is only the latest possible."""

    date: str
    note: str | None = None
    latest: bool = False


def read_since(text: str) -> Since | None:
    """Return what the text says, or None when it has none of the forms."""
    found = _FORM.fullmatch(text)
    if found is None or (found["by"] and found["note"]) or not _in_calendar(found["date"]):
        return None
    return Since(found["date"], found["note"], latest=bool(found["by"]))


def _in_calendar(date: str) -> bool:
    try:
        dt.date.fromisoformat(f"{date}-01-01"[: len("yyyy-mm-dd")])
    except ValueError:
        return False
    return True
