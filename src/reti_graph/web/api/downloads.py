"""The addresses of downloads: dumps of the datasets, and tables with what their columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reti_graph.catalogue.csvw import CSVW_METADATA
from reti_graph.formats import CSV, GZIP_ENDING, GZIP_TYPE
from reti_graph.web.api.operations import operation
from reti_graph.web.api.parameters import path_parameter
from reti_graph.web.api.responses import contents, file_answers
from reti_graph.web.api.schemas import TEXT
from reti_graph.web.negotiation import GRAPH_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reti_graph.formats import Format
    from reti_graph.web.api.schemas import Json
    from reti_graph.web.publication import Served

_RANGES: Final = "Parts of the file are had by `Range` (RFC 9110, 14)."
_SUFFIXES: Final = tuple(
    target.extension + packing for target in GRAPH_FORMATS for packing in ("", GZIP_ENDING)
)


def download_paths(served: Served) -> Iterator[tuple[str, Json]]:
    """Yield the addresses of downloads, each with what it takes and gives."""
    yield "/dump.{suffix}", {"get": _dump("dump", "The whole graph", [])}
    parts = [part.name.rpartition("/") for part in served.listing.parts if part.name]
    for folder in sorted({folder for folder, _, _ in parts}):
        names = [name for above, _, name in parts if above == folder]
        name = _one_of("name", names, "The name of the dataset.")
        path = "/".join(filter(None, ["/dump", folder, "{name}.{suffix}"]))
        known = "-".join(filter(None, ["dump", folder, "part"]))
        yield path, {"get": _dump(known, "One dataset by itself", [name])}
    tables = served.dumps.tables
    if tables:
        rows = _table("table", "The things of a kind", tables, CSV)
        yield "/table/{name}.csv", {"get": rows}
        columns = "What the columns of a table mean (CSVW)"
        about = _table("table-metadata", columns, tables, CSVW_METADATA)
        yield "/table/{name}.csv-metadata.json", {"get": about}


def _dump(name: str, summary: str, parameters: Sequence[Json]) -> Json:
    suffix = _one_of("suffix", _SUFFIXES, "The format, and whether it comes compressed.")
    kinds = {**contents(GRAPH_FORMATS, page=False), GZIP_TYPE: {"schema": TEXT}}
    answers = file_answers("The file.", kinds, [404])
    return operation(name, summary, answers, [*parameters, suffix], description=_RANGES)


def _table(name: str, summary: str, names: Sequence[str], kind: Format) -> Json:
    answers = file_answers("The file.", contents([kind], page=False), [404])
    parameter = _one_of("name", names, "The kind of the things.")
    return operation(name, summary, answers, [parameter], description=_RANGES)


def _one_of(name: str, values: Sequence[str], description: str) -> Json:
    schema = {"type": "string", "enum": list(values)}
    return path_parameter(name, schema, values[0], description)
