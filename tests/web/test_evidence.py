"""What says a statement, in the documents that have it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from tests.web.conftest import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from reti_graph.release import Release

    Open = Callable[[Starlette], TestClient]

BASE: Final = "https://example.org/nets/"


def test_json_ld_of_a_thing_dates_the_lists_that_name_it(
    small_release: Release, client_of: Open
) -> None:
    """With the date of the source as written, and how complete the list is."""
    passage, source = (ox.NamedNode(f"{BASE}source/page{end}") for end in ("/alpha-name", ""))
    complete = ox.NamedNode(f"{BASE}concept/completeness/complete")
    reti = "https://w3id.org/reti-graph/ontology#"
    year = ox.Literal("2024", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
    more = (
        ox.Quad(passage, ox.NamedNode(f"{reti}completeness"), complete, passage),
        ox.Quad(source, ox.NamedNode(f"{reti}notAfter"), year, source),
    )
    client = client_of(application(replace(small_release, quads=(*small_release.quads, *more))))
    document = client.get("/doc/network/alpha.jsonld").json()
    inline = {**document, **client.get(document["@context"]).json()}
    assert set(more) <= set(ox.parse(json.dumps(inline).encode(), format=ox.RdfFormat.JSON_LD))
