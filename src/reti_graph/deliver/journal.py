"""The undo journal in a store: what brings back the release before.

While a store is changed from one release to another, and afterwards, the release before is what is
there, without what the journal says to remove and with what it says to add. Both are sets of
statements, so this is right at every moment of the change, however often it is begun again.

The journal is N-Quads in pieces. The first line of each is a comment with the content hash of the
release before: what comes out of going back is compared with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.deliver.entries import Grouping
from reti_graph.deliver.lines import graphs_of
from reti_graph.stores.remote.held import UNDO, read_undo, undo_triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    import pyoxigraph as ox

    from reti_graph.deliver.lines import Lines
    from reti_graph.deliver.target import Target
    from reti_graph.stores.remote.held import Change

PIECE: Final = 50_000
"""How many characters a piece has at most, but for one longer statement."""

_HEADER: Final = re.compile(r"# content hash of the release before: ([0-9a-f]{64})\n")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What to add and to remove, by graph, to have the release before.

    `content_hash` is that of the release before, None when the journal does not tell; `pieces` is
    how many pieces the journal was read from.
    """

    add: Mapping[str, Lines]
    remove: Mapping[str, Lines]
    content_hash: str | None = None
    pieces: int = 0

    @property
    def graphs(self) -> AbstractSet[str]:
        """The graphs it speaks of."""
        return self.add.keys() | self.remove.keys()

    def undone(self, graph: str, there: Lines) -> Lines:
        """Return what was in a graph, of what is there."""
        add, remove = self.add.get(graph, _NOTHING), self.remove.get(graph, _NOTHING)
        if not add and not remove:
            return there
        return {**{key: each for key, each in there.items() if key not in remove}, **add}


EMPTY: Final = Journal(add=MappingProxyType({}), remove=MappingProxyType({}))
"""The journal of no change: what is there is the release before."""


def read_journal(target: Target, folder: Path) -> Journal:
    """Return the journal that a store keeps; a damaged one brings nothing back, nor does none.

    Its statements are kept below the folder. Raises StoreError when the store cannot be read,
    OSError when the disk fails.
    """
    found: Mapping[Change, Grouping] = {
        "add": Grouping(folder / "journal-add"),
        "remove": Grouping(folder / "journal-remove"),
    }
    hashes: set[str] = set()
    pieces = 0
    damaged = False
    for change, text in read_undo(target.connection, target.base):
        pieces += 1
        hashes.update(_HEADER.findall(text))
        try:
            for graph, lines in graphs_of(text).items():
                found[change].take(graph, lines)
        except SyntaxError:
            damaged = True
    if damaged:
        return Journal(add={}, remove={}, pieces=pieces)
    return Journal(
        add=found["add"].taken(),
        remove=found["remove"].taken(),
        content_hash=hashes.pop() if len(hashes) == 1 else None,
        pieces=pieces,
    )


def pieces_of(
    add: Iterable[str], remove: Iterable[str], content_hash: str
) -> Iterator[tuple[Change, str]]:
    """Yield the pieces of a journal of these N-Quads; at least one, for the hash stands in it."""
    header = f"# content hash of the release before: {content_hash}\n"
    yield from (("add", text) for text in _texts(add, header, at_least_one=True))
    yield from (("remove", text) for text in _texts(remove, header))


def _texts(quads: Iterable[str], header: str, *, at_least_one: bool = False) -> Iterator[str]:
    text = [header]
    size = len(header)
    for quad in quads:
        if len(text) > 1 and size + len(quad) > PIECE:
            yield "".join(text)
            text, size = [header], len(header)
        text.append(quad)
        size += len(quad)
    if at_least_one or len(text) > 1:
        yield "".join(text)


def piece_triples(
    base: str, pieces: Iterable[tuple[Change, str]], after: int = 0
) -> Iterator[ox.Triple]:
    """Yield the statements that keep the pieces, numbered on from those that are there already."""
    for number, (change, text) in enumerate(pieces, start=after + 1):
        yield undo_triple(base, change, number, text)


def journal_graph(base: str) -> str:
    """Return the graph of the journal."""
    return base + UNDO
