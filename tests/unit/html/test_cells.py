import pyoxigraph as ox

from reti_graph.html.cells import Reader
from reti_graph.terms import XSD

BASE = "https://example.org/nets/"
C40 = ox.NamedNode(f"{BASE}id/network/c40")
READER = Reader(
    base=BASE,
    prefixes={"network": f"{BASE}id/network/", "ex": "http://example.com/"},
    language="it",
    languages=("it", "en"),
    labels={C40: {"it": "C40 Città", "en": "C40 Cities"}},
)


def test_a_labelled_thing_is_a_link_that_reads_as_its_label() -> None:
    """The label in the reader's language leads to the thing's own path."""
    cell = READER.cell(C40)
    assert (cell.text, cell.href, cell.lang) == ("C40 Città", "/id/network/c40", None)
    assert not cell.external


def test_a_label_in_another_language_says_so() -> None:
    """Where only another language has a label, the text is marked with that language."""
    node = ox.NamedNode(f"{BASE}id/network/efus")
    reader = Reader(BASE, {}, "it", ("it", "en"), labels={node: {"en": "Efus"}})
    assert (reader.cell(node).text, reader.cell(node).lang) == ("Efus", "en")


def test_a_thing_without_label_reads_as_its_prefixed_name() -> None:
    """The prefixed name stands in, set as code."""
    cell = READER.cell(ox.NamedNode("http://example.com/thing"))
    assert (cell.text, cell.code, cell.external) == ("ex:thing", True, True)


def test_only_web_addresses_become_links() -> None:
    """An IRI that no browser should follow is shown without a link."""
    assert READER.cell(ox.NamedNode("javascript:alert(1)")).href is None
    assert READER.cell(ox.NamedNode("urn:isbn:123")).href is None


def test_the_chosen_language_travels_with_the_links() -> None:
    """Links keep `?lang=` when the reader chose it, before the fragment."""
    reader = Reader(BASE, {}, "en", ("it", "en"), keep_language=True)
    assert reader.href(f"{BASE}ontology#Network") == "/ontology?lang=en#Network"


def test_a_literal_keeps_its_language_unless_it_is_the_pages() -> None:
    """A foreign text is marked, so that it is read out rightly."""
    assert READER.cell(ox.Literal("rete", language="it")).lang is None
    assert READER.cell(ox.Literal("network", language="en")).lang == "en"


def test_a_date_keeps_the_form_that_machines_read() -> None:
    """The readable date has the data's own form beside it."""
    cell = READER.cell(ox.Literal("2009-09", datatype=ox.NamedNode(XSD + "gYearMonth")))
    assert (cell.text, cell.raw, cell.time) == ("settembre 2009", "2009-09", True)


def test_an_unbound_variable_is_an_empty_cell() -> None:
    """A hole in a table shows nothing."""
    assert READER.cell(None).text == ""
    assert READER.cell(ox.BlankNode("b1")).text == "_:b1"
