"""The names of documents in short, for whoever describes the addresses of a site."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from reti_graph.naming import split_thing

Parts: TypeAlias = tuple[str, ...]
"""The parts of a name below the base, percent-encoded, without fragment."""


class Families(msgspec.Struct, frozen=True):
    """What names look like: `thing` is one of `kinds`, the first one by name.

    `others` are names of nothing below `id/`: of those that begin with the same part and have as
    many parts, the first.
    """

    thing: Parts | None = None
    kinds: tuple[str, ...] = ()
    others: tuple[Parts, ...] = ()


class FamilyFinder:
    """Takes names below the base one after another, and tells them in short."""

    def __init__(self, base: str) -> None:
        """Begin with none."""
        self._base = base
        self._thing: Parts | None = None
        self._kinds: set[str] = set()
        self._others: dict[tuple[str, int], Parts] = {}

    def take(self, name: str) -> None:
        """Take a name, percent-encoded, as it stands in an address."""
        parts = tuple(name.partition("#")[0].split("/"))
        if parts == ("",):
            return
        if parts[0] != "id":
            key = (parts[0], len(parts))
            self._others[key] = min(self._others.get(key, parts), parts)
        elif split_thing(self._base + "/".join(parts), self._base):
            self._thing = min(self._thing or parts, parts)
            self._kinds.add(parts[1])

    def found(self) -> Families:
        """Return what was found in all."""
        others = tuple(sorted(self._others.values()))
        return Families(thing=self._thing, kinds=tuple(sorted(self._kinds)), others=others)
