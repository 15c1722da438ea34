"""The addresses of things, and of documents about them and about the site itself."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.web.api.operations import operation
from reti_graph.web.api.parameters import (
    format_parameter,
    language_parameter,
    path_parameter,
    query_parameter,
)
from reti_graph.web.api.responses import contents, redirection, representation
from reti_graph.web.negotiation import GRAPH_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.web.api.schemas import Json
    from reti_graph.web.publication import Served

_OWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "/ontology": "The ontology",
        "/shapes": "The shapes that the data conforms to",
    }
)
_MORE: Final = "A suffix chooses the format, too (`.ttl`), and for pages the language (`.en.html`)."
# As `web.addresses` takes it: up to nine digits.
_PAGE: Final[Mapping[str, object]] = MappingProxyType(
    {"type": "integer", "minimum": 1, "maximum": 999_999_999}
)
_PART: Final[Mapping[str, object]] = MappingProxyType({"type": "string", "pattern": r"^[^/?#.]+$"})


def document_paths(served: Served) -> Iterator[tuple[str, Json]]:
    """Yield the addresses of things and documents, each with what it takes and gives.

    Things and queries have theirs; other documents stand under addresses of as many parts, with
    the same first one, as those that the release has.
    """
    found = served.release.directory.families()
    if found.thing:
        parameters = _kind_and_slug(found.thing, found.kinds)
        yield "/id/{kind}/{slug}", {"get": _thing(served, parameters)}
        yield "/doc/{kind}/{slug}", {"get": _document("/doc/{kind}/{slug}", parameters, served)}
    queries = [query.name for query in served.release.queries]
    if queries:
        schema = {"type": "string", "enum": queries}
        parameters = [path_parameter("name", schema, queries[0], "The name of the query.")]
        yield "/doc/query/{name}", {"get": _document("/doc/query/{name}", parameters, served)}
    families = {(parts[0], len(parts)): parts for parts in found.others}
    own = {(path.removeprefix("/"), 1): (path.removeprefix("/"),) for path in _OWN}
    for (first, _), example in sorted((families | own).items()):
        path, parameters = template(first, example)
        yield path, {"get": _document(path, parameters, served)}
    yield "/queries", {"get": _listing(served)}


def template(first: str, example: Sequence[str]) -> tuple[str, list[Json]]:
    """Return the address of documents like one of them, and the parameters in it."""
    names = [f"part{number}" for number in range(1, len(example))]
    path = "/" + "/".join([first, *(f"{{{name}}}" for name in names)])
    return path, [
        path_parameter(name, _PART, part, "A part of the document's name.")
        for name, part in zip(names, example[1:], strict=True)
    ]


def _thing(served: Served, parameters: Sequence[Json]) -> Json:
    return operation(
        "thing",
        "A thing: leads to the document about it",
        redirection([404, 410]),
        parameters,
        description=f"`{served.settings.base_iri}id/…` names the thing. The query string is kept.",
    )


def _kind_and_slug(thing: Sequence[str], kinds: Sequence[str]) -> list[Json]:
    _, kind, slug = thing
    named = {"type": "string", "enum": [*kinds]}
    return [
        path_parameter("kind", named, kind, "The kind of the thing."),
        path_parameter("slug", _PART, slug, "Its name among those of its kind."),
    ]


def _document(path: str, parameters: Sequence[Json], served: Served) -> Json:
    number = query_parameter("page", _PAGE, "Which page of what points at what it is about.")
    return operation(
        f"document{path.replace('{', '').replace('}', '').replace('/', '-')}",
        _OWN.get(path, "What the graph says of what has this name"),
        representation("The document.", contents(GRAPH_FORMATS), [400, 404, 406, 410]),
        [
            *parameters,
            number,
            format_parameter(GRAPH_FORMATS),
            language_parameter(served.languages),
        ],
        description=_MORE,
    )


def _listing(served: Served) -> Json:
    return operation(
        "queries",
        "The canned queries",
        representation("Their descriptions.", contents(GRAPH_FORMATS), [400, 406]),
        [format_parameter(GRAPH_FORMATS), language_parameter(served.languages)],
    )
