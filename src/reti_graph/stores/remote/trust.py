"""Which queries an engine is trusted to answer right, where it answers others wrong.

Virtuoso 7 gives wrong rows, or none, for much of SPARQL 1.1, and nothing in its answers tells. So
it is trusted with what it was seen to do right and with nothing else: simple queries (`simple`) in
which patterns share variables only where both sides bind them, and in which no values are compared
but IRIs and languages. docs/stores.md lists what it does wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.errors import QuerySyntaxError
from reti_graph.stores.remote.scopes import scope_of, scope_of_select
from reti_graph.stores.remote.simple import Ask, Construct, Describe, Select, is_variable
from reti_graph.stores.remote.simple_reading import read
from reti_graph.stores.remote.simple_tokens import NotSimpleError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_CHARACTERS: Final = 200_000
"""How long a trusted query may be: engines have limits to what they make of a text."""


def complicated(query: str) -> str | None:
    """Return the first feature of a query that such an engine is not trusted with; None to ask it.

    It is a few words, to stand after "it is not trusted with". The query must be one that
    pyoxigraph has parsed. What is not known to be answered right is not trusted.
    """
    if len(query) > MOST_CHARACTERS:
        return f"more than {MOST_CHARACTERS} characters"
    try:
        _check(query)
    except NotSimpleError as error:
        return str(error)
    except QuerySyntaxError:
        return "what cannot be read"
    return None


def _check(query: str) -> None:
    match read(query):
        case Select() as select:
            scope_of_select(select)
        case Construct(template, group):
            scope = scope_of(group)
            names = {term for each in template for term in (each.subject, each.predicate)}
            values = {each.object for each in template}
            _check_known(names, scope.iris)
            _check_known(values, scope.every)
        case Ask(group):
            scope_of(group)
        case Describe(columns, group) if group is not None:
            _check_known(columns, scope_of(group).every)


def _check_known(terms: Iterable[str], known: frozenset[str]) -> None:
    unknown = frozenset(filter(is_variable, terms)) - known
    if unknown:
        raise NotSimpleError(f"{min(unknown)}, which may be no IRI or nothing")
