from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from reti_graph.catalogue.csvw import Vocabulary, metadata_path, table_metadata
from reti_graph.catalogue.splitting import source_names
from reti_graph.catalogue.tables import Table, tables_of, write_table
from reti_graph.config import Settings, parse_settings
from reti_graph.derive import derive
from reti_graph.sources.site import SHAPES, read_site
from tests.cli.conftest import SMALL_SITE
from tests.unit.catalogue.csv2rdf import triples_of

REAL_SITE: Final = Path(__file__).resolve().parents[3]
BASE: Final = "https://example.org/nets/"
SETTINGS: Final = parse_settings((SMALL_SITE / "reti.toml").read_text("utf-8"))
PREFIXES: Final = f"""
    @prefix city: <{BASE}id/city/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix x: <https://example.org/x#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def quads_of(root: Path) -> tuple[ox.Quad, ...]:
    """Return all that a site says and that follows from it."""
    site, _ = read_site(root, without=SHAPES)
    return (*site.quads, *derive(site.quads, site.rules))


def read_again(quads: tuple[ox.Quad, ...], settings: Settings) -> list[ox.Triple]:
    """Return what all tables of some quads say by their metadata."""
    vocabulary = Vocabulary.of(quads)
    return [
        triple
        for table in tables_of(quads, settings)
        for triple in triples_of(write_table(table), table_metadata(table, vocabulary, settings))
    ]


def only_table(turtle: str) -> tuple[Table, dict[str, Any]]:
    """Return the one table of a Turtle text with short prefixes, and its metadata."""
    quads = tuple(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))
    (table,) = tables_of(quads, SETTINGS)
    return table, json.loads(table_metadata(table, Vocabulary.of(quads), SETTINGS))


def only_column(turtle: str) -> dict[str, Any]:
    """Return what is said of the one column beside that of the IRIs."""
    _, metadata = only_table(turtle)
    (_, column) = metadata["tableSchema"]["columns"]
    assert isinstance(column, dict)
    return column


@pytest.mark.parametrize("root", [SMALL_SITE, REAL_SITE], ids=["small", "real"])
def test_the_tables_say_what_the_graph_says_of_things_and_sources(root: Path) -> None:
    """All of it, nothing else, and nothing twice."""
    site, _ = read_site(root, without=SHAPES)
    quads = quads_of(root)
    said = read_again(quads, site.settings)
    assert len(set(said)) == len(said)
    things, sources = f"{site.settings.base_iri}id/", source_names(quads, site.settings.base_iri)
    assert set(said) == {
        quad.triple
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
        and (quad.subject.value in sources or quad.subject.value.startswith(things))
    }


def test_every_kind_of_the_real_site_is_of_one_class() -> None:
    """So a table of a kind is a table of a class, and bears its name."""
    site, _ = read_site(REAL_SITE, without=SHAPES)
    quads = quads_of(REAL_SITE)
    vocabulary = Vocabulary.of(quads)
    for table in tables_of(quads, site.settings):
        assert table.main_class is not None
        assert set(vocabulary.labels[table.main_class]) >= {"it", "en"}


def test_metadata_stands_where_readers_look_for_it() -> None:
    """Tabular data model, 5.3."""
    assert metadata_path("table/city.csv") == "table/city.csv-metadata.json"


def test_a_table_is_called_like_its_class() -> None:
    """With what the ontology says of the class, the licence, and the dataset it is made of."""
    _, metadata = only_table("""
        city:a a x:City .
        x:City rdfs:label "Città"@it, "City"@en, "Town"@en ; skos:definition "A place."@en .
    """)
    assert metadata["@context"] == "http://www.w3.org/ns/csvw"
    assert metadata["url"] == "city.csv"
    assert metadata["dc:title"] == [
        {"@value": "City – Networks to try", "@language": "en"},
        {"@value": "Città – Reti di prova", "@language": "it"},
    ]
    assert metadata["dc:description"] == [{"@value": "A place.", "@language": "en"}]
    assert metadata["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert metadata["dc:isPartOf"] == {"@id": f"{BASE}dataset"}


def test_a_table_of_no_known_class_is_called_like_the_kind() -> None:
    """And says nothing where there is nothing to be said."""
    _, metadata = only_table("city:a x:p 1 .")
    assert {title["@value"] for title in metadata["dc:title"]} == {
        "city – Networks to try",
        "city – Reti di prova",
    }
    assert "dc:description" not in metadata


def test_a_row_is_about_the_thing_its_first_cell_names() -> None:
    """There is one row a thing, and the name alone is no statement."""
    _, metadata = only_table("city:a x:p 1 .")
    schema = metadata["tableSchema"]
    assert (schema["aboutUrl"], schema["primaryKey"]) == ("{+iri}", "iri")
    assert schema["columns"][0] == {
        "name": "iri",
        "titles": "iri",
        "datatype": "anyURI",
        "required": True,
        "suppressOutput": True,
    }


def test_a_column_has_the_names_of_its_property() -> None:
    """In each language, beside the one in the header; and what the property means."""
    column = only_column("""
        city:a x:p 1 . x:p rdfs:label "numero"@it, "number"@en ; rdfs:comment "How many."@en .
    """)
    assert column["titles"] == {"und": "p", "en": "number", "it": "numero"}
    assert column["dc:description"] == [{"@value": "How many.", "@language": "en"}]
    assert (column["name"], column["propertyUrl"]) == ("p", "https://example.org/x#p")


def test_columns_of_one_property_have_names_of_their_own() -> None:
    """By their languages and datatypes."""
    _, metadata = only_table("""
        city:a x:p "a"@it, "b"@en, 1, x:b . x:p rdfs:label "number"@en .
    """)
    titles = [column["titles"] for column in metadata["tableSchema"]["columns"][1:]]
    assert [title["en"] for title in titles] == [
        "number",
        "number (it)",
        "number (en)",
        "number (integer)",
    ]


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("1", "integer"),
        ("1.50", "decimal"),
        ('"2009-09"^^xsd:gYearMonth', "gYearMonth"),
        ("true", "boolean"),
        ('"x"', "string"),
        ('"<a/>"^^rdf:XMLLiteral', "xml"),
        ('"http://a/"^^xsd:anyURI', "anyURI"),
        ('"x"^^x:own', {"@id": "https://example.org/x#own", "base": "string"}),
        ('"x"^^xsd:ID', {"@id": "http://www.w3.org/2001/XMLSchema#ID", "base": "string"}),
        ('"x"^^<integer>', {"@id": "https://example.org/integer", "base": "string"}),
    ],
)
def test_a_datatype_is_named_as_the_standard_names_it(value: str, datatype: object) -> None:
    """One that it has no name for is described (tabular metadata, 5.11.2)."""
    column = only_column(f"@base <https://example.org/> . city:a x:p {value} .")
    assert column["datatype"] == datatype
    assert not column.keys() & {"lang", "separator", "valueUrl"}


def test_texts_have_their_language() -> None:
    """Which is not in the cell."""
    column = only_column('city:a x:p "a"@it .')
    assert (column["datatype"], column["lang"]) == ("string", "it")


def test_cells_with_one_iri_each_are_links() -> None:
    """Cells with several are lists of addresses, for no template can make links of a list."""
    one = only_column("city:a x:p x:b . city:b x:p x:c .")
    assert (one["datatype"], one["valueUrl"]) == ("anyURI", "{+p}")
    assert "separator" not in one
    several = only_column("city:a x:p x:b, x:c . city:b x:p x:c .")
    assert (several["datatype"], several["separator"]) == ("anyURI", "|")
    assert "valueUrl" not in several


def test_an_iri_that_a_template_would_change_is_no_link() -> None:
    """Templates escape letters outside of ASCII, and the IRI would be another."""
    assert "valueUrl" not in only_column("city:a x:p x:città .")
    assert "valueUrl" in only_column("city:a x:p <https://example.org/citt%C3%A0> .")
