"""Rows that need no table, because their property and the form of their value say it all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tools.import_facts.record_tables import DATE, FoundingSays, IriSays, SeatSays, TextSays

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.import_facts.record_tables import Statement

_PLACE: Final = r"https://sws\.geonames\.org/([1-9]\d*)/"


class Match(NamedTuple):
    """What a rule works on: the thing, the part of the value that counts, whether it is sure."""

    thing: str
    value: str
    sure: bool


class Rule(NamedTuple):
    """How a property is read: the form its values have, in words too, and what they say.

    The slug of the passage is that of the thing and `ending`. Rows that are not sure are left
    out, unless the rule can say so (`unsure`). The GeoNames id of a place stands for its city.
    """

    form: re.Pattern[str]
    expected: str
    ending: str
    says: Callable[[Match], Statement]
    unsure: bool = False
    of_place: bool = False


def _same(iri: str) -> Callable[[Match], Statement]:
    def says(match: Match) -> Statement:
        relation = "owl:sameAs" if match.sure else "skos:closeMatch"
        return IriSays(match.thing, relation, iri.format(match.value))

    return says


def _founding(match: Match) -> Statement:
    return FoundingSays(date=match.value)


def _seat(match: Match) -> Statement:
    return SeatSays(match.value)


def _isni(match: Match) -> Statement:
    return TextSays(match.thing, "reti:isni", match.value.replace(" ", ""))


_FOUNDED: Final = Rule(re.compile(f"({DATE})"), "a year, month or day", "founding", _founding)

# The Council of the European Union is taken for the Council of Europe too easily.
_BODY: Final = r"http://publications\.europa\.eu/resource/authority/corporate-body/(?!CONSIL$)(\w+)"

RULES: Final[Mapping[str, Rule]] = {
    "ROR": Rule(
        re.compile(r"https://ror\.org/(0[0-9a-z]{6}\d\d)"), "an IRI of ROR", "ror", _same("ror:{}")
    ),
    "Wikidata": Rule(
        re.compile(r"http://www\.wikidata\.org/entity/(Q[1-9]\d*)"),
        "an IRI of Wikidata",
        "wikidata",
        _same("wikidata:{}"),
        unsure=True,
    ),
    "EU authority IRI": Rule(
        re.compile(_BODY),
        "an IRI of the EU's corporate bodies, other than CONSIL",
        "eu-authority",
        _same("<http://publications.europa.eu/resource/authority/corporate-body/{}>"),
    ),
    "ISNI": Rule(
        re.compile(r"((?:\d{4} ){3}\d{3}[\dX])"), "four groups of four digits", "isni", _isni
    ),
    "inception": _FOUNDED,
    "inception (year)": _FOUNDED,
    "headquarters location (GeoNames)": Rule(
        re.compile(_PLACE), "an IRI of GeoNames", "seat", _seat, of_place=True
    ),
    "headquarters": Rule(
        re.compile(rf"[^()]+ \({_PLACE}\)"),
        "a city and its IRI of GeoNames",
        "seat",
        _seat,
        of_place=True,
    ),
}
