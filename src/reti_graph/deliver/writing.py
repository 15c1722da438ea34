"""The two ways to write into a store step by step: by updates, and by whole graphs."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

import pyoxigraph as ox

from reti_graph.deliver.journal import journal_graph, piece_triples
from reti_graph.deliver.lines import line
from reti_graph.deliver.planning import short
from reti_graph.deliver.updates import (
    batches,
    said_alone_update,
    said_update,
)
from reti_graph.errors import OtherReleaseError, StoreAnswerError
from reti_graph.stores.remote.held import (
    held_triples,
    read_held,
    undo_cleared_update,
    undo_update,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reti_graph.deliver.kept import Many
    from reti_graph.deliver.plan import GraphChange, UnionChange
    from reti_graph.deliver.target import Target
    from reti_graph.stores.remote.held import Change, Held

    Progress = Callable[[int], object]
    Piece = tuple[Change, str]

BULK: Final = 3
"""From how many updates on, statements are added to a graph as N-Triples, if the store takes it."""
LINES: Final = 100_000
"""How many statements such a request has."""
PIECES: Final = 50
"""How many pieces of the journal such a request has."""


class Writer(Protocol):
    """What changes a store. Everything here raises StoreError as the connection does."""

    def swap(self, old: Held, new: Held) -> None:
        """Let a store that says it holds the one say that it holds the other.

        It says both before it says the other alone, so that it says something wherever this is
        cut off: with a release and a change, no graph was changed yet, or all were. Raises
        OtherReleaseError when it says something else than the one.
        """
        ...

    def clear_journal(self) -> None:
        """Forget the release before."""
        ...

    def journal(self, kept: int, more: Iterable[Piece]) -> None:
        """Keep more pieces of the journal beside so many that are there."""
        ...

    def change(self, changes: Many[GraphChange], held: Held, progress: Progress) -> None:
        """Change graphs; `progress` gets the statements written.

        Raises OtherReleaseError as soon as the store does not say this any more.
        """
        ...

    def shrink_union(self, union: UnionChange, held: Held, progress: Progress) -> None:
        """Remove from the graph of the union what leaves it, as `change`."""
        ...

    def extend_union(self, union: UnionChange, held: Held, progress: Progress) -> None:
        """Add to the graph of the union what enters it, as `change`."""
        ...


class UpdateWriter:
    """Writes by SPARQL Update, and by the Graph Store Protocol what is much."""

    def __init__(self, target: Target) -> None:
        """Write into this store."""
        self._target = target
        self._base = target.base
        self._most = target.remote.dialect.statements

    def swap(self, old: Held, new: Held) -> None:
        """See `Writer.swap`."""
        self._update(said_update(self._base, old, new))
        self._update(said_alone_update(self._base, new))
        check_held(self._target, new, old)

    def clear_journal(self) -> None:
        """See `Writer.clear_journal`."""
        self._update(undo_cleared_update(self._base))

    def journal(self, kept: int, more: Iterable[Piece]) -> None:
        """See `Writer.journal`."""
        for number, (change, text) in enumerate(more, start=kept + 1):
            self._update(undo_update(self._base, change, number, text))

    def change(self, changes: Many[GraphChange], held: Held, progress: Progress) -> None:
        """See `Writer.change`."""
        for change in changes:
            if change.blank and change.graph is not None:
                check_held(self._target, held)
                self._update(f"CLEAR SILENT GRAPH {ox.NamedNode(change.graph)}")
        much = self._is_much
        few = (each.without_adding() if much(len(each.add)) else each for each in changes)
        self._send(few, held, progress)
        for change in changes:
            if much(len(change.add)):
                add_lines(self._target, change.graph, change.add, held, progress)

    def shrink_union(self, union: UnionChange, held: Held, progress: Progress) -> None:
        """See `Writer.shrink_union`."""
        self._send((part.without_adding() for part in union.parts), held, progress)

    def extend_union(self, union: UnionChange, held: Held, progress: Progress) -> None:
        """See `Writer.extend_union`."""
        if self._is_much(union.added):
            lines = (each for part in union.parts for each in part.add)
            add_lines(self._target, union.graph, lines, held, progress)
        else:
            self._send((part.without_removing() for part in union.parts), held, progress)

    def _send(self, changes: Iterable[GraphChange], held: Held, progress: Progress) -> None:
        for batch in batches(changes, self._most):
            check_held(self._target, held)
            self._update(batch.data)
            progress(batch.statements)

    def _is_much(self, added: int) -> bool:
        return self._target.remote.addresses.graphs is not None and added > BULK * self._most

    def _update(self, text: str) -> None:
        self._target.connection.update(text, repeatable=True)


class GraphWriter:
    """Writes whole graphs by the Graph Store Protocol, where a store takes no updates."""

    def __init__(self, target: Target) -> None:
        """Write into this store."""
        self._target = target

    def swap(self, old: Held, new: Held) -> None:
        """See `Writer.swap`; another publisher may come between the look and the change."""
        check_held(self._target, old)
        content = n_triples(map(line, held_triples(self._target.base, new)))
        self._target.connection.add(self._target.remote.held, content, repeatable=True)
        self._target.connection.put(self._target.remote.held, content)
        check_held(self._target, new, old)

    def clear_journal(self) -> None:
        """See `Writer.clear_journal`."""
        self._target.connection.drop(journal_graph(self._target.base))

    def journal(self, kept: int, more: Iterable[Piece]) -> None:
        """See `Writer.journal`."""
        graph = journal_graph(self._target.base)
        for lines in _parts(map(line, piece_triples(self._target.base, more, kept)), PIECES):
            self._target.connection.add(graph, n_triples(lines), repeatable=True)

    def change(self, changes: Many[GraphChange], held: Held, progress: Progress) -> None:
        """See `Writer.change`."""
        for change in changes:
            check_held(self._target, held)
            if change.kind == "drop" and change.graph is not None:
                self._target.connection.drop(change.graph)
            else:
                content = n_triples([*change.stay, *change.add])
                self._target.connection.put(change.graph, content)
            progress(change.statements)

    def shrink_union(self, union: UnionChange, held: Held, progress: Progress) -> None:
        """See `Writer.shrink_union`: what stays is written anew, for it stands in graphs too."""
        parts = _parts((each for part in union.parts for each in part.stay), LINES)
        check_held(self._target, held)
        self._target.connection.put(union.graph, n_triples(next(parts, ())))
        for part in parts:
            check_held(self._target, held)
            self._target.connection.add(union.graph, n_triples(part), repeatable=True)
        progress(union.removed)

    def extend_union(self, union: UnionChange, held: Held, progress: Progress) -> None:
        """See `Writer.extend_union`."""
        add = (each for part in union.parts for each in part.add)
        add_lines(self._target, union.graph, add, held, progress)


def writer_for(target: Target) -> Writer:
    """Return what writes into a store: by updates wherever it takes them."""
    by_updates = target.remote.addresses.update is not None
    return UpdateWriter(target) if by_updates else GraphWriter(target)


def check_held(target: Target, held: Held, before: Held | None = None) -> None:
    """Raise OtherReleaseError unless the store says that it holds this.

    Raises StoreAnswerError when it still says what it said before it was told to say this.
    """
    found = read_held(target.connection, target.base)
    if found == held:
        return
    if found == before:
        raise StoreAnswerError(
            "The store took an update, and still says that it holds what it held before.",
            hint="Check that store.update_url (or --update-url) and store.graphs_url write into "
            "the store that answers queries at store.url, and that the user may write there.",
        )
    digest = found.changing[1] if found.changing else found.digest
    raise OtherReleaseError(
        f"Another publisher has changed the store meanwhile: it says {short(digest)}."
        if digest
        else "The store does not say any more which release it holds.",
        hint="Let one publisher at a time write into a store, and run this again.",
    )


def n_triples(lines: Iterable[str]) -> bytes:
    """Return lines as a document."""
    return "".join(f"{each}\n" for each in lines).encode()


def add_lines(
    target: Target, graph: str | None, lines: Iterable[str], held: Held, progress: Progress
) -> None:
    """Add lines to a graph by the Graph Store Protocol, as `Writer.change`."""
    for part in _parts(lines, LINES):
        check_held(target, held)
        target.connection.add(graph, n_triples(part), repeatable=True)
        progress(len(part))


def _parts(lines: Iterable[str], most: int) -> Iterator[Sequence[str]]:
    rest = iter(lines)
    while part := list(islice(rest, most)):
        yield part
