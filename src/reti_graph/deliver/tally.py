"""What is gathered while the graphs of a store are gone through, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.deliver.entries import Sorting
from reti_graph.deliver.kept import Kept
from reti_graph.deliver.lines import hash_of, hash_sum, n_quads
from reti_graph.deliver.plan import ChangedGraph, GraphChange

if TYPE_CHECKING:
    from pathlib import Path

    from reti_graph.deliver.lines import Lines


class Tally:
    """Counts and hashes of each graph; statements go to files. What takes raises OSError.

    `union` has what shall be in the union of all graphs, and `known` also what is in any graph
    now; both are empty where they are not wanted.
    """

    def __init__(self, folder: Path, union: int | None) -> None:
        """Keep files in a folder; `union` is what is counted in the union there, if it is kept."""
        self._unites = union is not None
        self._compares = bool(union)
        self.listed: list[ChangedGraph] = []
        self.contents: dict[str, tuple[int, int]] = {}
        self.changes = Kept(folder / "changes", GraphChange)
        self.undo_add = Kept(folder / "undo-add", str)
        self.undo_remove = Kept(folder / "undo-remove", str)
        self.union = Sorting(folder / "union")
        self.known = Sorting(folder / "known")
        self._before = 0

    @property
    def hash_before(self) -> str:
        """The content hash of the release before."""
        return hash_sum([self._before])

    def graph(self, graph: str, there: Lines, wanted: Lines, *, blank: bool = False) -> None:
        """Take in what is in a graph and what shall be; with blank nodes nothing in it stays."""
        if change := GraphChange.between(graph, {} if blank else there, wanted, blank=blank):
            self.changes.extend(change)
            removed, added = len(change.remove), len(change.add)
            self.listed.append(ChangedGraph(graph, change.kind, removed, added))
        if wanted:
            self.contents[graph] = (len(wanted), hash_of(graph, wanted))
        if self._unites:
            self.union.take(wanted)
        if self._compares:
            self.known.take({**there, **wanted})

    def release_before(self, graph: str, there: Lines, wanted: Lines, before: Lines) -> None:
        """Take in what the release before had in a graph.

        What is there or shall be, and was not before, is to be removed; what was before, and is
        not there or shall not be, is to be added: right for every mixture of the two.
        """
        self._before += hash_of(graph, before)
        remove = {key: each for key, each in {**wanted, **there}.items() if key not in before}
        stays = there.keys() & wanted.keys()
        add = [each for key, each in before.items() if key not in stays]
        self.undo_remove.extend(*n_quads(graph, remove.values()))
        self.undo_add.extend(*n_quads(graph, add))
