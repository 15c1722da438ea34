from __future__ import annotations

import csv
import io
import re
from typing import Final

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.tables import Column, Table, tables_of, write_table
from reti_graph.config import parse_settings
from tests.cli.conftest import SMALL_SITE
from tests.strategies import literals, named_nodes

BASE: Final = "https://example.org/nets/"
SETTINGS: Final = parse_settings((SMALL_SITE / "reti.toml").read_text("utf-8"))
PREFIXES: Final = f"""
    @prefix city: <{BASE}id/city/> .
    @prefix network: <{BASE}id/network/> .
    @prefix source: <{BASE}source/> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix reti: <https://w3id.org/reti-graph/ontology#> .
    @prefix x: <https://example.org/x#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def tables(trig: str) -> dict[str, Table]:
    """Return the tables of a TriG text with short prefixes by name."""
    quads = tuple(ox.parse(PREFIXES + trig, format=ox.RdfFormat.TRIG))
    return {table.name: table for table in tables_of(quads, SETTINGS)}


def columns(table: Table) -> list[str]:
    """Return the names of the columns of a table."""
    return [column.name for column in table.columns]


def read(written: bytes) -> list[list[str]]:
    """Return the rows of a CSV file, the header first."""
    return list(csv.reader(io.StringIO(written.decode(), newline="")))


def test_there_is_a_table_of_each_kind_and_one_of_the_sources() -> None:
    """A thing is a row, whatever its class, and what is no thing of the site is in none."""
    found = tables("""
        city:b a reti:City . city:a a reti:City . network:n a reti:Network .
        source:page { source:page a reti:Source } source:other a reti:Source . x:y a reti:City .
        city:a\\/b a reti:City .
    """)
    assert {name: [row[0] for row in table.rows] for name, table in found.items()} == {
        "city": [BASE + "id/city/a", BASE + "id/city/b"],
        "network": [BASE + "id/network/n"],
        "source": [BASE + "source/page"],
    }
    assert found["city"].path == "table/city.csv"


def test_a_table_is_written_as_the_standard_has_it() -> None:
    """RFC 4180: a header, CRLF, and quotes around what holds a comma, a quote or a line end."""
    table = tables('city:a rdfs:label "A, \\"B\\"\\nC"@it, "Città"@en .')["city"]
    assert write_table(table) == (
        f'iri,label_it,label_en\r\n{BASE}id/city/a,"A, ""B""\nC",Città\r\n'.encode()
    )


def test_texts_have_a_column_a_language() -> None:
    """The site's languages come first, in their order."""
    table = tables('city:a rdfs:label "A"@de, "A"@en, "A"@it, "A"@zh-hant, "A" .')["city"]
    assert columns(table) == ["label_it", "label_en", "label_de", "label_zh_hant", "label"]


def test_names_come_first_and_the_others_by_iri() -> None:
    """What something is, and then what it is called."""
    table = tables('city:a x:b 1 ; dcterms:spatial x:s ; rdfs:label "A"@it ; a reti:City .')["city"]
    assert columns(table) == ["type", "label_it", "spatial", "b"]
    assert table.main_class == "https://w3id.org/reti-graph/ontology#City"


def test_several_values_stand_in_one_cell_in_order() -> None:
    """Apart by a mark that none of them contains, which is another where that is needed."""
    table = tables("""
        city:a x:iri-s x:c, x:b ; x:pipes "b", "a|" ; x:one "only|one" .
    """)["city"]
    marks = {column.name: column.separator for column in table.columns}
    assert marks == {"iri_s": "|", "pipes": ";", "one": None}
    assert table.rows == (
        (BASE + "id/city/a", "https://example.org/x#b|https://example.org/x#c", "only|one", "a|;b"),
    )


def test_a_mark_is_found_whatever_the_values_contain() -> None:
    """Beyond those that are usual."""
    table = tables('city:a x:p "|;¦‖\\uE000", "b" .')["city"]
    assert table.columns[0].separator == "\ue001"


def test_values_of_other_datatypes_have_columns_of_their_own() -> None:
    """In every table alike, so that one name means one thing."""
    found = tables("""
        city:a reti:since "2009"^^xsd:gYear ; x:p x:q ; x:n 1 .
        city:b reti:since "2009-09"^^xsd:gYearMonth .
        network:n reti:since "2010"^^xsd:gYear ; x:p "text" ; x:n 2 .
    """)
    assert columns(found["city"]) == ["n", "p", "since_gYear", "since_gYearMonth"]
    assert columns(found["network"]) == ["n", "p_string", "since_gYear"]


def test_names_that_two_properties_share_have_their_prefixes() -> None:
    """And so has the name of the first column; without a prefix a number has to do."""
    table = tables("""
        city:a rdf:value 1 ; org:value 2 ; <https://example.org/y#iri> 3 ;
            <urn:a#q> 4 ; <urn:b#q> 5 ; <urn:c#→> 6 .
    """)["city"]
    assert columns(table) == ["rdf_value", "org_value", "iri_2", "q", "q_2", "column"]


def test_values_are_written_as_the_graph_has_them() -> None:
    """No number is rounded, no text guarded against spreadsheets, no statement counted twice."""
    table = tables("""
        city:a x:n 1.50 ; x:t "=1+1" . source:g { city:a x:n 1.50 }
    """)["city"]
    assert table.rows == ((BASE + "id/city/a", "1.50", "=1+1"),)


def test_what_a_cell_cannot_hold_is_left_out() -> None:
    """Things without a name, and texts without a letter."""
    found = tables('city:a x:p [] ; x:q "" ; x:r 1 . network:n x:p [] . [] x:r 1 .')
    assert list(found) == ["city"]
    assert columns(found["city"]) == ["r"]


def test_a_class_of_some_or_of_two_is_no_main_class() -> None:
    """Only one that all things of the kind are of."""
    assert tables("city:a a x:A . city:b x:p 1 .")["city"].main_class is None
    assert tables("city:a a x:A, x:B .")["city"].main_class is None


def statement(iri: str, column: Column, value: str) -> tuple[str, str, str, str, str]:
    """Return what one value of a cell says."""
    return iri, column.property, column.nature.datatype, column.nature.language, value


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["city/a", "city/b", "network/a"]),
            named_nodes,
            st.one_of(named_nodes, literals),
        )
    )
)
def test_each_statement_is_in_its_cell(
    said: list[tuple[str, ox.NamedNode, ox.NamedNode | ox.Literal]],
) -> None:
    """Whatever the values are, the file read again gives all of them and no other."""
    found = tables_of(
        [ox.Quad(ox.NamedNode(f"{BASE}id/{name}"), verb, value) for name, verb, value in said],
        SETTINGS,
    )
    statements = [
        statement(row[0], column, value)
        for table in found
        for row in read(write_table(table))[1:]
        for column, cell in zip(table.columns, row[1:], strict=True)
        if cell
        for value in (cell.split(column.separator) if column.separator else [cell])
    ]
    assert len(set(statements)) == len(statements)
    assert set(statements) == {
        (f"{BASE}id/{name}", verb.value, *kind(value), value.value)
        for name, verb, value in said
        if value.value
    }


@given(st.lists(st.tuples(named_nodes, st.one_of(named_nodes, literals)), min_size=1))
def test_no_two_columns_have_one_name(
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]],
) -> None:
    """And every name may stand in a URI template (RFC 6570, 2.3)."""
    thing = ox.NamedNode(f"{BASE}id/city/a")
    for table in tables_of([ox.Quad(thing, verb, value) for verb, value in said], SETTINGS):
        names = read(write_table(table))[0]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[A-Za-z0-9]\w*", name, re.ASCII) for name in names)


def kind(value: ox.NamedNode | ox.Literal) -> tuple[str, str]:
    """Return datatype and language of a literal, empty texts for an IRI."""
    if isinstance(value, ox.NamedNode):
        return "", ""
    return value.datatype.value, value.language or ""
