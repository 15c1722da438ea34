"""Which operations are run in a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pyoxigraph as ox

    from reti_graph.derive.operations import Operation


class Turns(Protocol):
    """What decides which operations, by their places, are run in a round."""

    def begins(self) -> object:
        """Hear that a round begins: the default graph has all that was said before."""

    def takes(self, place: int) -> bool:
        """Return whether an operation is to be run now, and take it that it is."""

    def comes(self, new: Collection[ox.Quad]) -> object:
        """Hear of quads that are new, and in their graphs."""


class EachTime:
    """Every operation in every round."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        """Take all operations, in order."""
        self._places = range(len(operations))

    def begins(self) -> None:
        """See `Turns.begins`."""

    def takes(self, place: int) -> bool:
        """See `Turns.takes`."""
        return place in self._places

    def comes(self, new: Collection[ox.Quad]) -> None:
        """See `Turns.comes`."""
