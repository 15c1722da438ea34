"""The simple queries of SPARQL 1.1, as values: a small part of its grammar, and nothing else.

They have basic patterns, OPTIONAL, UNION, GRAPH, VALUES, FILTER with a few tests, BIND of a term,
sub-selects, numbers of rows by group, order and limits. `simple_reading` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple pattern: terms as they are written, but for variables, which start with `?`."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Optional:
    """OPTIONAL and its group."""

    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    """Groups with UNION between them; one alone is a group in a group."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """GRAPH and its triple patterns."""

    name: str
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """VALUES: its variables, and those of them that only IRIs are given for."""

    variables: frozenset[str]
    iris: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bind:
    """BIND of a term, an IRI or a variable, to a new variable."""

    term: str
    variable: str


@dataclass(frozen=True, slots=True)
class Test:
    """A test of a FILTER: of which variables it wants the IRI, the language, or whether bound."""

    iris: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filter:
    """FILTER with tests that must all be true."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT: `columns` are empty for `*`, and `count` is what COUNT(*) is given back as."""

    columns: tuple[str, ...]
    count: str | None
    distinct: bool
    group: Group
    grouped_by: tuple[str, ...]
    ordered_by: tuple[str, ...]
    limit: int | None
    offset: int | None


Element: TypeAlias = Triple | Optional | Union | Graph | Values | Bind | Filter | Select


@dataclass(frozen=True, slots=True)
class Group:
    """A group of patterns, in order."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Construct:
    """A CONSTRUCT: the template, and what it is filled in from."""

    template: tuple[Triple, ...]
    group: Group


@dataclass(frozen=True, slots=True)
class Ask:
    """An ASK."""

    group: Group


@dataclass(frozen=True, slots=True)
class Describe:
    """A DESCRIBE of variables, or of IRIs, with no pattern then."""

    columns: tuple[str, ...]
    group: Group | None


Query: TypeAlias = Select | Construct | Ask | Describe


def is_variable(term: str) -> bool:
    """Tell a variable from other terms."""
    return term.startswith("?")
