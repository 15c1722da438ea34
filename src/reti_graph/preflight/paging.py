"""Which page of a catalogue comes next, as harvesters find it (Hydra, hydra:next)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.preflight.wording import named, said
from reti_graph.problems import Location, Problem, Severity
from reti_graph.terms import HYDRA, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_VIEWS: Final = frozenset({HYDRA + "PartialCollectionView", HYDRA + "PagedCollection"})
# The second is the older name of the first.
_NEXT: Final = (HYDRA + "next", HYDRA + "nextPage")


def next_page(triples: Sequence[ox.Triple], address: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the address of the page after the one at `address`, if any, and what is wrong.

    There is none to follow where the wrong is a violation.
    """
    values = [triple for name in _NEXT for triple in triples if triple.predicate.value == name]
    if not values:
        return None, ()
    following = named(values[0].object)
    if not following.lower().startswith(("http://", "https://")):
        return None, (_no_address(following, address),)
    problems = [
        *_unmarked(values, triples, address),
        *_several(values, address),
        *_as_text(values, address),
    ]
    return following, tuple(problems)


def _no_address(following: str, address: str) -> Problem:
    return Problem(
        "next-page",
        Severity.VIOLATION,
        said(
            f"La pagina che segue {address} non è un indirizzo http o https: {following}.",
            f"The page after {address} is no http or https address: {following}.",
        ),
        Location(address),
        hint="Make the value of hydra:next the IRI of the next page.",
    )


def _unmarked(
    values: Iterable[ox.Triple], triples: Iterable[ox.Triple], address: str
) -> list[Problem]:
    """Find a page that harvesters do not turn: they look for the class of what has the next one."""
    views = {
        triple.subject
        for triple in triples
        if triple.predicate == RDF_TYPE and named(triple.object) in _VIEWS
    }
    if any(triple.subject in views for triple in values):
        return []
    problem = Problem(
        "next-page",
        Severity.VIOLATION,
        said(
            f"I portali si fermano alla pagina {address}: ciò che ha hydra:next non ha la classe "
            "hydra:PartialCollectionView.",
            f"Portals stop at the page {address}: what has hydra:next is not of the class "
            "hydra:PartialCollectionView.",
        ),
        Location(address),
        hint="Type the page as hydra:PartialCollectionView.",
    )
    return [problem]


def _several(values: Iterable[ox.Triple], address: str) -> list[Problem]:
    addresses = sorted({named(triple.object) for triple in values})
    if len(addresses) == 1:
        return []
    problem = Problem(
        "next-page",
        Severity.VIOLATION,
        said(
            f"La pagina {address} ne ha più d'una che segue: {', '.join(addresses)}.",
            f"The page {address} has more than one that comes next: {', '.join(addresses)}.",
        ),
        Location(address),
        hint="Say one hydra:next: harvesters follow any one of them.",
    )
    return [problem]


def _as_text(values: Sequence[ox.Triple], address: str) -> list[Problem]:
    if isinstance(values[0].object, ox.NamedNode):
        return []
    problem = Problem(
        "next-page",
        Severity.WARNING,
        said(
            f"La pagina che segue {address} è scritta come testo e non come IRI.",
            f"The page after {address} is written as text and not as an IRI.",
        ),
        Location(address),
        hint="Make the value of hydra:next the IRI of the next page.",
    )
    return [problem]
