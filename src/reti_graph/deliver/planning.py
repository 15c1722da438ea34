"""A plan, made of what a store really has: that is read, and not believed to be as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reti_graph.deliver.contents import Counted, read_graph, read_graphs, read_named
from reti_graph.deliver.journal import EMPTY, Journal, read_journal
from reti_graph.deliver.lines import hash_of, hash_sum
from reti_graph.deliver.plan import Contents, GraphChange, Plan, Tally
from reti_graph.deliver.wanted import Undone
from reti_graph.errors import OtherReleaseError, RefusedError
from reti_graph.stores.remote.held import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reti_graph.deliver.lines import Lines
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


def aim_to_publish(target: Target, held: Held, wanted: Wanted, *, take_over: bool) -> Aim:
    """Return the aim to publish a release into a store that holds this.

    Raises OtherReleaseError when the store is being changed to another release, unless that
    change is to be taken over.
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
        journal = read_journal(target) if before else EMPTY
        previous = before if before != wanted.digest else ""
        return Aim(wanted, previous or None, journal, before or None)
    if held.digest == wanted.digest:
        journal = read_journal(target) if held.previous else EMPTY
        return Aim(wanted, held.previous, journal, held.previous, "wanted")
    return Aim(wanted, held.digest, EMPTY, held.digest)


def aim_to_roll_back(target: Target, held: Held) -> Aim:
    """Return the aim to go back to the release before. Raises RefusedError when there is none.

    What brings it back is kept until it is back. So there is nothing to go back to afterwards.
    """
    held = settled(held)
    origin = held.previous if held.changing is None else held.changing[0]
    if origin:
        journal = read_journal(target)
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
    progress: Callable[[int], object] = lambda _done: None,
) -> Plan:
    """Read what a store has in the site's namespace, and return what makes the wanted of it.

    `progress` gets the number of statements that were read each time. Raises StoreError when the
    store cannot be read, RefusedError when its default graph holds what is none of the site's,
    OtherReleaseError when what comes out of going back is not the release before.
    """
    tally = Tally()
    for graph, there in _each_graph(target, counted, aim):
        wanted = aim.wanted.of(graph, there)
        tally.graph(graph, there, wanted, blank=graph in counted.blank)
        if aim.previous is not None:
            tally.release_before(graph, there, wanted, aim.before(graph, there, wanted))
        progress(len(there))
    union = _union(target, counted, tally, aim)
    progress(counted.union or 0)
    plan = _plan(held, aim, tally, union, counted)
    _check_undone(plan, aim)
    return plan


def _plan(held: Held, aim: Aim, tally: Tally, union: GraphChange | None, counted: Counted) -> Plan:
    before = hash_sum(tally.before)
    # Else the release before cannot be had back exactly, and it is better not to promise it.
    known = aim.journal is EMPTY or aim.journal.content_hash == before
    exact = known and not counted.blank
    to_keep = aim.previous is not None and exact
    keeps_journal = to_keep or aim.previous is None
    return Plan(
        held=held,
        after=Held(digest=aim.wanted.digest, previous=aim.previous if to_keep else None),
        origin=aim.origin if keeps_journal else None,
        contents=Contents(
            graphs=tally.contents,
            union=None if counted.union is None else (len(tally.union), hash_of("", tally.union)),
        ),
        changes=tuple(sorted(tally.changes, key=lambda change: change.graph or "")),
        union=union,
        undo_add=tuple(tally.undo_add) if to_keep else (),
        undo_remove=tuple(tally.undo_remove) if to_keep else (),
        undo_hash=before if to_keep else None,
        journal=aim.journal if keeps_journal else EMPTY,
        foreign=counted.foreign,
    )


def _each_graph(target: Target, counted: Counted, aim: Aim) -> Iterator[tuple[str, Lines]]:
    """Yield every graph that is there, shall be or was, with its lines."""
    readable = {graph: n for graph, n in counted.graphs.items() if graph not in counted.blank}
    yield from read_graphs(target, readable)
    for graph in sorted(counted.blank):
        yield graph, read_named(target, graph)
    for graph in sorted((aim.wanted.graphs | aim.journal.graphs) - counted.graphs.keys()):
        yield graph, {}


def _union(target: Target, counted: Counted, tally: Tally, aim: Aim) -> GraphChange | None:
    if counted.union is None:
        return None
    there = read_graph(target, target.remote.union, counted.union)
    if target.remote.union is None:
        _refuse_others(there, tally, aim)
    return GraphChange.between(target.remote.union, there, tally.union)


def _refuse_others(there: Lines, tally: Tally, aim: Aim) -> None:
    """Raise RefusedError when the default graph has what no graph of the site has or had."""
    journal = aim.journal
    kept = {key for side in (journal.add, journal.remove) for each in side.values() for key in each}
    others = [
        each
        for key, each in there.items()
        if key not in tally.there and key not in tally.union and key not in kept
    ]
    if others:
        raise RefusedError(
            f"The store's default graph has {len(others):,} statements of others, which would be "
            f"lost: it has to be the union of the site's graphs. The first is {others[0]}",
            hint="Move them into a graph of their own name, or publish into an empty store.",
        )


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
