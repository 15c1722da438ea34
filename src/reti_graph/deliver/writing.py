"""The two ways to write into a store step by step: by updates, and by whole graphs."""

from __future__ import annotations

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

    from reti_graph.deliver.plan import GraphChange
    from reti_graph.deliver.target import Target
    from reti_graph.stores.remote.held import Change, Held

    Progress = Callable[[int], object]
    Piece = tuple[Change, str]

BULK: Final = 3
"""From how many updates on, statements are added to a graph as N-Triples, if the store takes it."""
LINES: Final = 100_000
"""How many statements such a request has."""


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

    def journal(self, kept: Sequence[Piece], more: Iterable[Piece]) -> None:
        """Keep more pieces of the journal beside those that are there."""
        ...

    def change(self, changes: Sequence[GraphChange], held: Held, progress: Progress) -> None:
        """Change graphs; `progress` gets the statements written.

        Raises OtherReleaseError as soon as the store does not say this any more.
        """
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

    def journal(self, kept: Sequence[Piece], more: Iterable[Piece]) -> None:
        """See `Writer.journal`."""
        for number, (change, text) in enumerate(more, start=len(kept) + 1):
            self._update(undo_update(self._base, change, number, text))

    def change(self, changes: Sequence[GraphChange], held: Held, progress: Progress) -> None:
        """See `Writer.change`."""
        for change in changes:
            if change.blank and change.graph is not None:
                check_held(self._target, held)
                self._update(f"CLEAR SILENT GRAPH {ox.NamedNode(change.graph)}")
        few = [each.without_adding() if self._is_much(each) else each for each in changes]
        for batch in batches(few, self._most):
            check_held(self._target, held)
            self._update(batch.data)
            progress(batch.statements)
        for change in filter(self._is_much, changes):
            for part in _parts(change.add):
                check_held(self._target, held)
                self._target.connection.add(change.graph, n_triples(part), repeatable=True)
                progress(len(part))

    def _is_much(self, change: GraphChange) -> bool:
        by_graphs = self._target.remote.addresses.graphs is not None
        return by_graphs and len(change.add) > BULK * self._most

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

    def journal(self, kept: Sequence[Piece], more: Iterable[Piece]) -> None:
        """See `Writer.journal`."""
        triples = piece_triples(self._target.base, [*kept, *more])
        content = n_triples(map(line, triples))
        self._target.connection.put(journal_graph(self._target.base), content)

    def change(self, changes: Sequence[GraphChange], held: Held, progress: Progress) -> None:
        """See `Writer.change`."""
        for change in changes:
            check_held(self._target, held)
            if change.kind == "drop" and change.graph is not None:
                self._target.connection.drop(change.graph)
            else:
                content = n_triples([*change.stay, *change.add])
                self._target.connection.put(change.graph, content)
            progress(change.statements)


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


def _parts(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), LINES):
        yield lines[start : start + LINES]
