from __future__ import annotations

from typing import Final

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from reti_graph.preflight.graph import Graph
from reti_graph.preflight.render_html import render_html
from reti_graph.preflight.render_json import render_json
from reti_graph.preflight.render_text import render_text
from reti_graph.preflight.run import preflight
from reti_graph.terms import (
    DCAT,
    DCATAPIT,
    DCTERMS,
    EU_AUTHORITY,
    FOAF,
    HYDRA,
    RDF_TYPE,
    VCARD,
    XSD,
)
from reti_graph.validation.shacl_rust_engine import ShaclRustEngine
from tests.unit.preflight.catalogues import CATALOG, node, shelf

ENGINE: Final = ShaclRustEngine()

_NODES = st.sampled_from(
    [
        *(node(path) for path in ("catalog", "dataset/trees", "dataset/trees#ttl", "town")),
        ox.BlankNode("b"),
    ]
)
_KINDS = st.sampled_from(
    [
        *(ox.NamedNode(DCAT + k) for k in ("Catalog", "Dataset", "Distribution", "DataService")),
        *(ox.NamedNode(DCATAPIT + k) for k in ("Catalog", "Dataset", "Agent")),
        ox.NamedNode(f"https{DCATAPIT[4:]}Dataset"),
        ox.NamedNode(HYDRA + "PartialCollectionView"),
    ]
)
_PROPERTIES = st.sampled_from(
    [
        *(DCAT + p for p in ("dataset", "distribution", "theme", "contactPoint", "catalog")),
        *(DCAT + p for p in ("accessURL", "downloadURL", "service", "byteSize", "endpointURL")),
        *(DCTERMS + p for p in ("identifier", "title", "license", "format", "modified")),
        *(DCTERMS + p for p in ("publisher", "rightsHolder", "language", "isPartOf", "type")),
        *(VCARD + "hasEmail", VCARD + "fn", FOAF + "name", HYDRA + "next", "urn:x"),
        f"https{DCAT[4:]}dataset",
        DCTERMS + "accrualPeriodicity",
    ]
).map(ox.NamedNode)
_LITERALS = st.one_of(
    st.builds(ox.Literal, st.text(max_size=6)),
    st.builds(lambda text: ox.Literal(text, language="it"), st.text(max_size=6)),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
        st.text(max_size=6),
        st.sampled_from(["date", "nonNegativeInteger", "hexBinary"]),
    ),
)
_OTHERS = st.sampled_from(
    [
        ox.NamedNode("mailto:a@b"),
        ox.NamedNode(f"{EU_AUTHORITY}data-theme/x%20"),
        ox.NamedNode("https://creativecommons.org/licenses/by/4.0"),
        ox.Triple(node("a"), ox.NamedNode("urn:p"), node("b")),
    ]
)
_TRIPLES = st.one_of(
    st.builds(ox.Triple, _NODES, st.just(RDF_TYPE), _KINDS),
    st.builds(ox.Triple, _NODES, _PROPERTIES, st.one_of(_NODES, _LITERALS, _OTHERS)),
)


@settings(max_examples=60)
@given(st.lists(_TRIPLES, max_size=25))
def test_a_preflight_raises_nothing_whatever_the_graph(triples: list[ox.Triple]) -> None:
    """A catalogue can be as wrong as it likes: all there is to say of it is a finding."""
    written = ox.serialize(Graph(triples).triples, format=ox.RdfFormat.TURTLE) or b""
    outcome = preflight(shelf(written.decode() or "# empty"), CATALOG, ENGINE, Graph(triples[:9]))
    assert all(problem.messages.keys() >= {"it", "en"} for problem in outcome.report.problems)
    assert outcome.report.problems
    assert all((render_html(outcome, "it"), render_text(outcome, "en"), render_json(outcome)))
