from __future__ import annotations

from dataclasses import replace

import pytest

from reti_graph.gate import QueryForm, form
from reti_graph.stores.port import Dataset
from reti_graph.stores.remote.engine import Engine as Far
from reti_graph.stores.remote.portable import portable
from reti_graph.stores.remote.products import OTHER, OXIGRAPH, VIRTUOSO, Product
from reti_graph.stores.remote.scoped import Scope
from tests.unit.stores.remote.engines import BASE, PREFIXES, Engine

UNION = f"{BASE}release/union"
NOTHING = f"{BASE}release/nothing"


def asked(
    product: Product, query: str, union: str | None = None, dataset: Dataset | None = None
) -> Engine:
    """Ask an engine of a kind, and give it back with what it was asked."""
    there = Engine()
    far = Far(there, product, Scope(BASE, union))
    far.answer(form(query), portable(query, PREFIXES), dataset)
    return there


def test_where_the_default_graph_is_the_union_no_dataset_is_told() -> None:
    """The query says enough."""
    there = asked(OXIGRAPH, "SELECT * { ?s ?p ?o }")
    assert there.parameters == []
    assert "GRAPH" not in there.asked[0]


def test_where_the_union_is_a_graph_patterns_stand_in_it() -> None:
    """As SPARQL has it."""
    there = asked(OTHER, "SELECT * { ?s ?p ?o }", UNION)
    assert there.parameters == []
    assert f"GRAPH <{UNION}>" in there.asked[0]


def test_virtuoso_is_told_the_union_as_default_graph() -> None:
    """GRAPH finds the others all the same."""
    there = asked(VIRTUOSO, "SELECT * { ?s ?p ?o GRAPH ?g { ?s ?p ?o } }", UNION)
    assert there.parameters == [("default-graph-uri", UNION)]
    assert UNION not in there.asked[0]


def test_virtuoso_finds_a_graph_named_outright_only_when_told_no_default_graph() -> None:
    """So that query is asked as SPARQL has it."""
    there = asked(VIRTUOSO, "SELECT * { ?s ?p ?o GRAPH :g { ?s ?p ?o } }", UNION)
    assert there.parameters == []
    assert f"GRAPH <{UNION}>" in there.asked[0]


@pytest.mark.parametrize(
    ("default", "named", "product", "parameters"),
    [
        (("g",), ("h",), OXIGRAPH, ["default g", "named h"]),
        (("g",), (), OXIGRAPH, ["default g"]),
        ((), ("h",), OXIGRAPH, ["named h"]),
        ((), (), OXIGRAPH, ["default release/nothing"]),
        (("g",), (), VIRTUOSO, ["default g", "named release/nothing"]),
        ((), ("h",), VIRTUOSO, ["named h"]),
        ((), (), VIRTUOSO, ["named release/nothing"]),
    ],
)
def test_a_dataset_is_told_beside_the_query(
    default: tuple[str, ...], named: tuple[str, ...], product: Product, parameters: list[str]
) -> None:
    """Nothing never means everything."""
    dataset = Dataset(tuple(BASE + n for n in default), tuple(BASE + n for n in named))
    there = asked(product, "SELECT * { ?s ?p ?o }", UNION, dataset)
    told = [f"{name.partition('-')[0]} {iri.removeprefix(BASE)}" for name, iri in there.parameters]
    assert told == parameters
    assert UNION not in there.asked[0]


def test_virtuoso_is_never_asked_for_a_graph() -> None:
    """It would cut it short and not say so."""
    for query in ("CONSTRUCT { ?s :p ?o } WHERE { ?s ?p ?o }", "DESCRIBE :a"):
        there = asked(VIRTUOSO, query, UNION)
        assert there.asked
        assert all(text.startswith("SELECT") for text in there.asked)


def test_many_things_are_described_some_at_a_time() -> None:
    """An engine has limits to a text."""
    names = " ".join(f":n{number}" for number in range(450))
    there = asked(OTHER, f"DESCRIBE {names}")
    assert len(there.asked) == 1 + 3


def test_an_engine_that_lists_no_graphs_is_asked_in_other_words() -> None:
    """No group in a GRAPH is empty."""
    there = asked(VIRTUOSO, "SELECT ?g { GRAPH ?g {} }", UNION)
    assert "{}" not in there.asked[0].replace(" ", "")


@pytest.mark.parametrize("query_form", QueryForm)
def test_it_is_known_what_takes_several_requests(query_form: QueryForm) -> None:
    """A DESCRIBE does, where it is made of two other queries."""
    far = Far(Engine(), replace(OTHER, describes=False), Scope(BASE))
    assert far.at_once(query_form) is (query_form is not QueryForm.DESCRIBE)
    assert Far(Engine(), OXIGRAPH, Scope(BASE)).at_once(query_form)
