"""What schemathesis has to be told of this server: loaded by its command, not by the tests."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import strategies as st

if TYPE_CHECKING:
    from schemathesis.core.failures import Failure

QUERIES = (
    "ASK { ?s ?p ?o }",
    "SELECT ?thing WHERE { ?thing a reti:Network } ORDER BY ?thing LIMIT 5",
    "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?passage { ?s ?p ?o } }",
    "CONSTRUCT { ?s a ?class } WHERE { ?s a ?class } LIMIT 5",
    "DESCRIBE network:eurocities",
)

# The format of SPARQL texts in the description of the server: no other tool knows it.
schemathesis.openapi.format("sparql-query", st.sampled_from(QUERIES))


@schemathesis.serializer("application/sparql-query")
def as_text(_context: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a body of this type as it is; what is no text, as the text it would be in JSON."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def filter_failure(
    _context: schemathesis.HookContext,
    failure: Failure,
    case: schemathesis.Case[Any],
    response: schemathesis.Response,
) -> bool:
    """Take one refusal as right: graphs to be asked, and no query to ask of them.

    OpenAPI 3.1 has no way to say that a parameter needs another one. Only that this was refused
    is taken so, and only if the server says that the query is what it misses.
    """
    return not (
        isinstance(failure, schemathesis.openapi.checks.RejectedPositiveData)
        and case.operation.label == "GET /sparql"
        and "query" not in case.query
        and {"default-graph-uri", "named-graph-uri"} & set(case.query)
        and response.status_code == HTTPStatus.BAD_REQUEST
        and response.json()["parameter"] == "query"
    )
