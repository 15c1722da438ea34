from __future__ import annotations

import pytest

from reti_graph.stores.remote.describing import description, selection
from reti_graph.stores.remote.portable import parse, portable
from tests.unit.stores.remote.engines import PREFIXES
from tests.unit.stores.remote.test_scoped import found, site


@pytest.mark.parametrize(
    "query",
    [
        "DESCRIBE :a",
        "DESCRIBE :a :b :nothing",
        "DESCRIBE ?s { ?s :q ?o }",
        "DESCRIBE ?s WHERE { ?s ?p ?o } ORDER BY DESC(?s) LIMIT 1",
        "DESCRIBE :b ?s WHERE { ?s :q ?o }",
        "DESCRIBE :b ?s WHERE { ?s :never ?o }",
        "DESCRIBE * { ?s :p ?o }",
        "DESCRIBE ?never",
        "DESCRIBE ?named0x0 :a { ?named0x0 :p ?o }",
    ],
)
def test_what_is_described_is_asked_for_first(query: str) -> None:
    """And then what is said of it, as the embedded store has it."""
    parse(query, PREFIXES)
    rows = site().query(selection(portable(query, PREFIXES)))
    things = {str(term) for row in rows for term in row if term is not None}  # type: ignore[union-attr]  # a SELECT has rows
    names = {thing for thing in things if thing.startswith("<")}
    assert found(site(), description(names)) == found(site(), query, **PREFIXES)
