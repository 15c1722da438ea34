from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from reti_graph.catalogue.examples import examples, most_told
from reti_graph.catalogue.linksets import linksets
from reti_graph.catalogue.published import Published
from reti_graph.catalogue.source_facts import source_facts
from reti_graph.catalogue.splitting import source_names
from reti_graph.catalogue.statistics import statistics
from reti_graph.catalogue.survey import Survey, survey
from reti_graph.catalogue.titles import source_titles
from reti_graph.config import parse_settings
from reti_graph.sources.nquads import lines_of, read_lines
from reti_graph.sources.sorting import Sorter
from reti_graph.terms import DCTERMS, OWL, RDF_TYPE, RDFS_CLASS, RETI
from tests.unit.catalogue.conftest import BASE, DIGEST
from tests.unit.settings_texts import MINIMAL

THINGS = [ox.NamedNode(f"{BASE}id/{name}") for name in ("city/a", "city/b", "network/a")]
SOURCES = [ox.NamedNode(f"{BASE}source/{name}") for name in ("a", "b")]
ELSEWHERE = [ox.NamedNode(f"https://example.com/{name}") for name in ("a", "b")]
TYPES = [ox.NamedNode(RETI + "Source"), RDFS_CLASS]
NODES = [*THINGS, *SOURCES, *ELSEWHERE, *TYPES]
PROPERTIES = [RDF_TYPE, *(ox.NamedNode(iri) for iri in (OWL + "sameAs", DCTERMS + "title"))]
TEXTS = [ox.Literal(text, language=tag) for text in ("A", "a b") for tag in ("it", "en")]
QUADS = st.lists(
    st.builds(
        ox.Quad,
        st.sampled_from([*NODES, ox.BlankNode("x")]),
        st.sampled_from(PROPERTIES),
        st.sampled_from([*NODES, ox.BlankNode("x"), *TEXTS]),
        st.sampled_from([*SOURCES, *THINGS, ox.DefaultGraph()]),
    ),
    max_size=40,
)
SETTINGS = msgspec.structs.replace(parse_settings(MINIMAL), base_iri=BASE, languages=("it", "en"))


def surveyed(quads: list[ox.Quad]) -> Survey:
    """Look through the lines of some quads, of which two are held at once."""
    lines = sorted(set(lines_of(quads)))
    with TemporaryDirectory() as folder:
        return survey(lines, Sorter(Path(folder), 2), source_names(quads, BASE), BASE)


@given(QUADS)
def test_the_numbers_are_those_of_quads_in_memory(quads: list[ox.Quad]) -> None:
    """Down to the order of what was counted."""
    found, expected = surveyed(quads).statistics, statistics(quads)
    assert found == expected
    assert [*found.classes, *found.properties, *found.graphs] == [
        *expected.classes,
        *expected.properties,
        *expected.graphs,
    ]


@given(QUADS)
def test_what_is_told_of_sources_and_shown_is_the_same(quads: list[ox.Quad]) -> None:
    """The lines that were kept say it all."""
    found = surveyed(quads)
    told = tuple(read_lines(found.told))
    assert source_facts(told, BASE) == source_facts(quads, BASE)
    assert source_titles(told, SETTINGS) == source_titles(quads, SETTINGS)
    assert most_told(found.things, BASE) == examples(quads, BASE)


@given(QUADS)
def test_the_links_are_the_same(quads: list[ox.Quad]) -> None:
    """Of all lines those that may be a link, or say what is none, are enough."""
    known = Published.of(quads, settings=SETTINGS, digest=DIGEST, queries=(), limits={})
    assert linksets(read_lines(surveyed(quads).outwards), known) == linksets(quads, known)
