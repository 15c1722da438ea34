"""When two answers of stores are the same: rows that tie in the order may change places."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reti_graph.gate import QueryForm, form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reti_graph.stores.port import Solutions, Store


def check_same(near: Store, far: Store, query: str) -> None:
    """Fail when two stores do not answer a query the same."""
    assert (query, *told(far, query)) == (query, *told(near, query))


def told(store: Store, query: str) -> tuple[object, object]:
    """Return what a store answers, whatever its order, and what of it the query puts in order."""
    kind = form(query)
    if kind is QueryForm.ASK:
        return store.ask(query), None
    if kind is not QueryForm.SELECT:
        return frozenset(map(str, store.construct(query))), None
    found = store.select(query)
    rows = Counter(frozenset(_texts(row).items()) for row in found.dicts())
    return (sorted(found.variables), rows), keys(found, query)


def keys(found: Solutions, query: str) -> list[tuple[str | None, ...]]:
    """Return, row by row, the variables that a query orders its rows by and gives."""
    _, order, tail = query.rpartition("ORDER BY")
    # What is ordered in a sub-select is not the answer.
    names = re.findall(r"[?$](\w+)", tail) if order and "}" not in tail else []
    given = [name for name in names if name in found.variables]
    return [tuple(_texts(row).get(name) for name in given) for row in found.dicts()]


def _texts(row: Mapping[str, object]) -> Mapping[str, str]:
    return {name: str(term) for name, term in row.items()}
