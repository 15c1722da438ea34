from __future__ import annotations

import pytest

from reti_graph.formats import RDF_FORMATS
from reti_graph.preflight.file_types import of_format, of_media_type, of_name

EU = "http://publications.europa.eu/resource/authority/file-type/"


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        (f"{EU}RDF_TURTLE", "text/turtle"),
        (f"{EU}CSV", "text/csv"),
        (f"{EU}SHP", None),
        ("https://www.iana.org/assignments/media-types/text/csv", "text/csv"),
        ("Turtle", None),
    ],
)
def test_a_format_is_known_by_its_code(value: str, media_type: str | None) -> None:
    """One that has no media type of its own has none."""
    assert of_format(value) == media_type


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ("http://www.iana.org/assignments/media-types/text/turtle", "text/turtle"),
        ("Application/LD+JSON", "application/ld+json"),
        ("http://example.org/text/turtle", None),
        ("turtle", None),
    ],
)
def test_a_media_type_is_an_iri_of_iana_or_a_text(value: str, media_type: str | None) -> None:
    """In lower case; anything else is none."""
    assert of_media_type(value) == media_type


@pytest.mark.parametrize("ending", ["", ".gz", "?a=b.txt", "#part.txt"])
def test_a_name_tells_what_is_in_the_file(ending: str) -> None:
    """Compressed or not, whatever comes after the path."""
    for known in RDF_FORMATS:
        assert of_name(f"https://example.org/a.{known.extension}{ending}") == known.media_type
    assert of_name(f"https://example.org/a.csv{ending}") == "text/csv"
    assert of_name(f"https://[/a.zip{ending}") is None
