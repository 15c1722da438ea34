"""rdflib: its store over an endpoint, and its readers of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.clients.released import (
    BASE,
    EUROCITIES,
    MEMBERSHIPS,
    MILAN,
    parsed,
    rows,
    said_of,
    triples,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

    from reti_graph.stores.port import Store

ONTOLOGY: Final = f"{BASE}ontology"
RETI: Final = rdflib.Namespace(f"{ONTOLOGY}#")

# rdflib warns of its own use of what it has renamed.
of_itself: Final = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
    "ignore:Dataset.default_context is deprecated:DeprecationWarning",
)


def remote(
    endpoint: str, graph: str | None = None, *, returned: str = "xml", method: str = "GET"
) -> rdflib.Graph:
    """Give a graph that stands at the endpoint: a named one, or the default one."""
    store = SPARQLStore(endpoint, returnFormat=returned, method=method)
    return rdflib.Graph(store=store, identifier=rdflib.URIRef(graph) if graph else None)


def as_triples(graph: rdflib.Graph) -> set[ox.Triple]:
    """Give the triples of a graph as another library has them."""
    return parsed(graph.serialize(format="nt", encoding="utf-8"), "application/n-triples")


def test_triples_are_matched_at_the_endpoint(endpoint: str, store: Store) -> None:
    """A pattern gives what the release has of it, literals with their languages."""
    found = rdflib.Graph()
    for triple in remote(endpoint).triples((rdflib.URIRef(EUROCITIES), None, None)):
        found.add(triple)
    assert as_triples(found) == said_of(store, EUROCITIES)


def test_a_triple_is_known_or_not(endpoint: str) -> None:
    """`in` asks."""
    graph = remote(endpoint)
    milan, eurocities = rdflib.URIRef(MILAN), rdflib.URIRef(EUROCITIES)
    assert (eurocities, RETI.foundedBy, milan) in graph
    assert (milan, RETI.foundedBy, eurocities) not in graph


def test_the_default_graph_is_the_union_of_all(endpoint: str, store: Store) -> None:
    """Its length counts each triple once."""
    [(count,)] = rows(store, "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }")
    assert len(remote(endpoint)) == int(count)


@pytest.mark.parametrize("returned", ["xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_a_query_is_asked_in_every_way(
    endpoint: str, store: Store, returned: str, method: str
) -> None:
    """By each method, and with each of rdflib's readers of rows."""
    graph = remote(endpoint, returned=returned, method=method)
    found = {tuple(map(str, row)) for row in graph.query(MEMBERSHIPS)}  # type: ignore[arg-type] # a SELECT
    assert found == rows(store, MEMBERSHIPS)


def test_prefixes_of_the_caller_come_with_the_query(endpoint: str, store: Store) -> None:
    """`initNs` declares what the site does not know, and `initBindings` gives a value."""
    query = "SELECT ?network { ?who own:memberOf ?network }"
    found = remote(endpoint).query(
        query, initNs={"own": RETI}, initBindings={"who": rdflib.URIRef(MILAN)}
    )
    expected = rows(store, "SELECT ?network { city:milan reti:memberOf ?network }")
    assert {tuple(map(str, row)) for row in found} == expected  # type: ignore[arg-type] # a SELECT


def test_a_graph_is_made_at_the_endpoint(endpoint: str, store: Store) -> None:
    """CONSTRUCT gives a graph."""
    query = "CONSTRUCT { ?who reti:memberOf ?what } WHERE { ?who reti:memberOf ?what }"
    made = remote(endpoint).query(query).graph
    assert made is not None
    assert as_triples(made) == triples(store, query)


def test_a_named_graph_is_a_graph_of_its_own(endpoint: str, store: Store) -> None:
    """The passage that names EUROCITIES says what it says, and nothing else."""
    passages = "SELECT ?passage { GRAPH ?passage { network:eurocities a reti:Network } }"
    [(passage,)] = rows(store, passages)
    graph = remote(endpoint, passage)
    found = rdflib.Graph()
    for triple in graph:
        found.add(triple)
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{passage}> {{ ?s ?p ?o }} }}"
    assert as_triples(found) == triples(store, query)
    assert len(graph) == len(triples(store, query))


def test_a_mistake_in_a_query_raises(endpoint: str) -> None:
    """The library says whose mistake it is."""
    with pytest.raises(ValueError, match="did something wrong"):
        list(remote(endpoint).query("SELECT oops"))


def test_a_graph_at_the_endpoint_cannot_be_written(endpoint: str) -> None:
    """What is published is changed by nobody."""
    with pytest.raises(TypeError, match="read only"):
        remote(endpoint).add((rdflib.URIRef(MILAN), RETI.memberOf, rdflib.URIRef(EUROCITIES)))


@pytest.mark.parametrize("asked", [None, "turtle", "xml"])
def test_the_identifier_of_a_thing_leads_to_what_is_said_of_it(
    address: str, store: Store, asked: str | None
) -> None:
    """The library follows the 303 and reads the format it prefers, or is told to prefer."""
    path = EUROCITIES.removeprefix(BASE)
    graph = rdflib.Graph().parse(f"{address}{path}", format=asked)
    assert said_of(store, EUROCITIES) <= as_triples(graph)


@pytest.mark.parametrize(
    ("suffix", "reader"), [("ttl", "n3"), ("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml")]
)
def test_an_address_with_a_suffix_has_one_format(
    address: str, store: Store, suffix: str, reader: str
) -> None:
    """Whatever the library's Accept header says for the reader, as of text/plain for N-Triples."""
    graph = rdflib.Graph().parse(f"{address}doc/network/eurocities.{suffix}", format=reader)
    assert said_of(store, EUROCITIES) <= as_triples(graph)


# JSON-LD is one of them: read into a Graph instead of a Dataset, what the passages say is lost.
@of_itself
@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld"])
def test_formats_with_graphs_keep_each_statement_in_its_passage(
    address: str, store: Store, suffix: str
) -> None:
    """A dataset read from a document tells which passage says what."""
    dataset = rdflib.Dataset()
    dataset.parse(f"{address}doc/network/eurocities.{suffix}")
    thing = rdflib.URIRef(EUROCITIES)
    found = {
        (str(predicate), str(value), str(graph))
        for _, predicate, value, graph in dataset.quads((thing, None, None, None))
        if graph is not None
    }
    query = "SELECT ?p ?o ?passage { GRAPH ?passage { network:eurocities ?p ?o } }"
    assert found == rows(store, query)


def test_the_ontology_is_read_by_its_name(address: str, store: Store) -> None:
    """`/ontology` holds the classes and properties."""
    graph = rdflib.Graph().parse(f"{address}ontology")
    classes = {(str(term),) for term in graph.subjects(rdflib.RDF.type, rdflib.OWL.Class)}
    query = f"SELECT ?class {{ GRAPH <{ONTOLOGY}> {{ ?class a owl:Class }} }}"
    assert rows(store, query) <= classes
