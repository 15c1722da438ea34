"""Literals as people read them: dates with the month's name, numbers with their separators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reti_graph.html.words import words
from reti_graph.terms import XSD, XSD_BOOLEAN, XSD_DATE, XSD_DECIMAL, XSD_G_YEAR_MONTH, XSD_INTEGER

if TYPE_CHECKING:
    import pyoxigraph as ox

_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?")
_TIMES = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")
_STEP: Final = 1_000


def is_time(literal: ox.Literal) -> bool:
    """True when a literal's type is a date or part of one."""
    return literal.datatype.value in _TIMES


def readable(literal: ox.Literal, language: str) -> str:
    """Return the text to show for a literal; one that is not well formed is shown as it is."""
    if literal.datatype in (XSD_DATE, XSD_G_YEAR_MONTH):
        return _date(literal.value, language)
    if literal.datatype in (XSD_INTEGER, XSD_DECIMAL):
        return _number(literal.value, language)
    if literal.datatype == XSD_BOOLEAN:
        return words(language)["yes" if literal.value in ("true", "1") else "no"]
    return literal.value


def readable_size(count: int, language: str) -> str:
    """Return a number of bytes in the unit that suits it: 12 kB, 1.2 MB."""
    rank = 0
    amount = float(count)
    while round(amount) >= _STEP and rank < len(_UNITS) - 1:
        amount /= _STEP
        rank += 1
    # One decimal where there is no more than one digit before it, and never of bytes.
    digits = 1 if rank and round(amount, 1) < 10 else 0  # noqa: PLR2004 - two digits begin here
    return f"{_number(f'{amount:.{digits}f}', language)} {_UNITS[rank]}"


def _date(value: str, language: str) -> str:
    match = _DATE.fullmatch(value)
    months = words(language)["months"].split()
    if match is None or not 1 <= int(match[2]) <= len(months):
        return value
    parts = (match[3] and str(int(match[3])), months[int(match[2]) - 1], match[1])
    return " ".join(part for part in parts if part)


def _number(value: str, language: str) -> str:
    match = _NUMBER.fullmatch(value)
    if match is None:
        return value
    own = words(language)
    whole = f"{int(match[2]):,}".replace(",", own["thousands"])
    return match[1] + whole + (own["decimal"] + match[3] if match[3] else "")
