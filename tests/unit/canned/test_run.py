from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from reti_graph.canned.library import read_queries
from reti_graph.canned.parameters import StoredThings
from reti_graph.canned.run import bound_text, run
from reti_graph.errors import ParameterError
from reti_graph.sources.site import TextFile
from reti_graph.stores.port import Solutions

if TYPE_CHECKING:
    from reti_graph.canned.query import CannedQuery
    from reti_graph.config import Settings
    from reti_graph.stores.port import Store

HEAD = """#+ summary: {it: "Reti", en: "Networks"}
#+ description: {it: "Le reti.", en: "The networks."}
#+ params:
#+   network: {type: iri, kinds: [network], label: {it: Rete, en: Network}, optional: true,
#+     example: c40}
"""
ROWS = """SELECT ?network ?label {
    ?network p:about ?t ; p:label ?label
    FILTER(?network = COALESCE($network, ?network))
}"""
NETWORK = "https://example.org/id/network/"


def query(text: str, settings: Settings) -> CannedQuery:
    """Read a query that is in order."""
    [found], problems = read_queries([TextFile("q/one.rq", Path("q"), HEAD + text)], settings)
    assert problems == ()
    return found


def test_a_select_gives_rows(store: Store, settings: Settings) -> None:
    """With a value only its rows, without one all."""
    asked = query(ROWS, settings)
    found = run(store, asked, {"network": "c40"}, settings)
    assert found == Solutions(
        ("network", "label"), ((ox.NamedNode(f"{NETWORK}c40"), ox.Literal("C40")),)
    )
    everything = run(store, asked, {}, settings)
    assert isinstance(everything, Solutions)
    assert len(everything.rows) == 2


def test_a_construct_gives_triples(store: Store, settings: Settings) -> None:
    """And a DESCRIBE too."""
    asked = query("CONSTRUCT { $network p:said ?l } { $network p:label ?l }", settings)
    [triple] = run(store, asked, {"network": "network:efus"}, settings)  # type: ignore[misc]
    assert triple.object == ox.Literal("Efus")


def test_an_ask_says_yes_or_no(store: Store, settings: Settings) -> None:
    """With and without the value."""
    asked = query("ASK { $network p:since 1987 }", settings)
    assert run(store, asked, {"network": "efus"}, settings) is True
    assert run(store, asked, {"network": "c40"}, settings) is False
    assert run(store, asked, {}, settings) is True


def test_the_bound_text_is_the_text_with_the_value(store: Store, settings: Settings) -> None:
    """Without the header, each line where it was; who wants another format asks the store."""
    text = bound_text(StoredThings(store), query(ROWS, settings), {"network": "c40"}, settings)
    head = "\n" * HEAD.count("\n")
    assert text == head + ROWS.replace("$network", f" <{NETWORK}c40> ")


def test_a_bad_value_never_reaches_the_store(store: Store, settings: Settings) -> None:
    """Nor does what would be SPARQL."""
    with pytest.raises(ParameterError):
        run(store, query(ROWS, settings), {"network": "c40> ?p ?o } #"}, settings)
