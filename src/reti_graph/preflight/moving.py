"""Asking one server for the addresses of another, such as this machine for the public ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What may come after a prefix that is a whole address, or a whole host, itself.
_BOUNDARY = ("/", "?", "#")


class Moved:
    """Prefixes of addresses and where what they stand for is really asked.

    The longest prefix that fits counts. Two prefixes may lead to one place: what comes from there
    is put under the first of them.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take a prefix to ask for each public one."""
        self._there = sorted(prefixes.items(), key=_longest_first)
        back = {there: public for public, there in reversed(list(prefixes.items()))}
        self._back = sorted(back.items(), key=_longest_first)

    def asked(self, address: str) -> str:
        """Return where a public address is really asked."""
        return _replaced(address, self._there)

    def public(self, address: str) -> str:
        """Return the public address of one that was really asked."""
        return _replaced(address, self._back)


def _longest_first(pair: tuple[str, str]) -> int:
    return -len(pair[0])


def _replaced(address: str, prefixes: Iterable[tuple[str, str]]) -> str:
    for prefix, other in prefixes:
        rest = address[len(prefix) :]
        if address.startswith(prefix) and (
            not rest or prefix.endswith("/") or rest.startswith(_BOUNDARY)
        ):
            return other + rest
    return address
