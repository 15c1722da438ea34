"""The addresses of small files: contexts, what pages refer to, and what programs look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reti_graph.html.pages import static_files
from reti_graph.web.api.operations import operation
from reti_graph.web.api.parameters import language_parameter, path_parameter
from reti_graph.web.api.responses import contents, health_answers, representation
from reti_graph.web.api.schemas import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.web.api.schemas import Json
    from reti_graph.web.publication import Served


def file_paths(served: Served) -> Iterator[tuple[str, Json]]:
    """Yield the addresses of files, each with what it takes and gives."""
    home = representation("The page.", contents(()))
    languages = [language_parameter(served.languages)]
    yield "/", {"get": operation("home", "The first page", home, languages)}
    yield "/context/{version}.jsonld", {"get": _context(list(served.contexts))}
    yield "/static/{name}", {"get": _static(list(static_files()))}
    yield "/openapi.json", {"get": _file("openapi", "This description", "application/json", {})}
    yield "/robots.txt", {"get": _file("robots", "What crawlers are asked", "text/plain")}
    yield "/health", {"get": operation("health", "Whether all is well", health_answers())}


def _context(versions: Sequence[str]) -> Json:
    schema = {"type": "object", "required": ["@context"]}
    return _one_of(
        "context",
        "A JSON-LD context, which never changes",
        path_parameter("version", _enum(versions), versions[0], "Which one."),
        representation("It.", {"application/ld+json": {"schema": schema}}, [404]),
    )


def _static(names: Sequence[str]) -> Json:
    kinds = {kind: {"schema": TEXT} for kind in ("text/css", "image/svg+xml")}
    return _one_of(
        "static",
        "A file that pages refer to",
        path_parameter("name", _enum(names), names[0], "Which one."),
        representation("It.", kinds, [404]),
    )


def _one_of(name: str, summary: str, parameter: Json, answers: Json) -> Json:
    return operation(name, summary, answers, [parameter])


def _file(name: str, summary: str, kind: str, schema: Mapping[str, object] = TEXT) -> Json:
    return operation(name, summary, representation("It.", {kind: {"schema": schema}}))


def _enum(values: Sequence[str]) -> Json:
    return {"type": "string", "enum": list(values)}
