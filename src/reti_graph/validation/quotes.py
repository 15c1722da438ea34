"""Quotes compared with the texts they are taken from, where those are at hand.

The texts of sources do not belong to the project; whoever has one gives it, and every passage of
that source is looked up in it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.errors import UnknownNameError
from reti_graph.naming import nearest
from reti_graph.problems import Problem, Severity
from reti_graph.terms import PROV, RDF_TYPE, RETI

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reti_graph.config import Settings
    from reti_graph.problems import Term
    from reti_graph.validation.triples import Index

_QUOTE: Final = ox.NamedNode(RETI + "quote")
_START: Final = ox.NamedNode(RETI + "start")
_END: Final = ox.NamedNode(RETI + "end")
_DIGEST: Final = ox.NamedNode(RETI + "textDigest")
_FROM: Final = ox.NamedNode(PROV + "wasQuotedFrom")
_SOURCE: Final = ox.NamedNode(RETI + "Source")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the data says that a quote stands, in characters of the text, and its words."""

    words: str
    start: int | None
    end: int | None

    def holds(self, text: str) -> bool:
        if self.start is None or self.end is None or not 0 <= self.start <= self.end:
            return False
        return text[self.start : self.end] == self.words

    def nearest(self, text: str) -> tuple[int, int] | None:
        """Return the range nearest to the one given where the words do stand."""
        found = [match.start() for match in re.finditer(f"(?={re.escape(self.words)})", text)]
        if not found:
            return None
        start = min(found, key=lambda at: abs(at - (self.start or 0)))
        return start, start + len(self.words)


def quote_problems(data: Index, texts: Mapping[str, str], settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each misplaced quote, and each text that the data was not made from.

    Where in the files that is must be looked up.

    `texts` holds texts by the slug of their source. Raises UnknownNameError for a slug that is
    no source's.
    """
    known = _sources(data, settings)
    for slug, text in texts.items():
        if slug not in known:
            raise UnknownNameError("source", slug, nearest(slug, known) or sorted(known))
        yield from _digest_problems(data, known[slug], text)
        for passage in data.subjects(_FROM, known[slug]):
            for quote in data.objects(passage, _QUOTE):
                if isinstance(quote, ox.Literal):
                    place = _place(data, passage, quote)
                    if not place.holds(text):
                        yield _misplaced(passage, quote, place.nearest(text))


def _sources(data: Index, settings: Settings) -> dict[str, Term]:
    base = f"{settings.base_iri}source/"
    return {
        node.value.removeprefix(base): node
        for node in data.subjects(RDF_TYPE, _SOURCE)
        if isinstance(node, ox.NamedNode)
    }


def _place(data: Index, passage: Term, quote: ox.Literal) -> _Place:
    start, end = (_number(data, passage, term) for term in (_START, _END))
    return _Place(quote.value, start, end)


def _number(data: Index, passage: Term, term: ox.NamedNode) -> int | None:
    for value in data.objects(passage, term):
        if isinstance(value, ox.Literal) and re.fullmatch(r"\d+", value.value):
            return int(value.value)
    return None


def _digest_problems(data: Index, source: Term, text: str) -> Iterator[Problem]:
    """Compare the text with the SHA-256 that the data has of it."""
    actual = hashlib.sha256(text.encode()).hexdigest()
    stated = data.objects(source, _DIGEST)
    if [getattr(value, "value", "") for value in stated] == [actual]:
        return
    texts = {
        "it": f"Il testo dato non è quello da cui vengono i dati: il suo SHA-256 è {actual}.",
        "en": f"The text given is not the one the data was made from: its SHA-256 is {actual}.",
    }
    if not stated:
        texts = {
            "it": f'La fonte non dice l\'impronta del suo testo: reti:textDigest "{actual}".',
            "en": f'The source does not give the digest of its text: reti:textDigest "{actual}".',
        }
    yield Problem(
        "text-digest",
        Severity.VIOLATION if stated else Severity.WARNING,
        texts,
        focus=source,
        path=str(_DIGEST),
        value=next(iter(stated), None),
    )


def _misplaced(passage: Term, quote: ox.Literal, found: tuple[int, int] | None) -> Problem:
    if found is None:
        texts = {
            "it": "La citazione non si trova nel testo.",
            "en": "The quote is not in the text.",
        }
    else:
        start, end = found
        texts = {
            "it": f"La citazione sta altrove nel testo: reti:start {start}, reti:end {end}.",
            "en": f"The quote stands elsewhere in the text: reti:start {start}, reti:end {end}.",
        }
    return Problem(
        "quote",
        Severity.VIOLATION,
        texts,
        focus=passage,
        path=str(_QUOTE),
        value=quote,
    )
