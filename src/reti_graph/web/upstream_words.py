"""What is wrong with a store elsewhere, for outsiders: neither its address nor what it said."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from reti_graph.errors import (
    OtherReleaseError,
    StoreAnswerError,
    StoreDeniedError,
    StoreError,
    StoreTimeoutError,
    StoreUnreachableError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.errors import RetiError
    from reti_graph.stores.remote.held import Held

Condition: TypeAlias = Literal[
    "good", "unreachable", "slow", "denied", "broken", "other release", "changing"
]

_STORE: Final = "The store that this site is served from"
_LATER: Final = "What was answered before is still answered; ask for this again later."
_DIGEST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a store cannot be asked, as outsiders are told."""

    condition: Condition
    kind: type[StoreError]
    message: str
    hint: str = _LATER

    def error(self) -> StoreError:
        """Return it as an error to raise."""
        return self.kind(self.message, hint=self.hint)


BROKEN: Final = Trouble("broken", StoreAnswerError, f"{_STORE} gave no answer of use.")
_FAILURES: Final[Mapping[type[RetiError], Trouble]] = MappingProxyType(
    {
        StoreUnreachableError: Trouble(
            "unreachable", StoreUnreachableError, f"{_STORE} cannot be reached."
        ),
        StoreDeniedError: Trouble(
            "denied", StoreDeniedError, f"{_STORE} does not let this server ask it."
        ),
        StoreAnswerError: BROKEN,
        StoreTimeoutError: Trouble(
            "slow",
            StoreTimeoutError,
            f"{_STORE} did not answer in time.",
            "Ask for less, or ask again later.",
        ),
        OtherReleaseError: Trouble(
            "other release",
            OtherReleaseError,
            f"{_STORE} holds another release by now, or is being changed.",
        ),
        StoreError: BROKEN,
    }
)


def trouble_of(error: RetiError) -> Trouble | None:
    """Return what outsiders are told of a failure, or None where it is not the store's.

    An error that this server's own processes make, such as BusyError, says nothing of a store.
    """
    return _FAILURES.get(type(error))


def trouble_in(held: Held, digest: str) -> Trouble | None:
    """Return what is wrong with what a store holds, or None when it is exactly this release."""
    if held.digest == digest:
        return None
    if held.digest is None and held.changing is not None:
        return Trouble("changing", OtherReleaseError, f"{_STORE} is being changed.")
    theirs = f"release {held.digest[:_DIGEST_SHOWN]}" if held.digest else "no release"
    return Trouble(
        "other release",
        OtherReleaseError,
        f"{_STORE} holds {theirs}, and this server has release {digest[:_DIGEST_SHOWN]}.",
    )
