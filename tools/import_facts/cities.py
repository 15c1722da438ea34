"""The rows of `cities.csv`: places of GeoNames and their identifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reti_graph.problems import Problem
from tools.import_facts.columns import CONFIDENCES, Line, read_lines
from tools.import_facts.countries import is_country

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE: Final = "cities.csv"
COLUMNS: Final = (
    "geonames_id",
    "geonames_name",
    "country",
    "lat",
    "lon",
    "population",
    "admin1",
    "timezone",
    "geonames_iri",
    "wikidata_qid",
    "wikidata_iri",
    "wikidata_source",
    "wikidata_confidence",
    "unlocode",
    "istat_code",
    "ontopia_iri",
    "n_networks",
    "networks",
)
TERRITORIES: Final = (
    "https://w3id.org/italia/controlled-vocabulary/territorial-classifications/cities/"
)

_ID: Final = re.compile(r"[1-9][0-9]*")
_ENTITY: Final = re.compile(r"Q[1-9][0-9]*")
_ISTAT: Final = re.compile(r"[0-9]{6}")
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+")
_BRACKETS: Final = re.compile(r" \([^()]*\)$")
_LIMITS: Final = (("lat", 90), ("lon", 180))


@dataclass(frozen=True, slots=True)
class City:
    """A place. What is empty in the row is empty here; `wikidata_sources` are without brackets."""

    line: Line
    geonames_id: str
    name: str
    country: str
    lat: str
    lon: str
    population: int
    wikidata: str
    wikidata_sources: tuple[str, ...]
    wikidata_confidence: str
    istat_code: str
    territory: str
    networks: tuple[str, ...]

    @property
    def number(self) -> int:
        """The line the row ends on."""
        return self.line.number


def read_cities(path: Path) -> Iterator[City | Problem]:
    """Read the rows in order, each as itself or as the problem it has.

    Raises CallError when the file has other columns.
    """
    seen: dict[str, int] = {}
    for line in read_lines(path, COLUMNS):
        yield line if isinstance(line, Problem) else _city(line, seen)


def citations(text: str) -> tuple[str, ...]:
    """Return what a column names, between semicolons: without brackets, each once."""
    cited = (_BRACKETS.sub("", each) for each in text.split("; ") if each)
    return tuple(dict.fromkeys(cited))


def _city(line: Line, seen: dict[str, int]) -> City | Problem:
    faulty = _wrong_place(line) or _wrong_numbers(line) or _wrong_match(line) or _wrong_codes(line)
    if faulty:
        return faulty
    cells = line.cells
    first = seen.setdefault(cells["geonames_id"], line.number)
    if first != line.number:
        return line.problem(
            f"geonames_id {cells['geonames_id']} è già alla riga {first}: toglierne una.",
            f"The geonames_id {cells['geonames_id']} is on line {first} already; take one out.",
        )
    return City(
        line=line,
        geonames_id=cells["geonames_id"],
        name=cells["geonames_name"],
        country=cells["country"],
        lat=cells["lat"],
        lon=cells["lon"],
        population=int(cells["population"]),
        wikidata=cells["wikidata_qid"],
        wikidata_sources=citations(cells["wikidata_source"]),
        wikidata_confidence=cells["wikidata_confidence"],
        istat_code=cells["istat_code"],
        territory=cells["ontopia_iri"],
        networks=tuple(filter(None, cells["networks"].split("|"))),
    )


def _wrong_place(line: Line) -> Problem | None:
    number, name, code = (line.cells[c] for c in ("geonames_id", "geonames_name", "country"))
    if not _ID.fullmatch(number):
        return line.problem(
            f"geonames_id «{number}» non è un numero.", f'The geonames_id "{number}" is no number.'
        )
    if not name:
        return line.problem("Manca geonames_name.", "There is no geonames_name.")
    if not is_country(code):
        return line.problem(
            f"«{code}» non è un paese: servono due lettere di ISO 3166-1.",
            f'"{code}" is no country; write its two letters of ISO 3166-1.',
        )
    return None


def _wrong_numbers(line: Line) -> Problem | None:
    for column, limit in _LIMITS:
        text = line.cells[column]
        if not _within(text, limit):
            return line.problem(
                f"{column} «{text}» non è un numero decimale tra -{limit} e {limit}.",
                f'The {column} "{text}" is no decimal number between -{limit} and {limit}.',
            )
    text = line.cells["population"]
    if not (text.isascii() and text.isdecimal()):
        return line.problem(
            f"population «{text}» non è un numero intero.",
            f'The population "{text}" is no whole number.',
        )
    return None


def _within(text: str, limit: int) -> bool:
    return bool(_DECIMAL.fullmatch(text)) and abs(Decimal(text)) <= limit


def _wrong_match(line: Line) -> Problem | None:
    entity, cited, sure = (
        line.cells[c] for c in ("wikidata_qid", "wikidata_source", "wikidata_confidence")
    )
    if not (entity or cited or sure):
        return None
    if not _ENTITY.fullmatch(entity):
        return line.problem(
            f"wikidata_qid «{entity}» non è Q e un numero.",
            f'The wikidata_qid "{entity}" is not Q and a number.',
        )
    if not cited or sure not in CONFIDENCES:
        return line.problem(
            "wikidata_qid vuole una wikidata_source e una certezza: high, medium o low.",
            "A wikidata_qid needs a wikidata_source and a confidence: high, medium or low.",
        )
    return None


def _wrong_codes(line: Line) -> Problem | None:
    code, territory = line.cells["istat_code"], line.cells["ontopia_iri"]
    if not (code or territory):
        return None
    if not _ISTAT.fullmatch(code):
        return line.problem(
            f"istat_code «{code}» non ha sei cifre.",
            f'The istat_code "{code}" does not have six digits.',
        )
    if not re.fullmatch(rf"{re.escape(TERRITORIES)}{code}-\(\d{{4}}-\d\d-\d\d\)", territory):
        return line.problem(
            f"ontopia_iri «{territory}» non è quello del codice {code}.",
            f'The ontopia_iri "{territory}" is not that of the code {code}.',
        )
    return None
