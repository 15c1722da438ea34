"""The media types that a distribution says its file has, by dct:format and dcat:mediaType."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reti_graph.formats import (
    CSV,
    GZIP_ENDING,
    GZIP_TYPE,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_FORMATS,
    RDF_XML,
    TRIG,
    TSV,
    TURTLE,
)
from reti_graph.terms import EU_AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE_TYPE: Final = EU_AUTHORITY + "file-type/"
_IANA: Final = (
    "http://www.iana.org/assignments/media-types/",
    "https://www.iana.org/assignments/media-types/",
)
# Codes of the EU's table of file types; what has several media types, or none, is not here.
_MEDIA_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "RDF_TURTLE": TURTLE.media_type,
        "RDF_XML": RDF_XML.media_type,
        "JSON_LD": JSON_LD.media_type,
        "RDF_N_TRIPLES": N_TRIPLES.media_type,
        "RDF_N_QUADS": N_QUADS.media_type,
        "RDF_TRIG": TRIG.media_type,
        "CSV": CSV.media_type,
        "TSV": TSV.media_type,
        "JSON": "application/json",
        "GEOJSON": "application/geo+json",
        "HTML": "text/html",
        "PDF": "application/pdf",
        "TXT": "text/plain",
        "ZIP": "application/zip",
    }
)
GZIP: Final = frozenset({GZIP_TYPE, "application/x-gzip"})


def of_format(value: str) -> str | None:
    """Return the media type of a value of dct:format, or None where it says none."""
    if value.startswith(_FILE_TYPE):
        return _MEDIA_TYPES.get(value.removeprefix(_FILE_TYPE))
    return of_media_type(value)


def of_media_type(value: str) -> str | None:
    """Return the media type of an IRI of IANA's, or of a bare text; None for all else."""
    for prefix in _IANA:
        value = value.removeprefix(prefix)
    kind, slash, name = value.partition("/")
    return value.lower() if slash and name and ":" not in kind else None


def of_name(address: str) -> str | None:
    """Return the media type of what the path of an address ends with, `.gz` aside."""
    path = address.partition("#")[0].partition("?")[0]
    extension = path.removesuffix(GZIP_ENDING).rpartition(".")[2]
    known = (each for each in (*RDF_FORMATS, CSV, TSV) if each.extension == extension)
    return next((each.media_type for each in known), None)
