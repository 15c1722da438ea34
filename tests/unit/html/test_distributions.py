from __future__ import annotations

import pyoxigraph as ox

from reti_graph.html.distributions import file_tables, media_type
from tests.unit.html.catalogues import ADDRESS, BASE, READER, SHA256, said

DATASET = ox.NamedNode(f"{BASE}dataset")


def test_the_files_of_a_dataset_come_by_kind() -> None:
    """First those of the graph, then tables, then answers of queries."""
    tables = file_tables(said(), DATASET, READER, ADDRESS)
    names = [(table.heading, [row.name.text for row in table.rows]) for table in tables]
    assert names == [
        ("files_graph", ["Turtle"]),
        ("files_tables", ["Città"]),
        ("files_answers", ["Tutto"]),
    ]


def test_a_compressed_file_stands_beside_what_is_in_it() -> None:
    """It is no row of its own."""
    (row,) = file_tables(said(), DATASET, READER, ADDRESS)[0].rows
    assert (row.file.href, row.file.size, row.file.sha256) == ("/reti/dump.ttl", "12 kB", SHA256)
    assert row.packed
    assert (row.packed.href, row.packed.size, row.packed.sha256) == (
        "/reti/dump.ttl.gz",
        "999 B",
        None,
    )


def test_files_of_this_site_are_led_to_on_this_host_and_others_where_they_are() -> None:
    """So that links work wherever the site is tried, with what is known of each."""
    _, tables, answers = file_tables(said(), DATASET, READER, ADDRESS)
    assert (tables.rows[0].file.href, tables.measured, tables.packed) == (
        "/reti/table/city.csv",
        False,
        False,
    )
    assert answers.rows[0].file.href == "https://elsewhere.example/all.csv"


def test_what_only_a_service_gives_is_no_file() -> None:
    """A SPARQL endpoint is shown elsewhere."""
    more = f"<{BASE}d> dcat:distribution <{BASE}d#x> . <{BASE}d#x> dcat:accessURL <{BASE}sparql> ."
    assert file_tables(said(more), ox.NamedNode(f"{BASE}d"), READER, ADDRESS) == ()


def test_a_media_type_is_read_from_its_name_at_iana() -> None:
    """The last two parts of the IRI are the type."""
    assert media_type(said(), ox.NamedNode(f"{BASE}dataset#ttl")) == "text/turtle"
    assert media_type(said(), DATASET) is None
