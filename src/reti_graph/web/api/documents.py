"""The addresses of things, and of documents about them and about the site itself."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.naming import path_of, split_thing
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
    names = _names(served)
    things = [parts for parts in names if parts[0] == "id"]
    if things:
        yield "/id/{kind}/{slug}", {"get": _thing(served, things)}
        parameters = _kind_and_slug(things)
        yield "/doc/{kind}/{slug}", {"get": _document("/doc/{kind}/{slug}", parameters, served)}
    queries = [query.name for query in served.release.queries]
    if queries:
        schema = {"type": "string", "enum": queries}
        parameters = [path_parameter("name", schema, queries[0], "The name of the query.")]
        yield "/doc/query/{name}", {"get": _document("/doc/query/{name}", parameters, served)}
    families = {(parts[0], len(parts)): parts for parts in reversed(names) if parts[0] != "id"}
    own = {(path.removeprefix("/"), 1): [path.removeprefix("/")] for path in _OWN}
    for (first, _), example in sorted((families | own).items()):
        path, parameters = template(first, example)
        yield path, {"get": _document(path, parameters, served)}
    yield "/queries", {"get": _listing(served)}


def _names(served: Served) -> list[list[str]]:
    """Return the parts of the names of all documents of the release, without base and fragment."""
    base = served.settings.base_iri
    nodes = {node for quad in served.release.quads for node in (quad.subject, quad.graph_name)}
    paths = {path_of(node.value, base) for node in nodes if isinstance(node, ox.NamedNode)}
    found = {path.partition("#")[0].removeprefix("/") for path in paths if path}
    things = {name for name in found if name.startswith("id/")}
    others = {name for name in found - things if name}
    kept = {name for name in things if split_thing(base + name, base)}
    return [name.split("/") for name in sorted(others | kept)]


def template(first: str, example: Sequence[str]) -> tuple[str, list[Json]]:
    """Return the address of documents like one of them, and the parameters in it."""
    names = [f"part{number}" for number in range(1, len(example))]
    path = "/" + "/".join([first, *(f"{{{name}}}" for name in names)])
    return path, [
        path_parameter(name, _PART, part, "A part of the document's name.")
        for name, part in zip(names, example[1:], strict=True)
    ]


def _thing(served: Served, things: Sequence[Sequence[str]]) -> Json:
    return operation(
        "thing",
        "A thing: leads to the document about it",
        redirection([404, 410]),
        _kind_and_slug(things),
        description=f"`{served.settings.base_iri}id/…` names the thing. The query string is kept.",
    )


def _kind_and_slug(things: Sequence[Sequence[str]]) -> list[Json]:
    _, kind, slug = things[0]
    kinds = sorted({parts[1] for parts in things})
    return [
        path_parameter("kind", {"type": "string", "enum": kinds}, kind, "The kind of the thing."),
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
