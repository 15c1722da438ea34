"""What the sources of a dataset say of themselves that a catalogue tells of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.catalogue.splitting import source_names
from reti_graph.terms import DCTERMS, RETI, XSD_DATE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reti_graph.terms import Term

_EARLIEST: Final = RETI + "earliest"
_LATEST: Final = RETI + "latest"
_LANGUAGE: Final = DCTERMS + "language"
_LICENCE: Final = DCTERMS + "license"
_RIGHTS: Final = DCTERMS + "rights"
_DESCRIPTION: Final = DCTERMS + "description"
_TOLD: Final = frozenset({_EARLIEST, _LATEST, _LANGUAGE, _LICENCE, _RIGHTS, _DESCRIPTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What some sources say of themselves, taken together.

    `count` says of how many; `languages` are tags. Rights and descriptions are by language, the
    licence is an IRI: of more than one source they mean nothing. `earliest` and `latest` are days
    that the rules derive from the dates sources have (reti:earliest, reti:latest).
    """

    count: int
    languages: tuple[str, ...]
    earliest: ox.Literal | None
    latest: ox.Literal | None
    licence: str | None
    rights: Mapping[str, str]
    descriptions: Mapping[str, str]


def source_facts(quads: Sequence[ox.Quad], base: str) -> SourceFacts:
    """Return what the sources among some quads say of themselves."""
    sources = source_names(quads, base)
    said: dict[str, list[Term]] = defaultdict(list)
    for quad in quads:
        predicate = quad.predicate.value
        if (
            predicate in _TOLD
            and isinstance(quad.subject, ox.NamedNode)
            and quad.subject.value in sources
        ):
            said[predicate].append(quad.object)
    return SourceFacts(
        count=len(sources),
        languages=tuple(sorted({text.value for text in _literals(said[_LANGUAGE])})),
        earliest=min(_days(said[_EARLIEST]), key=_lexical, default=None),
        latest=max(_days(said[_LATEST]), key=_lexical, default=None),
        licence=_first_iri(said[_LICENCE]),
        rights=_by_language(said[_RIGHTS]),
        descriptions=_by_language(said[_DESCRIPTION]),
    )


def _literals(terms: Sequence[Term]) -> list[ox.Literal]:
    return [term for term in terms if isinstance(term, ox.Literal)]


def _days(terms: Sequence[Term]) -> list[ox.Literal]:
    return [day for day in _literals(terms) if day.datatype == XSD_DATE]


def _lexical(day: ox.Literal) -> str:
    """Days of one form, such as the rules write, follow one another like their texts."""
    return day.value


def _first_iri(terms: Sequence[Term]) -> str | None:
    return min((term.value for term in terms if isinstance(term, ox.NamedNode)), default=None)


def _by_language(terms: Sequence[Term]) -> Mapping[str, str]:
    """Return the texts by language; of several in one, the first in their order."""
    found = sorted(_literals(terms), key=str, reverse=True)
    return {text.language or "": text.value for text in found}
