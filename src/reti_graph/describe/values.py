"""A description and its parts, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reti_graph.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

    from reti_graph.terms import Term


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of what points at a thing is wanted: pages count from 1.

    Raises ParameterError for a number or a size below 1.
    """

    number: int = 1
    size: int = 100

    def __post_init__(self) -> None:
        """Refuse what is no page."""
        if self.number < 1 or self.size < 1:
            raise ParameterError(
                f"There is no page {self.number} of {self.size} statements.",
                parameter="page",
                hint="Pages count from 1.",
            )

    @property
    def start(self) -> int:
        """How many statements come before this page."""
        return (self.number - 1) * self.size

    def pages(self, total: int) -> int:
        """Return how many pages of this size so many statements fill: at least one."""
        return max(1, -(-total // self.size))


class PassageKind(StrEnum):
    """What a passage is: words of a text, a whole list, or an entry of a register."""

    WORDS = "words"
    LIST = "list"
    RECORD = "record"


class Dated(StrEnum):
    """What the date of a source means."""

    ISSUED = "issued"
    SEEN = "seen"
    BETWEEN = "between"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"


@dataclass(frozen=True, slots=True)
class SourceDate:
    """The date of a source as it is written there: one day, month or year, or two as limits."""

    how: Dated
    days: tuple[ox.Literal, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What a source has that says something: its words, and where they stand in it.

    The quote of a list is the title it goes by; it also tells what it covers, by language, and
    how completely. `date` is the source's.
    """

    iri: ox.NamedNode
    quote: ox.Literal
    source: ox.NamedNode
    source_titles: Mapping[str, str]
    section: str | None = None
    position: int | None = None
    kind: PassageKind = PassageKind.WORDS
    date: SourceDate | None = None
    completeness: ox.NamedNode | None = None
    covers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple, the named graphs it stands in, and those of them that are passages."""

    subject: Term
    predicate: ox.NamedNode
    object: Term
    graphs: tuple[ox.NamedNode, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """All that is known of a thing, or all but what points at it from other pages.

    `contents` is what the graph of its name says of other things, where it is such a graph: for
    a passage, what its words say. `labels` holds the labels, by language, of every thing named.
    `incoming` are the statements of one page of `pages`, by property, those of few statements
    first, and then by subject;
    `incoming_total` and, by property, `incoming_counts` tell how many there are on all.
    """

    iri: ox.NamedNode
    outgoing: tuple[Statement, ...]
    incoming: tuple[Statement, ...]
    contents: tuple[Statement, ...]
    labels: Mapping[ox.NamedNode, Mapping[str, str]]
    incoming_total: int = 0
    incoming_counts: Mapping[ox.NamedNode, int] = field(default_factory=dict)
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class QuadDescription:
    """A description as quads, for RDF formats, and how much points at the thing on all pages."""

    quads: tuple[ox.Quad, ...]
    incoming_total: int
    pages: int
