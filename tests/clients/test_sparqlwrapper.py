"""SPARQLWrapper, the client most Python programs ask an endpoint with."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, Protocol, cast
from urllib.error import HTTPError
from xml.dom.minidom import Document

import pytest
import rdflib
import SPARQLWrapper
from SPARQLWrapper.SmartWrapper import Bindings
from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed, URITooLong

from tests.clients.released import (
    ABOUT,
    BASE,
    EUROCITIES,
    MEMBERSHIPS,
    MILAN,
    parsed,
    parsed_rows,
    rows,
    triples,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

    from reti_graph.stores.port import Store

# The formats of rows and of graphs that it has, as callers name them.
TABLES: Final = (SPARQLWrapper.JSON, SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV)
GRAPHS: Final = (
    SPARQLWrapper.TURTLE,
    SPARQLWrapper.N3,
    SPARQLWrapper.XML,
    SPARQLWrapper.RDFXML,
    SPARQLWrapper.JSONLD,
)
ONTOLOGY: Final = f"{BASE}ontology"

# It makes the graph it returns of an rdflib class that rdflib has renamed since.
returns_old_graphs: Final = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning",
    "ignore:Dataset.default_context is deprecated:DeprecationWarning",
)


class Answer(Protocol):
    """An answer as the library gives it, whose types leave most of it open."""

    def info(self) -> dict[str, str]:
        """Give the headers."""
        ...

    def convert(self) -> object:
        """Give the body as what the library makes of it."""
        ...


def asked(endpoint: str, query: str, returned: str | None = None) -> SPARQLWrapper.SPARQLWrapper:
    """Give a wrapper that is about to ask, with the library's own defaults where none is given."""
    wrapper = SPARQLWrapper.SPARQLWrapper(endpoint)
    wrapper.setQuery(query)
    if returned:
        wrapper.setReturnFormat(returned)
    return wrapper


def answered(wrapper: SPARQLWrapper.SPARQLWrapper) -> tuple[str, object]:
    """Ask, and give the type of the answer and what the library makes of it."""
    answer = cast("Answer", wrapper.query())
    return answer.info()["content-type"].partition(";")[0], answer.convert()


def texts(media_type: str, converted: object) -> set[tuple[str, ...]]:
    """Give the rows in what the library makes of an answer."""
    if isinstance(converted, Document):
        return parsed_rows(converted.toxml(encoding="utf-8"), media_type)
    if isinstance(converted, dict):
        return {
            tuple(row[name]["value"] for name in converted["head"]["vars"])
            for row in converted["results"]["bindings"]
        }
    assert isinstance(converted, bytes)
    if media_type == "text/csv":
        return {tuple(row) for row in list(csv.reader(io.StringIO(converted.decode())))[1:]}
    return parsed_rows(converted, media_type)


def graph(media_type: str, converted: object) -> set[ox.Triple]:
    """Give the triples in what the library makes of an answer."""
    if isinstance(converted, rdflib.Graph):
        written = converted.serialize(format="nt", encoding="utf-8")
        return parsed(written, "application/n-triples")
    assert isinstance(converted, bytes)
    return parsed(converted, media_type)


@pytest.mark.parametrize(
    ("returned", "media_type"),
    [
        (None, "application/sparql-results+xml"),
        (SPARQLWrapper.JSON, "application/sparql-results+json"),
        (SPARQLWrapper.XML, "application/sparql-results+xml"),
        (SPARQLWrapper.CSV, "text/csv"),
        (SPARQLWrapper.TSV, "text/tab-separated-values"),
    ],
)
def test_milans_memberships_come_in_every_format_of_rows(
    endpoint: str, store: Store, returned: str | None, media_type: str
) -> None:
    """The format is the one that was set, and each of the library's readers reads it."""
    came, converted = answered(asked(endpoint, MEMBERSHIPS, returned))
    assert came == media_type
    assert texts(came, converted) == rows(store, MEMBERSHIPS)
    assert MILAN in {row[0] for row in rows(store, MEMBERSHIPS)}


@pytest.mark.parametrize("known", [True, False])
def test_yes_and_no_come_as_json(endpoint: str, *, known: bool) -> None:
    """ASK is answered as to what the graph holds."""
    role = "reti:memberOf" if known else "reti:neverHeardOf"
    _, converted = answered(
        asked(endpoint, f"ASK {{ city:milan {role} ?network }}", SPARQLWrapper.JSON)
    )
    assert isinstance(converted, dict)
    assert converted["boolean"] is known


@pytest.mark.parametrize("returned", [SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV])
def test_yes_and_no_come_in_the_other_formats_too(endpoint: str, returned: str) -> None:
    """CSV and TSV have no standard for it: the word alone."""
    _, converted = answered(asked(endpoint, "ASK { city:milan ?p ?o }", returned))
    text = (
        converted.toxml() if isinstance(converted, Document) else cast("bytes", converted).decode()
    )
    assert "true" in text


@returns_old_graphs
@pytest.mark.parametrize("returned", [None, *GRAPHS])
@pytest.mark.parametrize("query", [ABOUT, f"DESCRIBE <{EUROCITIES}>"])
def test_graphs_come_in_every_format_of_graphs(
    endpoint: str, store: Store, returned: str | None, query: str
) -> None:
    """CONSTRUCT and DESCRIBE give what the release says, whatever the format."""
    came, converted = answered(asked(endpoint, query, returned))
    assert graph(came, converted) == triples(store, query)


@pytest.mark.filterwarnings("ignore:Sending Accept header:RuntimeWarning")
def test_a_format_that_the_library_itself_does_not_expect_is_answered(
    endpoint: str, store: Store
) -> None:
    """It warns that it sends `Accept: */*`; its `format=rdf` is understood all the same."""
    answer = asked(endpoint, ABOUT, SPARQLWrapper.RDF).query().response
    content = answer.read()
    assert answer.headers["content-type"] == "application/rdf+xml"
    assert parsed(content, "application/rdf+xml") == triples(store, ABOUT)


@pytest.mark.parametrize("returned", TABLES)
def test_a_client_that_only_negotiates_gets_the_same(
    endpoint: str, store: Store, returned: str
) -> None:
    """By the Accept header alone, without its three parameters for the format."""
    wrapper = asked(endpoint, MEMBERSHIPS, returned)
    wrapper.setOnlyConneg(True)
    assert texts(*answered(wrapper)) == rows(store, MEMBERSHIPS)


@pytest.mark.parametrize("how", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
@pytest.mark.parametrize("returned", TABLES)
def test_a_query_that_is_posted_is_answered_alike(
    endpoint: str, store: Store, how: str, returned: str
) -> None:
    """As a form and as the text itself; the form names the format, too."""
    wrapper = asked(endpoint, MEMBERSHIPS, returned)
    wrapper.setMethod(SPARQLWrapper.POST)
    wrapper.setRequestMethod(how)
    assert texts(*answered(wrapper)) == rows(store, MEMBERSHIPS)


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("how", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_graphs_that_are_named_are_those_that_are_asked(
    endpoint: str, store: Store, method: str, how: str
) -> None:
    """The default graph is the one given, and GRAPH finds the other one alone."""
    query = "SELECT ?class ?graph { ?class a owl:Class GRAPH ?graph { ?graph a ?kind } }"
    wrapper = asked(endpoint, query, SPARQLWrapper.JSON)
    wrapper.addDefaultGraph(ONTOLOGY)
    wrapper.addNamedGraph(f"{BASE}concept/roles")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    classes = rows(store, f"SELECT ?class {{ GRAPH <{ONTOLOGY}> {{ ?class a owl:Class }} }}")
    expected = {(*row, f"{BASE}concept/roles") for row in classes}
    assert texts(*answered(wrapper)) == expected


def test_a_timeout_of_the_client_makes_no_difference_in_time(endpoint: str, store: Store) -> None:
    """The library's own, and the parameter that some endpoints have for it."""
    wrapper = asked(endpoint, MEMBERSHIPS, SPARQLWrapper.JSON)
    wrapper.setTimeout(60)
    wrapper.addParameter("timeout", "60000")
    assert texts(*answered(wrapper)) == rows(store, MEMBERSHIPS)


def test_the_wrapper_of_bindings_reads_the_rows(endpoint: str, store: Store) -> None:
    """SPARQLWrapper2 gives values by variable."""
    wrapper = SPARQLWrapper.SPARQLWrapper2(endpoint)
    wrapper.setQuery(MEMBERSHIPS)
    found = wrapper.query()
    assert isinstance(found, Bindings)
    names = ("member", "role", "network", "label")
    texts_found = {tuple(row[name].value for name in names) for row in found.bindings}
    assert texts_found == rows(store, MEMBERSHIPS)


@pytest.mark.parametrize("how", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("query", ["SELECT oops", "ASK { SERVICE <http://e.org/> { ?s ?p ?o } }"])
def test_a_query_that_is_refused_raises_with_the_reason(
    endpoint: str, query: str, method: str, how: str
) -> None:
    """QueryBadFormed, with the problem document and the place in it."""
    wrapper = asked(endpoint, query, SPARQLWrapper.JSON)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    with pytest.raises(QueryBadFormed, match='"line": 1'):
        wrapper.query()


def test_an_update_raises_with_its_status(endpoint: str) -> None:
    """The library has no type of its own for 403."""
    wrapper = asked(endpoint, "INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    wrapper.setMethod(SPARQLWrapper.POST)
    with pytest.raises(HTTPError) as caught:
        wrapper.query()
    caught.value.close()
    assert caught.value.code == 403


def test_an_address_where_nothing_is_raises_so(address: str) -> None:
    """404 is EndPointNotFound."""
    with pytest.raises(EndPointNotFound):
        asked(f"{address}nothing", MEMBERSHIPS, SPARQLWrapper.JSON).query()


def test_a_query_too_long_for_an_address_raises_so(endpoint: str) -> None:
    """414 is URITooLong, which tells the caller to post it."""
    with pytest.raises(URITooLong):
        asked(endpoint, f"ASK {{}} # {'x' * 120_000}", SPARQLWrapper.JSON).query()
