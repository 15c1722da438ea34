from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from reti_graph.gate import form
from reti_graph.stores.answering import as_solutions, as_triples, as_truth
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.remote.connection import Connection
from reti_graph.stores.remote.engine import Engine
from reti_graph.stores.remote.portable import portable
from reti_graph.stores.remote.products import by_name
from reti_graph.stores.remote.scoped import Scope
from reti_graph.stores.remote.store import RemoteStore
from reti_graph.stores.remote.trust import complicated
from reti_graph.stores.remote.values import Patience
from tests.contract.elsewhere import fill, remote_of
from tests.stores.features import FEATURES, PREFIXES, feature_quads
from tests.stores.loading import KINDS, SERVERS
from tests.stores.random_queries import RandomQueries
from tests.stores.rows import check_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from reti_graph.formats import Format
    from reti_graph.stores.datasets import EngineAnswer
    from reti_graph.stores.port import Dataset, Solutions
    from reti_graph.stores.remote.values import Remote

SEEDS: Final = range(20)
QUERIES: Final = 25
"""How many random queries are made of each seed; some of them are trusted."""
ONCE: Final = Patience(seconds=60.0, retries=0)

# What Virtuoso 7.2 answers wrong, each in the smallest query that was found. Once a Virtuoso
# answers one of them right, that test fails: then it can be trusted with more.
FAULTS: Final = {
    "numbers, booleans and dates are joined by value": "SELECT * { ?a :int ?x . ?b :dec ?x }",
    "a number finds equal numbers of other types": "SELECT * { ?s :val 1 }",
    "a boolean is a number": "SELECT * { ?s ?p true }",
    "a year is its first day": "SELECT * { ?s ?p '2020-01-01'^^xsd:date }",
    "a computed boolean is an integer": "SELECT * { ?s :int ?i BIND(?i > 1 AS ?large) }",
    "xsd:boolean('false') is true": "ASK { FILTER(xsd:boolean('false')) }",
    "integers are divided to an integer": "SELECT * { ?s :int ?i BIND(?i / 4 AS ?quarter) }",
    "anything is larger than a number": "SELECT * { ?s ?p ?o FILTER(?o > 1) }",
    "texts in a language are compared as plain ones": "SELECT * { ?s ?p ?o FILTER(?o < 'b') }",
    "no text begins with the empty one": "SELECT * { ?s :str ?o FILTER(STRSTARTS(?o, '')) }",
    "the datatype of a text in a language is none": "SELECT (DATATYPE(?o) AS ?t) { ?s :lab ?o }",
    "a variable that OPTIONAL left unbound joins with nothing": (
        "SELECT * { ?s :str ?o OPTIONAL { ?s :lab ?l } ?s :link ?l }"
    ),
    "FILTER in OPTIONAL does not see the graph outside": (
        "SELECT * { GRAPH ?g { ?s :str ?x } OPTIONAL { ?s :lab ?y FILTER(BOUND(?g)) } }"
    ),
    "a variable twice in a pattern, with OPTIONAL after it": (
        "SELECT * { ?x :link ?x OPTIONAL { ?x :c ?y } }"
    ),
    "MINUS of what shares no variable removes all": (
        "SELECT * { ?s :link ?o MINUS { ?x :flag ?y } }"
    ),
    "VALUES alone in a UNION": "SELECT * { { ?s :link :a } UNION { VALUES ?s { :a } } }",
    "a path gives a thing more than once": "SELECT * { :a :link+ ?o }",
    "a path between two variables": "SELECT * { ?s :link+ ?o }",
    "two counts at once": "SELECT (COUNT(*) AS ?n) (COUNT(*) AS ?m) { ?s ?p ?o }",
    "a group by a copied variable, in order": (
        "SELECT ?s ?t (COUNT(*) AS ?n) { ?s ?p ?o BIND(?s AS ?t) } "
        "GROUP BY ?s ?t ORDER BY DESC(?n) ?s ?t"
    ),
    "the first rows ordered by two names of a thing": (
        "SELECT ?s ?t { ?s :int ?i BIND(?s AS ?t) } ORDER BY ?t ?s LIMIT 2"
    ),
    "the first rows, with DISTINCT in a sub-select": (
        "SELECT ?p { ?s ?p ?o { SELECT DISTINCT ?s { ?s :link ?x } } } ORDER BY ?p LIMIT 9"
    ),
    "OFFSET without LIMIT": "SELECT ?o { :b :link ?o } OFFSET 1",
    "a FILTER is lost beside BIND and OPTIONAL": (
        "SELECT * { ?g :link ?s . ?s :str ?o FILTER(?g != :a) BIND(?s AS ?t) "
        "OPTIONAL { ?g :int ?q . ?g :str ?x } }"
    ),
    "literals come before IRIs": "SELECT ?o { :a :val ?o } ORDER BY ?o",
}


class Trusting:
    """A store that asks an engine whatever it is asked itself."""

    def __init__(self, connection: Connection, remote: Remote) -> None:
        product = by_name(remote.dialect.product)
        self._engine = Engine(connection, product, Scope.of(remote))

    def ask(self, query: str) -> bool:
        """See `Store.ask`."""
        return as_truth(self._asked(query))

    def select(self, query: str) -> Solutions:
        """See `Store.select`."""
        return as_solutions(self._asked(query))

    def construct(self, query: str) -> tuple[ox.Triple, ...]:
        """See `Store.construct`."""
        return as_triples(self._asked(query))

    def answer(self, query: str, target: Format, dataset: Dataset | None = None) -> bytes:
        """See `Store.answer`."""
        raise NotImplementedError

    def replace(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """See `Store.replace`."""
        raise NotImplementedError

    def _asked(self, query: str) -> EngineAnswer:
        return self._engine.answer(form(query), portable(query, PREFIXES), None)


@pytest.fixture(scope="module")
def near() -> EmbeddedStore:
    """Give the data in the store that all others are measured by."""
    return EmbeddedStore.of(feature_quads(), PREFIXES)


@pytest.fixture(scope="module", params=KINDS)
def remote(request: pytest.FixtureRequest) -> Iterator[Remote]:
    """Give each other store, with the data in it."""
    with SERVERS[request.param]() as server:
        found = remote_of(server)
        fill(found, feature_quads())
        yield found


@pytest.fixture(scope="module")
def far(remote: Remote) -> Iterator[RemoteStore]:
    """Give each other store, asked as it should be."""
    with RemoteStore.of(remote, PREFIXES) as store:
        yield store


@pytest.fixture(scope="module")
def engine(remote: Remote) -> Iterator[Trusting]:
    """Give each other store, asked whatever it does wrong."""
    with Connection(remote.addresses, ONCE) as connection:
        yield Trusting(connection, remote)


@pytest.mark.parametrize("query", [*FEATURES, *FAULTS.values()])
def test_each_feature_gives_the_same(near: EmbeddedStore, far: RemoteStore, query: str) -> None:
    """Terms, their kinds and their order, on an engine that is trusted with it or on none."""
    check_same(near, far, query)


@pytest.mark.parametrize("seed", SEEDS)
def test_random_queries_that_are_trusted_give_the_same(
    near: EmbeddedStore, far: RemoteStore, seed: int
) -> None:
    """Whatever is trusted is answered right: thousands were tried, and these are tried again."""
    queries = RandomQueries(feature_quads(), seed)
    made = [queries.query() for _ in range(QUERIES)]
    trusted = [query for query in made if complicated(query) is None]
    assert trusted
    for query in trusted:
        check_same(near, far, query)


@pytest.mark.parametrize("remote", ["virtuoso"], indirect=True)
@pytest.mark.parametrize("query", [each for each in FEATURES if complicated(each) is None])
def test_virtuoso_itself_answers_what_it_is_trusted_with(
    near: EmbeddedStore, engine: Trusting, query: str
) -> None:
    """With no copy to fall back on."""
    check_same(near, engine, query)


@pytest.mark.parametrize("remote", ["virtuoso"], indirect=True)
@pytest.mark.parametrize(
    "query",
    [
        pytest.param(query, id=reason, marks=pytest.mark.xfail(reason=f"Virtuoso: {reason}"))
        for reason, query in FAULTS.items()
    ],
)
def test_virtuoso_is_not_trusted_with_what_it_does_wrong(
    near: EmbeddedStore, engine: Trusting, query: str
) -> None:
    """Each of these fails today, and the answer that people get is right all the same."""
    check_same(near, engine, query)
