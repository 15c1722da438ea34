"""The port to whatever answers for a catalogue: a server of the network, or of this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Method: TypeAlias = Literal["GET", "HEAD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: `address` is the one redirects led to, header names are in lower case.

    With `cut` the body is longer than `most` bytes were asked for, and ends there. `redirects` are
    the statuses of the answers that led on, such as 301, in order.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    cut: bool = False
    redirects: tuple[int, ...] = ()


class Fetcher(Protocol):
    """Asks for addresses of a catalogue, in any thread."""

    def fetch(
        self, method: Method, address: str, *, accept: str | None = None, most: int
    ) -> Answer:
        """Return the answer, redirects followed and content codings undone.

        Without `accept` anything is welcome, as to harvesters. Raises StoreError, with what
        happened, when there is no answer.
        """
        ...
