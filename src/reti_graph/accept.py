"""Content negotiation as pure functions (RFC 9110, 12.5.1, 12.5.3 and 12.5.4).

The server's order decides ties: whoever asks for nothing in particular gets the first offer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_ELEMENT = re.compile(rf"(?:[^,\"]|{_QUOTED})+")
_RANGE = re.compile(rf"\s*({_WORD})/({_WORD})\s*((?:;.*)?)", re.DOTALL)
_PARAMETERS = re.compile(rf"(?:\s*+;\s*+(?:{_WORD}=(?:{_WORD}|{_QUOTED}))?)*+\s*+")
_PARAMETER = re.compile(rf";\s*({_WORD})=({_WORD}|{_QUOTED})")
_LANGUAGE = re.compile(r"\s*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*((?:;.*)?)", re.DOTALL)
_CODING = re.compile(rf"\s*({_WORD})\s*((?:;.*)?)", re.DOTALL)
_QUALITY = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _MediaType:
    type: str
    subtype: str
    parameters: Mapping[str, str]

    def matches(self, offer: _MediaType) -> bool:
        """Tell whether the offer is in this range: all the range's parameters must agree."""
        return (
            self.type in {"*", offer.type}
            and self.subtype in {"*", offer.subtype}
            and self.parameters.items() <= offer.parameters.items()
        )

    @property
    def specificity(self) -> tuple[bool, bool, int]:
        """How narrow the range is: type, then subtype, then parameters."""
        return (self.type != "*", self.subtype != "*", len(self.parameters))


def negotiate(header: str | None, offers: Sequence[str]) -> str | None:
    """Return the offered media type that an Accept header likes best, or None when it takes none.

    `offers` are in the server's order. Of all ranges that fit an offer the narrowest one gives
    its weight. Malformed elements are passed over, and a header with no other element, or none
    at all, takes anything.
    """
    found = _ranges(header or "")
    ranges = sorted(found, key=lambda each: each[0].specificity, reverse=True)
    if not ranges:
        return next(iter(offers), None)

    def weight(offer: str) -> float:
        media_type = next((found for found, _ in _ranges(offer)), None)
        if media_type is None:
            return 0.0
        return next((q for wanted, q in ranges if wanted.matches(media_type)), 0.0)

    return _best(offers, weight)


def negotiate_language(header: str | None, offers: Sequence[str]) -> str:
    """Return the offered language that an Accept-Language header likes best (RFC 4647, 3.4).

    `offers` are in the server's order and not empty; the first is what everybody else gets, for
    a page in another language is better than none.
    """
    ranges = dict(_language_ranges(header or ""))

    def weight(offer: str) -> float:
        tag = offer.lower()
        # A wish for `it-CH` is served by `it`, one for `it` by `it-IT`, the nearest wish first.
        near = sorted(ranges, key=lambda wanted: (wanted != tag, -len(wanted)))
        fitting = (wanted for wanted in near if _related(wanted, tag))
        return ranges.get(next(fitting, "*"), 0.0)

    return _best(offers, weight) or offers[0]


def negotiate_coding(header: str | None, offers: Sequence[str]) -> str | None:
    """Return the offered content coding that an Accept-Encoding header likes best.

    `offers` are in the server's order. None, for no coding at all, where the header names none of
    them or prefers `identity`; a client that refuses even that gets it all the same, for a body
    it has to decode is better than none.
    """
    ranges = dict(_coding_ranges(header or ""))

    def weight(offer: str) -> float:
        return ranges.get(offer, ranges.get("*", 0.0))

    best = _best(offers, weight)
    plain = ranges.get("identity", 0.0)
    return best if best is not None and weight(best) >= plain else None


def _coding_ranges(header: str) -> Iterator[tuple[str, float]]:
    for element in header.split(","):
        match = _CODING.fullmatch(element)
        weighted = _weighted(match[2]) if match else None
        if match and weighted is not None:
            name = match[1].lower()
            # A recipient treats the old name as the new one (RFC 9110, 8.4.1.3).
            yield ("gzip" if name == "x-gzip" else name), weighted[1]


def _best(offers: Sequence[str], weight: Callable[[str], float]) -> str | None:
    # max() keeps the first of equals: the server's order.
    best = max(offers, key=weight, default=None)
    return best if best is not None and weight(best) > 0 else None


def _ranges(header: str) -> Iterator[tuple[_MediaType, float]]:
    for element in _ELEMENT.findall(header):
        match = _RANGE.fullmatch(element)
        if match is None or (match[1] == "*" and match[2] != "*"):
            continue
        weighted = _weighted(match[3])
        if weighted is not None:
            parameters, quality = weighted
            yield _MediaType(match[1].lower(), match[2].lower(), parameters), quality


def _language_ranges(header: str) -> Iterator[tuple[str, float]]:
    for element in header.split(","):
        match = _LANGUAGE.fullmatch(element)
        weighted = _weighted(match[2]) if match else None
        if match and weighted is not None:
            yield match[1].lower(), weighted[1]


def _weighted(text: str) -> tuple[Mapping[str, str], float] | None:
    """Split `;level=1;q=0.5` into parameters and weight; None when it is malformed.

    What follows the weight is an extension of Accept, no part of the media type. All that is
    offered is UTF-8, so asking for that asks for nothing more.
    """
    if not _PARAMETERS.fullmatch(text):
        return None
    parameters: dict[str, str] = {}
    for name, value in _PARAMETER.findall(text):
        if name.lower() == "q":
            return (parameters, float(value)) if _QUALITY.fullmatch(value) else None
        if (name.lower(), _unquoted(value).lower()) != ("charset", "utf-8"):
            parameters[name.lower()] = _unquoted(value)
    return parameters, 1.0


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
