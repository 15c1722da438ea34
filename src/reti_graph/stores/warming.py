"""Opening every file of a store on disk before the right to open files is given up.

RocksDB opens 16 of its table files at the start and the others when something is looked up in
them. Whoever made the store may have written down which lookups those are (`stores.opening`). Else
lookups at many places of each index open most of them, and walks along whole indexes, which take
minutes where there are many statements, the rest.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from reti_graph.stores.lookups import DEFAULT, look_up
from reti_graph.stores.opening import opening_steps
from reti_graph.stores.tables import Tables, tells_what_is_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyoxigraph as ox

_SAMPLED_GRAPHS: Final = 50
_SAMPLED_PREDICATES: Final = 300
_SAMPLED_QUADS: Final = 20
_SAMPLES_AT_A_TIME: Final = 100
_MOST_SAMPLES: Final = 3_000

_COUNT: Final = "SELECT (COUNT(*) AS ?n)"
_IN_DEFAULT: Final = "{ ?s ?p ?o }"
_IN_GRAPHS: Final = "{ GRAPH ?g { ?s ?p ?o } }"
# Each is answered along another index of Oxigraph, or reads the texts of all terms.
_WALKS: Final = (
    f"{_COUNT} {{ GRAPH ?g {{}} }}",
    f"{_COUNT} {_IN_DEFAULT}",
    f"{_COUNT} {{ {{ SELECT DISTINCT ?p {_IN_DEFAULT} }} LATERAL {{ ?a ?p ?b }} }}",
    f"{_COUNT} {{ {{ SELECT DISTINCT ?o {_IN_DEFAULT} }} LATERAL {{ ?a ?b ?o }} }}",
    *(
        f"{_COUNT} {{ {{ SELECT DISTINCT {known} {_IN_GRAPHS} }} LATERAL {{ GRAPH ?g {bound} }} }}"
        for known, bound in (
            ("?s", "{ ?s ?a ?b }"),
            ("?p", "{ ?a ?p ?b }"),
            ("?o", "{ ?a ?b ?o }"),
            ("?g", "{ ?a ?b ?c }"),
            ("?g ?p", "{ ?a ?p ?b }"),
            ("?g ?o", "{ ?a ?b ?o }"),
        )
    ),
    f"SELECT (SUM(STRLEN(STR(?s)) + STRLEN(STR(?p)) + STRLEN(STR(?o))) AS ?n) {_IN_DEFAULT}",
    f"SELECT (SUM(STRLEN(STR(?g)) + STRLEN(STR(?s)) + STRLEN(STR(?o))) AS ?n) {_IN_GRAPHS}",
)


def open_all_files(store: ox.Store, folder: Path) -> bool:
    """Look up and walk along until this process has every table file of the folder open.

    Returns False when some could not be opened that way, or the system does not tell which are
    open. Raises OSError when the store fails.
    """
    if not tells_what_is_open():
        return False
    tables = Tables(folder)
    return not tables.closed() or any(not tables.closed() for _ in _steps(store, folder))


def _steps(store: ox.Store, folder: Path) -> Iterator[None]:
    yield from opening_steps(store, folder)
    samples = islice(_samples(store), _MOST_SAMPLES)
    while batch := list(islice(samples, _SAMPLES_AT_A_TIME)):
        look_up(store, batch)
        yield
    for walk in _WALKS:
        for _ in store.query(walk):  # type: ignore[union-attr]  # a SELECT has rows
            yield


def _samples(store: ox.Store) -> Iterator[ox.Quad]:
    """Yield quads of some graphs and of many predicates, and more of the subjects they lead to.

    Along an index the first quads are neighbours; their subjects are neighbours in no other one.
    """
    for graph in islice(store.named_graphs(), _SAMPLED_GRAPHS):
        yield from islice(store.quads_for_pattern(None, None, None, graph), 1)
    for row in islice(store.query(f"SELECT DISTINCT ?p {_IN_DEFAULT}"), _SAMPLED_PREDICATES):  # type: ignore[arg-type]  # as above
        for quad in islice(store.quads_for_pattern(None, row[0], None, DEFAULT), _SAMPLED_QUADS):
            yield from islice(store.quads_for_pattern(*quad.triple), 3)
            yield from islice(store.quads_for_pattern(quad.subject, None, None, DEFAULT), 3)
