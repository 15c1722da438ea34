"""The addresses of questions: each canned query, its text, and SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.language import choose
from reti_graph.web.answers import offers_for
from reti_graph.web.api.operations import operation
from reti_graph.web.api.parameters import (
    LANGUAGE,
    format_parameter,
    iri_list,
    iri_list_parameter,
    language_parameter,
    parameters_of,
    path_parameter,
    query_parameter,
)
from reti_graph.web.api.responses import contents, post_answers, query_answers, representation
from reti_graph.web.api.schemas import TEXT
from reti_graph.web.negotiation import GRAPH_FORMATS, TABLE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reti_graph.canned.query import CannedQuery
    from reti_graph.web.api.schemas import Json
    from reti_graph.web.publication import Served

SPARQL_FORMAT: Final = "sparql-query"
"""The custom format of a text that is a SPARQL query."""

_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_EXAMPLE: Final = "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
_ANY_FORMAT: Final = (*TABLE_FORMATS, *GRAPH_FORMATS)
_DEFAULT_GRAPHS: Final = "The graphs that are merged to be asked."
_NAMED_GRAPHS: Final = "The graphs that GRAPH finds."


def query_paths(served: Served) -> Iterator[tuple[str, Json]]:
    """Yield the addresses of questions, each with what it takes and gives."""
    for query in served.release.queries:
        yield f"/query/{query.name}", {"get": _canned(query, served)}
    names = [query.name for query in served.release.queries]
    if names:
        yield "/query/{name}.rq", {"get": _text(names)}
    yield "/sparql", {"get": _asked(served), "post": _posted(served)}


def _canned(query: CannedQuery, served: Served) -> Json:
    offers = offers_for(query.form)
    parameters = parameters_of(query, served.choices)
    if not any(param.name == "lang" for param in query.params):
        parameters.append(language_parameter(served.languages))
    failures = (400, 406, 303) if offers == TABLE_FORMATS else (400, 406)
    return operation(
        f"query-{query.name}",
        choose(query.summary, LANGUAGE),
        query_answers("The answer of the query.", contents(offers), failures),
        [*parameters, format_parameter(offers)],
        description=choose(query.description, LANGUAGE),
        tags=list(query.tags),
    )


def _text(names: list[str]) -> Json:
    schema = {"type": "string", "enum": names}
    return operation(
        "text-of-query",
        "The text of a canned query",
        representation("The text, with its header.", {_DIRECT: {"schema": TEXT}}, [404]),
        [path_parameter("name", schema, names[0], "The name of the query.")],
    )


def _asked(served: Served) -> Json:
    query = query_parameter("query", _sparql_text(), "Without it the service describes itself.")
    query["example"] = _EXAMPLE
    answers = query_answers(
        "The answer, or the description of the service.", contents(_ANY_FORMAT), (400, 403, 406)
    )
    return operation("sparql", "SPARQL 1.1", answers, [query, *_beside(served)])


def _posted(served: Served) -> Json:
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {
            "query": _sparql_text(),
            "default-graph-uri": {**iri_list(), "description": _DEFAULT_GRAPHS},
            "named-graph-uri": {**iri_list(), "description": _NAMED_GRAPHS},
        },
    }
    bodies = {
        _FORM: {"schema": form, "example": {"query": _EXAMPLE}},
        _DIRECT: {"schema": _sparql_text(), "example": _EXAMPLE},
    }
    answers = post_answers("The answer.", contents(_ANY_FORMAT), (400, 403, 406, 413, 415))
    body = {"required": True, "content": bodies}
    parameters = _beside(served)
    return operation("sparql-posted", "SPARQL 1.1", answers, parameters, requestBody=body)


def _beside(served: Served) -> list[Json]:
    """Return what goes beside a query in the address, also where the query is in the body."""
    return [
        iri_list_parameter("default-graph-uri", _DEFAULT_GRAPHS),
        iri_list_parameter("named-graph-uri", _NAMED_GRAPHS),
        format_parameter(_ANY_FORMAT),
        language_parameter(served.languages),
    ]


def _sparql_text() -> Json:
    return {
        "type": "string",
        "format": SPARQL_FORMAT,
        "description": "SELECT, ASK, CONSTRUCT or DESCRIBE.",
    }
