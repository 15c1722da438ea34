"""Answers as OpenAPI describes them (OpenAPI 3.1, 4.8.17): what comes, and what goes wrong."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.web.api.schemas import TEXT, referred, schema_of
from reti_graph.web.negotiation import HTML_TYPE
from reti_graph.web.responses import PROBLEM

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reti_graph.formats import Format
    from reti_graph.web.api.schemas import Json

_WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        303: "The document is elsewhere; Location says where.",
        304: "What the client has is still right.",
        400: "A parameter or the query is wrong; `detail` says which, `hint` what it takes.",
        403: "This is not answered here; `detail` says why.",
        404: "There is no such thing, page or query.",
        406: "The format cannot be had; `hint` lists those that can.",
        408: "The request did not come in time.",
        410: "What had this name was withdrawn.",
        412: "A condition of the request does not hold.",
        413: "The query is too large.",
        414: "The address is too long.",
        415: "The query is of another content type.",
        416: "None of the bytes asked for are in the file.",
        429: "This client has used its query time; Retry-After says when to ask again.",
        431: "The headers are too large.",
        500: "The server failed; it has been logged.",
        502: "The query could not be finished, as a rule for want of memory.",
        503: "Too many queries wait, or nothing is ready yet; Retry-After says when to ask again.",
        504: "The query took longer than it may.",
    }
)
_SEE_OTHER: Final = 303
_BEYOND: Final = 416
_PARTS: Final = "multipart/byteranges"
_WITHOUT_BODY: Final = frozenset({_SEE_OTHER, 304, 412})
_WITH_RETRY: Final = frozenset({429, 503})
# What any address can answer, whatever it is asked.
_ANYWHERE: Final = (408, 414, 431, 500, 503)
_CONDITIONAL: Final = (304, 412)
_OF_QUERIES: Final = (429, 502, 504)
_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Cache-Control": "How long the answer may be kept without asking.",
        "Content-Language": "The language of a page.",
        "Content-Location": "The address of this very representation.",
        "ETag": "The entity tag, for If-None-Match and If-Match.",
        "Last-Modified": "When the site last changed, for If-Modified-Since.",
        "Link": "What the document is about, its licence, and its other formats.",
        "Vary": "The headers of the request that decided about the answer.",
        "X-Request-Id": "The name of the request in the log.",
    }
)
_REPRESENTATION: Final = frozenset({"Cache-Control", "ETag", "Last-Modified"})


def contents(offers: Iterable[Format], *, page: bool = True) -> Json:
    """Return the bodies of an address that has these formats, and HTML where it has a page."""
    found: Json = {target.media_type: {"schema": schema_of(target)} for target in offers}
    return found | ({HTML_TYPE: {"schema": TEXT}} if page else {})


def representation(
    description: str, content: Mapping[str, object], failures: Iterable[int] = ()
) -> Json:
    """Return the answers of an address that has a representation, with tag and date."""
    good = _good(description, content, _REPRESENTATION)
    return {"200": good, **_references((*failures, *_CONDITIONAL))}


def file_answers(
    description: str, content: Mapping[str, object], failures: Iterable[int] = ()
) -> Json:
    """Return the answers of an address that has a file, whole or some of its bytes."""
    kinds = {**content, _PARTS: {"schema": TEXT}}
    part = _good("The bytes that were asked for.", kinds, _REPRESENTATION)
    return {**representation(description, content, (*failures, _BEYOND)), "206": part}


def query_answers(
    description: str, content: Mapping[str, object], failures: Iterable[int] = ()
) -> Json:
    """Return the answers of an address that runs a query, which may be answered anew each time."""
    good = _good(description, content, {"Cache-Control"})
    return {"200": good, **_references((*failures, *_CONDITIONAL, *_OF_QUERIES))}


def post_answers(
    description: str, content: Mapping[str, object], failures: Iterable[int] = ()
) -> Json:
    """Return the answers of an address that takes a query by POST: there are no conditions."""
    good = _good(description, content, {"Cache-Control"})
    return {"200": good, **_references((*failures, *_OF_QUERIES))}


def redirection(failures: Iterable[int] = ()) -> Json:
    """Return the answers of an address that leads to another."""
    return _references((_SEE_OTHER, *failures))


def health_answers() -> Json:
    """Return the answers of the address that tells whether all is well."""
    state = {"application/json": {"schema": referred("Health")}}
    good = _good("A worker can answer.", state, {"Cache-Control"})
    bad: Json = {"description": "No worker can, or nothing is published yet."}
    bad["headers"] = _retry()
    bad["content"] = state | _problem()
    return {"200": good, **_references(()), "503": bad}


def components() -> Json:
    """Return the answers that are the same everywhere, by name."""
    return {f"Status{status}": _response(status) for status in _WORDS}


def _good(description: str, content: Mapping[str, object], surely: Iterable[str]) -> Json:
    return {"description": description, "content": dict(content), "headers": _headers(surely)}


def _references(statuses: Iterable[int]) -> Json:
    every = sorted({*statuses, *_ANYWHERE})
    return {str(status): {"$ref": f"#/components/responses/Status{status}"} for status in every}


def _response(status: int) -> Json:
    found: Json = {"description": _WORDS[status]}
    if status == _SEE_OTHER:
        found["headers"] = {"Location": {"required": True, "schema": TEXT}}
    if status in _WITH_RETRY:
        found["headers"] = _retry()
    if status not in _WITHOUT_BODY:
        found["content"] = _problem()
    return found


def _problem() -> Json:
    return {PROBLEM: {"schema": referred("Problem")}, HTML_TYPE: {"schema": TEXT}}


def _retry() -> Json:
    seconds = {"type": "integer", "minimum": 1}
    return {"Retry-After": {"description": "In seconds.", "required": True, "schema": seconds}}


def _headers(surely: Iterable[str]) -> Json:
    required = frozenset(surely)
    return {
        name: {"description": words, "required": name in required, "schema": TEXT}
        for name, words in _HEADERS.items()
    }
