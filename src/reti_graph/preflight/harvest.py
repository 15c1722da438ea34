"""Reading a catalogue, page by page, exactly as the harvesters of portals read it.

What they do was read in ckanext-dcat, whose harvester most portals run: HEAD first, GET instead of
it only after 405 or 400; 50 MB at most; the parser chosen by Content-Type, of the first page for
all; UTF-8; nothing at all taken over when one page cannot be parsed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reti_graph.preflight.graph import Graph
from reti_graph.preflight.page import Page, read_page
from reti_graph.preflight.paging import next_page
from reti_graph.preflight.wording import said
from reti_graph.problems import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reti_graph.preflight.answers import Fetcher

MOST_PAGES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What a portal reads of a catalogue.

    `pages` are their addresses in order and `graph` is what they say together. Without `complete`
    a portal takes nothing over: a violation among the problems says why.
    """

    pages: tuple[str, ...]
    graph: Graph
    problems: tuple[Problem, ...]
    complete: bool


def harvest(fetcher: Fetcher, address: str) -> Harvest:
    """Return what is read at a catalogue's address and on the pages that follow it.

    Whatever makes a portal refuse the catalogue is a violation; what works but hurts, a warning.
    Nothing is raised for a catalogue, however broken.
    """
    pages: list[Page] = []
    problems: list[Problem] = []
    asked: list[str] = []
    following: str | None = address.partition("#")[0]
    found: tuple[Problem, ...] = ()
    while following is not None:
        asked.append(following)
        page = read_page(fetcher, following, len(asked))
        refused = _other_format(page, pages) or _repeated(page, pages)
        problems += (*page.problems, *refused)
        if page.triples is None or refused:
            return _harvest(pages, problems, complete=False)
        pages.append(page)
        following, found = _after(pages, asked)
        problems += found
    return _harvest(pages, problems, complete=not found)


def _harvest(pages: Sequence[Page], problems: Sequence[Problem], *, complete: bool) -> Harvest:
    return Harvest(
        pages=tuple(page.address for page in pages),
        graph=Graph(triple for page in pages for triple in page.triples or ()),
        problems=tuple(problems),
        complete=complete,
    )


def _after(pages: Sequence[Page], asked: Sequence[str]) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the page to read next and what is wrong with it: none where it leads in a circle."""
    address = pages[-1].address
    following, found = next_page(pages[-1].triples or (), address)
    following = following and following.partition("#")[0]
    if following in {*asked, *(page.address for page in pages)}:
        return None, (*found, _loop(address, following))
    if following and len(pages) == MOST_PAGES:
        return None, (*found, _endless(address))
    return following, found


def _loop(address: str, following: str) -> Problem:
    message = said(
        f"Le pagine girano in tondo (hydra:next): dopo {address} viene di nuovo {following}.",
        f"The pages go round in a loop (hydra:next): after {address} comes {following} again.",
    )
    return _refusal("page-loop", address, message, "Say no hydra:next on the last page.")


def _endless(address: str) -> Problem:
    message = said(
        f"Il catalogo ha più di {MOST_PAGES} pagine; {address} non è l'ultima.",
        f"The catalogue has more than {MOST_PAGES} pages; {address} is not the last.",
    )
    return _refusal("too-many-pages", address, message, "Put more datasets on each page.")


def _repeated(page: Page, earlier: Iterable[Page]) -> tuple[Problem, ...]:
    """Refuse a page with the very bytes of one before: harvesters take it for the end, or go on."""
    same = (each for each in earlier if each.digest == page.digest)
    if page.triples is None or (first := next(same, None)) is None:
        return ()
    message = said(
        f"Le pagine girano in tondo (hydra:next): {page.address} ripete {first.address}.",
        f"The pages go round in a loop (hydra:next): {page.address} repeats {first.address}.",
    )
    hint = "Make each page another part of the catalogue."
    return (_refusal("page-loop", page.address, message, hint),)


def _other_format(page: Page, earlier: Sequence[Page]) -> tuple[Problem, ...]:
    """Refuse a page of another type than the first: harvesters keep the parser they began with."""
    if page.triples is None or not earlier or page.media_type == earlier[0].media_type:
        return ()
    message = said(
        f"{page.address} è {page.media_type}, mentre la prima pagina è {earlier[0].media_type}.",
        f"{page.address} is {page.media_type}, while the first page is {earlier[0].media_type}.",
    )
    hint = "Send all pages in one format: harvesters keep the parser they began with."
    return (_refusal("content-type", page.address, message, hint),)


def _refusal(code: str, place: str, message: Mapping[str, str], hint: str) -> Problem:
    return Problem(code, Severity.VIOLATION, message, Location(place), hint=hint)
