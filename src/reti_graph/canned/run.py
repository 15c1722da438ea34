"""Running a canned query with what somebody wrote for its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.binding import bind
from reti_graph.canned.parameters import StoredThings, arguments
from reti_graph.gate import QueryForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from reti_graph.canned.parameters import Things
    from reti_graph.canned.query import CannedQuery
    from reti_graph.config import Settings
    from reti_graph.stores.port import Solutions, Store


def bound_text(
    things: Things, query: CannedQuery, raw: Mapping[str, str], settings: Settings
) -> str:
    """Return what the query asks with its parameters' values in it, ready for any store.

    Takes and raises what `parameters.arguments` does.
    """
    return bind(query.body, arguments(query, raw, settings, things))


def run(
    store: Store, query: CannedQuery, raw: Mapping[str, str], settings: Settings
) -> Solutions | tuple[ox.Triple, ...] | bool:
    """Return the rows of a SELECT, the triples of a CONSTRUCT or DESCRIBE, or what an ASK says.

    Raises what `bound_text` and the store raise.
    """
    text = bound_text(StoredThings(store), query, raw, settings)
    if query.form is QueryForm.SELECT:
        return store.select(text)
    return store.ask(text) if query.form is QueryForm.ASK else store.construct(text)
