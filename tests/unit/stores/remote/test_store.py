from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reti_graph.errors import (
    AnswerTooLargeError,
    CallError,
    GateError,
    OtherReleaseError,
    SettingsError,
    StoreAnswerError,
)
from reti_graph.formats import JSON
from reti_graph.stores.embedded import EmbeddedStore
from reti_graph.stores.port import Dataset
from reti_graph.stores.remote.credentials import Credentials
from reti_graph.stores.remote.held import held_update, holds_query
from reti_graph.stores.remote.store import RemoteStore
from reti_graph.stores.remote.values import Addresses, Remote
from tests.unit.stores.remote.engines import BASE, PREFIXES, Engine, node, quads, remote, union_of
from tests.unit.stores.remote.test_scoped import OTHERS, SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.gate import QueryForm
    from reti_graph.stores.remote.transport import Reply

OXIGRAPH = remote()
VIRTUOSO = remote("Virtuoso", default_graph="repeated", atomic=False)
OTHER = remote("unknown store", default_graph="repeated", atomic=False)
SIMPLE = "SELECT DISTINCT ?s { ?s :p ?o } ORDER BY ?s"
# A path is more than what Virtuoso is trusted with.
HARD = "SELECT ?s ?o { ?s :p+ ?o } ORDER BY ?s ?o"
BOTH = Dataset((f"{BASE}g", f"{BASE}h"), ())


def engine(store: Remote) -> Engine:
    """Give a store that holds release `a` of a site, and others' graphs."""
    made = Engine.holding(quads(SITE + OTHERS))
    made.open_graphs = store is VIRTUOSO
    made.store.extend(union_of(quads(SITE), store.union))
    made.store.update(f"CLEAR GRAPH <{BASE}release>")
    made.store.update(held_update(BASE, "a", None))
    return made


def embedded() -> EmbeddedStore:
    """Give the embedded store of the same site."""
    return EmbeddedStore.of(quads(SITE), PREFIXES)


@pytest.mark.parametrize("kind", [OXIGRAPH, VIRTUOSO, OTHER], ids=lambda kind: kind.dialect.product)
@pytest.mark.parametrize("pinned", [None, "a"])
@pytest.mark.parametrize(
    "query",
    [
        SIMPLE,
        HARD,
        "SELECT ?g { GRAPH ?g { :a :p :b } } ORDER BY ?g",
        "SELECT * FROM :g FROM :h { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT * FROM NAMED :g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o",
        "SELECT * FROM :g FROM NAMED <http://other.example/> { ?s ?p ?o GRAPH ?g { ?x ?y ?z } }",
    ],
)
def test_rows_are_those_of_the_embedded_store(kind: Remote, pinned: str | None, query: str) -> None:
    """Byte for byte, whichever way they are found."""
    there = RemoteStore(kind, PREFIXES, engine(kind), pinned=pinned)
    assert there.answer(query, JSON) == embedded().answer(query, JSON)


@pytest.mark.parametrize("kind", [OXIGRAPH, VIRTUOSO, OTHER], ids=lambda kind: kind.dialect.product)
@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT WHERE { ?s :p ?o }",
        "CONSTRUCT { ?o :of ?s } WHERE { GRAPH ?g { ?s :p ?o } }",
        "DESCRIBE :a",
        "DESCRIBE ?s { ?s :q ?o }",
        "DESCRIBE ?s FROM :h { ?s :p ?o }",
    ],
)
def test_graphs_are_those_of_the_embedded_store(kind: Remote, query: str) -> None:
    """Whichever way a kind of store is asked for them."""
    there = RemoteStore(kind, PREFIXES, engine(kind))
    assert set(there.construct(query)) == set(embedded().construct(query))


def test_what_a_simple_engine_is_trusted_with_it_is_asked() -> None:
    """And nothing is fetched."""
    there = engine(VIRTUOSO)
    RemoteStore(VIRTUOSO, PREFIXES, there, pinned="a").select(SIMPLE)
    assert not any("GROUP BY ?g" in text for text in there.asked)


def test_what_it_is_not_trusted_with_is_answered_here() -> None:
    """The engine never gets that query; the second time it is asked nothing at all."""
    there = engine(VIRTUOSO)
    store = RemoteStore(VIRTUOSO, PREFIXES, there, pinned="a")
    store.select(HARD)
    asked = len(there.asked)
    store.select(HARD)
    assert len(there.asked) == asked
    assert not any("p>+" in text for text in there.asked)


def test_a_query_for_a_pinned_release_costs_three_requests() -> None:
    """What the store holds, the query, and what it holds; without a release to be of, the query."""
    there = engine(OXIGRAPH)
    RemoteStore(OXIGRAPH, PREFIXES, there, pinned="a").select(SIMPLE)
    before, _, after = there.asked
    assert before == after == holds_query(BASE, "a")
    there.asked.clear()
    RemoteStore(OXIGRAPH, PREFIXES, there).select(SIMPLE)
    assert len(there.asked) == 1


def test_an_engine_trusted_with_everything_is_asked_everything() -> None:
    """As it is."""
    there = engine(OXIGRAPH)
    RemoteStore(OXIGRAPH, PREFIXES, there).select(HARD)
    assert len(there.asked) == 1


def test_a_simple_engine_can_be_prepared_for() -> None:
    """What is fetched then need not be fetched by a query."""
    there = engine(VIRTUOSO)
    store = RemoteStore(VIRTUOSO, PREFIXES, there, pinned="a")
    store.prepare()
    asked = len(there.asked)
    store.select(HARD)
    assert len(there.asked) == asked
    RemoteStore(OXIGRAPH, PREFIXES, engine(OXIGRAPH)).prepare()


def test_of_a_site_too_large_simple_queries_are_answered() -> None:
    """The others are refused, and why."""
    store = RemoteStore(VIRTUOSO, PREFIXES, engine(VIRTUOSO), most_here=3)
    store.prepare()
    assert len(store.select(SIMPLE).rows) == 2
    with pytest.raises(GateError, match="not trusted with"):
        store.select(HARD)


def test_a_merge_of_large_graphs_is_refused() -> None:
    """They would have to be fetched."""
    store = RemoteStore(OXIGRAPH, PREFIXES, engine(OXIGRAPH), most_here=3)
    with pytest.raises(AnswerTooLargeError, match="4 statements; at most 3"):
        store.answer(SIMPLE, JSON, BOTH)


class Failing(Engine):
    """An engine that cannot sort."""

    def query(
        self, text: str, form: QueryForm, *, parameters: Sequence[tuple[str, str]] = ()
    ) -> Reply:
        """Answer, or fail."""
        if "ORDER BY ?s" in text:
            raise StoreAnswerError("SQ156: Internal Optimized compiler error.")
        return super().query(text, form, parameters=parameters)


@pytest.mark.parametrize("most", [1_000, 3])
def test_what_a_simple_engine_fails_at_is_answered_here(most: int) -> None:
    """If it can be; else both reasons are told."""
    there = Failing(engine(VIRTUOSO).store)
    store = RemoteStore(VIRTUOSO, PREFIXES, there, most_here=most)
    if most > 3:
        assert store.select(SIMPLE) == embedded().select(SIMPLE)
    else:
        with pytest.raises(GateError, match="SQ156"):
            store.select(SIMPLE)


def test_what_another_engine_fails_at_has_failed() -> None:
    """It is trusted, so its site is not fetched."""
    there = Failing()
    with pytest.raises(StoreAnswerError, match="SQ156"):
        RemoteStore(OXIGRAPH, PREFIXES, there).select(SIMPLE)


def test_a_pinned_store_answers_of_no_other_release() -> None:
    """Not a row of it."""
    with pytest.raises(OtherReleaseError):
        RemoteStore(OXIGRAPH, PREFIXES, engine(OXIGRAPH), pinned="b").select(SIMPLE)


def test_what_must_not_be_asked_does_not_go_out() -> None:
    """Nor what has a mistake."""
    there = engine(OXIGRAPH)
    store = RemoteStore(OXIGRAPH, PREFIXES, there)
    for query in (
        "SELECT * { ?s <bif:contains> 'x' }",
        "SELECT * { ?s ?p ?o FILTER(:f(?o)) }",
        "SELECT * { ?s no:p ?o }",
        "SELECT * { ?s ?p }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "DROP ALL",
    ):
        with pytest.raises(CallError):
            store.answer(query, JSON)
    assert there.asked == []


def test_an_answer_may_be_bounded() -> None:
    """In bytes of what is given out."""
    store = RemoteStore(OXIGRAPH, PREFIXES, engine(OXIGRAPH))
    with pytest.raises(AnswerTooLargeError):
        store.answer(SIMPLE, JSON, most_bytes=100)


def test_variables_of_select_all_come_in_order() -> None:
    """Whatever order an engine gives them in."""
    store = RemoteStore(OXIGRAPH, PREFIXES, engine(OXIGRAPH))
    assert store.select("SELECT DISTINCT * { ?z ?b ?a }").variables == ("a", "b", "z")
    assert store.select("SELECT ?z ?a { ?z ?b ?a }").variables == ("z", "a")


def test_a_graph_is_replaced() -> None:
    """See the tests of `replacing`."""
    store = RemoteStore(OXIGRAPH, PREFIXES, engine(OXIGRAPH))
    store.replace(node("g"), [])
    assert not store.ask("ASK { :a :q ?o }")


def test_closing_closes_the_connection() -> None:
    """At the end of a `with`, too."""
    there = Engine()
    with RemoteStore(OXIGRAPH, PREFIXES, there):
        assert not there.closed
    assert there.closed


def test_a_store_that_may_not_be_asked_is_no_store() -> None:
    """A secret does not go over plain HTTP to another machine."""
    secret = Credentials("basic", "ada", "mum's the word")
    far = Remote(
        addresses=Addresses(query="http://store.example/query"),
        dialect=OXIGRAPH.dialect,
        base=BASE,
        credentials=secret,
    )
    with pytest.raises(SettingsError):
        RemoteStore.of(far, PREFIXES)
