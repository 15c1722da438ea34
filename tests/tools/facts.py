"""A small world of collected rows and tables, for the tests of the import."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from reti_graph.problems import Problem
from tests.tools.example_tables import TABLES
from tools.import_facts import cities, members
from tools.import_facts.cities import read_cities
from tools.import_facts.members import read_members
from tools.import_facts.record_rows import COLUMNS as RECORD_COLUMNS
from tools.import_facts.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tools.import_facts.cities import City
    from tools.import_facts.members import Member
    from tools.import_facts.tables import Tables

# The rest of a row of members.csv, by network.
OF_LIST: Final = {
    "Alpha": ("Alpha: the members", "https://example.org/alpha", "2020"),
    "Beta": (
        "Beta: gli aderenti",
        "https://example.org/beta ; https://example.org/b",
        "senza data",
    ),
    "Gamma": ("Gamma: the chosen", "https://example.org/gamma", "2016-05"),
    "Delta": ("Delta: its board", "https://example.org/delta", "2018-12-12"),
}


def member(network: str, city: str, number: str = "1", **cells: str) -> dict[str, str]:
    """Return a row of members.csv: an Italian city on a list, unless told otherwise."""
    title, url, date = OF_LIST[network]
    source = cells.get("since_source", url if cells.get("since") else "")
    return {
        "network": network,
        "city": city,
        "country": "IT",
        "geonames_id": number,
        "since": "",
        "source_title": title,
        "source_url": url,
        "source_date": date,
        "confidence": "high",
        **cells,
        "since_source": source,
    }


def city(number: str, name: str, **cells: str) -> dict[str, str]:
    """Return a row of cities.csv: a place in Italy without identifiers, unless told otherwise."""
    return {
        **dict.fromkeys(cities.COLUMNS, ""),
        "geonames_id": number,
        "geonames_name": name,
        "country": "IT",
        "lat": "45.46427",
        "lon": "-9.18951",
        "population": "100",
        **cells,
    }


def seat(number: str) -> dict[str, str]:
    """Return a row of identifiers.csv: where the forum has its seat, by GeoNames id."""
    iri = f"https://sws.geonames.org/{number}/"
    cells = ("Forum", "headquarters location (GeoNames)", iri, "a page", f"seat {number}", "high")
    return dict(zip(RECORD_COLUMNS, cells, strict=True))


CITIES: Final = (
    city("1", "Milan"),
    city("2", "Turin"),
    city("3", "Köln", country="DE"),
    city("4", "Novate Milanese", population="0"),
)


def table(
    name: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]], folder: Path
) -> Path:
    """Write rows as a CSV file into a folder, and give the file."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_facts(
    folder: Path,
    rows: Sequence[Mapping[str, str]],
    places: Sequence[Mapping[str, str]] = CITIES,
    records: Sequence[Mapping[str, str]] = (),
) -> Path:
    """Write the three files into a folder, and give the folder."""
    table(members.FILE, members.COLUMNS, rows, folder)
    table(cities.FILE, cities.COLUMNS, places, folder)
    table("identifiers.csv", RECORD_COLUMNS, records, folder)
    return folder


def write_tables(folder: Path, changed: Mapping[str, str]) -> Path:
    """Write the tables into a folder, some of them changed, and give the folder."""
    for name, text in {**TABLES, **changed}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def tables(folder: Path, changed: Mapping[str, str] | None = None) -> Tables:
    """Return the tables, some of them changed, by way of a folder."""
    return read_tables(write_tables(folder, changed or {}))


def read(
    folder: Path,
    rows: Sequence[Mapping[str, str]],
    places: Sequence[Mapping[str, str]] = CITIES,
) -> tuple[list[Member], dict[str, City], list[Problem]]:
    """Read rows of both files: the members, the cities by id, and the problems of either."""
    write_facts(folder, rows, places)
    found = list(read_cities(folder / cities.FILE))
    by_id = {each.geonames_id: each for each in found if not isinstance(each, Problem)}
    on_lists = list(read_members(folder / members.FILE, by_id))
    problems = [each for each in (*found, *on_lists) if isinstance(each, Problem)]
    return [each for each in on_lists if not isinstance(each, Problem)], by_id, problems
