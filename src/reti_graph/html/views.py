"""What each page shows, as values; `pages` turns them into text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reti_graph.html.cells import Cell, Reader


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same content in another format, and its address."""

    name: str
    media_type: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page; `path` and `query` are the page's own address.

    `data` is a JSON-LD document about what the page shows.
    """

    reader: Reader
    site_title: str
    languages: tuple[str, ...]
    publisher: str
    licence: str
    licence_name: str
    digest: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    alternates: tuple[Alternate, ...] = ()
    data: Mapping[str, object] | None = None

    def in_language(self, language: str) -> str:
        """Return the address of this page in another language."""
        kept = [(name, value) for name, value in self.query if name != "lang"]
        return f"{self.path}?{urlencode([*kept, ('lang', language)])}"


@dataclass(frozen=True, slots=True)
class Dating:
    """The date of a source: the days it is of, or between, and a word before them if need be."""

    word: str
    days: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What says something: words of a source, a list or a record, and whose they are.

    `kind` tells which of the three, as one of the `kind_` words; of a list there may be known how
    complete it is and what it covers.
    """

    words: Cell
    passage: Cell
    kind: str = "words"
    source: Cell | None = None
    section: Cell | None = None
    date: Dating | None = None
    completeness: Cell | None = None
    covers: Cell | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property, or one subject that has it.

    `anchor` is set where the value is a part of the document that is shown nowhere else.
    """

    cell: Cell
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Values of a property that the same passages say, with those once for all."""

    values: tuple[Value, ...]
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one property."""

    predicate: Cell
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a document's own graph says of one subject; there are no other quotes to show."""

    subject: Cell
    anchor: str | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of what points at a thing is shown: `first` to `last` of `total` statements.

    `counts` says how many there are of each property.
    """

    first: int
    last: int
    total: int
    counts: tuple[tuple[Cell, Cell], ...] = ()
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The page of one thing; `quote` is set when the thing is a passage.

    With `cut` there are more contents than a page has room for.
    """

    iri: str
    title: Cell
    names: tuple[Cell, ...] = ()
    types: tuple[Cell, ...] = ()
    quote: Quote | None = None
    outgoing: tuple[Group, ...] = ()
    incoming: tuple[Group, ...] = ()
    contents: tuple[Entry, ...] = ()
    paging: Paging | None = None
    cut: bool = False

    @property
    def quoted(self) -> bool:
        """True when some statement has a passage of a source beside it."""
        groups = (*self.outgoing, *self.incoming)
        return any(row.quotes for group in groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """A network on the home page: its name, and its kind, scope and the like."""

    name: Cell
    classes: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryLink:
    """A canned query on the home page."""

    name: Cell


@dataclass(frozen=True, slots=True)
class Fact:
    """A number about the dataset; `name` is one of the `count_` words."""

    name: str
    value: Cell


@dataclass(frozen=True, slots=True)
class Home:
    """The home page."""

    description: str
    networks: tuple[NetworkCard, ...]
    queries: tuple[QueryLink, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of results; `count` is how many there are, of which `rows` may be only the first."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count_text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with what was asked, said on the page where it can be mended."""

    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterField:
    """One parameter of a query as a field of its form; `values` are the choices of an enum.

    With `blank` no value is a choice too. `choices` are things that may be meant, each with what
    stands for it in the address.
    """

    name: str
    label: Cell
    value: str
    optional: bool
    example: str
    blank: bool = False
    values: tuple[str, ...] = ()
    input: str | None = None
    choices: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryView:
    """The page of one canned query, before or after it ran."""

    name: str
    path: str
    href: str
    summary: Cell
    description: Cell
    text: str
    parameters: tuple[ParameterField, ...] = ()
    table: Table | None = None
    error: Fault | None = None
    carry_language: bool = False
    sparql: str | None = None


@dataclass(frozen=True, slots=True)
class SparqlView:
    """The SPARQL page: a text, and what came of it; `graphs` name the dataset it is asked of."""

    text: str
    table: Table | None = None
    error: Fault | None = None
    graphs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A page that says why there is no other; `links` are what may have been meant."""

    heading: str
    detail: str
    hint: str | None = None
    links_heading: str = ""
    links: tuple[Cell, ...] = ()
