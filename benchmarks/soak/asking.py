"""What the friendly clients ask: documents, canned queries, and queries of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlencode

from reti_graph.canned.library import read_queries
from reti_graph.gate import QueryForm
from reti_graph.sources.site import SHAPES, read_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

DOCUMENT: Final = "document"
CANNED: Final = "canned query"
SPARQL: Final = "SPARQL by GET"
POSTED: Final = "SPARQL by POST"
KINDS: Final = (DOCUMENT, CANNED, SPARQL, POSTED)

_DOCUMENTS: Final = 60
# Each has the label in it that tells the two releases apart, or is near it.
_ALWAYS: Final = ("/", "/catalog", "/doc/city/milan", "/doc/network/c40", "/doc/network/eurocities")
_FORMS: Final = (
    (("Accept", "text/html"), ("Accept-Language", "it")),
    (("Accept", "text/html"), ("Accept-Language", "en")),
    (("Accept", "text/turtle"),),
    (("Accept", "application/ld+json"),),
    (("Accept", "application/trig"),),
)
_ALL_BUT_QUERIES: Final = SHAPES | {"ontology", "data", "rules", "contexts"}
_CODED: Final = ("Accept-Encoding", "gzip")
_CSV: Final = "text/csv"
_OF_GRAPHS: Final = ("text/turtle", "application/ld+json")
_JSON: Final = "application/sparql-results+json"
_PREFIXES: Final = """PREFIX city: <https://w3id.org/reti-graph/id/city/>
PREFIX network: <https://w3id.org/reti-graph/id/network/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>
"""
_TEXTS: Final = (
    "ASK { network:eurocities rdfs:label ?label FILTER(LANG(?label) = 'en') }",
    "ASK { network:eurocities rdfs:label 'EUROCITIES'@en }",
    "SELECT ?label { network:eurocities rdfs:label ?label }",
    "SELECT ?city ?label { ?city rdfs:label ?label FILTER(STRSTARTS(STR(?city), STR(city:))) }",
    "SELECT ?it ?label { ?it a reti:Network ; rdfs:label ?label } ORDER BY ?it ?label",
    "SELECT (COUNT(*) AS ?statements) { ?s ?p ?o }",
    "SELECT ?class (COUNT(?thing) AS ?things) { ?thing a ?class } GROUP BY ?class",
    "SELECT ?passage ?label { GRAPH ?passage { network:eurocities rdfs:label ?label } }",
    "SELECT ?in ?label { ?x org:member ?who ; org:organization ?in . ?who rdfs:label ?label }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p LIMIT 20",
    "SELECT (STRLEN(GROUP_CONCAT(?label)) AS ?letters) { ?s rdfs:label ?label }",
)
_LOCATION: Final = re.compile(r"<loc>([^<]+)</loc>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that each release has one right answer to.

    `ordered` says whether rows must come in the order they came in before. One that is `fresh`
    can be made another one by `varied`, so that no answer to it is kept.
    """

    kind: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None = None
    ordered: bool = True
    fresh: bool = False

    @property
    def method(self) -> str:
        """GET, or POST with a body."""
        return "GET" if self.body is None else "POST"

    def varied(self, number: int) -> Asked:
        """Return the same question in other bytes: a comment is added to the query."""
        if self.body is not None:
            return replace(self, body=self.body + f"\n#{number}".encode())
        return replace(self, target=f"{self.target}%0A%23{number}")

    def __str__(self) -> str:
        wishes = ", ".join(value for _, value in self.headers)
        body = "" if self.body is None else f" {self.body.decode()}"
        whole = f"{self.method} {unquote(self.target)}{body}".replace(_PREFIXES, "")
        return f"{whole} ({wishes})"


def everything_asked(site: Path, site_map: str, base: str) -> tuple[Asked, ...]:
    """Return all requests: of documents in the site map, canned queries of the site, and others."""
    return (*documents(paths(site_map, base)), *canned(site), *sparql())


def paths(site_map: str, base: str) -> tuple[str, ...]:
    """Return the paths of about 60 documents of a site map, from all over it, each once."""
    found = ["/" + address.removeprefix(base) for address in _LOCATION.findall(site_map)]
    step = max(1, len(found) // (_DOCUMENTS - len(_ALWAYS)))
    return tuple(dict.fromkeys((*_ALWAYS, *found[::step])))


def documents(found: Iterable[str]) -> Iterator[Asked]:
    """Yield the request of each document in each form; every other one takes it compressed."""
    for number, path in enumerate(found):
        for headers in _FORMS:
            coding = (_CODED,) if number % 2 else ()
            yield Asked(kind=DOCUMENT, target=path, headers=(*headers, *coding))


def canned(site: Path) -> Iterator[Asked]:
    """Yield the request of each canned query with its examples, in two formats of its answer."""
    read, _ = read_site(site, without=_ALL_BUT_QUERIES)
    queries, _ = read_queries(read.queries, read.settings)
    for query in queries:
        examples = urlencode({param.name: param.example for param in query.params})
        accepted = (_CSV, _JSON) if query.form is QueryForm.SELECT else _OF_GRAPHS
        for accept in accepted:
            yield Asked(
                kind=CANNED,
                target=f"/query/{query.name}?{examples}".rstrip("?"),
                headers=(("Accept", accept),),
                ordered=_is_ordered(query.body),
            )


def sparql(texts: Sequence[str] = _TEXTS) -> Iterator[Asked]:
    """Yield the requests of queries of our own: by GET, and by POST of the text."""
    for text in texts:
        query, ordered = _PREFIXES + text, _is_ordered(text)
        accept = ("Accept", _JSON)
        yield Asked(
            kind=SPARQL,
            target=f"/sparql?query={quote(query, safe='')}",
            headers=(accept,),
            ordered=ordered,
            fresh=True,
        )
        yield Asked(
            kind=POSTED,
            target="/sparql",
            headers=(accept, ("Content-Type", "application/sparql-query")),
            body=query.encode(),
            ordered=ordered,
            fresh=True,
        )


def _is_ordered(query: str) -> bool:
    """Tell whether the rows of the answer are ordered, and not only those of a sub-select."""
    _, order, tail = query.rpartition("ORDER BY")
    return bool(order) and "}" not in tail
