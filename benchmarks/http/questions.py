"""What is asked: the same of every server, in the words each understands.

Our server has documents and canned queries of its own; the others get the SPARQL that gives the
same statements and rows. Where an answer must not have been given before, a mark in the text is
replaced by another value in each request.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from benchmarks.http.generate import BASE
from reti_graph.canned.library import read_queries
from reti_graph.canned.parameters import StoredThings
from reti_graph.canned.run import bound_text
from reti_graph.sources.site import TextFile
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.http.subjects import Subject
    from reti_graph.config import Settings

CANNED: Final = Path(__file__).with_name("joined.rq")
"""A canned query with a value that may change a hundred thousand times and change no row."""

IN_TURN: Final = 200
"""So many documents are asked for over and over."""

FIRST_TIME: Final = 20_000
"""So many are asked for once, where there are as many."""

DAY: Final = "XDAYX"
COUNT: Final = "XCOUNTX"
TURTLE: Final = "text/turtle"
JSON: Final = "application/sparql-results+json"

_EXAMPLE_DAY: Final = "1066-01-01"
_DAYS_A_YEAR: Final = 12 * 28
_YEARS: Final = 1900
# What a document holds: what is said of the thing and what points at it, what each passage that
# says so says of itself, and the labels of everything named. Of the ways to say it that were
# tried, Oxigraph answers none faster.
_DOCUMENT: Final = """PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>
CONSTRUCT { ?s ?p ?o } WHERE {
  { BIND(%(thing)s AS ?s) %(thing)s ?p ?o }
  UNION { BIND(%(thing)s AS ?o) ?s ?p %(thing)s }
  UNION {
    { SELECT DISTINCT ?g WHERE {
      { GRAPH ?g { %(thing)s ?a ?b } } UNION { GRAPH ?g { ?a ?b %(thing)s } }
    } }
    { GRAPH ?g { ?g reti:quote ?quote ; ?p ?o } BIND(?g AS ?s) }
    UNION { GRAPH ?g { ?g oa:hasSelector ?s . ?s ?p ?o } }
  }
  UNION {
    { SELECT DISTINCT ?s WHERE {
      { BIND(%(thing)s AS ?s) } UNION { %(thing)s ?s ?a } UNION { %(thing)s ?a ?s }
      UNION { ?s ?a %(thing)s } UNION { ?a ?s %(thing)s }
    } }
    BIND(rdfs:label AS ?p)
    ?s rdfs:label ?o
  }
}"""
_SELECT: Final = f"""PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?class ?label WHERE {{
  ?thing a ?class ; rdfs:label ?label
  FILTER(?label != "{COUNT}")
}} LIMIT 100"""
_AGGREGATION: Final = f"""SELECT ?property (COUNT(?thing) AS ?statements) WHERE {{
  ?thing ?property ?value
  FILTER(?property != <urn:x-request:{COUNT}>)
}} GROUP BY ?property ORDER BY DESC(?statements) ?property"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the result.

    `own` are the paths of it on our server, `sparql` the queries for the others, `files` the paths
    of a static file server; the requests take them in turn. With `countable` only the number of
    rows is the same everywhere, not the rows.
    """

    name: str
    accept: str
    own: tuple[str, ...] = ()
    sparql: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    countable: bool = False


ONE_DOCUMENT: Final = "document, always the same"
MANY_DOCUMENTS: Final = f"document, {IN_TURN} in turn"
NEW_DOCUMENTS: Final = "document, always a new one"
DESCRIBED: Final = "the same as DESCRIBE"
CANNED_NEW: Final = "canned query, always new"
CANNED_AGAIN: Final = "canned query, repeated"
SELECT_NEW: Final = "SELECT of 100 rows, always new"
SELECT_AGAIN: Final = "SELECT of 100 rows, repeated"
AGGREGATION: Final = "full aggregation, always new"


def questions(subject: Subject, settings: Settings) -> tuple[Question, ...]:
    """Return what is asked about a subject, the cheapest first."""
    in_turn, once = subject.things[:IN_TURN], subject.things[IN_TURN:]
    canned = urlencode({"network": subject.thing, "from": DAY, "lang": "en"})
    canned_text = _canned_text(subject.thing, settings)
    return (
        _documents(ONE_DOCUMENT, (subject.thing,)),
        _documents(MANY_DOCUMENTS, in_turn),
        *((_documents(NEW_DOCUMENTS, once),) if len(once) == FIRST_TIME else ()),
        Question(name=DESCRIBED, accept=TURTLE, sparql=(f"DESCRIBE <{subject.thing}>",)),
        *_pair(
            (CANNED_NEW, CANNED_AGAIN),
            Question(
                name=CANNED_NEW,
                accept=JSON,
                own=(f"/query/joined?{canned}",),
                sparql=(canned_text,),
            ),
        ),
        *_pair((SELECT_NEW, SELECT_AGAIN), _by_sparql(SELECT_NEW, _SELECT, countable=True)),
        _by_sparql(AGGREGATION, _AGGREGATION),
    )


def _documents(name: str, things: Sequence[str]) -> Question:
    paths = tuple(document_path(thing) for thing in things)
    constructs = tuple(_DOCUMENT % {"thing": f"<{thing}>"} for thing in things)
    files = () if name == NEW_DOCUMENTS else paths
    return Question(name=name, accept=TURTLE, own=paths, sparql=constructs, files=files)


def document_path(thing: str) -> str:
    """Return the path of the document about a thing."""
    return "/doc/" + thing.removeprefix(f"{BASE}id/")


def sparql_target(path: str, text: str) -> str:
    """Return the path and query string that ask a SPARQL endpoint."""
    return f"{path}?query={quote(text, safe='')}"


def filled(target: str, count: int) -> str:
    """Return a target with the marks replaced; `load.lua` does the same."""
    year = 1 + count // _DAYS_A_YEAR % _YEARS
    day = f"{year:04}-{1 + count // 28 % 12:02}-{1 + count % 28:02}"
    return target.replace(DAY, day).replace(COUNT, str(count))


def changes(target: str) -> bool:
    """Tell whether a target has a mark in it."""
    return DAY in target or COUNT in target


def _pair(names: tuple[str, str], question: Question) -> tuple[Question, Question]:
    """Return a question that is always new, and the same with one value for good."""
    new, again = names
    own = tuple(filled(path, 0) for path in question.own)
    sparql = tuple(filled(text, 0) for text in question.sparql)
    return replace(question, name=new), replace(question, name=again, own=own, sparql=sparql)


def _by_sparql(name: str, text: str, *, countable: bool = False) -> Question:
    own = (sparql_target("/sparql", text),)
    return Question(name=name, accept=JSON, own=own, sparql=(text,), countable=countable)


def _canned_text(network: str, settings: Settings) -> str:
    """Return the text our server makes of the canned query, with the mark in it."""
    file = TextFile(CANNED.name, CANNED, CANNED.read_text("utf-8"))
    (query,), _ = read_queries([file], settings)
    values = {"network": network, "from": _EXAMPLE_DAY, "lang": "en"}
    node = ox.NamedNode(network)
    # A thing that nothing is known of is refused.
    store = EmbeddedStore.of([ox.Quad(node, RDF_TYPE, node)], settings.prefixes)
    return bound_text(StoredThings(store), query, values, settings).replace(_EXAMPLE_DAY, DAY)
