"""How long the same questions take in stores of other makes: `python -m benchmarks.stores`.

Prints a table of wall-clock medians: the store in memory, Oxigraph's server and Virtuoso, in one
run, over the same release, on this machine alone. It ends with an error when two stores do not
answer the same. `README.md` beside this file keeps what was measured.
"""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph import wiring
from reti_graph.canned.choices import Choices
from reti_graph.canned.run import bound_text
from reti_graph.describe import Page, describe, quad_description
from reti_graph.gate import QueryForm, form
from reti_graph.stores.remote.store import RemoteStore
from reti_graph.stores.remote.trust import complicated
from tests.stores.loading import KINDS, loaded
from tests.stores.rows import check_same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reti_graph.release import Release
    from reti_graph.stores.port import Store

RUNS: Final = 7
MEMORY: Final = "memory"
SIMPLE: Final[Mapping[str, str]] = {
    "ASK of a triple": "ASK { network:c40 a reti:Network }",
    "SELECT of what one thing says": "SELECT ?p ?o { network:c40 ?p ?o }",
    "SELECT of 226 members": "SELECT ?m { ?x org:organization network:eurocities ; org:member ?m }",
    "SELECT of 10 of an order": "SELECT ?s { ?s a reti:Passage } ORDER BY ?s LIMIT 10 OFFSET 100",
    "COUNT by property": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "CONSTRUCT of labels": "CONSTRUCT WHERE { ?s rdfs:label ?l }",
}
DOCUMENTS: Final[Mapping[str, Page | None]] = {
    "network/c40": None,
    "network/eurocities": Page(number=1, size=50),
    "city/milan": Page(number=1, size=50),
}


def median(work: Callable[[], object]) -> float:
    """Return the median of how many milliseconds some work takes."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def ask(store: Store, query: str) -> object:
    """Answer a query of any form."""
    kind = form(query)
    if kind is QueryForm.ASK:
        return store.ask(query)
    return store.select(query) if kind is QueryForm.SELECT else store.construct(query)


def questions(release: Release, choices: Choices) -> Iterator[tuple[str, str]]:
    """Yield what is asked: some simple queries, and the canned ones with their examples."""
    yield from SIMPLE.items()
    for query in release.queries:
        given = {param.name: param.example for param in query.params}
        yield f"query {query.name}", bound_text(choices, query, given, release.settings)


def rows(stores: Mapping[str, Store], release: Release) -> Iterator[tuple[str, list[float], bool]]:
    """Yield each question with its times, and whether it is too complicated for Virtuoso.

    Raises AssertionError when a store answers it otherwise than the one in memory.
    """
    near = stores[MEMORY]
    for name, query in questions(release, Choices(near, release.settings)):
        for store in stores.values():
            check_same(near, store, query)
        times = [median(partial(ask, store, query)) for store in stores.values()]
        yield name, times, complicated(query) is not None
    for name, page in DOCUMENTS.items():
        thing = ox.NamedNode(f"{release.settings.base_iri}id/{name}")
        expected = describe(near, thing, page=page)
        if any(describe(store, thing, page=page) != expected for store in stores.values()):
            raise AssertionError(thing.value)
        times = [
            median(partial(quad_description, store, thing, page=page)) for store in stores.values()
        ]
        yield f"document {name}{' (first page)' if page else ''}", times, False


def main() -> None:
    """Load the release into each store and print the table."""
    release = wiring.open_release(wiring.bundled_site())
    with ExitStack() as opened:
        stores: dict[str, Store] = {MEMORY: wiring.store_for(release)}
        for kind in KINDS:
            remote = opened.enter_context(loaded(kind, release)).remote
            far = RemoteStore.of(remote, release.settings.prefixes, pinned=release.digest)
            far.prepare()
            stores[kind] = opened.enter_context(far)
        print(f"| what | {' | '.join(stores)} |\n|---|{'---:|' * len(stores)}")
        for name, times, here in rows(stores, release):
            cells = [f"{each:,.1f} ms" for each in times]
            cells[-1] += " (copy)" if here else ""
            print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
