from __future__ import annotations

from dataclasses import replace

import pytest

from reti_graph.catalogue.parts import Part
from reti_graph.html.catalog import catalog_view
from reti_graph.html.pages import catalog_page
from reti_graph.html.said import Said
from reti_graph.html.views_catalog import CatalogView, Feed
from tests.pages import check_page
from tests.unit.html.catalogues import ADDRESS, BASE, FRAME, READER, SHA256, parts, said

FEEDS = (Feed("Turtle", "text/turtle", "/reti/catalog.ttl", f"{ADDRESS}catalog.ttl"),)


def view(language: str = "it", more: str = "") -> CatalogView:
    """Return the page of the catalogue in a language."""
    reader = replace(READER, language=language)
    return catalog_view(said(more), parts(), reader, FEEDS, ADDRESS)


def test_the_whole_comes_first_and_sources_by_their_titles() -> None:
    """Whatever the order in which the catalogue lists them."""
    found = view()
    assert [dataset.title.text for dataset in found.own] == ["Grafo"]
    assert [dataset.title.text for dataset in found.sources] == ["Alfa", "Zeta"]


@pytest.mark.parametrize(
    ("language", "theme", "day"), [("it", "Governo", "20 novembre 2026"), ("en", "Government", "")]
)
def test_values_read_as_their_names_in_the_readers_language(
    language: str, theme: str, day: str
) -> None:
    """Agents, licences and themes by name, dates with their month."""
    facts = {word: [cell.text for cell in cells] for word, cells in view(language).own[0].facts}
    assert facts["themes"] == [theme]
    assert facts["modified"] == [day or "20 November 2026"]
    assert facts["dataset_identifier"] == ["c_x:nets"]
    whose = dict(view(language).facts)
    assert [cell.text for cell in whose["publisher"]] == ["Ufficio"]
    assert [cell.text for cell in whose["holder"]] == ["Ufficio"]


def test_the_office_for_questions_is_that_of_the_whole_graph() -> None:
    """Its name, its e-mail address and its page."""
    (contact,) = [cells for word, cells in view().facts if word == "contact"]
    assert [cell.text for cell in contact] == [
        "Sportello",
        "reti@example.org",
        "https://example.org/ufficio",
    ]


def test_a_catalogue_without_office_has_no_line_for_it() -> None:
    """What nobody says is not shown as an empty line."""
    found = catalog_view(Said(()), parts(), READER, FEEDS, ADDRESS)
    assert found.facts == ()


def test_parts_are_called_by_what_they_are_beside_the_whole() -> None:
    """The title of the whole, which begins theirs for portals, is not repeated on the page."""
    more = f'<{BASE}dataset/source/c> dct:title "Grafo: la fonte c"@it .'
    source = Part(name="source/c", kind="source", quads=(), dated=parts()[0].dated)
    found = catalog_view(said(more), (*parts(), source), READER, FEEDS, ADDRESS)
    assert [dataset.title.text for dataset in found.sources] == ["Alfa", "La fonte c", "Zeta"]


def test_what_a_source_shares_with_the_whole_graph_is_told_once() -> None:
    """Only what differs stands beside each of a hundred sources."""
    more = f"""<{BASE}dataset/source/a> dcat:theme <{BASE}theme> ;
        dct:modified "2026-11-20"^^xsd:date ; dct:issued "2026-11-05"^^xsd:date ."""
    facts = dict(view(more=more).sources[1].facts)
    assert {word: cells[0].text for word, cells in facts.items()} == {"issued": "5 novembre 2026"}


def test_the_licence_of_a_dataset_is_that_of_its_files() -> None:
    """Where DCAT-AP_IT wants it."""
    facts = dict(view().own[0].facts)
    assert [cell.text for cell in facts["licence"]] == ["CC BY 4.0"]


def test_the_page_has_all_of_it_and_works_without_scripts() -> None:
    """Datasets, files with whole checksums, the service and the address for portals."""
    page = catalog_page(FRAME, view())
    outline = check_page(page)
    assert outline.one("h1").text == "Catalogo"
    assert outline.links["Grafo"] == "/reti/dataset"
    assert outline.links["12 kB"] == "/reti/dump.ttl"
    assert f'title="SHA-256 {SHA256}"' in page
    assert outline.links[f"{ADDRESS}sparql"] == "/reti/sparql"
    assert outline.links[f"{ADDRESS}catalog.ttl"] == "/reti/catalog.ttl"
    opened = [tag.attributes["id"] for tag in outline.all("details") if "id" in tag.attributes]
    assert opened == ["dataset-source-b", "dataset-source-a"]


def test_no_text_of_the_catalogue_becomes_markup() -> None:
    """Nor do titles that others wrote."""
    evil = f'<{BASE}dataset/source/a> dct:title "<b onclick=x>"@en .'
    outline = check_page(catalog_page(FRAME, view("en", evil)))
    assert [tag.text for tag in outline.all("summary")][-1] == "Alfa"
    assert not outline.all("b")
    assert "<b onclick=x>" in [tag.text for tag in outline.all("summary")]
