"""What a publisher did, or would do, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reti_graph.deliver.plan import ChangedGraph, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a store got to hold a release.

    `changes` are the graphs that change, or would; None when nothing had to be read, as the store
    holds the release and its counts fit.
    `written` tells whether anything was. `mended` tells that the store said it held the release
    though graphs were not as published. `graphs` and `statements` are what was counted in the end.
    """

    digest: str
    previous: str | None
    graphs: int
    statements: int
    content_hash: str | None
    foreign: int
    changes: tuple[ChangedGraph, ...] | None
    written: bool
    mended: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """How many graphs come, change or go, and the statements removed and added in them."""

    graphs: int
    removed: int
    added: int


def changes_by_kind(changes: Iterable[ChangedGraph]) -> dict[Kind, Changed]:
    """Return what changes by whether the graphs are added, replaced or dropped."""
    found: dict[Kind, Changed] = {kind: Changed(0, 0, 0) for kind in ("add", "replace", "drop")}
    for each in changes:
        known = found[each.kind]
        found[each.kind] = Changed(
            known.graphs + 1, known.removed + each.removed, known.added + each.added
        )
    return found
