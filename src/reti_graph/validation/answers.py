"""Canned queries tried on the site's own data: each must have an answer."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from reti_graph.canned.run import run
from reti_graph.errors import CallError
from reti_graph.problems import Location, Problem
from reti_graph.sources.findings import finding
from reti_graph.stores.port import Solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reti_graph.canned.query import CannedQuery
    from reti_graph.config import Settings
    from reti_graph.stores.port import Store


def answer_problems(
    queries: Iterable[CannedQuery], store: Store, settings: Settings
) -> Iterator[Problem]:
    """Yield a problem for each query that fails or finds nothing.

    A query is asked with all its examples, and with only the values it cannot do without. A word
    of several, such as a language, is always taken from the example. Queries are asked beside one
    another: the engine leaves Python alone while it works.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda query: _problem_of(query, store, settings), queries)
        yield from filter(None, found)


def _problem_of(query: CannedQuery, store: Store, settings: Settings) -> Problem | None:
    examples = {param.name: param.example for param in query.params}
    needed = {p.name: p.example for p in query.params if p.required or p.type == "enum"}
    tried = (examples, needed) if needed != examples else (examples,)
    found = (_try(query, store, settings, values) for values in tried)
    return next(filter(None, found), None)


def _try(
    query: CannedQuery, store: Store, settings: Settings, values: Mapping[str, str]
) -> Problem | None:
    given = ", ".join(f"{name}={value}" for name, value in values.items())
    try:
        answer = run(store, query, values, settings)
    except CallError as error:
        reason = f"{error.message} {error.hint or ''}".strip()
        return _problem(query, f"con {given}: {reason}", f"with {given}: {reason}")
    rows = answer.rows if isinstance(answer, Solutions) else answer
    if rows is False or rows:
        return None
    found_it, found_en = "non trova nulla nei dati", "it finds nothing in the data"
    if not given:
        return _problem(query, found_it, found_en)
    return _problem(query, f"con {given} {found_it}", f"with {given} {found_en}")


def _problem(query: CannedQuery, it: str, en: str) -> Problem:
    return finding(
        "query-answer",
        Location(query.file, 1),
        it=f"La domanda {query.name} non va: {it}.".replace("..", "."),
        en=f"The query {query.name} will not do: {en}.".replace("..", "."),
    )
