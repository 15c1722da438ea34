"""Opening every file of a store on disk before the right to open files is given up.

RocksDB opens 16 of its table files at the start and the others when something is looked up in
them. A lookup at a random place of each index opens most of them; whole walks along each index
open the rest.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator

_DESCRIPTORS: Final = Path("/dev/fd")
_DEFAULT: Final = ox.DefaultGraph()
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
    if not _DESCRIPTORS.is_dir():
        return False
    return _is_open(folder) or any(_is_open(folder) for _ in _steps(store))


def _steps(store: ox.Store) -> Iterator[None]:
    samples = islice(_samples(store), _MOST_SAMPLES)
    while batch := list(islice(samples, _SAMPLES_AT_A_TIME)):
        for quad in batch:
            _look_up(store, quad)
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
        for quad in islice(store.quads_for_pattern(None, row[0], None, _DEFAULT), _SAMPLED_QUADS):
            yield quad
            yield from islice(store.quads_for_pattern(quad.subject, None, None, _DEFAULT), 3)


def _look_up(store: ox.Store, quad: ox.Quad) -> None:
    """Look a quad up along each index, in all graphs together and in some that hold its triple."""
    subject, predicate, value = quad.triple
    twins = islice(store.quads_for_pattern(subject, predicate, value, None), 3)
    for graph in (None, _DEFAULT, *(twin.graph_name for twin in twins)):
        for found in (
            store.quads_for_pattern(subject, None, None, graph),
            store.quads_for_pattern(None, predicate, value, graph),
            store.quads_for_pattern(subject, None, value, graph),
            store.quads_for_pattern(None, None, value, graph),
        ):
            next(found, None)


def _is_open(folder: Path) -> bool:
    """True when this process has a descriptor of every table file."""
    opened = set()
    for number in os.listdir(_DESCRIPTORS):  # noqa: PTH208 - numbers, not files
        # The descriptor that lists the others is closed by now.
        with suppress(OSError):
            state = os.fstat(int(number))
            opened.add((state.st_dev, state.st_ino))
    tables = (path.stat() for path in folder.glob("*.sst"))
    return all((state.st_dev, state.st_ino) in opened for state in tables)
