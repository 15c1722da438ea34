"""What a publisher did, or would do, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reti_graph.deliver.plan import GraphChange, Kind, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a store got to hold a release.

    `plan` is None when nothing had to be read: the store holds the release, and its counts fit.
    `written` tells whether anything was. `mended` tells that the store said it held the release
    though graphs were not as published. `graphs` and `statements` are what was counted in the end.
    """

    digest: str
    previous: str | None
    graphs: int
    statements: int
    content_hash: str | None
    foreign: int
    plan: Plan | None
    written: bool
    mended: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """How many graphs come, change or go, and the statements removed and added in them."""

    graphs: int
    removed: int
    added: int


def changes_by_kind(plan: Plan) -> dict[Kind, Changed]:
    """Return what changes by whether the graphs are added, replaced or dropped."""
    kinds: tuple[Kind, ...] = ("add", "replace", "drop")
    return {kind: _summed([c for c in plan.changes if c.kind == kind]) for kind in kinds}


def _summed(changes: list[GraphChange]) -> Changed:
    return Changed(
        graphs=len(changes),
        removed=sum(len(change.remove) for change in changes),
        added=sum(len(change.add) for change in changes),
    )
