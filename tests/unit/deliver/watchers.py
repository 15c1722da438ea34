"""Watchers of the work: one that says nothing, one that remembers."""

from __future__ import annotations

from dataclasses import dataclass, field


class Quiet:
    """Watches, and says nothing."""

    def phase(self, name: str, total: int) -> None:
        """Take no note."""

    def advance(self, statements: int) -> None:
        """Take no note."""


@dataclass
class Watching:
    """Remembers how far the work was said to be."""

    phases: list[tuple[str, int]] = field(default_factory=list)
    done: list[int] = field(default_factory=list)

    def phase(self, name: str, total: int) -> None:
        """Remember a part of the work."""
        self.phases.append((name, total))
        self.done.append(0)

    def advance(self, statements: int) -> None:
        """Remember what is done of it."""
        self.done[-1] += statements
