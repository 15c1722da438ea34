"""What an import writes: sources, and the passages of each with what they say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Words, as the shapes have it.
LONGEST_QUOTE: Final = 25


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Italian and in English."""

    it: str
    en: str


class Kind(Enum):
    """What the quote of a passage is: words of a text, the title of a list, a record."""

    WORDS = "words"
    LIST = "list"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Source:
    """A list, page or register as it was published; dates are written as XSD has them.

    A source has one date: the one it was issued, the day it was seen, or limits, of which the
    earlier may be unknown.
    """

    slug: str
    title: Words
    languages: tuple[str, ...]
    rights: Words
    pages: tuple[str, ...] = ()
    issued: str | None = None
    seen_on: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    publisher: str | None = None
    description: Words | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a source; `says` holds, by subject, Turtle's predicates and objects.

    Subjects and what is said of them use the prefixes of `reti.toml`, or IRIs in <>:
    `{"city:milan": ("a reti:City", 'rdfs:label "Milan"@en')}`.
    """

    source: str
    slug: str
    quote: str
    language: str
    says: Mapping[str, tuple[str, ...]]
    kind: Kind = Kind.WORDS
    covers: Words | None = None
    completeness: str | None = None
    read_with: tuple[str, ...] = ()
