"""Reading all canned queries of a site, and checking each against itself.

The parameters a header declares are the `$name`s its text uses; examples and defaults are of the
parameter's type; and the text is SPARQL with the values of the examples in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.binding import bind, parameters
from reti_graph.canned.header import Header, HeaderText, read_header
from reti_graph.canned.parameters import first_kind, term
from reti_graph.canned.query import CannedQuery, Param
from reti_graph.errors import ParameterError, PositionError, did_you_mean
from reti_graph.formats import JSON, N_TRIPLES
from reti_graph.gate import QueryForm
from reti_graph.lexer import tokens
from reti_graph.naming import nearest
from reti_graph.problems import Location, Problem
from reti_graph.sources.findings import finding
from reti_graph.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reti_graph.config import Settings
    from reti_graph.sources.site import TextFile


def read_queries(
    files: Iterable[TextFile], settings: Settings
) -> tuple[tuple[CannedQuery, ...], tuple[Problem, ...]]:
    """Return the queries that can be used, by name, and what is wrong with the others."""
    queries: list[CannedQuery] = []
    problems: list[Problem] = []
    names: dict[str, str] = {}
    for file in files:
        query, found = _read(file, settings)
        first = names.setdefault(file.stem.casefold(), file.name)
        if first != file.name:
            found = (*found, _same_name(file, first))
        problems += found
        if query is not None and not found:
            queries.append(query)
    return tuple(sorted(queries, key=lambda query: query.name)), tuple(problems)


def _read(file: TextFile, settings: Settings) -> tuple[CannedQuery | None, tuple[Problem, ...]]:
    header, text, problems = read_header(file, Header, settings.languages)
    if header is None:
        return None, problems
    query = CannedQuery(file.stem, header, file.text, file.name)
    try:
        found = (*_name_problems(query, text), *_value_problems(query, text, settings))
        if not found:
            _try(query, settings)
    except PositionError as error:
        return None, (_not_sparql(query, error),)
    return query, found


def _name_problems(query: CannedQuery, header: HeaderText) -> Iterator[Problem]:
    """Yield parameters declared and not used, and used and not declared."""
    used = parameters(query.body)
    declared = {param.name for param in query.params}
    for name in sorted(declared - used):
        yield finding(
            "query-parameter",
            header.place(("params", name)),
            it=f"Il parametro {name} è dichiarato ma nel testo non c'è ${name}.",
            en=f"The parameter {name} is declared, but there is no ${name} in the text.",
        )
    unknown = set(used - declared)
    for token in tokens(query.body) if unknown else ():
        name = token.text[1:]
        if token.text == f"${name}" and token.kind == "variable" and name in unknown:
            unknown.remove(name)
            close = nearest(name, {param.name for param in query.params}, count=1)
            yield finding(
                "query-parameter",
                Location(query.file, token.line, token.column),
                it=f"Il parametro ${name} non è dichiarato nell'intestazione.",
                en=f"The parameter ${name} is not declared in the header.",
                hint=did_you_mean([f"${each}" for each in close]),
            )


def _value_problems(
    query: CannedQuery, header: HeaderText, settings: Settings
) -> Iterator[Problem]:
    for param in query.params:
        place = ("params", param.name)
        for key, text in (("example", param.example), ("default", param.default)):
            try:
                if text is not None:
                    term(param, text, settings, first_kind)
            except ParameterError as error:
                yield finding(
                    "query-parameter",
                    header.place((*place, key)),
                    it=f'{param.name}: "{text}" non è un valore di tipo {param.type}.',
                    en=f'{param.name}: "{text}" is not a value of type {param.type}.',
                    hint=error.hint,
                )
        for it, en in _contradictions(param, settings):
            yield finding(
                "query-parameter",
                header.place(place),
                it=f"{param.name}: {it}.",
                en=f"{param.name}: {en}.",
            )


def _contradictions(param: Param, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield, in both languages, keys that say nothing for this type or against one another."""
    if param.optional and param.default is not None:
        yield "con un valore predefinito non è optional", "with a default it is not optional"
    if (param.type == "enum") != bool(param.values):
        yield "values è di un enum, che ne ha almeno uno", "an enum has values, and nothing else"
    if param.kinds and param.type != "iri":
        yield "kinds è solo di un iri", "only an iri has kinds"
    for kind in param.kinds:
        if kind not in settings.prefixes:
            yield f"{kind} non è un prefisso del sito", f"{kind} is not a prefix of the site"


def _try(query: CannedQuery, settings: Settings) -> None:
    """Ask an empty store, with all examples and with the values a call must give."""
    store = EmbeddedStore.of((), settings.prefixes)
    rows = query.form in {QueryForm.SELECT, QueryForm.ASK}
    given = [param for param in query.params if not param.optional]
    for chosen in (query.params, given) if len(given) < len(query.params) else (query.params,):
        values = {each.name: term(each, each.example, settings, first_kind) for each in chosen}
        store.answer(bind(query.body, values), JSON if rows else N_TRIPLES)


def _not_sparql(query: CannedQuery, error: PositionError) -> Problem:
    lines = query.text.split("\n")
    # A value moves what stands after it on its line.
    exact = error.line is not None and "$" not in lines[error.line - 1]
    return finding(
        "query-syntax",
        Location(query.file, error.line, error.column if exact else None),
        it=f"Con i valori degli esempi non è SPARQL: {error.message}",
        en=f"With the values of the examples it is not SPARQL: {error.message}",
        hint=error.hint,
    )


def _same_name(file: TextFile, first: str) -> Problem:
    return finding(
        "duplicate-query",
        Location(file.name),
        it=f"Anche {first} si chiama {file.stem}.",
        en=f"{first} is called {file.stem} too.",
    )
