"""The values of a query's parameters: from what somebody wrote to RDF terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import pyoxigraph as ox

from reti_graph.binding import valid_lexical
from reti_graph.errors import ParameterError, UnknownNameError, did_you_mean
from reti_graph.naming import SCHEMES, expand, named_node, nearest
from reti_graph.terms import XSD_DATE, XSD_INTEGER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reti_graph.canned.query import CannedQuery, Param
    from reti_graph.config import Settings
    from reti_graph.stores.port import Store

_Value: TypeAlias = ox.NamedNode | ox.Literal
# From a slug's possible IRIs, one for each kind of thing, to the one that is meant.
_Choose: TypeAlias = "Callable[[Param, str, Sequence[ox.NamedNode]], ox.NamedNode]"

_SLUG: Final = re.compile(r"[\w.~-]+")
_DATATYPES: Final[Mapping[str, ox.NamedNode]] = {"integer": XSD_INTEGER, "date": XSD_DATE}
_WANTED: Final[Mapping[str, str]] = {
    "iri": "an IRI, a prefixed name or a slug",
    "string": "a text",
    "integer": "a whole number",
    "date": "a day written year-month-day",
    "enum": "one of the values listed",
}


class Things(Protocol):
    """Where the things are that parameters may be."""

    def has(self, node: ox.NamedNode) -> bool:
        """Tell whether anything is said of a thing, or with it."""
        ...

    def slugs(self, space: str) -> Sequence[str]:
        """Return the last parts of the IRIs that start so, to find one like another."""
        ...


class StoredThings:
    """The things in a store, looked up each time."""

    def __init__(self, store: Store) -> None:
        """Look into a store."""
        self._store = store

    def has(self, node: ox.NamedNode) -> bool:
        """See `Things.has`."""
        return self._store.ask(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} }}")

    def slugs(self, space: str) -> Sequence[str]:
        """See `Things.slugs`."""
        return _slugs(space, self._store)


def arguments(
    query: CannedQuery, raw: Mapping[str, str], settings: Settings, things: Things
) -> dict[str, _Value]:
    """Return the term for each parameter that has a value; an empty text is no value.

    An `iri` is given whole, as a prefixed name, or as a slug: then the first of the parameter's
    kinds of which there is such a thing is meant. Raises UnknownNameError for a name that is no
    parameter of the query, ParameterError for a value that is missing, of the wrong type, or an
    IRI of which nothing is known, where the parameter says what kind of thing it is.
    """
    params = {param.name: param for param in query.params}
    for name in raw:
        if name not in params:
            takes = f"{query.name} takes {', '.join(params) or 'no parameters'}."
            raise UnknownNameError("parameter", name, nearest(name, params), hint=takes)

    def known(param: Param, text: str, found: Sequence[ox.NamedNode]) -> ox.NamedNode:
        return _first_known(param, text, found, settings, things)

    given = {name: raw.get(name) or param.default for name, param in params.items()}
    for name, param in params.items():
        if given[name] is None and param.required:
            raise _error(param, "needs a value")
    return {
        name: term(params[name], text, settings, known)
        for name, text in given.items()
        if text is not None
    }


def term(param: Param, text: str, settings: Settings, choose: _Choose) -> _Value:
    """Return the term that a text means for a parameter; `choose` picks among IRIs of a slug.

    Raises ParameterError when the text is none of the parameter's type.
    """
    if re.search(r"[\x00\ud800-\udfff]", text):
        raise _error(param, "has a value that is no text")
    if param.type == "iri":
        return _iri(param, text.strip(), settings, choose)
    if param.type == "string":
        return ox.Literal(text)
    if param.type == "enum":
        if text not in param.values:
            raise _error(param, f'cannot be "{text}"', nearest(text, param.values))
        return ox.Literal(text)
    datatype = _DATATYPES[param.type]
    if not valid_lexical(text.strip(), datatype.value):
        raise _error(param, f'cannot be "{text}"')
    return ox.Literal(text.strip(), datatype=datatype)


def first_kind(
    param: Param,  # noqa: ARG001 - all choosers take the same
    text: str,  # noqa: ARG001
    found: Sequence[ox.NamedNode],
) -> ox.NamedNode:
    """Choose the thing of the first kind, where there is no store to look into."""
    return found[0]


def _iri(param: Param, text: str, settings: Settings, choose: _Choose) -> ox.NamedNode:
    if text.partition(":")[0].lower() in SCHEMES or ":" in text:
        whole = text if text.partition(":")[0].lower() in SCHEMES else None
        node = named_node(whole or expand(text, settings.prefixes) or "")
        if node is None:
            prefixes = nearest(text.partition(":")[0], settings.prefixes)
            raise _error(param, f'cannot be "{text}"', [f"{name}:" for name in prefixes])
        return choose(param, text, [node]) if param.kinds else node
    found = [] if not _SLUG.fullmatch(text) else _candidates(param, text, settings)
    if not found:
        raise _error(param, f'cannot be "{text}"')
    return choose(param, text, found)


def _candidates(param: Param, slug: str, settings: Settings) -> list[ox.NamedNode]:
    spaces = [namespace(kind, settings) for kind in param.kinds]
    return [node for node in (named_node(space + slug) for space in spaces) if node is not None]


def namespace(kind: str, settings: Settings) -> str:
    """Return what the IRIs of a kind of things start with: the namespace of that prefix."""
    return settings.prefixes.get(kind, f"{settings.base_iri}id/{kind}/")


def _first_known(
    param: Param, text: str, found: Sequence[ox.NamedNode], settings: Settings, things: Things
) -> ox.NamedNode:
    for node in found:
        if things.has(node):
            return node
    spaces = (namespace(kind, settings) for kind in param.kinds)
    slugs = {slug for space in spaces for slug in things.slugs(space)}
    kinds = " or ".join(param.kinds)
    wanted = re.split(r"[:/#]", text)[-1]
    raise _error(param, f'cannot be "{text}": there is no such {kinds}', nearest(wanted, slugs))


def _slugs(space: str, store: Store) -> list[str]:
    """Return the slugs of all things whose IRIs start so."""
    found = store.select(
        f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), {ox.Literal(space)})) }}"
    )
    things = (row[0] for row in found.rows)
    slugs = (str(thing.value)[len(space) :] for thing in things if isinstance(thing, ox.NamedNode))
    return [slug for slug in slugs if _SLUG.fullmatch(slug)]


def _error(param: Param, reason: str, close: Sequence[str] = ()) -> ParameterError:
    """Name the parameter, what it wants, what is near and an example."""
    wanted = ", ".join(param.values) if param.type == "enum" else _WANTED[param.type]
    hints = (did_you_mean(close), f"For example {param.name}={param.example}.")
    return ParameterError(
        f'The parameter "{param.name}" ({param.type}: {wanted}) {reason}.',
        parameter=param.name,
        hint=" ".join(hint for hint in hints if hint),
    )
