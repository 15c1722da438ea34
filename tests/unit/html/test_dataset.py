from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.html.dataset import dataset_view
from reti_graph.html.pages import dataset_page
from tests.pages import check_page
from tests.unit.html.catalogues import ADDRESS, BASE, FRAME, READER, said

if TYPE_CHECKING:
    from reti_graph.html.views_catalog import DatasetPage

WHOLE = ox.NamedNode(f"{BASE}dataset")
VOID = "PREFIX void: <http://rdfs.org/ns/void#> <dataset> void:triples 1234 ."


def view(language: str = "it", more: str = "") -> DatasetPage:
    """Return the page of the whole graph in a language."""
    return dataset_view(said(more), WHOLE, replace(READER, language=language), ADDRESS)


def facts(page: DatasetPage) -> dict[str, list[str]]:
    """Return the texts of each line."""
    return {word: [cell.text for cell in cells] for word, cells in page.dataset.facts}


@pytest.mark.parametrize(("language", "keyword"), [("it", "reti"), ("en", "networks")])
def test_the_page_tells_all_that_the_catalogue_says(language: str, keyword: str) -> None:
    """Keywords in the reader's language alone; what nobody says has no line."""
    told = facts(view(language))
    assert told["dataset_keywords"] == [keyword]
    assert told["dataset_identifier"] == ["c_x:nets"]
    assert told["dataset_version"] == ["1.2"]
    assert told["publisher"] == told["holder"] == ["Ufficio"]
    assert told["contact"][:2] == ["Sportello", "reti@example.org"]
    assert told["licence"] == ["CC BY 4.0"]
    assert not {"dataset_derived", "dataset_statements"} & told.keys()


def test_numbers_are_those_of_void() -> None:
    """Where the dataset has any."""
    assert facts(view("en", VOID))["dataset_statements"] == ["1,234"]


def test_a_period_is_told_from_its_first_day_to_its_last() -> None:
    """In one line; the last one is not always told."""
    prefixes = (
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX dcat: <http://www.w3.org/ns/dcat#>"
    )
    end = f'{prefixes} <dataset#time> dcat:endDate "2001-02-03"^^xsd:date .'
    assert facts(view("en"))["dataset_period"] == ["1 January 2000 – …"]
    assert facts(view("en", end))["dataset_period"] == ["1 January 2000 – 3 February 2001"]


def test_the_page_is_sound_and_leads_to_the_catalogue() -> None:
    """Texts of the data are no markup, and the files are there."""
    outline = check_page(dataset_page(FRAME, view()))
    hrefs = {tag.attributes["href"] for tag in outline.all("a")}
    assert "/reti/catalog" in hrefs
    assert {href for href in hrefs if href.startswith("/reti/dump")}
    assert f"{BASE}dataset" in outline.one("main").text
