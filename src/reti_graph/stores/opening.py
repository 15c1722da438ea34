"""Which lookups open the files of a store on disk: found once, asked by each process that starts.

RocksDB opens a table file when something is looked up between its first and its last key. What
opened one opens it again, and takes milliseconds where to try until all are open takes minutes.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Final

import msgspec
import pyoxigraph as ox

from reti_graph.stores.lookups import around, look_up, may_be_walked_along, walk_along
from reti_graph.stores.tables import Tables, tells_what_is_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

OPENING: Final = "opening.json"
"""Stands beside the files of the engine, which leaves it alone."""

_AT_A_TIME: Final = 8
# A file of 64 MB that lies between two lookups has a million quads of one predicate and object.
_LEAST_SHARE: Final = 0.01
_MADE_UP: Final = "urn:x-reti-opening:a-name-that-nobody-uses:{}"


class Opening(msgspec.Struct, frozen=True):
    """What to look up, and what to walk along, as N-Quads."""

    looked_up: str
    walked_along: str


def write_opening(folder: Path, few: Sequence[ox.Quad], many: Iterable[ox.Quad] = ()) -> bool:
    """Find out what opens the files of a store, write it beside them, and return if all are open.

    `few` are quads of the store from all over it, `many` are tried when these do not open the
    smallest files. This process must not have any of the files open. Nothing is written where the
    system does not tell what is open. Raises OSError.
    """
    if not tells_what_is_open():
        return False
    store, tables = ox.Store.read_only(str(folder)), Tables(folder)
    names = map(_MADE_UP.format, count())
    places = chain.from_iterable(around(quad, names) for quad in chain(few, many))
    looked_up = list(_those_that_open(tables, _batches(places), partial(look_up, store)))
    walks = ((quad,) for quad in _most_common(few))
    walked = list(_those_that_open(tables, walks, lambda batch: walk_along(store, *batch)))
    opening = Opening(_as_text(looked_up), _as_text(walked))
    (folder / OPENING).write_bytes(msgspec.json.encode(opening))
    return not tables.closed()


def opening_steps(store: ox.Store, folder: Path) -> Iterator[None]:
    """Do what is written beside a store, if there is something, step by step.

    What cannot be read is as if it were not there. Raises OSError when the store fails.
    """
    try:
        opening = msgspec.json.decode((folder / OPENING).read_bytes(), type=Opening)
        looked_up, walked = _as_quads(opening.looked_up), _as_quads(opening.walked_along)
    except (FileNotFoundError, msgspec.DecodeError, SyntaxError):
        return
    look_up(store, looked_up)
    yield
    for quad in walked:
        walk_along(store, quad)
        yield


def _those_that_open(
    tables: Tables,
    batches: Iterable[Sequence[ox.Quad]],
    do: Callable[[Sequence[ox.Quad]], object],
) -> Iterator[ox.Quad]:
    """Do something with each batch until all files are open; yield from those that opened one."""
    closed = tables.closed()
    for batch in batches:
        if not closed:
            return
        do(batch)
        before, closed = closed, tables.closed()
        if closed != before:
            yield from batch


def _batches(quads: Iterator[ox.Quad]) -> Iterator[Sequence[ox.Quad]]:
    while batch := tuple(islice(quads, _AT_A_TIME)):
        yield batch


def _most_common(quads: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield a quad of each predicate and object that many have in common, the most common first."""
    pairs = {(quad.predicate, quad.object): quad for quad in quads if may_be_walked_along(quad)}
    times = Counter((quad.predicate, quad.object) for quad in quads)
    least = _LEAST_SHARE * len(quads)
    return (pairs[pair] for pair, n in times.most_common() if n >= least and pair in pairs)


def _as_text(quads: Iterable[ox.Quad]) -> str:
    return (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()


def _as_quads(text: str) -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(text, format=ox.RdfFormat.N_QUADS))
