"""Operations that nothing new concerns are left out of a round.

To find out what operations read takes half a second, which many statements are worth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.derive.reading import keys_of, reads

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pyoxigraph as ox

    from reti_graph.derive.operations import Operation
    from reti_graph.derive.reading import Key


class WhenConcerned:
    """Each operation once, and then when something new came that it has not seen.

    It has seen what came into graphs before it was run, and into the default graph before the
    round. This is a `derive.turns.Turns`.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        """Take all operations, in order."""
        self._reads = tuple(map(reads, operations))
        self._unseen: list[set[Key] | None] = [None for _ in operations]
        self._in_round: set[Key] = set()

    def begins(self) -> None:
        """See `Turns.begins`."""
        self._in_round = set()

    def takes(self, place: int) -> bool:
        """See `Turns.takes`."""
        unseen, read = self._unseen[place], self._reads[place]
        if unseen is not None and not read.concern(unseen):
            return False
        self._unseen[place] = set() if read.in_graphs else set(self._in_round)
        return True

    def comes(self, new: Collection[ox.Quad]) -> None:
        """See `Turns.comes`."""
        keys = keys_of(new)
        self._in_round |= keys
        for unseen in self._unseen:
            if unseen is not None:
                unseen.update(keys)
