"""A release written into a store: in one update where it can be, else step by step.

In one update, readers see the release before or the new one. Step by step, the store says while
its graphs are changed that it holds neither, and readers that look at what it says get no mixture
of both. Wherever this is cut off, it can be run again, and goes on from what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reti_graph.deliver.contents import count
from reti_graph.deliver.journal import piece_triples, pieces_of
from reti_graph.deliver.plan import Contents
from reti_graph.deliver.planning import aim_to_publish, aim_to_roll_back, make_plan
from reti_graph.deliver.report import Outcome
from reti_graph.deliver.updates import whole_update
from reti_graph.deliver.verifying import counts_fit, verify
from reti_graph.deliver.writing import check_held, writer_for
from reti_graph.stores.remote.held import Held, read_held
from reti_graph.stores.remote.products import by_name

if TYPE_CHECKING:
    from reti_graph.deliver.contents import Counted
    from reti_graph.deliver.plan import Plan
    from reti_graph.deliver.planning import Aim
    from reti_graph.deliver.target import Target
    from reti_graph.deliver.wanted import Published
    from reti_graph.deliver.writing import Writer
    from reti_graph.stores.remote.held import Change


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
    release: Published,
    watcher: Watcher,
    *,
    take_over: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Let a store hold a release and nothing else in the site's namespace.

    Nothing is written with `dry_run`, nor when the store holds the release already. Raises
    OtherReleaseError when another publisher is or was at work (see `aim_to_publish`),
    RefusedError when the store has in its default graph what is none of the site's, or would
    change literals of the release, and other StoreErrors when the store fails; then it can be run
    again.
    """
    product = by_name(target.remote.dialect.product)
    release.refuse(product.unkept, product.name)
    held = read_held(target.connection, target.base)
    watcher.phase("counting what is there", 0)
    counted = count(target)
    contents = _contents(release, counted)
    if held.digest == release.digest and not held.changing and counts_fit(counted, contents):
        return _outcome(held, contents, counted, None, written=False)
    aim = aim_to_publish(target, held, release, take_over=take_over)
    return _carry_out(target, aim, held, counted, watcher, dry_run=dry_run)


def roll_back(target: Target, watcher: Watcher, *, dry_run: bool = False) -> Outcome:
    """Let a store hold the release before the one it holds, or before the change that was cut off.

    Raises RefusedError when it keeps none, OtherReleaseError when what it keeps does not give
    exactly that release, and StoreErrors as `publish` does.
    """
    held = read_held(target.connection, target.base)
    aim = aim_to_roll_back(target, held)
    watcher.phase("counting what is there", 0)
    return _carry_out(target, aim, held, count(target), watcher, dry_run=dry_run)


def _contents(release: Published, counted: Counted) -> Contents:
    counts, union = release.counted()
    return Contents(
        graphs={graph: (n, 0) for graph, n in counts.items()},
        union=None if counted.union is None else (union, 0),
    )


def _carry_out(
    target: Target, aim: Aim, held: Held, counted: Counted, watcher: Watcher, *, dry_run: bool
) -> Outcome:
    statements = sum(counted.graphs.values()) + (counted.union or 0)
    watcher.phase("reading what is there", statements)
    plan = make_plan(target, held, counted, aim, watcher.advance)
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
        plan=plan,
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
    journal = [] if plan.undo_hash is None else _pieces(plan)
    if plan.statements + len(journal) > target.remote.dialect.statements:
        return ""
    changes = [*plan.changes, *([plan.union] if plan.union else [])]
    triples = piece_triples(target.base, journal)
    return whole_update(target.base, plan.held, plan.after, changes, triples)


def _pieces(plan: Plan) -> list[tuple[Change, str]]:
    return list(pieces_of(plan.undo_add, plan.undo_remove, plan.undo_hash or ""))


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
    if plan.union is not None and plan.union.remove:
        writer.change([plan.union.without_adding()], plan.changing, watcher.advance)
    writer.change(plan.changes, plan.changing, watcher.advance)
    if plan.union is not None and plan.union.add:
        writer.change([plan.union.without_removing()], plan.changing, watcher.advance)
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
    verify(target, plan.contents, watcher.advance)
