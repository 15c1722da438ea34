"""Which operations are run in a round: those that something new may concern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.terms import RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from collections.abc import Set as AbstractSet
    from typing import TypeAlias

    from reti_graph.derive.operations import Operation

    Key: TypeAlias = str

TYPE: Final = RDF_TYPE.value
"""The key of whatever has a class."""


def keys_of(quads: Collection[ox.Quad]) -> set[Key]:
    """Return what is looked at of statements: predicates, and with rdf:type each class, too."""
    keys = {quad.predicate.value for quad in quads}
    if TYPE in keys:
        classes = (quad.object for quad in quads if quad.predicate == RDF_TYPE)
        keys |= {key_of_class(each.value) for each in classes if isinstance(each, ox.NamedNode)}
    return keys


@dataclass(frozen=True, slots=True)
class Reads:
    """The keys that an operation reads; with None, all but those that it `never` reads.

    `in_graphs` is true when it reads no statement of the default graph.
    """

    keys: frozenset[Key] | None
    never: frozenset[Key] = frozenset()
    in_graphs: bool = False

    def concern(self, new: AbstractSet[Key]) -> bool:
        """Return whether statements with these keys may change what is found."""
        return not (new <= self.never if self.keys is None else self.keys.isdisjoint(new))


def everything(_operation: Operation) -> Reads:
    """Return that an operation reads all there is, whatever it is: each is run in each round."""
    return Reads(None)


def key_of_class(name: str) -> Key:
    """Return the key of what has a class."""
    return f"{TYPE} {name}"


class Turns:
    """Each operation once, and then when something new came that it has not seen.

    It has seen what came into graphs before it was run, and into the default graph before the
    round.
    """

    def __init__(self, all_reads: Iterable[Reads]) -> None:
        """Take what the operations read, in their order."""
        self._reads = tuple(all_reads)
        self._unseen: list[set[Key] | None] = [None for _ in self._reads]
        self._in_round: set[Key] = set()

    def begins(self) -> None:
        """Hear that a round begins: the default graph has all that was said before."""
        self._in_round = set()

    def takes(self, place: int) -> bool:
        """Return whether the operation at a place is to be run now, and take it that it is."""
        unseen, read = self._unseen[place], self._reads[place]
        if unseen is not None and not read.concern(unseen):
            return False
        self._unseen[place] = set() if read.in_graphs else set(self._in_round)
        return True

    def comes(self, new: Collection[ox.Quad]) -> None:
        """Hear of quads that are new, and in their graphs."""
        keys = keys_of(new)
        self._in_round |= keys
        for unseen in self._unseen:
            if unseen is not None:
                unseen.update(keys)
