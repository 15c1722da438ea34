"""`modified.toml`: where a site keeps the dates of its parts, which every clone has alike.

    # When each part of the site was first published and last changed. Written by `reti-graph fmt`.

    [ontology]
    issued = 2026-11-26
    modified = 2026-12-01
    sha256 = "…"

    ["source/milan-page"]
    …

A site begins to keep it with an empty file, which `reti-graph fmt` fills.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from reti_graph.config_toml import place, read_toml
from reti_graph.errors import SettingsError
from reti_graph.problems import Location, Problem
from reti_graph.sources.dates import KINDS, SOURCE, Recorded
from reti_graph.sources.findings import finding
from reti_graph.sources.folder import DATES_FILE, is_special, not_regular
from reti_graph.sources.lines import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EPOCH: Final = "SOURCE_DATE_EPOCH"

_HEAD: Final = (
    "# When each part of the site was first published and last changed."
    " Written by `reti-graph fmt`.\n"
)
_PART: Final = re.compile(rf"{'|'.join(KINDS)}|{SOURCE}[^/]+")
_LAST_SECOND: Final = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_RESTORE: Final = (
    "Mend it or take the last version that was committed, then run `reti-graph fmt`;"
    " in an empty file all parts are new."
)


def read_dates(root: Path) -> tuple[Mapping[str, Recorded], tuple[Problem, ...]]:
    """Return what a site has recorded of its parts, and all that is wrong with the file.

    A table with a problem is left out. There is nothing, and nothing wrong, without the file.
    """
    path = root / DATES_FILE
    if not os.path.lexists(path):
        return {}, ()
    text = not_regular(DATES_FILE) if is_special(path) else read_text(path, DATES_FILE)
    return ({}, (text,)) if isinstance(text, Problem) else parse_dates(text)


def parse_dates(text: str) -> tuple[Mapping[str, Recorded], tuple[Problem, ...]]:
    """Return what the text of `modified.toml` says, as `read_dates`."""
    try:
        document = read_toml(text, DATES_FILE)
    except SettingsError as error:
        return {}, tuple(map(_not_toml, error.findings))
    read = {part: _recorded(part, table, text) for part, table in document.items()}
    recorded = {part: found for part, found in read.items() if isinstance(found, Recorded)}
    return recorded, tuple(found for found in read.values() if isinstance(found, Problem))


def write_dates(recorded: Mapping[str, Recorded]) -> str:
    """Return the one text that says this, which `parse_dates` reads: parts in order of name."""
    return "\n".join((_HEAD, *_tables(recorded)))


def today(environ: Mapping[str, str]) -> date:
    """Return the day in UTC: that of SOURCE_DATE_EPOCH where the variable is set.

    See https://reproducible-builds.org/specs/source-date-epoch/. Raises SettingsError when it is
    not a number of seconds.
    """
    given = environ.get(EPOCH)
    if given is None:
        return datetime.now(UTC).date()
    if not re.fullmatch(r"[0-9]{1,12}", given) or int(given) > _LAST_SECOND:
        raise SettingsError(
            f"{EPOCH}: {given!r} will not do;"
            " it takes the seconds since 1970-01-01 in UTC, in digits, up to the year 9999.",
            hint="Unset it to have the day of the clock.",
        )
    return datetime.fromtimestamp(int(given), UTC).date()


def _tables(recorded: Mapping[str, Recorded]) -> Iterator[str]:
    for part, known in sorted(recorded.items()):
        yield (
            f"[{_key(part)}]\nissued = {known.issued.isoformat()}\n"
            f'modified = {known.modified.isoformat()}\nsha256 = "{known.sha256}"\n'
        )


def _key(part: str) -> str:
    if _BARE_KEY.fullmatch(part):
        return part
    # JSON writes strings as TOML does, but for one control character that TOML wants escaped.
    return json.dumps(part, ensure_ascii=False).replace("\x7f", "\\u007F")


def _recorded(part: str, table: object, text: str) -> Recorded | Problem:
    if not _PART.fullmatch(part):
        return _wrong(
            _location(text, part),
            it=f"«{part}» non è una parte di un sito.",
            en=f'"{part}" is no part of a site.',
        )
    try:
        # Without `builtin_types` a text would pass for a date.
        found = msgspec.convert(table, Recorded, builtin_types=(date,))
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$.")
        return _wrong(
            _location(text, part, where.rstrip("`")),
            it=f"La tabella di {part} non va bene: {reason}.",
            en=f"The table of {part} will not do: {reason}.",
        )
    if found.modified < found.issued:
        return _wrong(
            _location(text, part, "modified"),
            it=f"{part} è cambiato prima di essere pubblicato.",
            en=f"{part} changed before it was first published.",
        )
    return found


def _location(text: str, part: str, key: str = "") -> Location:
    """Return the place of a key, or that of the head of its table."""
    return _as_location(place(text, DATES_FILE, f"{part}.{key}" if key else _key(part)))


def _as_location(written: str) -> Location:
    file, *numbers = written.split(":")
    return Location(file, *map(int, numbers))


def _not_toml(found: str) -> Problem:
    """Take apart what was found, `file:line:column: reason`."""
    where, _, reason = found.partition(": ")
    reason = reason.rpartition("TOML: ")[2]
    return _wrong(
        _as_location(where), it=f"Questo non è TOML: {reason}.", en=f"This is not TOML: {reason}."
    )


def _wrong(location: Location, *, it: str, en: str) -> Problem:
    return finding("wrong-dates", location, it=it, en=en, hint=_RESTORE)
