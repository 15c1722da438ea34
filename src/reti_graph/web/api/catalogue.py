"""The addresses of the catalogue, and of what leads harvesters and crawlers to its datasets."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.web.api.documents import template
from reti_graph.web.api.operations import operation
from reti_graph.web.api.parameters import format_parameter, language_parameter, path_parameter
from reti_graph.web.api.responses import contents, representation
from reti_graph.web.api.schemas import TEXT
from reti_graph.web.negotiation import GRAPH_FORMATS
from reti_graph.web.signposting import LINKSET_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reti_graph.web.api.schemas import Json
    from reti_graph.web.publication import Served

_CATALOG: Final = "What the site publishes: DCAT-AP_IT and DCAT-AP 3"
_WHOLE: Final = "All of it in one page. Without a preference the answer is Turtle."
_LINKSET: Final[Mapping[str, object]] = MappingProxyType(
    {
        "type": "object",
        "required": ["linkset"],
        "properties": {"linkset": {"type": "array", "items": {"type": "object"}}},
    }
)
_NUMBER: Final[Mapping[str, object]] = MappingProxyType({"type": "integer", "minimum": 1})


def catalogue_paths(served: Served) -> Iterator[tuple[str, Json]]:
    """Yield the addresses of the catalogue and about it, each with what it takes and gives."""
    yield "/catalog", {"get": _catalog("catalog", _of_format(served), [400, 406])}
    suffixes = [*(target.extension for target in GRAPH_FORMATS), "html"]
    enum = {"type": "string", "enum": suffixes}
    suffix = path_parameter("suffix", enum, suffixes[0], "The format.")
    language = language_parameter(served.languages)
    yield (
        "/catalog.{suffix}",
        {"get": _catalog("catalog-in-format", [suffix, language], [400, 404])},
    )
    yield (
        "/dataset.{suffix}",
        {"get": _dataset("dataset-in-format", [suffix, language], [400, 404])},
    )
    for path, parameters in _datasets(served):
        failures = [400, 404, 406] if parameters else [400, 406]
        given = [*parameters, *_of_format(served)]
        yield path, {"get": _dataset(_named("dataset", path), given, failures)}
    yield "/linkset/catalog", {"get": _linkset("/catalog", [])}
    for path, parameters in _datasets(served):
        yield f"/linkset{path}", {"get": _linkset(path, parameters)}
    yield "/.well-known/void", {"get": _void()}
    yield "/sitemap.xml", {"get": operation("sitemap", "All documents", _xml())}
    number = path_parameter("number", _NUMBER, "1", "Which one.")
    part = operation("sitemap-part", "Some of the documents", _xml([404]), [number])
    yield "/sitemap/{number}.xml", {"get": part}


def _datasets(served: Served) -> Iterator[tuple[str, list[Json]]]:
    """Yield the addresses of datasets, one for all that have as many parts."""
    names = [part.path.split("/") for part in served.listing.parts]
    examples = {len(name): name for name in reversed(names)}
    for _, example in sorted(examples.items()):
        yield template(example[0], example)


def _of_format(served: Served) -> list[Json]:
    return [format_parameter(GRAPH_FORMATS), language_parameter(served.languages)]


def _catalog(name: str, parameters: Sequence[Json], failures: Sequence[int]) -> Json:
    answers = representation("The catalogue.", contents(GRAPH_FORMATS), failures)
    return operation(name, _CATALOG, answers, parameters, description=_WHOLE)


def _dataset(name: str, parameters: Sequence[Json], failures: Sequence[int]) -> Json:
    answers = representation("The dataset.", contents(GRAPH_FORMATS), failures)
    return operation(name, "A dataset as the catalogue has it, with its VoID", answers, parameters)


def _named(start: str, path: str) -> str:
    """Return the name of the operation at a path."""
    return start + path.replace("{", "").replace("}", "").replace("/", "-")


def _linkset(path: str, parameters: Sequence[Json]) -> Json:
    links = {LINKSET_TYPE: {"schema": _LINKSET}}
    answers = representation("The links.", links, [404] if parameters else [])
    return operation(
        _named("linkset", path), f"The links of `{path}` (RFC 9264)", answers, parameters
    )


def _void() -> Json:
    found = contents(GRAPH_FORMATS, page=False)
    answers = representation("The description.", found, [303, 400, 406])
    words = "A browser is led to `/dataset`."
    parameters = [format_parameter(GRAPH_FORMATS)]
    return operation("void", "The whole graph: VoID", answers, parameters, description=words)


def _xml(failures: Sequence[int] = ()) -> Json:
    return representation("It.", {"application/xml": {"schema": TEXT}}, failures)
