"""A plan, made of what a store really has: that is read, and not believed to be as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reti_graph.deliver.contents import Counted, read_graphs, read_named
from reti_graph.deliver.journal import EMPTY, Journal, read_journal
from reti_graph.deliver.plan import Contents, Plan
from reti_graph.deliver.tally import Tally
from reti_graph.deliver.union import Union, read_union, union_change
from reti_graph.deliver.wanted import Undone
from reti_graph.errors import OtherReleaseError, RefusedError
from reti_graph.stores.remote.held import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from reti_graph.deliver.entries import Sorted
    from reti_graph.deliver.lines import Lines
    from reti_graph.deliver.plan import UnionChange
    from reti_graph.deliver.target import Target
    from reti_graph.deliver.wanted import Wanted

_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Aim:
    """Which release a store shall hold, and which one it shall be possible to go back to.

    The release to go back to, `previous`, is what the journal makes of what is there, or of what
    is wanted where that is already said to be there. `origin` is the release that the store says
    to be changed from meanwhile; it is `previous` unless it is what is wanted.
    """

    wanted: Wanted
    previous: str | None
    journal: Journal
    origin: str | None
    basis: Literal["there", "wanted"] = "there"

    def before(self, graph: str, there: Lines, wanted: Lines) -> Lines:
        """Return what the release to go back to had in a graph."""
        return self.journal.undone(graph, wanted if self.basis == "wanted" else there)


def short(digest: str) -> str:
    """Return as much of a digest as people compare."""
    return digest[:_SHOWN]


def settled(held: Held) -> Held:
    """Return what a store holds that was cut off before it said so alone.

    With both a release and a change, no graph was changed yet, or all were, and the journal brings
    back what is changed from.
    """
    if held.digest is None or held.changing is None:
        return held
    before, _ = held.changing
    return Held(digest=held.digest, previous=before if before not in {"", held.digest} else None)


def aim_to_publish(
    target: Target, held: Held, wanted: Wanted, folder: Path, *, take_over: bool
) -> Aim:
    """Return the aim to publish a release into a store that holds this.

    What has to be kept goes below the folder. Raises OtherReleaseError when the store is being
    changed to another release, unless that change is to be taken over.
    """
    held = settled(held)
    if held.changing is not None:
        before, to = held.changing
        if to != wanted.digest and not take_over:
            raise OtherReleaseError(
                f"The store is being changed to release {short(to)}, not to "
                f"{short(wanted.digest)}: by another publisher, or by one that did not end.",
                hint="If nobody is publishing just now, use --take-over, or --rollback to have "
                "the release before.",
            )
        journal = read_journal(target, folder) if before else EMPTY
        previous = before if before != wanted.digest else ""
        return Aim(wanted, previous or None, journal, before or None)
    if held.digest == wanted.digest:
        journal = read_journal(target, folder) if held.previous else EMPTY
        return Aim(wanted, held.previous, journal, held.previous, "wanted")
    return Aim(wanted, held.digest, EMPTY, held.digest)


def aim_to_roll_back(target: Target, held: Held, folder: Path) -> Aim:
    """Return the aim to go back to the release before. Raises RefusedError when there is none.

    What brings it back is kept until it is back. So there is nothing to go back to afterwards.
    """
    held = settled(held)
    origin = held.previous if held.changing is None else held.changing[0]
    if origin:
        journal = read_journal(target, folder)
        return Aim(Undone(origin, journal), None, journal, origin)
    raise RefusedError(
        "The store keeps no release before the one it holds.",
        hint="Publish the release that is wanted: `reti-graph publish`.",
    )


def make_plan(
    target: Target,
    held: Held,
    counted: Counted,
    aim: Aim,
    folder: Path,
    progress: Callable[[int], object] = lambda _done: None,
) -> Plan:
    """Read what a store has in the site's namespace, and return what makes the wanted of it.

    The statements of the plan are in files below the folder. `progress` gets the number of
    statements that were read each time. Raises StoreError when the store cannot be read,
    RefusedError when its default graph holds what is none of the site's, OtherReleaseError when
    what comes out of going back is not the release before, OSError when the disk fails.
    """
    tally = Tally(folder, counted.union)
    for graph, there in _each_graph(target, counted, aim):
        wanted = aim.wanted.of(graph, there)
        tally.graph(graph, there, wanted, blank=graph in counted.blank)
        if aim.previous is not None:
            tally.release_before(graph, there, wanted, aim.before(graph, there, wanted))
        progress(len(there))
    plan = _plan(target, held, aim, tally, counted, folder)
    progress(counted.union or 0)
    _check_undone(plan, aim)
    return plan


def _plan(
    target: Target, held: Held, aim: Aim, tally: Tally, counted: Counted, folder: Path
) -> Plan:
    # Else the release before cannot be had back exactly, and it is better not to promise it.
    known = aim.journal is EMPTY or aim.journal.content_hash == tally.hash_before
    exact = known and not counted.blank
    to_keep = aim.previous is not None and exact
    keeps_journal = to_keep or aim.previous is None
    wanted_union = tally.union.taken()
    return Plan(
        held=held,
        after=Held(digest=aim.wanted.digest, previous=aim.previous if to_keep else None),
        origin=aim.origin if keeps_journal else None,
        contents=Contents(
            graphs=tally.contents,
            union=None if counted.union is None else wanted_union.counted_and_hashed(),
        ),
        listed=tuple(sorted(tally.listed, key=lambda listed: listed.graph)),
        changes=tally.changes,
        union=_union(target, counted, aim, tally, wanted_union, folder),
        wanted_union=wanted_union,
        undo_add=tally.undo_add if to_keep else (),
        undo_remove=tally.undo_remove if to_keep else (),
        undo_hash=tally.hash_before if to_keep else None,
        journal=aim.journal if keeps_journal else EMPTY,
    )


def _union(
    target: Target, counted: Counted, aim: Aim, tally: Tally, wanted: Sorted, folder: Path
) -> UnionChange | None:
    if counted.union is None:
        return None
    # What was cut off may have left there what the journal alone knows.
    for side in (aim.journal.add, aim.journal.remove) if counted.union else ():
        for lines in side.values():
            tally.known.take(lines)
    known = tally.known.taken()
    there = read_union(target, counted.union, known, folder)
    return union_change(target, Union(there, wanted, known), folder)


def _each_graph(target: Target, counted: Counted, aim: Aim) -> Iterator[tuple[str, Lines]]:
    """Yield every graph that is there, shall be or was, with its lines."""
    readable = {graph: n for graph, n in counted.graphs.items() if graph not in counted.blank}
    yield from read_graphs(target, readable)
    for graph in sorted(counted.blank):
        yield graph, read_named(target, graph)
    for graph in sorted((aim.wanted.graphs | aim.journal.graphs) - counted.graphs.keys()):
        yield graph, {}


def _check_undone(plan: Plan, aim: Aim) -> None:
    """Raise OtherReleaseError when going back does not give exactly the release before."""
    if not isinstance(aim.wanted, Undone):
        return
    expected, found = aim.wanted.journal.content_hash, plan.contents.content_hash
    if expected != found:
        raise OtherReleaseError(
            f"Going back would not give release {short(aim.wanted.digest)} but something else: "
            "the site's graphs, or what was kept of them, have been changed by others.",
            hint="Publish the release that is wanted: `reti-graph publish`.",
        )
