from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.errors import AnswerTooLargeError, StoreAnswerError
from reti_graph.stores.remote.fetched import ROWS, fetch, fetch_site
from reti_graph.stores.remote.scoped import Scope
from tests.unit.stores.remote.engines import BASE, Engine, node, quads
from tests.unit.stores.remote.test_scoped import OTHERS, SITE, site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reti_graph.gate import QueryForm
    from reti_graph.stores.remote.transport import Reply

SCOPE = Scope(BASE)
APART = "<http://example.org/release/default> { :c :p :d . :a :p :b }"


def many(count: int, graph: str) -> list[ox.Quad]:
    """Return so many quads of one graph."""
    return [
        ox.Quad(node(f"s{number}"), node("p"), ox.Literal(number), node(graph))
        for number in range(count)
    ]


def test_the_named_graphs_are_fetched() -> None:
    """As they are; one that is not there is empty."""
    engine = Engine.holding(quads(SITE))
    found = fetch(engine, [f"{BASE}g", f"{BASE}nowhere", f"{BASE}g"], 10)
    assert set(found) == set(quads(":g { :a :p :b . :a :q '1' }"))


def test_no_graph_is_fetched_when_none_is_named() -> None:
    """And nothing is asked."""
    engine = Engine.holding(quads(SITE))
    assert len(fetch(engine, [], 10)) == 0
    assert engine.asked == []


def test_a_site_is_fetched_with_its_union() -> None:
    """What is none of the site's stays there; what is in no graph is in the union alone."""
    engine = Engine.holding(quads(SITE + OTHERS + APART))
    union = quads(":c :p :d .")
    assert set(fetch_site(engine, SCOPE, 100)) == set(site()) | set(union)


def test_an_empty_site_is_fetched() -> None:
    """With nothing."""
    assert len(fetch_site(Engine(), SCOPE, 0)) == 0


def test_many_graphs_are_counted_and_read_in_parts() -> None:
    """No answer has more rows than a store gives."""
    graphs = [quad for number in range(ROWS + 10) for quad in many(1, f"g{number:05}")]
    engine = Engine.holding(graphs)
    found = fetch_site(engine, SCOPE, 3 * ROWS)
    assert len(found) == ROWS + 11
    assert len(list(found.named_graphs())) == ROWS + 10


def test_a_large_graph_is_read_in_parts() -> None:
    """By a hash of its subjects."""
    engine = Engine.holding(many(ROWS + 1, "g"))
    assert len(fetch(engine, [f"{BASE}g"], 2 * ROWS)) == ROWS + 1
    assert len(engine.asked) == 17


def test_more_than_may_be_kept_is_not_fetched() -> None:
    """It is counted first."""
    engine = Engine.holding(many(11, "g"))
    with pytest.raises(AnswerTooLargeError, match="11 statements; at most 10"):
        fetch(engine, [f"{BASE}g"], 10)
    assert len(engine.asked) == 1


class Cutting(Engine):
    """An engine that gives fewer rows than it has, and says nothing."""

    def query(
        self, text: str, form: QueryForm, *, parameters: Sequence[tuple[str, str]] = ()
    ) -> Reply:
        """Give three rows."""
        cut = " LIMIT 3" if text.startswith("SELECT ?g ?s") else ""
        return super().query(text + cut, form, parameters=parameters)


def test_less_than_was_counted_is_an_error() -> None:
    """Nothing is answered from half of a graph."""
    engine = Cutting()
    engine.store.extend(many(5, "g"))
    with pytest.raises(StoreAnswerError, match="3 statements of the 5") as caught:
        fetch(engine, [f"{BASE}g"], 10)
    assert "ResultSetMaxRows" in str(caught.value.hint)
