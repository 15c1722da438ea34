from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.facts import city, read
from tools.import_facts.cities import TERRITORIES, citations

if TYPE_CHECKING:
    from pathlib import Path

MATCH = {"wikidata_qid": "Q490", "wikidata_source": "a store", "wikidata_confidence": "high"}
TERRITORY = {"istat_code": "015146", "ontopia_iri": f"{TERRITORIES}015146-(2015-01-01)"}


def test_a_good_row_is_read_whole(tmp_path: Path) -> None:
    """Lists of matches lose their brackets and are named once."""
    cited = "a store matches.json; a store more.csv (ITMIL, no coordinates); a store more.csv (IT)"
    row = city("1", "Milan", **{**MATCH, "wikidata_source": cited}, **TERRITORY, networks="A|B")
    _, cities, problems = read(tmp_path, [], [row])
    assert problems == []
    found = cities["1"]
    assert found.wikidata_sources == ("a store matches.json", "a store more.csv")
    assert (found.number, found.population, found.networks) == (2, 100, ("A", "B"))
    assert found.territory.endswith("015146-(2015-01-01)")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"geonames_id": ""}, "is no number"),
        ({"geonames_id": "Q1"}, "is no number"),
        ({"geonames_id": "0"}, "is no number"),
        ({"geonames_name": ""}, "no geonames_name"),
        ({"country": "UK"}, '"UK" is no country'),
        ({"lat": "90.1"}, 'lat "90.1" is no decimal number between -90 and 90'),
        ({"lat": "north"}, "is no decimal number"),
        ({"lon": "-180.5"}, "between -180 and 180"),
        ({"lon": "1e2"}, "is no decimal number"),
        ({"lon": "nan"}, "is no decimal number"),
        ({"population": ""}, "is no whole number"),
        ({"population": "1.5"}, "is no whole number"),
        ({"population": "-3"}, "is no whole number"),
        ({**MATCH, "wikidata_qid": "490"}, "is not Q and a number"),
        ({**MATCH, "wikidata_source": ""}, "needs a wikidata_source"),
        ({**MATCH, "wikidata_confidence": "maybe"}, "needs a wikidata_source and a confidence"),
        ({**TERRITORY, "istat_code": "15146"}, "does not have six digits"),
        ({**TERRITORY, "istat_code": "015147"}, "is not that of the code 015147"),
        ({**TERRITORY, "ontopia_iri": ""}, "is not that of the code"),
        ({**TERRITORY, "ontopia_iri": f"{TERRITORIES}015146"}, "is not that of the code"),
    ],
)
def test_a_bad_row_is_named_and_stops_no_other(
    tmp_path: Path, cells: dict[str, str], words: str
) -> None:
    """The problem has the file, the line and what is wrong; the good row after it is read."""
    rows = [{**city("1", "Milan"), **cells}, city("2", "Turin")]
    _, cities, (problem,) = read(tmp_path, [], rows)
    assert str(problem.location) == "cities.csv:2"
    assert words in problem.messages["en"]
    assert problem.messages["it"]
    assert set(cities) == {"2"}


def test_a_place_that_is_there_twice_is_a_problem(tmp_path: Path) -> None:
    """The second is left out, the first is taken."""
    _, cities, (problem,) = read(tmp_path, [], [city("1", "Milan"), city("1", "Milano")])
    assert str(problem.location) == "cities.csv:3"
    assert "on line 2 already" in problem.messages["en"]
    assert cities["1"].name == "Milan"


@pytest.mark.parametrize("lat", ["90.0", "-90.0", "0.00001", "-0.5"])
def test_every_latitude_is_taken(tmp_path: Path, lat: str) -> None:
    """The poles are places, and so is the equator."""
    _, cities, problems = read(tmp_path, [], [city("1", "Milan", lat=lat)])
    assert problems == []
    assert cities["1"].lat == lat


@given(st.lists(st.from_regex(r"[a-z][a-z /.0-9-]*[a-z]", fullmatch=True), min_size=1, unique=True))
def test_what_a_match_cites_is_read_without_its_brackets(names: list[str]) -> None:
    """However many lists the column names, each is there once, in order."""
    cited = "; ".join(f"{name} (ITMIL, no coordinates)" for name in names)
    assert citations(f"{cited}; {names[0]}") == tuple(names)
