"""The query operation of the SPARQL 1.1 Protocol (2.1): from a request to what it asks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException

from reti_graph.errors import ParameterError, RefusedError
from reti_graph.naming import named_node
from reti_graph.stores.port import Dataset
from reti_graph.web.context import MOST_PARAMETERS, header, served

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
# A character of the query takes up to three in a form; the dataset has its part, too.
_ESCAPED: Final = 3
_BESIDE_THE_QUERY: Final = 8_192


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked: a query, None where there is none, and the dataset it is asked of."""

    query: str | None
    dataset: Dataset | None = None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The operation as parameters of a GET."""
        found = [("query", self.query or "")]
        if self.dataset is not None:
            found += [("default-graph-uri", iri) for iri in self.dataset.default]
            found += [("named-graph-uri", iri) for iri in self.dataset.named]
        return found


async def operation(request: Request) -> Operation:
    """Return what a request asks.

    Raises RefusedError for an update, ParameterError for parameters that are wrong or given too
    often, HTTPException for a body that is of another type (415), too large (413) or too slow
    (408).
    """
    pairs = _pairs(request.scope["query_string"].decode("latin-1"))
    if request.method != "POST":
        return _operation(pairs, needed=False)
    kind = await _posted_type(request)
    body = _utf8(await _body(request))
    posted = _pairs(body) if kind == _FORM else [("query", body)]
    return _operation([*pairs, *posted], needed=True)


def _operation(pairs: Sequence[tuple[str, str]], *, needed: bool) -> Operation:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _no_updates()
    queries = values.get("query", [])
    if len(queries) > 1:
        raise ParameterError("There is more than one query.", parameter="query")
    dataset = _dataset(values)
    if not queries and (needed or dataset is not None):
        raise ParameterError('There is no parameter "query".', parameter="query")
    return Operation(queries[0] if queries else None, dataset)


def _dataset(values: dict[str, list[str]]) -> Dataset | None:
    graphs = {name: values.get(name, []) for name in ("default-graph-uri", "named-graph-uri")}
    for name, iris in graphs.items():
        for iri in iris:
            if named_node(iri) is None:
                raise ParameterError(
                    f'The parameter "{name}" cannot be "{iri}".',
                    parameter=name,
                    hint="It takes the http, https or urn IRI of a graph.",
                )
    default, named = (tuple(dict.fromkeys(iris)) for iris in graphs.values())
    return Dataset(default, named) if default or named else None


def _pairs(text: str) -> list[tuple[str, str]]:
    """Decode form parameters, once, as UTF-8 and nothing else."""
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except UnicodeDecodeError as error:
        raise ParameterError("The parameters are not UTF-8.") from error
    except ValueError as error:
        raise ParameterError(f"There are more than {MOST_PARAMETERS} parameters.") from error


async def _posted_type(request: Request) -> str:
    kind, _, parameters = (header(request, "content-type") or "").partition(";")
    kind = kind.strip().lower()
    if kind == _UPDATE:
        raise _no_updates()
    charset = parameters.lower().partition("charset=")[2].strip(' "')
    coded = header(request, "content-encoding") is not None
    if kind not in {_FORM, _QUERY} or charset not in {"", "utf-8"} or coded:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"A query is posted as {_FORM} or as {_QUERY}, in UTF-8 and without a content coding",
            {"Accept-Encoding": "identity"} if coded else None,
        )
    return kind


async def _body(request: Request) -> bytes:
    """Return the body, which must come whole within its size and its time."""
    limits = served(request).settings.limits
    largest = limits.query_bytes * _ESCAPED + _BESIDE_THE_QUERY
    declared = request.headers.get("content-length", "")
    _refuse_larger(int(declared) if declared.isdecimal() else 0, largest)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                body += chunk
                _refuse_larger(len(body), largest)
    except TimeoutError as error:
        raise HTTPException(
            HTTPStatus.REQUEST_TIMEOUT,
            f"The query did not come within {limits.body_seconds:g} seconds",
            {"Connection": "close"},
        ) from error
    return bytes(body)


def _refuse_larger(size: int, largest: int) -> None:
    if size > largest:
        raise HTTPException(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"More than {largest} bytes",
            {"Connection": "close"},
        )


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParameterError("The query is not UTF-8.") from error


def _no_updates() -> RefusedError:
    return RefusedError(
        "Updates are not answered: what is published changes only with a new release.",
        hint="Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.",
    )
