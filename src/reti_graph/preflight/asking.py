"""Asking for an address as harvesters do: HEAD first, and then for no more than they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.preflight.wording import said
from reti_graph.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from reti_graph.errors import StoreError
    from reti_graph.preflight.answers import Answer, Fetcher, Method

# What the harvesters of CKAN take at most of a catalogue; they call it 50 MB.
MOST: Final = 50 * 1024 * 1024
OK: Final = 200
_HEAD_NOT_ANSWERED: Final = frozenset({400, 405})
_PERMANENT: Final = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The last answer, and the method it is to. A body that is `long` was cut or not asked for."""

    method: Method
    answer: Answer
    long: bool = False

    @property
    def media_type(self) -> str:
        """The media type of the Content-Type header, in lower case; "" without the header."""
        header = self.answer.headers.get("content-type", "")
        return header.partition(";")[0].strip().lower()


def ask_head(fetcher: Fetcher, address: str) -> Asked:
    """Ask whether something is there: HEAD, and GET where HEAD is answered with 405 or 400.

    Raises StoreError when there is no answer.
    """
    head = fetcher.fetch("HEAD", address, most=0)
    if head.status not in _HEAD_NOT_ANSWERED:
        return Asked(method="HEAD", answer=head)
    return Asked(method="GET", answer=fetcher.fetch("GET", address, most=MOST))


def ask(fetcher: Fetcher, address: str) -> Asked:
    """Ask for a body: HEAD, then GET. What HEAD refuses, or says to be long, is not asked for.

    Raises StoreError when there is no answer.
    """
    asked = ask_head(fetcher, address)
    if asked.method == "HEAD":
        if asked.answer.status != OK or announced(asked.answer) > MOST:
            return Asked(method="HEAD", answer=asked.answer, long=announced(asked.answer) > MOST)
        asked = Asked(method="GET", answer=fetcher.fetch("GET", address, most=MOST))
    answer = asked.answer
    long = answer.cut or announced(answer) > MOST
    return Asked(method="GET", answer=answer, long=long)


def announced(answer: Answer) -> int:
    """Return how many bytes Content-Length says there are; 0 when it says nothing that counts."""
    length = answer.headers.get("content-length", "").strip()
    return int(length) if length.isascii() and length.isdigit() else 0


def on_the_way(address: str, answer: Answer) -> tuple[Problem, ...]:
    """Return what is to be said of the redirects that led from an address to its answer."""
    if answer.address == address.partition("#")[0]:
        return ()
    here, there = Location(address), answer.address
    if address.startswith("https:") and there.startswith("http:"):
        downgrade = Problem(
            "downgrade",
            Severity.WARNING,
            said(
                f"Rimanda da https a http: {there}. La connessione non è più protetta.",
                f"Redirects from https to http: {there}. The connection is protected no more.",
            ),
            here,
            hint="Redirect to an https address.",
        )
        return (downgrade,)
    lasting = any(status in _PERMANENT for status in answer.redirects)
    moved = said(
        f"È stato spostato{' per sempre' if lasting else ''}: rimanda a {there}.",
        f"Has moved{' for good' if lasting else ''}: redirects to {there}.",
    )
    severity = Severity.WARNING if lasting else Severity.INFO
    return (Problem("redirect", severity, moved, here, hint=f"Use {there} itself."),)


def no_answer(address: str, error: StoreError) -> Problem:
    """Return the finding that nothing answers at an address."""
    return Problem(
        "no-answer",
        Severity.VIOLATION,
        said(
            f"{address} non risponde: {error.message}",
            f"{address} does not answer: {error.message}",
        ),
        Location(address),
        hint=error.hint,
    )
