"""A release written into a store: in one update where it can be, else step by step.

In one update, readers see the release before or the new one. Step by step, the store says while
its graphs are changed that it holds neither, and readers that look at what it says get no mixture
of both. Wherever this is cut off, it can be run again, and goes on from what is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reti_graph.deliver.contents import count
from reti_graph.deliver.journal import piece_triples, pieces_of
from reti_graph.deliver.kept import room
from reti_graph.deliver.plan import Contents
from reti_graph.deliver.planning import aim_to_publish, aim_to_roll_back, make_plan
from reti_graph.deliver.report import Outcome
from reti_graph.deliver.updates import whole_update
from reti_graph.deliver.verifying import counts_fit, verify
from reti_graph.deliver.writing import check_held, writer_for
from reti_graph.stores.remote.held import Held, read_held
from reti_graph.stores.remote.products import by_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reti_graph.deliver.contents import Counted
    from reti_graph.deliver.plan import Plan
    from reti_graph.deliver.planning import Aim
    from reti_graph.deliver.target import Target
    from reti_graph.deliver.wanted import Publishable
    from reti_graph.deliver.writing import Writer
    from reti_graph.stores.remote.held import Change


@dataclass(frozen=True, slots=True)
class Work:
    """A store, what it says and has, a folder for files, and who is told how far the work is."""

    target: Target
    held: Held
    counted: Counted
    folder: Path
    watcher: Watcher


class Watcher(Protocol):
    """What is told how far the work is."""

    def phase(self, name: str, total: int) -> None:
        """Begin a part of the work that has so many statements to go through."""
        ...

    def advance(self, statements: int) -> None:
        """Take note that so many more are done."""
        ...


def publish(
    target: Target,
    release: Publishable,
    watcher: Watcher,
    *,
    take_over: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Let a store hold a release and nothing else in the site's namespace.

    Nothing is written with `dry_run`, nor when the store holds the release already. Raises
    OtherReleaseError when another publisher is or was at work (see `aim_to_publish`),
    RefusedError when the store has in its default graph what is none of the site's, or would
    change literals of the release, and other StoreErrors when the store fails, or the disk for
    temporary files; then it can be run again.
    """
    product = by_name(target.remote.dialect.product)
    release.refuse(product.unkept, product.name)
    with room() as folder:
        held = read_held(target.connection, target.base)
        watcher.phase("counting what is there", 0)
        counted = count(target)
        if held.digest == release.digest and not held.changing:
            contents = _contents(release, counted)
            if counts_fit(counted, contents):
                return _outcome(held, contents, counted, None, written=False)
        aim = aim_to_publish(target, held, release, folder, take_over=take_over)
        return _carry_out(Work(target, held, counted, folder, watcher), aim, dry_run=dry_run)


def roll_back(target: Target, watcher: Watcher, *, dry_run: bool = False) -> Outcome:
    """Let a store hold the release before the one it holds, or before the change that was cut off.

    Raises RefusedError when it keeps none, OtherReleaseError when what it keeps does not give
    exactly that release, and StoreErrors as `publish` does.
    """
    with room() as folder:
        held = read_held(target.connection, target.base)
        aim = aim_to_roll_back(target, held, folder)
        watcher.phase("counting what is there", 0)
        work = Work(target, held, count(target), folder, watcher)
        return _carry_out(work, aim, dry_run=dry_run)


def _contents(release: Publishable, counted: Counted) -> Contents:
    counts, union = release.counted()
    return Contents(
        graphs={graph: (n, 0) for graph, n in counts.items()},
        union=None if counted.union is None else (union, 0),
    )


def _carry_out(work: Work, aim: Aim, *, dry_run: bool) -> Outcome:
    target, counted, watcher = work.target, work.counted, work.watcher
    statements = sum(counted.graphs.values()) + (counted.union or 0)
    watcher.phase("reading what is there", statements)
    plan = make_plan(target, work.held, counted, aim, work.folder, watcher.advance)
    writes = bool(plan.statements) or plan.held != plan.after
    if writes and not dry_run:
        _write(target, plan, watcher)
    return _outcome(plan.after, plan.contents, counted, plan, written=writes and not dry_run)


def _outcome(
    held: Held, contents: Contents, counted: Counted, plan: Plan | None, *, written: bool
) -> Outcome:
    return Outcome(
        digest=held.digest or "",
        previous=held.previous,
        graphs=len(contents.graphs),
        statements=contents.statements,
        content_hash=None if plan is None else contents.content_hash,
        foreign=counted.foreign,
        changes=None if plan is None else plan.listed,
        written=written,
        mended=plan is not None and plan.held.digest == held.digest and bool(plan.statements),
    )


def _write(target: Target, plan: Plan, watcher: Watcher) -> None:
    dialect = target.remote.dialect
    text = _in_one_update(target, plan) if dialect.atomic and target.remote.addresses.update else ""
    if text:
        watcher.phase("writing", 0)
        target.connection.update(text, repeatable=True)
        check_held(target, plan.after, plan.held)
        _verify(target, plan, watcher)
    else:
        _write_in_steps(target, plan, watcher)


def _in_one_update(target: Target, plan: Plan) -> str:
    """Return the update that does it all, empty when it would be too large."""
    most = target.remote.dialect.statements
    if plan.statements > most:
        return ""
    journal = [] if plan.undo_hash is None else list(_pieces(plan))
    if plan.statements + len(journal) > most:
        return ""
    triples = piece_triples(target.base, journal)
    return whole_update(target.base, plan.held, plan.after, plan.all_changes(), triples)


def _pieces(plan: Plan) -> Iterator[tuple[Change, str]]:
    return pieces_of(plan.undo_add, plan.undo_remove, plan.undo_hash or "")


def _write_in_steps(target: Target, plan: Plan, watcher: Watcher) -> None:
    """Keep what brings the release before back, change, and say that the release is there."""
    writer = writer_for(target)
    watcher.phase("writing", plan.statements)
    held = plan.held if plan.journal.pieces else _without_journal(plan, writer)
    if plan.undo_hash is not None:
        writer.journal(plan.journal.pieces, _pieces(plan))
    if plan.statements:
        held = _change(target, plan, writer, held, watcher)
    writer.swap(held, plan.after)
    if plan.after.previous is None:
        writer.clear_journal()


def _change(target: Target, plan: Plan, writer: Writer, held: Held, watcher: Watcher) -> Held:
    """Change the graphs, and return what the store says meanwhile."""
    if held != plan.changing:
        writer.swap(held, plan.changing)
    # The default graph never has what no graph has: else nobody could tell it from what is of
    # others, should this be cut off.
    if plan.union is not None and plan.union.removed:
        writer.shrink_union(plan.union, plan.changing, watcher.advance)
    writer.change(plan.changes, plan.changing, watcher.advance)
    if plan.union is not None and plan.union.added:
        writer.extend_union(plan.union, plan.changing, watcher.advance)
    _verify(target, plan, watcher)
    return plan.changing


def _without_journal(plan: Plan, writer: Writer) -> Held:
    """Forget the release before the one that is there, and return what the store says then.

    It says so before the journal goes: half a journal brings nothing back.
    """
    held = plan.held if plan.held.digest is None else Held(digest=plan.held.digest)
    if held != plan.held:
        writer.swap(plan.held, held)
    writer.clear_journal()
    return held


def _verify(target: Target, plan: Plan, watcher: Watcher) -> None:
    watcher.phase("reading back", plan.contents.lines)
    verify(target, plan.contents, plan.wanted_union, watcher.advance)
