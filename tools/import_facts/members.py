"""The rows of `members.csv`: who is on which list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.problems import Problem
from tools.import_facts.columns import CONFIDENCES, Line, read_lines
from tools.import_facts.countries import is_country
from tools.import_facts.since import Since, read_since

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tools.import_facts.cities import City

FILE: Final = "members.csv"
COLUMNS: Final = (
    "network",
    "city",
    "country",
    "geonames_id",
    "since",
    "source_title",
    "source_url",
    "source_date",
    "confidence",
    "since_source",
)
SEED: Final = "SEED PAGE ONLY"


@dataclass(frozen=True, slots=True)
class Member:
    """A row. An empty `geonames_id` means that none was found; `since_source` may be empty."""

    line: Line
    network: str
    city: str
    country: str
    geonames_id: str
    since: Since | None
    source_title: str
    source_url: str
    source_date: str
    confidence: str
    since_source: str

    @property
    def number(self) -> int:
        """The line the row ends on."""
        return self.line.number

    @property
    def seed(self) -> bool:
        """Whether its `since` was read on the Milan page, which says it itself."""
        return self.since_source.startswith(SEED)


def read_members(path: Path, cities: Mapping[str, City]) -> Iterator[Member | Problem]:
    """Read the rows in order, each as itself or as the problem it has; `cities` by GeoNames id.

    Raises CallError when the file has other columns.
    """
    seen: dict[tuple[str, ...], int] = {}
    for line in read_lines(path, COLUMNS):
        yield line if isinstance(line, Problem) else _member(line, cities, seen)


def _member(
    line: Line, cities: Mapping[str, City], seen: dict[tuple[str, ...], int]
) -> Member | Problem:
    cells = line.cells
    faulty = _empty(line) or _wrong_country(line) or _wrong_place(line, cities) or _unsure(line)
    if faulty:
        return faulty
    key = tuple(cells[name] for name in ("network", "city", "country", "source_title"))
    first = seen.setdefault(key, line.number)
    if first != line.number:
        return line.problem(
            f"La riga ripete la riga {first}: toglierne una.",
            f"The row repeats line {first}; take one of them out.",
        )
    since = read_since(cells["since"]) if cells["since"] else None
    return _wrong_since(line, since) or Member(
        line=line,
        network=cells["network"],
        city=cells["city"],
        country=cells["country"],
        geonames_id=cells["geonames_id"],
        since=since,
        source_title=cells["source_title"],
        source_url=cells["source_url"],
        source_date=cells["source_date"],
        confidence=cells["confidence"],
        since_source=cells["since_source"],
    )


def _empty(line: Line) -> Problem | None:
    for column in ("network", "city", "source_title", "source_url", "source_date"):
        if not line.cells[column]:
            return line.problem(
                f"Manca {column}: senza, la riga non si può attribuire.",
                f"There is no {column}; without it nobody can tell who says this.",
            )
    return None


def _wrong_country(line: Line) -> Problem | None:
    code = line.cells["country"]
    if is_country(code):
        return None
    return line.problem(
        f"«{code}» non è un paese: servono due lettere di ISO 3166-1.",
        f'"{code}" is no country; write its two letters of ISO 3166-1.',
    )


def _wrong_place(line: Line, cities: Mapping[str, City]) -> Problem | None:
    number, code = line.cells["geonames_id"], line.cells["country"]
    if not number:
        return None
    if not (number.isascii() and number.isdecimal()):
        return line.problem(
            f"geonames_id «{number}» non è un numero.",
            f'The geonames_id "{number}" is no number; correct it or leave it empty.',
        )
    if number not in cities:
        return line.problem(
            f"geonames_id {number} non è in cities.csv, o la sua riga lì è sbagliata.",
            f"The geonames_id {number} is not in cities.csv, or its row there is wrong.",
        )
    if cities[number].country != code:
        return line.problem(
            f"Il paese è {code}, ma in cities.csv {number} è in {cities[number].country}.",
            f"The country is {code}, but in cities.csv {number} is in {cities[number].country}.",
        )
    return None


def _unsure(line: Line) -> Problem | None:
    found = line.cells["confidence"]
    if found in CONFIDENCES:
        return None
    return line.problem(
        f"La certezza «{found}» non è high, medium o low.",
        f'The confidence "{found}" is not high, medium or low.',
    )


def _wrong_since(line: Line, since: Since | None) -> Problem | None:
    text = line.cells["since"]
    if text and since is None:
        return line.problem(
            f"since «{text}» non si legge: serve «2016-05», «2016-05 (parola)» o «by 2016-05».",
            f'The since "{text}" cannot be read; write "2016-05", "2016-05 (word)", "by 2016-05".',
        )
    if since and not line.cells["since_source"]:
        return line.problem(
            "Manca since_source: chi dice da quando?",
            "There is no since_source; who says since when?",
        )
    return None
